//! Decoding the hex digits of `Data`, the longest text of a message.
//!
//! The `hex` crate decides digit by digit, which took a fifth of the time of opening a callback; it still reads the
//! short ones, MAC and IV. Here a digit's value is arithmetic and errors are gathered, so that the compiler makes
//! vector code of it.

/// What no digit's value is.
const NO_DIGIT: u8 = 0xFF;

/// A character of `Data` is no hex digit.
pub(crate) struct NoHex;

/// Decodes two digits, of either case, for each byte of `out`.
pub(crate) fn decode(digits: &[u8], out: &mut [u8]) -> Result<(), NoHex> {
    let (pairs, _) = digits.as_chunks::<2>();
    let mut seen = 0;
    for ([high, low], out) in pairs.iter().zip(out) {
        let (high, low) = (value(*high), value(*low));
        seen |= high | low;
        *out = (high << 4) | (low & 0x0F);
    }
    if seen & 0xF0 == 0 { Ok(()) } else { Err(NoHex) }
}

/// The value of a digit, or [`NO_DIGIT`].
const fn value(digit: u8) -> u8 {
    let number = digit.wrapping_sub(b'0');
    let letter = (digit | 0x20).wrapping_sub(b'a');
    if number < 10 {
        number
    } else if letter < 6 {
        letter.wrapping_add(10)
    } else {
        NO_DIGIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_characters_is_read_as_the_hex_crate_reads_it() {
        for pair in (0..=u16::MAX).map(u16::to_be_bytes) {
            let (mut ours, mut theirs) = ([0], [0]);
            let read = decode(&pair, &mut ours).is_ok();
            assert_eq!(read, hex::decode_to_slice(pair, &mut theirs).is_ok(), "{pair:?}");
            assert!(!read || ours == theirs, "{pair:?}");
        }
    }
}

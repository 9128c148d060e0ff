//! Upper-case hex digits, written without a way to fail.
//!
//! The `hex` crate's encoder returns a `Result` that could only be ignored here, writes lower case,
//! and so needs a second pass; digits by arithmetic need neither, and do not look a table up by secret bytes.

use alloc::vec::Vec;

/// The two digits of one byte.
pub(crate) type Pair = [u8; 2];

/// The digits of `bytes`, a pair for each.
pub(crate) fn pairs<const N: usize>(bytes: [u8; N]) -> [Pair; N] {
    bytes.map(|byte| [digit(byte >> 4), digit(byte & 0x0f)])
}

/// Appends the digits of `bytes` to `out`.
pub(crate) fn push<const N: usize>(out: &mut Vec<u8>, bytes: [u8; N]) {
    out.extend_from_slice(pairs(bytes).as_flattened());
}

/// The digit of a number below 16.
const fn digit(nibble: u8) -> u8 {
    // From '9' to 'A' the code table has seven characters between.
    let gap = if nibble < 10 { 0 } else { b'A' - b'9' - 1 };
    b'0'.wrapping_add(nibble).wrapping_add(gap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_gets_the_digits_that_the_hex_crate_gives_it() {
        for byte in 0..=u8::MAX {
            let mut out = Vec::new();
            push(&mut out, [byte]);
            assert_eq!(out, hex::encode_upper([byte]).as_bytes());
        }
    }
}

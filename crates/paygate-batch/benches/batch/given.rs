//! The refunds: made from their number, so that no list of them takes memory.

use paygate_batch::Record;
use paygate_params::{Currency, MerchantId, Money, PayId, RefNr, TransId};

/// The merchant.
pub(crate) const MID: MerchantId = MerchantId::from_static("YourMerchantId");

/// Refund number `number`. Each third has a RefNr.
pub(crate) fn record(number: u64) -> Record<Option<RefNr>, ()> {
    let (mut trans_id, mut pay_id) = (*b"refund-0000000000000000", [0; 32]);
    digits(&mut trans_id[7..], number);
    let (high, low) = (mixed(number), mixed(!number));
    hex(&mut pay_id[..16], high);
    hex(&mut pay_id[16..], low);
    let units = 100 + high % 99_900;
    let text = |bytes| str::from_utf8(bytes).expect("ASCII");
    let record = Record::new(
        Money::new(units, Currency::EUR).expect("five digits"),
        text(trans_id.as_slice()).parse::<TransId>().expect("a TransID"),
        text(pay_id.as_slice()).parse::<PayId>().expect("a PayID"),
    );
    let ref_nr = number.is_multiple_of(3).then(|| text(&trans_id[7..]).parse().expect("a RefNr"));
    record.with_ref_nr(ref_nr)
}

/// Each eighth fails.
pub(crate) fn fails(trans_id: &TransId) -> bool {
    matches!(trans_id.as_bytes().last(), Some(b'8'))
}

fn digits(to: &mut [u8], mut number: u64) {
    for place in to.iter_mut().rev() {
        *place = b'0' + u8::try_from(number % 10).expect("a digit");
        number /= 10;
    }
}

fn hex(to: &mut [u8], mut number: u64) {
    for place in to {
        *place = b"0123456789abcdef"[usize::try_from(number & 15).expect("a digit")];
        number >>= 4;
    }
}

/// SplitMix64's last step: numbers that look like no others.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

//! What somebody changed on the way: bits, characters, whole blocks, and the end.

use crate::copied::own_request;
use crate::{aes_merchant, attempt, open, refused};
use paygate::testing::{self, Callback};
use paygate::{Merchant, RawCallback, Route, Signed, Trustly, VerifyError};

/// `Len` and the bytes of `Data` of a form that [`Callback`] made.
pub(crate) fn data_of(form: &str) -> (usize, Vec<u8>) {
    let (len, data) = form.strip_prefix("Len=").unwrap().split_once("&Data=").unwrap();
    let digits = data.as_bytes().chunks(2);
    (
        len.parse().unwrap(),
        digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect(),
    )
}

pub(crate) fn form_of(len: usize, data: &[u8]) -> String {
    format!("Len={len}&Data={}", hex::encode_upper(data))
}

/// A thousand callbacks of all kinds, no two alike.
fn thousand(merchant: &Merchant) -> Vec<Callback> {
    (0..1000)
        .map(|number| {
            let expected =
                testing::expected(merchant, &format!("order-{}-{number}", number * 7919), 100 + number);
            let callback = match number % 4 {
                0 => Callback::paid(&expected),
                1 => Callback::open(&expected),
                2 => Callback::failed(&expected, "22060203"),
                _ => Callback::new(&expected, "AUTHORIZED", "00000000"),
            };
            if number % 3 == 0 { callback.with("AddrCity", "Köln") } else { callback }
        })
        .collect()
}

/// Opens what an attacker changed: refused, or what the MAC covers is what it was.
fn unchanged_or_refused(merchant: &Merchant, form: &str, original: &Signed) -> bool {
    match open(merchant, form) {
        Ok(callback) => {
            assert_eq!(callback.signed(), original);
            true
        }
        Err(_) => false,
    }
}

#[test]
fn no_bit_of_data_or_len_changes_what_is_believed() {
    let merchant = testing::merchant();
    let (mut tried, mut accepted) = (0_u32, 0_u32);
    for callback in thousand(&merchant) {
        let form = callback.form(&merchant).unwrap();
        let original = *open(&merchant, &form).unwrap().signed();
        let (len, mut data) = data_of(&form);
        for bit in 0..data.len() * 8 {
            data[bit / 8] ^= 1 << (bit % 8);
            accepted += u32::from(unchanged_or_refused(&merchant, &form_of(len, &data), &original));
            data[bit / 8] ^= 1 << (bit % 8);
            tried += 1;
        }
        let digits = len.to_string().into_bytes();
        for bit in 0..digits.len() * 8 {
            let mut flipped = digits.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let head = [b"Len=", &flipped[..], b"&Data="].concat();
            let form = [head, hex::encode_upper(&data).into_bytes()].concat();
            if let Ok(callback) = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, &form)) {
                assert_eq!(callback.signed(), &original);
                accepted += 1;
            }
            tried += 1;
        }
    }
    // Blocks that hold unsigned fields alone (XID, Description, AddrCity) may be garbled: they decide nothing.
    assert!(accepted < tried / 3, "{accepted} of {tried}");
    println!("{tried} flips, {accepted} of them in fields that decide nothing");
}

#[test]
fn no_bit_of_the_mac_or_of_a_covered_field_can_be_changed() {
    let merchant = testing::merchant();
    let mut tried = 0_u32;
    for callback in thousand(&merchant) {
        let mut text = callback.plaintext(&merchant).unwrap();
        for name in ["mid", "PayID", "TransID", "Status", "Code", "MAC"] {
            let name = format!("{name}=");
            let name = name.as_bytes();
            let begins = |at: usize| (at == 0 || text[at - 1] == b'&') && text[at..].starts_with(name);
            let start = (0..text.len()).find(|at| begins(*at)).unwrap() + name.len();
            let end = text[start..].iter().position(|byte| *byte == b'&').map_or(text.len(), |at| start + at);
            for bit in start * 8..end * 8 {
                let before = text[bit / 8];
                text[bit / 8] ^= 1 << (bit % 8);
                let same_hex_digit = name == b"MAC=" && text[bit / 8].eq_ignore_ascii_case(&before);
                let opened = open(&merchant, &testing::seal_text(&merchant, &text).unwrap());
                assert_eq!(opened.is_ok(), same_hex_digit, "bit {bit}: {opened:?}");
                text[bit / 8] = before;
                tried += 1;
            }
        }
    }
    println!("{tried} flips");
}

#[test]
fn no_bit_of_aes_data_changes_what_is_believed() {
    let merchant = aes_merchant();
    let form = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    let original = *open(&merchant, &form).unwrap().signed();
    let (len, data) = form.strip_prefix("Len=").unwrap().split_once("&Data=").unwrap();
    for (at, digit) in data.char_indices().filter(|(_, digit)| *digit != '-') {
        for bit in 0..4 {
            let flipped = char::from_digit(digit.to_digit(16).unwrap() ^ (1 << bit), 16).unwrap();
            let data = [&data[..at], &flipped.to_string(), &data[at + 1..]].concat();
            unchanged_or_refused(&merchant, &format!("Len={len}&Data={data}"), &original);
        }
    }
}

#[test]
fn truncated_data_is_refused() {
    let merchant = testing::merchant();
    let form = Callback::paid(&attempt(&merchant)).form(&merchant).unwrap();
    let (len, data) = data_of(&form);
    for keep in 0..data.len() {
        for len in [len, keep] {
            refused(&merchant, &form_of(len, &data[..keep]));
        }
    }
    for end in form.find("&Data=").unwrap()..form.len() {
        refused(&merchant, &form[..end]);
    }
}

#[test]
fn spliced_blocks_change_nothing_that_is_signed() {
    let merchant = testing::merchant();
    let failed = Callback::failed(&testing::expected(&merchant, "order-1", 1999), "22060203");
    let paid = Callback::paid(&testing::expected(&merchant, "order-2", 100));
    let failed = failed.form(&merchant).unwrap();
    let original = *open(&merchant, &failed).unwrap().signed();
    let (len, data) = data_of(&failed);
    let (_, other) = data_of(&paid.form(&merchant).unwrap());
    let (_, request) = data_of(&own_request(&merchant));
    let mut accepted = 0;
    for source in [&data, &other, &request] {
        for (at, from) in (0..data.len() / 8).flat_map(|at| (0..source.len() / 8).map(move |from| (at, from)))
        {
            // One block, and everything from there on.
            for count in [1, usize::MAX] {
                let mut spliced = data.clone();
                let end = source.len().min(from.saturating_add(count).saturating_mul(8));
                let room = (spliced.len() - at * 8).min(end - from * 8);
                spliced[at * 8..at * 8 + room].copy_from_slice(&source[from * 8..from * 8 + room]);
                accepted += u32::from(unchanged_or_refused(&merchant, &form_of(len, &spliced), &original));
                // And inserted, with the Len that an attacker would write.
                let mut longer = data.clone();
                longer.splice(at * 8..at * 8, source[from * 8..end].iter().copied());
                accepted += u32::from(unchanged_or_refused(
                    &merchant,
                    &form_of(len + end - from * 8, &longer),
                    &original,
                ));
            }
        }
    }
    assert!(accepted > 0, "splices into Description are possible, which is why it is unsigned");
}

#[test]
fn a_mac_of_any_other_length_is_refused() {
    let merchant = testing::merchant();
    let text = String::from_utf8(Callback::paid(&attempt(&merchant)).plaintext(&merchant).unwrap()).unwrap();
    let (head, mac) = text.split_once("&MAC=").unwrap();
    let opened = |mac: &str| {
        open(&merchant, &testing::seal_text(&merchant, format!("{head}&MAC={mac}").as_bytes()).unwrap())
    };
    for length in (0..64).chain([65]) {
        let cut = [mac, "0"].concat()[..length].to_owned();
        assert_eq!(opened(&cut).unwrap_err(), VerifyError::MacFormat, "{length}");
        assert_eq!(opened(&"0".repeat(length)).unwrap_err(), VerifyError::MacFormat, "{length}");
    }
    assert_eq!(opened(&"0".repeat(64)).unwrap_err(), VerifyError::Mac);
    assert!(opened(&mac.to_lowercase()).is_ok() && opened(&format!(" {mac}  ")).is_ok());
    let none = testing::seal_text(&merchant, head.as_bytes()).unwrap();
    assert_eq!(refused(&merchant, &none), VerifyError::MacMissing);
}

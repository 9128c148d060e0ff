//! Callbacks of random fields, sealed by the peer with a MAC of its own; we must read the same fields. Then the same callbacks
//! with one byte changed: the peer's plain check of the MAC and ours must say the same.

use crate::dice::{Dice, is_of_identifiers, is_of_texts};
use crate::keys::Keys;
use crate::peer::Peer;
use paygate::{Authentic, OpenError, RawCallback, Route, Signed, Trustly, VerifyError};

/// Stands where the peer puts its MAC.
const MAC_HERE: &[u8] = b"\x01";
const ALNUM: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const OPTIONAL: [&str; 16] = [
    "XID",
    "Description",
    "UserData",
    "Plain",
    "Custom",
    "AccountId",
    "Match",
    "AccClearingHouse",
    "AccOwner",
    "AccBank",
    "AccDescriptor",
    "IBAN",
    "UserId",
    "AddrStreet",
    "AddrZip",
    "AddrCity",
];

struct Answer {
    keys: Keys,
    id: String,
    /// `mid`, `PayID`, `TransID`, `Status`, `Code`.
    signed: [String; 5],
    pairs: Vec<(String, Vec<u8>)>,
}

impl Answer {
    fn random(dice: &mut Dice) -> Self {
        let keys = Keys::random(dice);
        let id = identifier(dice, 30);
        let alnum =
            |dice: &mut Dice, count| (0..count).map(|_| char::from(*dice.of(ALNUM))).collect::<String>();
        let (status, code) = match dice.below(5) {
            0 => ("AUTHORIZE_REQUEST".to_owned(), alnum(dice, 8)),
            1 => ("FAILED".to_owned(), format!("2{}", alnum(dice, 7))),
            2 => (dice.text(50, |c| c.is_ascii_alphabetic() || c == '_'), alnum(dice, 8)),
            _ => ("OK".to_owned(), "00000000".to_owned()),
        };
        let signed = [id.clone(), alnum(dice, 32), identifier(dice, 64), status, code];
        let mid = *dice.of(&["mid", "MerchantID"]);
        let names = [mid, "PayID", "TransID", "Status", "Code"];
        let mut pairs: Vec<_> =
            names.iter().zip(&signed).map(|(name, value)| (*name, value.clone().into_bytes())).collect();
        pairs.push(("MAC", MAC_HERE.to_vec()));
        let is_utf8 = dice.once_in(2);
        for name in OPTIONAL.iter().chain(&["NobodyKnows", "X"]) {
            if dice.once_in(2) {
                let text = if dice.once_in(8) { String::new() } else { dice.text(120, is_of_texts) };
                pairs.push((name, if is_utf8 { in_utf8(dice, &text) } else { in_latin1(&text) }));
            }
        }
        dice.shuffle(&mut pairs);
        let pairs = pairs.into_iter().map(|(name, value)| (dice.in_any_case(name), value)).collect();
        Self { keys, id, signed, pairs }
    }

    fn text(&self) -> Vec<u8> {
        let pairs = self.pairs.iter().map(|(name, value)| [name.as_bytes(), b"=", value].concat());
        pairs.collect::<Vec<_>>().join(&b'&')
    }

    /// Opens as a shop does. Signed fields are there where the MAC holds.
    fn open(&self, form: &str) -> Result<(Signed, Option<Authentic<Trustly>>), VerifyError> {
        let merchant = self.keys.merchant(&self.id);
        match merchant.open::<Trustly>(&RawCallback::post(Route::Notify, form.as_bytes())) {
            Ok(answer) => Ok((*answer.signed(), Some(answer))),
            Err(error) => error.kept().map(|signed| (*signed, None)).ok_or(error.clone()),
        }
    }
}

/// Returns how many of the changed ones have a MAC that holds.
pub(crate) fn sealed_by_it(peer: &mut Peer, dice: &mut Dice, count: usize) -> usize {
    let answers: Vec<_> = (0..count).map(|_| Answer::random(dice)).collect();
    let lines: Vec<_> = answers.iter().map(|one| one.keys.sealing("seal", dice, &one.text())).collect();
    let sealed = peer.answers(&lines);
    let mut changed = Vec::with_capacity(count);
    for ((answer, line), sealed) in answers.iter().zip(&lines).zip(&sealed) {
        let case = || format!("{line}\nwas sealed as {sealed}");
        let (len, data) = sealed.split_once('\t').unwrap_or_else(|| panic!("{}", case()));
        let form = [&dice.in_any_case("Len"), "=", len, "&", &dice.in_any_case("Data"), "=", data].concat();
        let (signed, authentic) =
            answer.open(&form).unwrap_or_else(|error| panic!("{}\nand is refused: {error}", case()));
        assert_eq!(
            signed.pairs().map(|(_, value)| value),
            answer.signed.each_ref().map(String::as_str),
            "{}",
            case()
        );
        if let Some(authentic) = &authentic {
            let is_same = authentic.pairs().count() == answer.pairs.len()
                && authentic.pairs().zip(&answer.pairs).all(|((name, value), (known, given))| {
                    let is_mac = given == MAC_HERE && value.len() == 64;
                    name == known.as_bytes() && (is_mac || value == given)
                });
            assert!(is_same, "{}\nand read as {:?}", case(), authentic.pairs().collect::<Vec<_>>());
        }
        changed.push((len, with_a_byte_changed(dice, data)));
    }
    let lines: Vec<_> = answers
        .iter()
        .zip(&changed)
        .map(|(answer, (len, data))| format!("{}\tbytes\t{len}\t{data}", answer.keys.line("answer")))
        .collect();
    let mut held = 0;
    for (((answer, (len, data)), line), verdict) in
        answers.iter().zip(&changed).zip(&lines).zip(peer.answers(&lines))
    {
        let opened = answer.open(&format!("Len={len}&Data={data}"));
        let holds = verdict.ends_with("\tholds");
        // A byte can make XID into a second mid: the peers take the first, and we refuse both.
        let doubled = matches!(opened, Err(VerifyError::Open(OpenError::Doubled(_))));
        assert_eq!(
            opened.is_ok(),
            holds && !doubled,
            "{line}\nof {:?}\nis judged as {verdict} there, here as {:?}",
            answer.pairs,
            opened.as_ref().map(|(signed, _)| signed)
        );
        held += usize::from(holds);
    }
    held
}

/// A byte of what is encrypted, of the IV, or a character.
fn with_a_byte_changed(dice: &mut Dice, data: &str) -> String {
    let mut text = data.as_bytes().to_vec();
    let at = dice.below(text.len());
    if dice.once_in(4) {
        text[at] = *dice.of(b"0123456789abcdefABCDEFgG-.~");
    } else if let Some(even) = byte_at(data, at) {
        let changed = u8::from_str_radix(&data[even..even + 2], 16).unwrap() ^ (1 + dice.byte() % 255);
        text[even..even + 2].copy_from_slice(format!("{changed:02x}").as_bytes());
    }
    String::from_utf8(text).unwrap()
}

/// Where the two digits of the byte at or before this character begin; nowhere at the dash behind an IV.
fn byte_at(data: &str, at: usize) -> Option<usize> {
    let start = data.find('-').filter(|dash| *dash <= at).map_or(0, |dash| dash + 1);
    (data.as_bytes()[at] != b'-').then(|| start + (at - start) / 2 * 2)
}

fn identifier(dice: &mut Dice, max: usize) -> String {
    loop {
        let text = dice.text(max, is_of_identifiers);
        if text.trim() == text {
            return text;
        }
    }
}

fn in_latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c).unwrap()).collect()
}

/// With letters that ISO-8859-1 does not have.
fn in_utf8(dice: &mut Dice, text: &str) -> Vec<u8> {
    let other =
        |c: char| if dice.once_in(9) { *dice.of(&['Ł', 'Ж', '茶', '\u{1F3F0}', '€']) } else { c };
    text.chars().map(other).collect::<String>().into_bytes()
}

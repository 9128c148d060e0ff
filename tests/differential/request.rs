//! Requests of random texts, sealed by us as a shop seals them, by types and by pairs; the peer reads what Paygate would.

use crate::dice::{Dice, is_of_customers_texts, is_of_identifiers, is_of_texts};
use crate::keys::Keys;
use crate::peer::Peer;
use paygate::crypto::LenUnit;
use paygate::trustly::{Customer, Order, PaymentRequest, Urls};
use paygate::{
    CallbackUrl, Currency, CustomerId, Email, FirstName, LastName, Merchant, Money, OrderDesc, Plain,
    Profile, RefNr, Sealed, TextEncoding, TransId, Trustly, UserData,
};

/// What a shop may leave out.
const OPTIONAL: [&str; 4] = ["RefNr", "UserData", "CustomerId", "Plain"];

struct Request {
    keys: Keys,
    id: String,
    encoding: TextEncoding,
    pairs: Vec<(&'static str, String)>,
}

impl Request {
    fn random(dice: &mut Dice) -> Self {
        let keys = Keys::random(dice);
        let id = identifier(dice, 30);
        let encodings = [TextEncoding::Latin1, TextEncoding::Utf8LenInBytes, TextEncoding::Utf8LenInChars];
        let encoding = *dice.of(&encodings);
        let url = |dice: &mut Dice| {
            format!("https://shop.example/{}", dice.text(200, |c| c.is_ascii_alphanumeric()))
        };
        let customer_text = |dice: &mut Dice| dice.text(100, is_of_customers_texts);
        let mut pairs = vec![
            ("TransID", identifier(dice, 64)),
            ("Amount", (100 + dice.below(9_999_999_000)).to_string()),
            ("Currency", "EUR".to_owned()),
            ("OrderDesc", order_desc(dice)),
            ("URLSuccess", url(dice)),
            ("URLFailure", url(dice)),
            ("URLNotify", url(dice)),
            ("FirstName", customer_text(dice)),
            ("LastName", customer_text(dice)),
            (
                "Email",
                format!("{}@shop.example", dice.text(80, |c| is_of_customers_texts(c) && !is_blank(c))),
            ),
            ("RefNr", identifier(dice, 30)),
            ("UserData", dice.text(1024, is_of_texts)),
            ("CustomerId", identifier(dice, 30)),
            ("Plain", dice.text(50, is_of_texts)),
        ];
        pairs.retain(|(name, _)| !OPTIONAL.contains(name) || dice.once_in(2));
        Self { keys, id, encoding, pairs }
    }

    fn merchant(&self) -> Merchant {
        self.keys.merchant(&self.id).with_profile(Profile::default().with_text_encoding(self.encoding))
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// By types, as a shop in Rust.
    fn sealed_by_types(&self) -> Sealed {
        let value = |name| self.value(name).unwrap();
        let url = |name| CallbackUrl::new(value(name)).unwrap();
        let mut request = PaymentRequest::builder(
            Order {
                trans_id: TransId::new(value("TransID")).unwrap(),
                money: Money::new(value("Amount").parse().unwrap(), Currency::EUR).unwrap(),
                description: OrderDesc::new(value("OrderDesc")).unwrap(),
            },
            Customer {
                first_name: FirstName::new(value("FirstName")).unwrap(),
                last_name: LastName::new(value("LastName")).unwrap(),
                email: Email::new(value("Email")).unwrap(),
            },
            &Urls { success: url("URLSuccess"), failure: url("URLFailure"), notify: url("URLNotify") },
        )
        .build();
        request.ref_nr = self.value("RefNr").map(|text| RefNr::new(text).unwrap());
        request.user_data = self.value("UserData").map(|text| UserData::new(text).unwrap());
        request.customer_id = self.value("CustomerId").map(|text| CustomerId::new(text).unwrap());
        request.plain = self.value("Plain").map(|text| Plain::new(text).unwrap());
        self.merchant().seal(&request).unwrap()
    }

    /// By pairs, as a program that has text.
    fn sealed_by_pairs(&self) -> Sealed {
        let pairs = self.pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let sealed = self.merchant().seal_pairs::<Trustly>(pairs);
        sealed.unwrap_or_else(|error| panic!("{:?} is refused: {error:?}", self.pairs))
    }

    fn len_unit(&self) -> (&'static str, LenUnit) {
        match self.encoding {
            TextEncoding::Utf8LenInChars => ("chars", LenUnit::Chars),
            _ => ("bytes", LenUnit::Bytes),
        }
    }

    fn written(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            TextEncoding::Latin1 => text.chars().map(|c| u8::try_from(c).unwrap()).collect(),
            _ => text.as_bytes().to_vec(),
        }
    }
}

/// The peer must read every pair that the shop gave, and find our MAC to hold.
pub(crate) fn sealed_by_us(peer: &mut Peer, dice: &mut Dice, count: usize) {
    let made = (0..count).map(|index| {
        let request = Request::random(dice);
        let sealed = if index % 2 == 0 { request.sealed_by_types() } else { request.sealed_by_pairs() };
        let [_, (_, len), (_, data)] = sealed.redirect.params();
        let (unit, counted) = request.len_unit();
        let opened = request.keys.encryption().decrypt(data.as_bytes()).unwrap();
        let end = opened.cut(len.parse().unwrap(), counted).unwrap();
        let ours = opened.blocks()[..end].to_vec();
        (format!("{}\t{unit}\t{len}\t{data}", request.keys.line("request")), (request, ours))
    });
    let (lines, made): (Vec<_>, Vec<_>) = made.unzip();
    for ((line, (request, ours)), answer) in lines.iter().zip(made).zip(peer.answers(&lines)) {
        let case = || format!("{line}\nof {:?} was read as {answer}", request.pairs);
        let (text, verdict) = answer.split_once('\t').unwrap_or_else(|| panic!("{}", case()));
        assert_eq!(verdict, "holds", "{}", case());
        let text = hex::decode(text).unwrap();
        assert!(text == ours, "{}\nand by us as {}", case(), hex::encode(&ours));
        let mut read: Vec<&[u8]> = text.split(|byte| *byte == b'&').collect();
        let merchant_id = ("MerchantID", request.id.clone());
        for (name, value) in request.pairs.iter().chain([&merchant_id]) {
            let pair = [name.as_bytes(), b"=", &request.written(value)].concat();
            let at = read.iter().position(|read| *read == pair);
            read.remove(at.unwrap_or_else(|| panic!("{}\nwithout {name}", case())));
        }
        let added = ["MAC=", "ReqId=", "Response=encrypt"];
        let is_added = |pair: &[u8]| added.iter().any(|added| pair.starts_with(added.as_bytes()));
        assert!(read.len() == added.len() && read.into_iter().all(is_added), "{}", case());
    }
}

fn identifier(dice: &mut Dice, max: usize) -> String {
    let text = dice.text(max, is_of_identifiers);
    // Neither end is a blank.
    if text.trim() == text { text } else { format!("x{}x", &text[..text.len().min(max - 2)]) }
}

fn order_desc(dice: &mut Dice) -> String {
    loop {
        let text = dice.text(768, is_of_texts);
        // No blank at the start, no soft hyphen.
        if OrderDesc::new(&*text).is_ok() {
            return text;
        }
    }
}

fn is_blank(character: char) -> bool {
    character.is_whitespace()
}

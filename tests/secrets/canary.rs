//! What must not be seen: keys, persons and amounts that stand nowhere else.

use paygate::testing;
use paygate::{EncryptionKey, Expected, KeyPair, KeyRing, MacKey, Merchant, PayId};

pub(crate) const ENCRYPTION: &str = "canary-enc-key-1";
pub(crate) const MAC: &str = "canary-mac-key";
pub(crate) const NAME: &str = "Canaryname";
pub(crate) const EMAIL: &str = "canary@tea.example";
pub(crate) const IP: &str = "203.0.113.77";
pub(crate) const MOBILE: &str = "46790424242";
/// In the smallest unit.
pub(crate) const CENTS: u64 = 4_242_424;
pub(crate) const DECIMAL: &str = "42424.24";
/// A path that a shop guards an order with.
pub(crate) const URL: &str = "https://tea.example/canary-token";
pub(crate) const PAY_ID: &str = "7bbb448155234d8cbee323778952ce28";

/// As text, in any case, for all that is shown; some as the bytes that they are made of too, as `[u8]` shows them.
pub(crate) fn texts() -> Vec<String> {
    // Without the blanks and line ends between them, which are not looked at.
    let bytes = |text: &str| format!("{:?}", text.as_bytes()).replace(['[', ']', ' '], "");
    let person = ["canary", IP, MOBILE].map(str::to_owned);
    let amounts = [CENTS.to_string(), DECIMAL.to_owned(), "42,424.24".to_owned(), bytes(&CENTS.to_string())];
    // Of keys and names, in bytes as they are written.
    let of_bytes = ["canary", "Canary", "CANARY"].map(bytes);
    person
        .into_iter()
        .chain(amounts)
        .chain(of_bytes)
        .chain([right_mac()])
        .map(|text| text.to_lowercase())
        .collect()
}

/// Those that a record for the shop's own tables may hold.
pub(crate) fn amounts() -> Vec<String> {
    vec![CENTS.to_string(), DECIMAL.to_owned()]
}

pub(crate) fn encryption_key() -> EncryptionKey {
    EncryptionKey::blowfish_from_text(ENCRYPTION).unwrap()
}

pub(crate) fn mac_key() -> MacKey {
    MacKey::from_text(MAC).unwrap()
}

pub(crate) fn merchant() -> Merchant {
    let keys = KeyRing::new(KeyPair::new(encryption_key(), mac_key()));
    Merchant::new(testing::MERCHANT_ID, keys).marked_as_test()
}

pub(crate) fn expected() -> Expected {
    testing::expected(&merchant(), "order-1", CENTS).pinned(PayId::from_static(PAY_ID))
}

/// The MAC that makes an answer to [`expected`] believed.
fn right_mac() -> String {
    let text = testing::Callback::paid(&expected()).plaintext(&merchant()).unwrap();
    let text = String::from_utf8(text).unwrap();
    text.rsplit_once("MAC=").unwrap().1.to_owned()
}

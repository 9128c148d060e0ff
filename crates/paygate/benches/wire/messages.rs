//! The messages that are measured: requests and answers of a given length, the same for every way and every peer.

use paygate::params::message::PairSink;
use paygate::testing::{self, Callback};
use paygate::trustly::{PaymentRequest, Urls};
use paygate::{
    CallbackUrl, CountryCode, Custom, Email, Expected, FirstName, LastName, Merchant, MobileNo, OrderDesc,
    ReqId, Request, UserData,
};

/// Bytes of plaintext: the least that carries a payment, what most have, and what long texts make of it.
pub(crate) const LENGTHS: [usize; 4] = [300, 700, 900, 2500];

const TRANS_ID: &str = "order-4711-1";
const CENTS: u64 = 1999;
/// The longest value of `UserData` and `Custom`.
const LONGEST: usize = 1024;

/// What the answers are to.
pub(crate) fn expected(merchant: &Merchant) -> Expected {
    testing::expected(merchant, TRANS_ID, CENTS)
}

/// A request whose plaintext has `length` bytes.
pub(crate) fn request(merchant: &Merchant, length: usize) -> PaymentRequest {
    let mut request = if length < 400 { small() } else { usual() };
    let missing = |request: &PaymentRequest| length - sealed_len(merchant, request);
    if length < 400 {
        let path = "n".repeat(1 + missing(&request));
        request.url_notify = CallbackUrl::new(format!("https://t.eu/{path}")).expect("a URL");
    } else {
        if missing(&request) > LONGEST {
            request.custom =
                Some(Custom::new(format!("c={}", "c".repeat(LONGEST - 2))).expect("not too long"));
        }
        let rest = missing(&request) - "&UserData=".len();
        request.user_data = Some(UserData::new("u".repeat(rest)).expect("not too long"));
    }
    assert_eq!(sealed_len(merchant, &request), length);
    request
}

fn usual() -> PaymentRequest {
    let mut request = testing::request_builder(TRANS_ID, CENTS, &urls("checkout.shop.example/paygate"))
        .mobile_no(MobileNo::from_static("46701234567"))
        .country_code(CountryCode::DE)
        .build();
    // Given, so that all ways send the same: else sealing adds a random one.
    request.req_id = Some(ReqId::from_static("4711a1"));
    request
}

/// Little more than what every request must have.
fn small() -> PaymentRequest {
    let mut request = testing::request_builder(TRANS_ID, CENTS, &urls("t.eu")).build();
    request.order_desc = OrderDesc::new("Tea").expect("a description");
    request.first_name = FirstName::new("Bo").expect("a name");
    request.last_name = LastName::new("Li").expect("a name");
    request.email = Email::new("b@t.eu").expect("an address");
    request.req_id = Some(ReqId::from_static("1"));
    request
}

fn urls(host: &str) -> Urls {
    let url = |path: &str| CallbackUrl::new(format!("https://{host}/{path}")).expect("a URL");
    Urls { success: url("s"), failure: url("f"), notify: url("n") }
}

fn sealed_len(merchant: &Merchant, request: &PaymentRequest) -> usize {
    let [_, (_, len), _] = merchant.seal(request).expect("sealed").redirect.params();
    len.parse().expect("a number")
}

/// The same request as the pairs that the other ways start from, in its order; `MAC` and `Response=encrypt`
/// come behind them.
pub(crate) fn pairs(merchant: &Merchant, request: &PaymentRequest) -> Vec<(&'static str, String)> {
    struct Pairs(Vec<(&'static str, String)>);
    impl PairSink for Pairs {
        fn pair(&mut self, name: &'static str, value: &str) {
            self.0.push((name, value.to_owned()));
        }
    }
    let mut pairs = Pairs(Vec::new());
    request.write(&mut pairs);
    pairs.0.push(("MerchantID", merchant.id().to_string()));
    pairs.0
}

/// A paid answer whose plaintext has `length` bytes; of 18 pairs, where there is room for them.
pub(crate) fn answer(merchant: &Merchant, expected: &Expected, length: usize) -> Callback {
    let mut answer = Callback::paid(expected);
    if length >= 700 {
        let bank = [
            ("AccountId", "4711"),
            ("Match", "1"),
            ("AccClearingHouse", "SWEDEN"),
            ("AccOwner", "Anna Svensson"),
            ("AccBank", "Sparbanken"),
            ("IBAN", "12345678"),
            ("AddrStreet", "Storgatan 1"),
            ("AddrZip", "111 22"),
            ("AddrCity", "Stockholm"),
        ];
        answer = bank.into_iter().fold(answer, |answer, (name, value)| answer.with(name, value));
    }
    let missing = |answer: &Callback| length - answer.plaintext(merchant).expect("a MAC").len();
    if missing(&answer) > LONGEST {
        answer = answer.with("Custom", format!("c={}", "c".repeat(LONGEST - 2)));
        answer = answer.with("AccDescriptor", "d".repeat(100));
    }
    let rest = missing(&answer) - "&UserData=".len();
    let answer = answer.with("UserData", "u".repeat(rest));
    assert_eq!(answer.plaintext(merchant).expect("a MAC").len(), length);
    answer
}

//! Properties of opening: what is sealed is opened, and no bytes at all make it panic or believe.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use paygate::testing::{self, Callback};
use paygate::{Authentic, Charset, Envelope, Outcome, RawCallback, Route, Trustly, VerifyError};
use proptest::prelude::*;

fn open(form: &[u8]) -> Result<Authentic<Trustly>, VerifyError> {
    testing::merchant().open(&RawCallback::post(Route::Notify, form))
}

/// A name that is none of the protocol's.
fn unknown_name() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9_]{1,20}".prop_map(|name| format!("x{name}"))
}

/// Bytes without the separator.
fn value() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>().prop_filter("the separator", |byte| *byte != b'&'), 0..40)
}

/// Spells every letter before the `=` of each pair in a case drawn for it.
fn recase(text: &[u8], upper: &[bool]) -> Vec<u8> {
    let mut cases = upper.iter().cycle();
    let pairs: Vec<Vec<u8>> = text
        .split(|byte| *byte == b'&')
        .map(|pair| {
            let mut in_name = true;
            pair.iter()
                .map(|byte| {
                    in_name &= *byte != b'=';
                    match (in_name, cases.next().unwrap()) {
                        (true, true) => byte.to_ascii_uppercase(),
                        (true, false) => byte.to_ascii_lowercase(),
                        (false, _) => *byte,
                    }
                })
                .collect()
        })
        .collect();
    pairs.join(&b'&')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_case_order_and_unknown_parameters_change_nothing(
        upper in prop::collection::vec(any::<bool>(), 1..50),
        rotation in 0_usize..12,
        unknown in prop::collection::vec((unknown_name(), value(), 0_usize..12), 0..4),
        cents in 1_u64..100_000,
    ) {
        let merchant = testing::merchant();
        let expected = testing::expected(&merchant, "order-1", cents);
        let text = Callback::paid(&expected).plaintext(&merchant).unwrap();
        let mut pairs: Vec<Vec<u8>> = recase(&text, &upper).split(|byte| *byte == b'&').map(<[u8]>::to_vec).collect();
        for (name, value, at) in &unknown {
            let pair = [name.as_bytes(), b"=", value].concat();
            pairs.insert((*at).min(pairs.len()), pair);
        }
        let middle = rotation % pairs.len();
        pairs.rotate_left(middle);
        let text = pairs.join(&b'&');
        let callback = open(testing::seal_text(&merchant, &text).unwrap().as_bytes()).unwrap();
        let Outcome::Paid(paid) = callback.bind(&expected).unwrap().outcome() else {
            return Err(TestCaseError::fail("paid"));
        };
        prop_assert_eq!(paid.money(), expected.money());
        // Bytes are kept: what was written is what is read.
        let written: Vec<u8> = callback.pairs().map(|(name, value)| [name, b"=", value].concat()).collect::<Vec<_>>().join(&b'&');
        prop_assert_eq!(written, text);
    }

    #[test]
    fn a_text_in_a_named_charset_is_read_as_it_was_written(city in "[ -%'-~\u{A0}-\u{FF}]{1,30}") {
        // Blanks alone are an empty value, which is an issue and no text.
        prop_assume!(!city.trim().is_empty());
        let merchant = testing::merchant();
        let expected = testing::expected(&merchant, "order-1", 1999);
        let latin1: Vec<u8> = city.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        for (charset, bytes) in [(Charset::Latin1, latin1.as_slice()), (Charset::Utf8, city.as_bytes()), (Charset::Detect, city.as_bytes())] {
            let merchant = merchant.clone().with_profile(paygate::Profile::default().with_charset(charset));
            let form = Callback::paid(&expected).with("AddrCity", bytes).form(&merchant).unwrap();
            let callback: Authentic<Trustly> = merchant.open(&RawCallback::post(Route::Notify, form.as_bytes())).unwrap();
            prop_assert_eq!(callback.charset(), charset);
            let read = callback.unsigned().addr_city().unwrap().unwrap();
            prop_assert_eq!(read.as_str(), city.as_str());
            prop_assert_eq!(callback.unsigned().raw("addrcity").unwrap(), bytes);
        }
    }

    #[test]
    fn no_outer_bytes_are_believed(form in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(open(&form).is_err());
        if let Ok(envelope) = Envelope::parse(&RawCallback::get(Route::Success, &form)) {
            // What is read has no more bytes than what was sent.
            let read: usize = envelope.extras().map(|(name, value)| name.len() + value.len()).sum();
            prop_assert!(read <= form.len());
        }
    }

    #[test]
    fn no_inner_bytes_without_the_mac_key_are_believed(text in prop::collection::vec(any::<u8>(), 1..400)) {
        let form = testing::seal_text(&testing::merchant(), &text).unwrap();
        prop_assert!(open(form.as_bytes()).is_err());
    }

    #[test]
    fn no_made_up_form_is_believed(len in "[0-9]{0,6}|-1|%32", data in "[0-9A-Fa-f]{0,64}|[0-9A-F]{32}-[0-9A-F]{32}|.{0,20}", more in "(&[a-z]{1,6}=?[a-z]{0,6}){0,3}") {
        let form = format!("Len={len}&Data={data}{more}");
        prop_assert!(open(form.as_bytes()).is_err());
    }
}

//! Properties of the types: what is taken is written back as it was, and nothing makes a reader panic.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

use paygate_params::message::Field;
use paygate_params::*;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::Cell;

fn wire<T: Field>(value: &T) -> String {
    let mut text = String::new();
    value.wire(&mut |wire| text.push_str(wire));
    text
}

/// What is taken is written as it was; texts of any other kind are refused or kept just so.
macro_rules! parse_then_write_is_identity {
    ($($test:ident: $Ty:ty = $texts:expr;)+) => {$(
        #[test]
        fn $test() {
            let taken = Cell::new(0_u32);
            let kept = |text: String| {
                if let Ok(value) = <$Ty as Field>::parse(&text) {
                    taken.set(taken.get() + 1);
                    prop_assert_eq!(wire(&value), text);
                }
                Ok(())
            };
            let mut runner = TestRunner::default();
            runner.run(&$texts, kept).unwrap();
            // A property that is never reached proves nothing.
            assert!(taken.get() > 50, "only {} texts were taken", taken.get());
            runner.run(&".{0,80}", kept).unwrap();
            runner.run(&"[\\x20-\\x7E\u{A0}-\u{FF}]{0,40}", kept).unwrap();
        }
    )+};
}

parse_then_write_is_identity! {
    merchant_id_is_kept: MerchantId = "[ -~]{1,30}";
    trans_id_is_kept: TransId = "[ -~]{1,20}";
    pay_id_is_kept: PayId = "[0-9A-Za-z]{31,33}";
    ref_nr_is_kept: RefNr = "[ -~]{1,12}";
    req_id_is_kept: ReqId = "[0-9a-z]{1,40}";
    status_is_kept: Status = "[A-Z_]{1,60}";
    code_is_kept: Code = "[0-9A-Za-z]{7,9}";
    amount_is_kept: Amount = "[0-9]{1,12}";
    currency_is_kept: Currency = "[A-Z]{3}|[A-Za-z]{2,4}";
    country_code_is_kept: CountryCode = "[A-Z]{2}|[A-Za-z]{1,3}";
    language_is_kept: Language = "[a-z]{2}(_[A-Z]{2})?|[a-z_A-Z]{2,5}";
    first_name_is_kept: FirstName = "[ -~\u{A0}-\u{FF}]{1,20}";
    order_desc_is_kept: OrderDesc = "[ -~\u{A0}-\u{FF}]{1,20}|[Tt]est ?:[0-9]{4}( [a-z]{0,4})?|[Tt]est.{0,4}";
    user_data_is_kept: UserData = "[ -~\u{A0}-\u{FF}]{1,20}";
    custom_is_kept: Custom = "([a-z]{1,4}=[ -%'-~]{0,4}){1,3}|[a-z|=%]{1,20}";
    email_is_kept: Email = "[a-zü.+]{1,10}@[a-zü-]{1,10}\\.[a-z]{2,4}";
    callback_url_is_kept: CallbackUrl = "https://[a-z]{1,8}\\.[a-z]{2}(:443)?(/[!-~]{0,3}){0,2}";
    template_url_is_kept: TemplateUrl = "https://[a-z]{1,8}\\.[a-z]{2}(:[0-9]{2,4})?(/[a-z?=%]{0,6}){0,2}";
    mobile_no_is_kept: MobileNo = "[0-9]{1,22}";
    iban_is_kept: Iban = "[0-9]{1,9}";
    match_is_kept: Match = "[0-3]";
    date_time_is_kept: DateTime = "20[0-9]{2}-(0[1-9]|1[0-3])-[0-2][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]";
    bool_is_kept: bool = "true|false|True|1";
}

#[test]
fn an_address_is_kept_in_its_shortest_form() {
    let mut runner = TestRunner::default();
    runner
        .run(&any::<std::net::IpAddr>(), |address| {
            let address = IpAddr::from(address);
            prop_assert_eq!(IpAddr::parse(&wire(&address)), Ok(address));
            Ok(())
        })
        .unwrap();
}

proptest! {
    /// The `url` crate reads every URL that is taken, and finds no other text in it.
    #[test]
    fn a_callback_url_is_one_for_the_url_crate_too(
        host in "[a-z0-9.-]{1,20}|\\[::[0-9a-f]{0,4}\\]|[0-9]{1,3}(\\.[0-9]{1,3}){3}|0x[0-9a-f]{1,3}",
        port in "|:443|:[0-9]{1,6}",
        path in "(/[!-~]{0,12}){0,3}",
    ) {
        let text = format!("https://{host}{port}{path}");
        // Labels in Punycode are decoded by the other and only matched for their letters here.
        prop_assume!(!host.contains("xn--"));
        if let Ok(ours) = CallbackUrl::new(text.clone()) {
            let theirs = url::Url::parse(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
            prop_assert_eq!(theirs.scheme(), "https");
            prop_assert_eq!(theirs.port_or_known_default(), Some(443));
            prop_assert_eq!(theirs.query(), None);
            prop_assert_eq!(theirs.fragment(), None);
            prop_assert_eq!(theirs.username(), "");
            let expected_path = if path.is_empty() { "/" } else { path.as_str() };
            prop_assert_eq!(theirs.path(), expected_path);
            prop_assert_eq!(ours.as_str(), text.as_str());
        }
    }

    #[test]
    fn an_amount_in_decimals_is_the_amount_in_units(units in 0_u64..=999_999_999_999) {
        let text = format!("{}.{:02}", units / 100, units % 100);
        prop_assert_eq!(Money::parse_decimal(&text, Currency::EUR), Money::new(units, Currency::EUR));
        for currency in [Currency::EUR, Currency::JPY, Currency::new("BHD").unwrap()] {
            let money = Money::new(units, currency).unwrap();
            prop_assert_eq!(Money::parse_decimal(&money.to_decimal().unwrap(), currency), Ok(money));
        }
    }

    #[test]
    fn any_bytes_are_readable_in_any_charset(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(Charset::Latin1.decode(&bytes).chars().count(), bytes.len());
        if let Ok(text) = std::str::from_utf8(&bytes) {
            prop_assert_eq!(Charset::Detect.decode(&bytes), text);
            prop_assert_eq!(Charset::Utf8.decode(&bytes), text);
        }
    }
}

//! Properties of the types: what is taken is written back as it was, and nothing makes a reader panic.

use paygate_params::message::Field;
use paygate_params::*;
use proptest::prelude::*;

fn wire<T: Field>(value: &T) -> String {
    let mut text = String::new();
    value.wire(&mut |wire| text.push_str(wire));
    text
}

/// A text that is often near to what a field takes.
fn near() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "[a-zA-Z0-9]{1,64}",
        "[0-9]{1,12}",
        "[\\x20-\\x7E\u{A0}-\u{FF}]{0,120}",
        "https?://[a-z.0-9\\[\\]:]{0,20}/[!-~]{0,20}",
        "[a-z]{2}(_[A-Z]{2})?",
        "[a-zü.+]{1,10}@[a-zü-]{1,10}\\.[a-z]{2,4}",
        "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]",
        "true|false|0|1",
        ".{0,80}",
    ]
}

macro_rules! parse_then_write_is_identity {
    ($($test:ident: $Ty:ty,)+) => {
        proptest! {$(
            #[test]
            fn $test(text in near()) {
                if let Ok(value) = <$Ty as Field>::parse(&text) {
                    prop_assert_eq!(wire(&value), text);
                }
            }
        )+}
    };
}

parse_then_write_is_identity! {
    merchant_id_is_kept: MerchantId,
    trans_id_is_kept: TransId,
    pay_id_is_kept: PayId,
    ref_nr_is_kept: RefNr,
    req_id_is_kept: ReqId,
    status_is_kept: Status,
    code_is_kept: Code,
    amount_is_kept: Amount,
    currency_is_kept: Currency,
    country_code_is_kept: CountryCode,
    language_is_kept: Language,
    first_name_is_kept: FirstName,
    order_desc_is_kept: OrderDesc,
    user_data_is_kept: UserData,
    custom_is_kept: Custom,
    email_is_kept: Email,
    callback_url_is_kept: CallbackUrl,
    template_url_is_kept: TemplateUrl,
    mobile_no_is_kept: MobileNo,
    iban_is_kept: Iban,
    match_is_kept: Match,
    date_time_is_kept: DateTime,
    bool_is_kept: bool,
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
    fn an_amount_in_decimals_is_the_amount_in_units(units in 0_u64..=9_999_999_999) {
        let text = format!("{}.{:02}", units / 100, units % 100);
        prop_assert_eq!(Money::parse_decimal(&text, Currency::EUR), Money::new(units, Currency::EUR));
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

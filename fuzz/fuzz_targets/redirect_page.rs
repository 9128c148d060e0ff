//! Whatever a customer, a merchant's configuration or a nonce hold, the page that takes him to Paygate has the same elements, and
//! its values are those of the form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::{BaseUrl, FirstName, Merchant, MerchantId, UserData, testing};

fuzz_target!(|input: &[u8]| {
    let Ok(text) = str::from_utf8(input) else { return };
    let mut parts = text.split('\n');
    let mut part = || parts.next().unwrap_or_default();
    let keys = testing::keys(&testing::merchant()).clone();
    let mut merchant = Merchant::new(MerchantId::new(part()).unwrap_or(testing::MERCHANT_ID), keys);
    merchant = BaseUrl::new(part()).map(|url| merchant.clone().with_endpoint(url)).unwrap_or(merchant);
    let mut request = testing::request("order-1", 1999);
    request.first_name = FirstName::fit(part()).into_value();
    request.user_data = UserData::new(part()).ok();
    let Ok(sealed) = merchant.seal(&request) else { return };

    let nonce = part();
    let page = sealed.redirect.form_html(Some(nonce));
    // What could open or close an element or a value stands there as often as in a page of nothing but letters.
    let plain = testing::merchant()
        .seal(&testing::request("order-1", 1999))
        .expect("a request")
        .redirect
        .form_html(Some("nonce"));
    for mark in ['<', '>', '"'] {
        assert_eq!(page.matches(mark).count(), plain.matches(mark).count(), "{mark}");
    }
    assert!(
        sealed.redirect.url().is_ascii() && !sealed.redirect.url().contains(['"', '<', '>', ' ', '\r', '\n'])
    );
    for (name, value) in sealed.redirect.params() {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let value = value.replace('"', "&quot;").replace('\'', "&#39;");
        assert!(page.contains(&format!(r#"name="{name}" value="{value}""#)), "{name}");
    }
});

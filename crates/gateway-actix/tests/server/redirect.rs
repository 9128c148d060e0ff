//! The page that sends the customer to Paygate, and its headers.

use crate::client::get;
use crate::shop::Shop;

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

#[test]
fn the_page_comes_with_a_policy_that_lets_its_own_script_in() {
    let shop = Shop::open();
    let nonces = [(); 2].map(|()| {
        let response = shop.send(&get("/checkout"));
        assert_eq!(response.status, 200);
        for (name, value) in [
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(response.header(name), Some(value));
        }
        let nonce = between(response.page(), "<script nonce=\"", "\"").to_owned();
        assert_eq!(between(response.page(), "<style nonce=\"", "\""), nonce);
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; \
             form-action https://paygate.invalid https:; base-uri 'none'; frame-ancestors 'none'"
        );
        assert_eq!(response.header("content-security-policy"), Some(policy.as_str()));
        assert!(response.page().contains(r#"action="https://paygate.invalid/trustly.aspx""#));
        assert!(response.page().contains(r#"name="MerchantID" value="test_merchant""#));
        nonce
    });
    assert_ne!(nonces[0], nonces[1]);
    assert!(nonces.iter().all(|nonce| nonce.len() == 32));
}

#[test]
fn with_a_nonce_of_the_shop_the_policy_is_the_shops() {
    let shop = Shop::open();
    let response = shop.send(&get("/checkout-with-nonce"));
    assert_eq!(response.header("content-security-policy"), None);
    assert_eq!(response.header("cache-control"), Some("no-store"));
    assert!(response.page().contains(r#"<script nonce="of-the-shop">"#));
}

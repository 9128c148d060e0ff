//! The form that shows what is inside: of a request, of a result, and of nonsense.

use crate::browser::{Page, Site};
use paygate::crypto::{EncryptionKey, MacKey};
use paygate::{KeyPair, KeyRing, Merchant, MerchantId, testing};
use serde_json::{Value, json};

async fn form(site: &Site, fields: &[(&str, &str)]) -> Page {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let page = site.post("/console/inspect", &body).await;
    page.is_well_made();
    page
}

async fn api(site: &Site, question: &Value) -> Value {
    site.call("POST", "/api/inspect", &question.to_string()).await.json()
}

#[tokio::test]
async fn a_request_is_opened_by_url_or_by_data_and_len() {
    let site = Site::open();
    let sealed = site.shop.sealed(&site.simulator.merchant(), "order-1", 1999);
    let url = sealed.redirect.url();
    let [_, (_, len), (_, data)] = sealed.redirect.params();
    for fields in [vec![("text", url)], vec![("data", &*data), ("len", &*len), ("account", "test_merchant")]]
    {
        let page = form(&site, &fields).await;
        assert_eq!(page.status, 200);
        for text in ["order-1", "MAC of a request", ">holds<", "The customer's first name.", "Müller"] {
            assert!(page.has(text) || page.has(&text.replace('\'', "&#39;")), "{text}: {}", page.body);
        }
    }
    let found = api(&site, &json!({ "data": data, "len": len.parse::<usize>().unwrap() })).await;
    assert_eq!(found["key"], json!({ "account": "test_merchant", "current": true }));
    assert_eq!((&found["request_mac"], &found["response_mac"]), (&json!("holds"), &json!("fails")));
    assert_eq!(found["odd"], json!([]));
}

#[tokio::test]
async fn a_result_is_opened_and_what_is_odd_is_said() {
    let site = Site::open();
    site.paid("order-1").await;
    let body = String::from_utf8(site.shop.notifies()[0].body.clone()).unwrap();
    let found = api(&site, &json!({ "text": body })).await;
    assert_eq!(found["response_mac"], "holds");

    let (_, data) = body.split_once("Data=").unwrap();
    let found = api(&site, &json!({ "text": data })).await;
    assert_eq!(found["response_mac"], "holds");
    assert!(found["odd"][0].as_str().unwrap().contains("Len is missing"), "{found}");

    let found = api(&site, &json!({ "data": data, "len": 5 })).await;
    assert!(found["odd"][0].as_str().unwrap().starts_with("Len is 5 and Data holds"), "{found}");

    let umlauts = "mid=test_merchant&TransID=1&Description=\u{e4}\u{f6}\u{fc}&TransID=2";
    let sealed = testing::seal_text(&site.simulator.merchant(), umlauts.as_bytes()).unwrap();
    let length = umlauts.chars().count();
    let text = sealed.replace(&format!("Len={}", umlauts.len()), &format!("Len={length}"));
    let found = api(&site, &json!({ "text": text })).await;
    let odd: Vec<_> = found["odd"].as_array().unwrap().iter().map(|odd| odd.as_str().unwrap()).collect();
    let counted = format!("Len counts characters: {length} of them are {} bytes.", umlauts.len());
    assert_eq!(odd, [counted.as_str(), "TransID stands twice, and readers differ in which one counts."]);
    assert_eq!(found["response_mac"], "missing");
}

#[tokio::test]
async fn keys_of_any_account_and_those_before_are_tried() {
    let pair = |key: &[u8]| KeyPair::new(EncryptionKey::blowfish(key).unwrap(), MacKey::new(key).unwrap());
    let (old, new) = (pair(b"the key before it"), pair(b"the key of today."));
    let id = MerchantId::new("second").unwrap();
    let before = Merchant::new(id, KeyRing::new(old.clone())).marked_as_test();
    let second = Merchant::new(id, KeyRing::new(new).with_previous(old)).marked_as_test();
    let site = Site::with(|builder| builder.merchant(second));
    let expected = testing::expected(&before, "order-1", 1999);
    let text = testing::Callback::paid(&expected).form(&before).unwrap();
    let found = api(&site, &json!({ "text": text })).await;
    assert_eq!(found["key"], json!({ "account": "second", "current": false }));
    let other = api(&site, &json!({ "text": text, "account": "test_merchant" })).await;
    assert!(other["error"].as_str().unwrap().contains("noise"), "{other}");
    let nobody = api(&site, &json!({ "text": text, "account": "nobody" })).await;
    assert!(nobody["error"].as_str().unwrap().contains("no account"), "{nobody}");
}

#[tokio::test]
async fn nonsense_is_answered_with_what_is_wrong_with_it() {
    let site = Site::open();
    for (fields, words) in [
        (vec![], "nothing to look at"),
        (vec![("text", "hello there")], "neither a form nor Data"),
        (vec![("text", "Len=x&Data=AB12")], "Len is no number"),
        (vec![("text", "Len=1&Data=XYZ")], "Data cannot be decrypted"),
        (vec![("text", "Len=1&Data=AB12")], "whole number of blocks"),
        (vec![("data", "00112233445566778899AABBCCDDEEFF"), ("len", "16")], "decrypts to noise"),
    ] {
        let page = form(&site, &fields).await;
        assert_eq!(page.status, 422, "{words}");
        assert!(page.has(words) && page.has("role=\"alert\""), "{words}: {}", page.body);
    }
}

//! What the simulator's messages look like on the wire, and which spellings of a request it takes.

use crate::shop::{Seen, Shop};
use gateway_simulator::paygate::{Returned, Simulator};
use paygate::{HttpRequest, Merchant, testing};
use std::collections::BTreeSet;

async fn paid(simulator: &Simulator, shop: &Shop, merchant: &Merchant, trans_id: &str) -> Returned {
    let sealed = shop.sealed(merchant, trans_id, 1999);
    let back = simulator.visit_bank(&sealed.redirect).await.unwrap().approve().await.unwrap();
    simulator.idle().await;
    back
}

fn simulator() -> Simulator {
    Simulator::builder(testing::merchant()).clock_by_hand().start().unwrap()
}

/// Len, and Data as it was sent.
fn sealed(seen: &Seen) -> (usize, String) {
    let body = String::from_utf8(seen.body.clone()).unwrap();
    let value = |name| body.split('&').find_map(|pair| pair.strip_prefix(name)).unwrap().to_owned();
    (value("Len=").parse().unwrap(), value("Data="))
}

/// The names inside of Data, as they were spelled.
fn names(seen: &Seen, merchant: &Merchant) -> Vec<String> {
    let callback = seen.open(merchant).unwrap();
    callback.pairs().map(|(name, _)| String::from_utf8(name.to_vec()).unwrap()).collect()
}

#[tokio::test]
async fn data_is_upper_case_hex_and_padded_with_blanks() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    for trans_id in ["1", "12", "123", "1234", "12345", "123456", "1234567", "12345678"] {
        paid(&simulator, &shop, &merchant, trans_id).await;
    }
    let mut paddings = BTreeSet::new();
    for seen in shop.notifies() {
        let (len, data) = sealed(&seen);
        assert!(data.bytes().all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte)), "{data}");
        let key = testing::keys(&merchant).current().encryption();
        let decrypted = key.decrypt(data.as_bytes()).unwrap();
        let padding = &decrypted.blocks()[len..];
        assert!(padding.len() < 8 && padding.iter().all(|byte| *byte == b' '));
        paddings.insert(padding.len());
    }
    assert_eq!(paddings.len(), 8, "every length of padding was seen");
}

#[tokio::test]
async fn names_come_shuffled_in_mixed_spellings_with_one_that_no_page_knows() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    for number in 0..12 {
        paid(&simulator, &shop, &merchant, &format!("order-{number}")).await;
    }
    let seen: Vec<_> = shop.notifies().iter().map(|seen| names(seen, &merchant)).collect();
    let orders: BTreeSet<Vec<String>> =
        seen.iter().map(|names| names.iter().map(|name| name.to_ascii_lowercase()).collect()).collect();
    assert!(orders.len() > 6, "the order changes: {}", orders.len());
    let spellings: BTreeSet<_> =
        seen.iter().flatten().filter(|name| name.eq_ignore_ascii_case("payid")).collect();
    assert!(spellings.len() == 3, "{spellings:?}");
    assert!(seen.iter().all(|names| names.iter().any(|name| name.eq_ignore_ascii_case("mid"))));
    assert!(seen.iter().all(|names| names.iter().any(|name| name.eq_ignore_ascii_case("newparameter"))));
    assert!(seen.iter().all(|names| !names.iter().any(|name| name.eq_ignore_ascii_case("merchantid"))));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_order_and_spelling_again() {
    let mut seen = Vec::new();
    for seed in [7, 7, 8] {
        let shop = Shop::open();
        let simulator = Simulator::builder(testing::merchant()).seed(seed).clock_by_hand().start().unwrap();
        let merchant = simulator.merchant();
        paid(&simulator, &shop, &merchant, "order-1").await;
        seen.push(names(&shop.notifies()[0], &merchant));
    }
    assert_eq!(seen[0], seen[1]);
    assert_ne!(seen[0], seen[2]);
}

#[tokio::test]
async fn without_response_encrypt_the_answer_comes_in_the_clear_with_its_mac() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant().with_plain_answers();
    let back = paid(&simulator, &shop, &merchant, "order-1").await;
    assert!(!back.url().to_ascii_lowercase().contains("data="));
    for seen in shop.seen() {
        assert_eq!(seen.open(&merchant).unwrap().signed().status().as_str(), "OK");
        assert_eq!(seen.open(&simulator.merchant()).unwrap_err().kind(), "plain");
    }
}

#[tokio::test]
async fn requests_come_by_get_or_post_to_a_file_in_any_case_with_names_in_any_case() {
    let (shop, simulator) = (Shop::open(), simulator());
    let merchant = simulator.merchant();
    let url = simulator.url();
    for (number, file) in ["trustly.aspx", "Trustly.aspx", "TRUSTLY.ASPX"].into_iter().enumerate() {
        let sealed = shop.sealed(&merchant, &format!("order-{number}"), 1999);
        let [(_, mid), (_, len), (_, data)] = sealed.redirect.params();
        let form = format!("dAta={data}&LEN={len}&merchantid={mid}");
        for request in [
            HttpRequest::get(format!("{url}/{file}?{form}")),
            HttpRequest::post(format!("{url}/{file}"), "text/plain", form.clone()),
        ] {
            assert_eq!(simulator.carry(&request).await.unwrap().status(), 302, "{file}");
        }
    }
    assert_eq!(simulator.transactions().len(), 6);
}

#[tokio::test]
async fn health_and_unknown_files_are_told_apart() {
    let simulator = simulator();
    for (path, status) in [("healthz", 200), ("capture.aspx", 404)] {
        let request = HttpRequest::get(format!("{}/{path}", simulator.url()));
        assert_eq!(simulator.carry(&request).await.unwrap().status(), status, "{path}");
    }
}

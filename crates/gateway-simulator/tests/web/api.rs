//! The API: the same as the library's, for shops and tests in other languages.

use crate::browser::Site;
use gateway_simulator::paygate::{Builder, State};
use serde_json::json;

#[tokio::test]
async fn a_payment_is_found_by_its_pay_id_with_all_that_was_sent() {
    let site = Site::open();
    let pay_id = site.paid("order-1").await.pay_id;
    let list = site.get("/api/payments").await;
    assert_eq!(list.status, 200);
    assert_eq!(list.header("cache-control"), "no-store");
    let first = &list.json()[0];
    assert_eq!(first["trans_id"], "order-1");
    assert_eq!((&first["amount"], &first["currency"]), (&json!(1999), &json!("EUR")));
    assert_eq!((&first["state"], &first["acknowledged"]), (&json!("paid"), &json!(true)));
    assert_eq!(first["result"], json!({ "code": "00000000", "explanation": "success", "status": "OK" }));

    let whole = site.get(&format!("/api/payments/{}", pay_id.as_str())).await.json();
    let deliveries = whole["deliveries"].as_array().unwrap();
    let ways: Vec<_> = deliveries.iter().map(|delivery| delivery["way"].as_str().unwrap()).collect();
    assert_eq!(ways, ["URLSuccess", "URLNotify"]);
    assert_eq!(deliveries[1]["attempts"][0]["answer"], 200);
    assert_eq!(deliveries[0]["attempts"][0]["answer"], json!(null));
    assert!(whole["request"].as_array().unwrap().contains(&json!({ "name": "Amount", "value": "1999" })));
    assert_eq!(whole["credits"], json!([]));
}

#[tokio::test]
async fn a_payment_is_settled_and_resent_and_the_answer_comes_when_the_shop_has_answered() {
    let site = Site::with(Builder::settle_by_hand);
    let bank = site.at_bank("order-1").await;
    site.post(&bank, "choice=processing").await;
    let path = format!("/api/payments/{}", site.payment("order-1").pay_id.as_str());
    let settled = site.call("POST", &format!("{path}/settle"), r#"{"paid":true}"#).await;
    assert_eq!((settled.status, &settled.json()["state"]), (200, &json!("paid")));
    assert_eq!(site.shop.notifies().len(), 1);
    let resent = site.call("POST", &format!("{path}/resend"), "").await.json();
    assert_eq!(resent["deliveries"].as_array().unwrap().len(), 3);
    site.shop.believes(&site.simulator.merchant());
    let tampered = site.call("POST", &format!("{path}/resend"), r#"{"tampered":true}"#).await.json();
    assert_eq!(tampered["deliveries"][3]["attempts"][0]["answer"], 500);
    assert_eq!(tampered["deliveries"][3]["next_seconds"], 60.0);

    let again = site.call("POST", &format!("{path}/settle"), r#"{"paid":false}"#).await;
    assert_eq!(again.status, 409);
    assert_eq!(site.payment("order-1").state, State::Paid);
}

#[tokio::test]
async fn faults_are_read_and_set() {
    let site = Site::open();
    assert_eq!(site.get("/api/faults").await.json(), json!([]));
    let set = site.call("PUT", "/api/faults", r#"["doubled","slow"]"#).await;
    assert_eq!((set.status, set.json()), (200, json!(["doubled", "slow"])));
    assert_eq!(site.get("/api/faults").await.json(), json!(["doubled", "slow"]));
    let unknown = site.call("PUT", "/api/faults", r#"["nonsense"]"#).await;
    assert_eq!(unknown.status, 400);
    assert!(unknown.json()["error"].as_str().unwrap().contains("missing-mac"));
    assert_eq!(site.get("/api/faults").await.json(), json!(["doubled", "slow"]));
}

#[tokio::test]
async fn the_clock_is_moved_until_all_is_done() {
    let site = Site::open();
    let bank = site.at_bank("order-1").await;
    site.post(&bank, "choice=processing").await;
    let moved = site.call("POST", "/api/clock", r#"{"advance_seconds":60}"#).await;
    assert_eq!(moved.json(), json!({ "now_seconds": 60.0 }));
    assert_eq!(site.shop.notifies().len(), 1);
    assert_eq!(site.payment("order-1").state, State::Paid);
    assert_eq!(site.get("/api/clock").await.json(), json!({ "now_seconds": 60.0 }));
}

#[tokio::test]
async fn refused_requests_are_told_with_their_reasons() {
    let site = Site::open();
    site.get("/trustly.aspx?MerchantID=nobody&Len=3&Data=AB12").await;
    let refused = site.get("/api/refused").await.json();
    assert_eq!(refused[0]["file"], "trustly.aspx");
    assert_eq!(refused[0]["said"], json!(null));
    assert_eq!(refused[0]["reasons"], json!(["no merchant of the simulator has this MerchantID"]));
}

#[tokio::test]
async fn every_error_is_json_with_a_fitting_status() {
    let site = Site::open();
    let nobody = "/api/payments/00000000000000000000000000000000";
    for (method, path, body, status) in [
        ("GET", "/api", "", 404),
        ("GET", "/api/nonsense", "", 404),
        ("GET", nobody, "", 404),
        ("GET", "/api/payments/nonsense", "", 404),
        ("POST", &format!("{nobody}/settle"), r#"{"paid":true}"#, 404),
        ("POST", &format!("{nobody}/settle"), r#"{"payed":true}"#, 400),
        ("POST", &format!("{nobody}/settle"), "", 400),
        ("POST", &format!("{nobody}/resend"), "", 404),
        ("POST", "/api/payments", "", 405),
        ("DELETE", "/api/faults", "", 405),
        ("PUT", "/api/faults", "{}", 400),
        ("POST", "/api/clock", r#"{"advance_seconds":-1}"#, 400),
        ("POST", "/api/clock", r#"{"advance_seconds":99999999999}"#, 400),
        ("POST", "/api/inspect", r#"{"texts":""}"#, 400),
        ("POST", "/api/inspect", "{}", 422),
    ] {
        let answer = site.call(method, path, body).await;
        assert_eq!(answer.status, status, "{method} {path} {body}: {}", answer.body);
        assert!(answer.json()["error"].is_string(), "{method} {path}");
    }
}

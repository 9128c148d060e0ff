//! The console: every page is well made, shows what there is, and its buttons do what they say.

use crate::browser::Site;
use gateway_simulator::paygate::{Builder, Choice, Fault, State};
use paygate::{Custom, OrderDesc, UserData};
use std::time::Duration;

/// Two payments and two refused requests.
async fn busy() -> Site {
    let site = Site::with(Builder::settle_by_hand);
    site.paid("order-paid").await;
    site.at_bank("order-waiting").await;
    site.get("/trustly.aspx?MerchantID=nobody&Len=3&Data=AB12").await;
    let without_mac = "MerchantID=test_merchant&TransID=order-refused&OrderDesc=Tea";
    let url = |name: &str, path: &str| format!("&{name}={}", site.url(path));
    let text = [without_mac, &url("URLFailure", "/failure"), &url("URLNotify", "/notify")].concat();
    let sealed = paygate::testing::seal_text(&site.simulator.merchant(), text.as_bytes()).unwrap();
    site.get(&format!("/trustly.aspx?MerchantID=test_merchant&{sealed}")).await;
    site
}

#[tokio::test]
async fn every_page_is_well_made() {
    let site = busy().await;
    let refused = site.simulator.refused().into_iter().find_map(|request| request.pay_id).unwrap();
    let (paid, waiting) = (site.page_of("order-paid"), site.page_of("order-waiting"));
    let refused = format!("/console/payment/{}", refused.as_str());
    for path in ["/", "/console", "/console?refresh", "/console/inspect", &paid, &waiting, &refused] {
        let page = site.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        page.is_well_made();
        // Only so does a browser name the page's origin with its forms.
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert!(page.header("content-security-policy").contains("form-action 'self';"));
    }
    for path in
        ["/console/payment/nonsense", "/console/payment/00000000000000000000000000000000", "/console/x"]
    {
        let page = site.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        page.is_well_made();
    }
    assert_eq!(site.get("/style.css").await.header("content-type"), "text/css; charset=utf-8");
    assert!(!site.get("/console").await.has("http-equiv"));
    assert!(site.get("/console?refresh").await.has("<meta http-equiv=\"refresh\" content=\"5\">"));
}

#[tokio::test]
async fn the_first_page_lists_payments_newest_first_and_refused_requests_with_their_reasons() {
    let site = busy().await;
    let page = site.get("/").await;
    let at = |text: &str| page.body.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    assert!(at("order-waiting") < at("order-paid"));
    for text in ["19.99 EUR", "at the bank", "not acknowledged", site.payment("order-paid").pay_id.as_str()] {
        at(text);
    }
    assert!(at("MAC is missing") > at("Refused requests"));
    at("no merchant of the simulator has this MerchantID");
    for fault in Fault::ALL {
        at(&format!("value=\"{fault}\""));
    }
}

#[tokio::test]
async fn a_payments_page_shows_the_request_explained_and_each_delivery_opened_again() {
    let site = Site::open();
    site.shop.answers([500]);
    let mut request = site.shop.request("order-1", 1999).build();
    request.custom = Some(Custom::new("a=1|b=2").unwrap());
    let bank = site.sent(&request).await.location().to_owned();
    site.post(&bank, "choice=approve").await;
    site.simulator.idle().await;
    let page = site.get(&site.page_of("order-1")).await;
    for text in [
        "Where the customer comes back after success.", // the table's words for URLSuccess
        "URLNotify: OK",
        "URLSuccess: OK",
        "<span class=\"bad\">500</span>",
        "Next time",
        "0:01:00",
        "the current keys of test_merchant",
        "<span class=\"good\">holds</span>",
        "In the clear beside Data",
        "Data=",
    ] {
        assert!(page.has(text), "{text} is missing: {}", page.body);
    }
    site.simulator.advance(Duration::from_secs(60)).await;
    let page = site.get(&site.page_of("order-1")).await;
    assert!(page.has("Attempt 2") && page.has("<span class=\"good\">200</span>"), "{}", page.body);
}

#[tokio::test]
async fn a_payment_is_settled_and_its_result_sent_again_by_buttons_that_are_there_only_where_they_act() {
    let site = Site::with(Builder::settle_by_hand);
    let bank = site.at_bank("order-1").await;
    let path = site.page_of("order-1");
    let waiting = site.get(&path).await;
    assert!(waiting.has("value=\"paid\"") && waiting.has("value=\"failed\"") && !waiting.has("/resend"));
    let early = site.post(&format!("{path}/resend"), "").await;
    early.is_well_made();
    assert_eq!(early.status, 409);

    site.post(&bank, &format!("choice={}", Choice::Processing.name())).await;
    let settled = site.post(&format!("{path}/settle"), "how=failed").await;
    assert_eq!((settled.status, settled.location()), (303, path.as_str()));
    assert_eq!(site.payment("order-1").state, State::Failed);
    assert!(!site.get(&path).await.has("value=\"failed\""));
    site.post(&format!("{path}/settle"), "how=paid").await;
    assert_eq!(site.payment("order-1").state, State::Paid);
    assert!(!site.get(&path).await.has("/settle"));
    assert_eq!(site.post(&format!("{path}/settle"), "how=paid").await.status, 409);
    assert_eq!(site.post(&format!("{path}/settle"), "how=soon").await.status, 400);

    let before = site.shop.notifies().len();
    assert_eq!(site.post(&format!("{path}/resend"), "").await.status, 303);
    assert_eq!(site.shop.notifies().len(), before + 1);
    site.shop.believes(&site.simulator.merchant());
    site.post(&format!("{path}/resend"), "tampered=1").await;
    let notifies = site.shop.notifies();
    assert!(notifies[before].open(&site.simulator.merchant()).is_ok());
    assert!(notifies[before + 1].open(&site.simulator.merchant()).is_err());
    assert!(site.get(&path).await.has("<span class=\"bad\">500</span>"));
    let nobody = "/console/payment/00000000000000000000000000000000";
    assert_eq!(site.post(&format!("{nobody}/settle"), "how=paid").await.status, 404);
}

#[tokio::test]
async fn checked_faults_hold_for_payments_to_come_and_for_no_others() {
    let site = Site::open();
    site.at_bank("before").await;
    assert_eq!(site.post("/console/faults", "fault=doubled&fault=changed-xid").await.status, 303);
    site.at_bank("between").await;
    assert!(site.get("/console").await.has("value=\"doubled\" checked"));
    assert_eq!(site.post("/console/faults", "fault=nonsense").await.status, 400);
    assert_eq!(site.post("/console/faults", "").await.status, 303);
    site.at_bank("after").await;
    let faults = |name| site.payment(name).faults.iter().map(Fault::name).collect::<Vec<_>>();
    assert_eq!(faults("between"), ["doubled", "changed-xid"]);
    assert!(faults("before").is_empty() && faults("after").is_empty());
}

#[tokio::test]
async fn moving_the_clock_lets_happen_what_is_due() {
    let site = Site::open();
    site.shop.answers([500, 500]);
    site.paid("order-1").await;
    assert_eq!(site.shop.notifies().len(), 1);
    let moved = site.post("/console/clock", "advance_seconds=60").await;
    assert_eq!((moved.status, moved.location()), (303, "/console#clock"));
    assert_eq!(site.shop.notifies().len(), 2);
    site.post("/console/clock", "advance_seconds=480").await;
    assert_eq!(site.shop.notifies().len(), 3);
    assert!(site.payment("order-1").acknowledged);
    assert!(site.get("/console").await.has("0:09:00"));
    for form in ["", "advance_seconds=-1", "advance_seconds=soon", "advance_seconds=99999999999"] {
        assert_eq!(site.post("/console/clock", form).await.status, 400, "{form}");
    }
    assert_eq!(site.simulator.now(), Duration::from_secs(540));
}

#[tokio::test]
async fn what_others_wrote_is_never_markup_and_its_controls_are_seen() {
    let site = Site::open();
    let hostile = "<script>alert(1)</script>\"'";
    let mut request = site.shop.request("<img/src=x>\"'", 1999).build();
    request.order_desc = OrderDesc::new(hostile).unwrap();
    request.user_data = Some(UserData::new(hostile).unwrap());
    request.custom = Some(Custom::new("<i>=<u>").unwrap());
    let bank = site.sent(&request).await.location().to_owned();
    site.post(&bank, "choice=approve").await;
    site.simulator.idle().await;
    let pay_id = site.simulator.transactions()[0].pay_id;
    let text = "TransID=<b>\u{1b}[31m\u{202e}</b>&OrderDesc=<script>";
    let sealed = paygate::testing::seal_text(&site.simulator.merchant(), text.as_bytes()).unwrap();
    site.get(&format!("/trustly.aspx?MerchantID=test_merchant&{sealed}")).await;
    for path in ["/console", &format!("/console/payment/{}", pay_id.as_str())] {
        let page = site.get(path).await;
        page.is_well_made();
        for markup in ["<script", "<img", "<i>", "<u>", "<b>", "\u{1b}", "\u{202e}"] {
            assert!(!page.has(markup), "{markup} on {path}");
        }
    }
    let inspected = site.post("/console/inspect", &format!("text={}", escaped(&sealed))).await;
    assert!(inspected.has("&lt;b&gt;\\u{1b}[31m\\u{202e}&lt;/b&gt;"), "{}", inspected.body);
}

fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

//! The bank's pages, one after the other, and what follows from each button.

use crate::browser::Site;
use gateway_simulator::paygate::{Fault, State};
use paygate::OrderDesc;

#[tokio::test]
async fn a_customer_chooses_a_bank_logs_in_confirms_and_comes_back() {
    let site = Site::open();
    let bank = site.at_bank("order-1").await;
    let choose = site.get(&bank).await;
    choose.is_well_made();
    assert!(choose.has("Choose your bank") && choose.has("19.99 EUR") && choose.has("test_merchant"));

    let log_in = site.get(&format!("{bank}?bank=fjord")).await;
    log_in.is_well_made();
    assert!(log_in.has("Log in to Fjord &amp; Field") && log_in.has("neither checked nor kept"));

    let logged_in = site.post(&format!("{bank}/log-in"), "bank=fjord&user=somebody-4711").await;
    assert_eq!(logged_in.status, 303);
    assert!(!logged_in.location().contains("somebody"));

    let confirm = site.get(logged_in.location()).await;
    confirm.is_well_made();
    assert!(!confirm.has("somebody-4711"));
    for part in ["19.99 EUR", "test_merchant", "2 × Earl Grey", "order-1", "Fjord &amp; Field"] {
        assert!(confirm.has(part), "{part}");
    }
    for choice in ["approve", "decline", "cancel", "processing", "close"] {
        assert!(confirm.has(&format!("name=\"choice\" value=\"{choice}\"")), "{choice}");
    }
    assert!(confirm.has("name=\"leave\" value=\"1\""));
    // The answer leads to the shop, whose address is anybody's.
    assert!(confirm.header("content-security-policy").contains("form-action 'self' http: https:;"));
    assert_eq!(confirm.header("referrer-policy"), "no-referrer");

    let paid = site.post(&bank, "choice=approve").await;
    assert_eq!(paid.status, 302);
    assert!(paid.location().starts_with(site.shop.urls().success.as_str()));
}

#[tokio::test]
async fn a_finished_payment_shows_how_it_stands_and_takes_no_second_choice() {
    let site = Site::with(gateway_simulator::paygate::Builder::settle_by_hand);
    for (choice, title, state) in [
        ("approve", "The payment is done", State::Paid),
        ("decline", "The payment came to nothing", State::Failed),
        ("processing", "The payment is being processed", State::Open),
    ] {
        let bank = site.at_bank(choice).await;
        assert_eq!(site.post(&bank, &format!("choice={choice}")).await.status, 302);
        let page = site.get(&format!("{bank}?bank=alder&step=confirm")).await;
        page.is_well_made();
        assert!(page.has(title), "{}", page.body);
        let again = site.post(&bank, "choice=cancel").await;
        again.is_well_made();
        assert_eq!((again.status, again.has(title)), (409, true));
        assert_eq!(site.payment(choice).state, state);
    }
}

#[tokio::test]
async fn who_closes_the_window_before_paying_may_open_it_again() {
    let site = Site::open();
    let bank = site.at_bank("order-1").await;
    let closed = site.post(&bank, "choice=close").await;
    closed.is_well_made();
    assert_eq!(closed.status, 200);
    assert!(closed.has("The window is closed") && closed.has(&format!("href=\"{bank}\"")));
    assert_eq!(site.payment("order-1").state, State::AtBank);
    assert!(site.shop.seen().is_empty());
    assert_eq!(site.post(&bank, "choice=approve").await.status, 302);
}

#[tokio::test]
async fn who_pays_and_closes_the_window_leaves_the_notify_alone_to_tell() {
    let site = Site::open();
    let bank = site.at_bank("order-1").await;
    let closed = site.post(&bank, "choice=approve&leave=1").await;
    closed.is_well_made();
    assert_eq!((closed.status, closed.location()), (200, ""));
    site.simulator.idle().await;
    let payment = site.payment("order-1");
    assert_eq!(payment.state, State::Paid);
    assert!(payment.faults.has(Fault::NotifyOnly));
    let paths: Vec<_> = site.shop.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, ["/notify"]);
    // The next customer is not affected.
    let bank = site.at_bank("order-2").await;
    assert_eq!(site.post(&bank, "choice=approve").await.status, 302);
}

#[tokio::test]
async fn an_unknown_payment_and_a_form_without_a_choice_are_told_so() {
    let site = Site::open();
    for page in [
        site.get("/bank/nonsense").await,
        site.post("/bank/nonsense", "choice=approve").await,
        site.post("/bank/nonsense/log-in", "bank=alder").await,
    ] {
        page.is_well_made();
        assert_eq!(page.status, 404);
    }
    let bank = site.at_bank("order-1").await;
    for form in ["", "choice=", "choice=rob", "bank=alder"] {
        let page = site.post(&bank, form).await;
        page.is_well_made();
        assert_eq!(page.status, 400, "{form}");
    }
}

#[tokio::test]
async fn a_description_is_shown_as_it_was_written_and_never_as_markup() {
    let site = Site::open();
    let mut request = site.shop.request("order-1", 1999).build();
    request.order_desc = OrderDesc::new("<b onmouseover=x>\"2\" 'Tea'</b>").unwrap();
    let bank = site.sent(&request).await.location().to_owned();
    let page = site.get(&format!("{bank}?bank=alder&step=confirm")).await;
    assert!(page.has("&lt;b onmouseover=x&gt;"), "{}", page.body);
    assert!(!page.has("<b onmouseover"));
}

#[tokio::test]
async fn faults_in_force_are_explained_where_the_customer_decides() {
    let site = Site::with(|builder| builder.fault(Fault::Doubled));
    let bank = site.at_bank("order-1").await;
    let page = site.get(&format!("{bank}?bank=alder&step=confirm")).await;
    assert!(page.has(Fault::Doubled.explanation()));
}

#[tokio::test]
async fn a_request_that_cannot_be_read_is_answered_with_the_exceptions_page() {
    let site = Site::open();
    let page = site.get("/trustly.aspx?MerchantID=nobody&Len=3&Data=AB12").await;
    page.is_well_made();
    assert_eq!(page.status, 200);
    assert!(page.has("Unexpected exception"));
    for parameter in ["Data=", "Code="] {
        assert!(!page.has(parameter), "a client tells the page from an answer by {parameter}");
    }
}

#[tokio::test]
async fn a_refusal_that_leads_nowhere_names_code_words_and_every_reason() {
    let site = Site::open();
    let merchant = site.simulator.merchant();
    let keys = paygate::testing::keys(&merchant).current();
    let parts = paygate::crypto::RequestParts {
        pay_id: b"",
        trans_id: b"order-1",
        merchant_id: b"test_merchant",
        amount: b"x",
        currency: b"EUR",
    };
    let mac = keys.mac().request(&parts).unwrap().to_hex();
    let text = format!(
        "MerchantID=test_merchant&TransID=order-1&Amount=x&Currency=EUR&OrderDesc=Tea&MAC={}",
        mac.as_str()
    );
    let sealed = paygate::testing::seal_text(&merchant, text.as_bytes()).unwrap();
    let page = site.get(&format!("/trustly.aspx?MerchantID=test_merchant&{sealed}")).await;
    page.is_well_made();
    assert_eq!(page.status, 400);
    assert!(page.has("<code>20110005</code>") && page.has("parameter format error: Amount"), "{}", page.body);
    for missing in ["URLSuccess is missing", "FirstName is missing"] {
        assert!(page.has(missing), "{missing} not in {}", page.body);
    }
}

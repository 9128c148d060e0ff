//! Batch files over HTTP and by the program.

use crate::browser::Site;
use crate::program::{ended, text};
use serde_json::json;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

const NOBODY: &str = "00000000000000000000000000000000";

fn file(mid: &str, pay_id: &str) -> String {
    format!(
        "HEAD,{mid},20261122,2.1\r\nTrustly,Credit,999,EUR,refund-1,,{pay_id}\r\nTrustly,Credit,500,EUR,refund-2,,{NOBODY}\r\n\
         FOOT,2,1499\r\n"
    )
}

#[tokio::test]
async fn a_file_as_the_body_is_answered_with_a_file() {
    let site = Site::open();
    let pay_id = site.paid("order-1").await.pay_id;
    let sent = file("test_merchant", pay_id.as_str());
    let answered = site.call("POST", "/api/batch", &sent).await;
    assert_eq!((answered.status, answered.header("content-type")), (200, "text/plain; charset=us-ascii"));
    assert_eq!(answered.header("cache-control"), "no-store");
    let pay_id = pay_id.as_str();
    assert_eq!(
        answered.body,
        sent.replace(&format!("{pay_id}\r"), &format!("{pay_id},OK,00000000\r"))
            .replace(&format!("{NOBODY}\r"), &format!("{NOBODY},FAILED,20160001\r"))
    );
    assert_eq!(site.payment("order-1").credited(), 999);
    let payment = site.get(&format!("/api/payments/{pay_id}")).await.json();
    assert_eq!(payment["credits"][0]["trans_id"], "refund-1");
}

#[tokio::test]
async fn rules_stand_in_the_query() {
    let site = Site::open();
    let query = "rule=trans-id%3Drefund-1%3APENDING%2F60000000&unknown-pay-ids=pay-back&rule=cut-off";
    let answered = site.call("POST", &format!("/api/batch?{query}"), &file("test_merchant", NOBODY)).await;
    assert_eq!(answered.status, 200);
    assert!(answered.has(",PENDING,60000000\r\n") && answered.body.ends_with(",OK,00000000\r\n"));
    for query in [
        "rule=nonsense",
        "rules=cut-off",
        "unknown-pay-ids=",
        "unknown-pay-ids=refuse&unknown-pay-ids=refuse",
    ] {
        let refused = site.call("POST", &format!("/api/batch?{query}"), &file("test_merchant", NOBODY)).await;
        assert_eq!(refused.status, 400, "{query}");
        assert!(refused.json()["error"].is_string(), "{query}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_told_line_by_line_and_nothing_carried_out() {
    let site = Site::open();
    let pay_id = site.paid("order-1").await.pay_id;
    let whole = file("test_merchant", pay_id.as_str());
    let refused = site.call("POST", "/api/batch", &whole.replace("1499", "1500")).await;
    assert_eq!(refused.status, 422);
    let line = json!({
        "line": 4, "column": 8, "field": "SumAmount", "error": "is not the sum of the amounts"
    });
    assert_eq!(refused.json()["lines"], json!([line]));
    let many = whole.replace("FOOT", &["nonsense\r\n".repeat(40).as_str(), "FOOT"].concat());
    let many = site.call("POST", "/api/batch", &many).await.json();
    assert_eq!(many["lines"].as_array().unwrap().len(), 20);
    assert!(
        many["error"].as_str().unwrap().starts_with("41 errors in the file, the first: line 4, column 1")
    );
    for wrong in ["", &file("stranger", NOBODY), &whole.replace("\r\nT", ",OK,00000000\r\nT")] {
        let refused = site.call("POST", "/api/batch", wrong).await;
        assert_eq!(refused.status, 422, "{wrong}");
        assert!(refused.json()["error"].is_string());
    }
    assert_eq!(site.call("GET", "/api/batch", "").await.status, 405);
    assert_eq!(site.payment("order-1").credits.len(), 0);
}

#[tokio::test]
async fn no_page_of_another_site_hands_a_file_over() {
    let site = Site::open();
    let pay_id = site.paid("order-1").await.pay_id;
    let body = file("test_merchant", pay_id.as_str());
    let request =
        site.request("POST", "/api/batch").header("origin", "http://evil.example").body(body.clone());
    assert_eq!(site.send(request).await.status, 403);
    let request = site.request("POST", "/api/batch").header("host", "evil.example").body(body);
    assert_eq!(site.send(request).await.status, 403);
    assert_eq!(site.payment("order-1").credits.len(), 0);
}

#[tokio::test]
async fn a_file_may_have_16_mib_and_no_more() {
    let site = Site::open();
    let lines = 3000;
    let line = format!("Trustly,Credit,100,EUR,refund,,{NOBODY}\r\n").repeat(lines);
    let sent = format!("HEAD,test_merchant,20261122,2.1\r\n{line}FOOT,{lines},{}\r\n", lines * 100);
    assert!(sent.len() > 64 * 1024);
    let answered = site.call("POST", "/api/batch", &sent).await;
    assert_eq!((answered.status, answered.body.matches("FAILED,20160001").count()), (200, lines));

    // It is refused by what is announced, before anything comes.
    let address = site.url("").replace("http://", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    let length = 16 * 1024 * 1024 + 1;
    write!(stream, "POST /api/batch HTTP/1.1\r\nHost: {address}\r\nContent-Length: {length}\r\n\r\n")
        .unwrap();
    let mut begin = [0; 12];
    stream.read_exact(&mut begin).unwrap();
    assert_eq!(&begin, b"HTTP/1.1 413");
}

#[test]
fn the_program_answers_a_file_without_a_server_and_prints_where() {
    let folder = tempfile::tempdir().unwrap();
    let sent = folder.path().join("T20261122001YourShop.dat");
    fs::write(&sent, file("YourShop", NOBODY)).unwrap();
    let name = sent.to_str().unwrap();
    let done = ended(&[], &["batch", name, "--rule", "every=2:21550957"]);
    let answered = folder.path().join("P20261122001YourShop.dat");
    assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), String::new()));
    assert_eq!(text(&done.stdout).trim_end(), answered.to_str().unwrap());
    let written = fs::read_to_string(&answered).unwrap();
    assert!(written.contains(",OK,00000000\r\n") && written.contains(",FAILED,21550957\r\n"), "{written}");

    // Once more: the answer is there.
    let again = ended(&[], &["batch", name]);
    assert_eq!((again.status.code(), text(&again.stdout)), (Some(1), String::new()));
    assert!(text(&again.stderr).contains("P20261122001YourShop.dat is there already"));
    assert_eq!(fs::read_to_string(&answered).unwrap(), written);

    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let done =
        ended(&[], &["batch", "--to", elsewhere.to_str().unwrap(), "--unknown-pay-ids", "refuse", name]);
    assert_eq!(done.status.code(), Some(0));
    let written = fs::read_to_string(elsewhere.join("P20261122001YourShop.dat")).unwrap();
    assert_eq!(written.matches("FAILED,20160001").count(), 2);
    let path = folder.path().join("answer.txt");
    let done = ended(&[], &["batch", name, "--to", path.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(fs::read_to_string(path).unwrap().matches("OK,00000000").count(), 2);
}

#[test]
fn the_program_takes_files_of_the_account_that_is_set_and_of_any_where_none_is() {
    let folder = tempfile::tempdir().unwrap();
    let sent = folder.path().join("T20261122001YourShop.dat");
    fs::write(&sent, file("YourShop", NOBODY)).unwrap();
    let name = sent.to_str().unwrap();
    let other = ended(&[("PAYGATE_MERCHANT_ID", "another")], &["batch", name]);
    assert_eq!(other.status.code(), Some(1));
    assert!(text(&other.stderr).contains("MerchantID of HEAD"));
    // A MerchantID is enough: nothing is decrypted.
    let own = ended(&[("PAYGATE_MERCHANT_ID", "yourshop"), ("PAYGATE_MAC_KEY", "")], &["batch", name]);
    assert_eq!(own.status.code(), Some(0));
    let long = "x".repeat(31);
    let wrong = ended(&[("PAYGATE_MERCHANT_ID", &long)], &["batch", name]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).starts_with("PAYGATE_MERCHANT_ID"));
}

#[test]
fn the_program_tells_what_is_wrong_with_a_file_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let sent = folder.path().join("T20261122001YourShop.dat");
    fs::write(&sent, file("YourShop", NOBODY).replace("FOOT,2", "FOOT,3")).unwrap();
    let refused = ended(&[], &["batch", sent.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr)
            .contains("\n  line 4, column 6: CountRecords: is 3, and the file has 2 records")
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(ended(&[], &["batch", "/nowhere/T.dat"]).status.code(), Some(1));
    for wrong in [
        &["batch"][..],
        &["batch", "x", "--rule", "nonsense"],
        &["batch", "x", "--unknown-pay-ids", "maybe"],
        &["batch", "x", "--port", "0"],
        &["--port", "0", "batch", "x"],
        &["batch", "x", "y"],
    ] {
        assert_eq!(ended(&[], wrong).status.code(), Some(2), "{wrong:?}");
    }
    let wrong = ended(&[], &["batch", "x", "--rule", "each=1:drop"]);
    assert!(text(&wrong.stderr).contains("trans-id-begins=TEXT"), "{}", text(&wrong.stderr));
}

//! Two processes behind nginx, started by the example's script: it matters to nobody which of them is asked, and whether one dies.

use crate::database::Database;
use crate::effects::{Effects, settled, settled_after_leases};
use crate::kills::wait_for;
use crate::orders;
use crate::paygate::{Paygate, form, paid};
use crate::program::ports;
use crate::scale::{self, Dice, say};
use paygate::testing::Callback;
use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use shop::security::csrf;
use shop::state::State;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// The script, and what it has started.
struct Behind {
    script: Child,
    url: String,
    shops: Vec<(String, u32)>,
    access_log: PathBuf,
}

impl Behind {
    fn start(database: &Database) -> Self {
        // The script takes those after the first too.
        let port = ports(5);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/shop/nginx/two-shops");
        let mut command = Command::new(script);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).envs(database.environment());
        command.env("SHOP_PUBLIC_URL", format!("http://127.0.0.1:{port}"));
        command.env("SHOP_PROGRAM", env!("CARGO_BIN_EXE_shop-under-test")).arg(port.to_string());
        let mut script = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("bash");
        let (mut shops, mut access_log, mut url) = (Vec::new(), PathBuf::new(), String::new());
        for line in BufReader::new(script.stdout.as_mut().unwrap()).lines() {
            let line = line.unwrap();
            if let Some((_, path)) = line.split_once("queries: ") {
                access_log = path.into();
            } else if let Some(listens) = line.strip_prefix("listening on ") {
                listens.clone_into(&mut url);
                break;
            } else if line.starts_with("shop-") {
                let words: Vec<_> = line.split(' ').collect();
                shops.push((format!("http://127.0.0.1:{}", words[3]), words[6].parse().unwrap()));
            }
        }
        assert_eq!(shops.len(), 2, "it did not start (nginx is needed; Debian: nginx)");
        Self { script, url, shops, access_log }
    }

    fn kill(&self, shop: usize) {
        assert!(kill("-KILL", self.shops[shop].1));
    }
}

impl Drop for Behind {
    fn drop(&mut self) {
        // It stops what it has started.
        kill("-TERM", self.script.id());
        let _ = self.script.wait();
    }
}

fn kill(signal: &str, process: u32) -> bool {
    Command::new("kill").args([signal, &process.to_string()]).status().is_ok_and(|status| status.success())
}

/// Name and value.
fn first_cookie(answer: &reqwest::Response) -> String {
    answer.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// The checkout of a browser that is led to either shop from one request to the next.
async fn check_out(client: &reqwest::Client, at: &str) -> String {
    let front = client.get(at).send().await.unwrap();
    let cookie = first_cookie(&front);
    let csrf = csrf::token(cookie.split_once('=').unwrap().1);
    let post = async |path: &str, form: &[(&str, &str)]| {
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = client.post(format!("{at}{path}")).header(COOKIE, &cookie);
        request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body).send().await.unwrap()
    };
    assert_eq!(post("/cart", &[("product", "sencha"), ("csrf", &csrf)]).await.status().as_u16(), 303);
    let page = client.get(format!("{at}/checkout")).header(COOKIE, &cookie).send().await.unwrap();
    let page = page.text().await.unwrap();
    let input = |name: &str| {
        let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect(name);
        rest.split('"').next().unwrap().to_owned()
    };
    let (once, seen) = (input("once"), input("seen"));
    let filled = [
        ("first_name", "Anna"),
        ("last_name", "Müller"),
        ("email", "anna@example.com"),
        ("country", "DE"),
        ("currency", "EUR"),
        ("csrf", &csrf),
        ("once", &once),
        ("seen", &seen),
    ];
    let leaving = post("/checkout", &filled).await;
    assert_eq!(leaving.status().as_u16(), 200);
    leaving.text().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_goes_from_one_process_to_the_other_and_long_returns_pass() {
    let database = Database::postgres();
    let store = database.store().await;
    let behind = tokio::task::block_in_place(|| Behind::start(&database));
    let paygate = Paygate::new();
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    let client = client.build().unwrap();

    // Through nginx, which asks both; and the callback at the second, of what the first one has sold.
    for checkout in [&behind.url, &behind.shops[0].0] {
        let leaving = check_out(&client, checkout).await;
        assert!(leaving.contains("Data"), "{leaving}");
        let expected = store.orders(None, None).await.unwrap()[0].newest.expected();
        assert_eq!(paygate.tell_once(&behind.shops[1].0, &paid(&[expected]), 1).await, [Some(200)]);
        settled(&store).await;
        assert_eq!(store.orders(None, None).await.unwrap()[0].view().state, State::Paid);
    }

    let mut lengths = Vec::new();
    for expected in orders::place(&store, 2).await {
        // 20 KiB, and nearly all that the shop takes.
        let length = if lengths.is_empty() { 10_000 } else { 32_000 };
        let query = form(&Callback::paid(&expected).with("Description", "x".repeat(length)));
        let (status, location) = paygate.bring(&format!("{}/success?{query}", behind.url)).await;
        assert!(status == 303 && location.starts_with("/order/"), "{}: {status} {location}", query.len());
        lengths.push(query.len());
        let order = store
            .orders(None, None)
            .await
            .unwrap()
            .into_iter()
            .find(|order| order.newest.expected().attempt() == expected.attempt());
        assert_eq!(order.unwrap().view().state, State::Paid);
    }
    assert!(lengths[0] > 20 * 1024, "{lengths:?}");
    // By hand: no client would send it.
    let mut by_hand = TcpStream::connect(behind.url.trim_start_matches("http://")).unwrap();
    let too_long = format!("GET /success?{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(80_000));
    let _ = by_hand.write_all(too_long.as_bytes());
    let mut answer = [0; 12];
    by_hand.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 414");

    let log = std::fs::read_to_string(&behind.access_log).unwrap();
    assert!(log.contains(" /success 303 "), "{log}");
    assert!(!log.contains('?') && !log.contains("Data"), "{log}");
    say(&format!(
        "behind nginx: one process sold, the other was told; returns of {lengths:?} bytes passed; no query in its log"
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keeper_who_is_logged_in_stays_so_whatever_shop_the_customers_are_led_to() {
    let database = Database::postgres();
    let behind = tokio::task::block_in_place(|| Behind::start(&database));
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    let client = client.build().unwrap();
    let keeper = format!("{}/keeper", behind.url);
    let door = client.get(&keeper).send().await.unwrap();
    let session = first_cookie(&door);
    let login = format!("password=x&csrf={}", csrf::token(session.split_once('=').unwrap().1));
    let request = client.post(&keeper).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let opened = request.header(COOKIE, &session).body(login).send().await.unwrap();
    assert_eq!(opened.status().as_u16(), 303);
    let cookie = format!("{session}; {}", first_cookie(&opened));
    for _ in 0..6 {
        let orders = client.get(format!("{keeper}/orders")).header(COOKIE, &cookie).send().await.unwrap();
        assert_eq!(orders.status().as_u16(), 200);
    }
    behind.kill(0);
    // The other one does not know him, and asks.
    let asked = client.get(&keeper).header(COOKIE, &cookie).send().await.unwrap();
    assert!(asked.text().await.unwrap().contains("password"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_is_killed_behind_nginx_loses_no_callback() {
    let many = scale::of(600, 5_000);
    let database = Database::postgres();
    let store = database.store().await;
    let expected = orders::place(&store, many).await;
    let behind = tokio::task::block_in_place(|| Behind::start(&database));
    let mut dice = Dice::new("kill -9 behind nginx");
    let paygate = Paygate::new();
    let start = Instant::now();
    let told = {
        let (paygate, urls, forms) = (paygate.clone(), [behind.url.clone()], paid(&expected));
        tokio::spawn(async move { paygate.tell(&urls, forms, 32).await })
    };
    wait_for(many / 4 + dice.below(many / 4), &paygate, &mut dice).await;
    behind.kill(dice.below(2));
    told.await.unwrap();
    settled_after_leases(&store).await;
    let effects = Effects::of(&store).await;
    effects.assert_all_paid_once(many);
    assert!(effects.came >= i64::try_from(paygate.answered()).unwrap());
    say(&format!(
        "one of two processes behind nginx killed: {paygate}; {effects}; {:.1} s",
        start.elapsed().as_secs_f32()
    ));
}

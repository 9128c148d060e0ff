//! A proxy that the environment names is not asked; and other clients of the same program are let be.

use crate::gateway::{Gateway, block_on, send, transport};
use gateway_http::HttpRequest;
use std::env;
use std::process::Command;

const GATEWAY: &str = "GATEWAY_HTTP_TEST_GATEWAY";

/// Variables of a process cannot be set without risk while it has threads, so the test starts itself a second time.
#[test]
fn a_proxy_of_the_environment_is_not_asked() {
    if let Ok(url) = env::var(GATEWAY) {
        return in_that_environment(&url);
    }
    let proxy = Gateway::saying("HTTP/1.1 502 The proxy\r\nContent-Length: 0\r\n\r\n");
    let gateway = Gateway::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let mut again = Command::new(env::current_exe().unwrap());
    again.args(["--exact", "environment::a_proxy_of_the_environment_is_not_asked"]);
    again.env(GATEWAY, gateway.url("/")).env_remove("REQUEST_METHOD");
    for name in ["NO_PROXY", "no_proxy"] {
        again.env_remove(name);
    }
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        again.env(name, proxy.url(""));
    }
    let output = again.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!((gateway.heard().len(), proxy.heard().len()), (1, 1));
}

fn in_that_environment(url: &str) {
    assert_eq!(send(&transport(), &HttpRequest::get(url)).unwrap().status(), 200);
    // And a client that was not told so does ask it, or this would prove nothing.
    let client = reqwest::Client::new();
    assert_eq!(block_on(client.get(url).send()).unwrap().status(), 502);
}

/// With reqwest's feature "rustls-no-provider" it would panic.
#[test]
fn another_client_of_the_same_program_can_be_built() {
    let _: reqwest::Client = reqwest::Client::new();
}

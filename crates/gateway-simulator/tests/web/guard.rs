//! Console and API are for this machine, under its own names, and for no page of another site.

use crate::browser::{Page, Site};

async fn asked(site: &Site, method: &str, path: &str, headers: &[(&str, &str)]) -> Page {
    let request = headers
        .iter()
        .fold(site.request(method, path), |request, (name, value)| request.header(*name, *value));
    site.send(request.body("[]")).await
}

#[tokio::test]
async fn a_foreign_host_sees_neither_console_nor_api() {
    let site = Site::open();
    for path in ["/", "/console", "/console/inspect", "/console/x", "/api/payments", "/api/faults", "/api/x"]
    {
        let page = asked(&site, "GET", path, &[("host", "evil.example")]).await;
        assert_eq!(page.status, 403, "{path}");
        if path.starts_with("/api") {
            assert!(page.json()["error"].is_string());
        } else {
            page.is_well_made();
        }
        let local = asked(&site, "GET", path, &[("host", "localhost:8480")]).await;
        assert_ne!(local.status, 403, "{path}");
    }
    // What the shop and its customers use is reached by any name, as it is the real one's.
    assert_eq!(asked(&site, "GET", "/healthz", &[("host", "evil.example")]).await.status, 200);
    let bank = site.at_bank("order-1").await;
    assert_eq!(asked(&site, "GET", &bank, &[("host", "evil.example")]).await.status, 200);
}

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    let site = Site::open();
    let payment = site.paid("order-1").await;
    let resend = format!("/console/payment/{}/resend", payment.pay_id.as_str());
    let api_resend = format!("/api/payments/{}/resend", payment.pay_id.as_str());
    let foreign: [&[(&str, &str)]; 4] = [
        &[("origin", "http://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:3000")],
    ];
    for headers in foreign {
        for (method, path) in [
            ("POST", "/console/faults"),
            ("POST", "/console/clock"),
            ("POST", "/console/inspect"),
            ("POST", resend.as_str()),
            ("PUT", "/api/faults"),
            ("POST", "/api/clock"),
            ("POST", "/api/inspect"),
            ("POST", api_resend.as_str()),
        ] {
            assert_eq!(asked(&site, method, path, headers).await.status, 403, "{method} {path} {headers:?}");
        }
    }
    assert_eq!(site.shop.notifies().len(), 1);
    // Programs say nothing of the kind.
    assert_eq!(asked(&site, "PUT", "/api/faults", &[]).await.status, 200);
}

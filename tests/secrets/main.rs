//! No key, no name and no amount in what any public type or error shows: in Debug, Display, JSON, a panic or an event.
//!
//! The sources say which public types there are. Each must be shown here with canaries inside, or be excused with a reason;
//! so a new type cannot be forgotten.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop where an input path may not"
)]

mod actix;
mod batch;
mod canary;
mod compared;
mod crypto;
mod excused;
mod follow_ups;
mod http;
mod inbox;
mod ledger;
mod life;
mod params;
mod paygate_crate;
mod shown;
mod simulator;
mod sources;

use shown::Shown;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn no_public_type_shows_a_key_a_name_or_an_amount() {
    let mut shown = Shown::default();
    crypto::show(&mut shown);
    params::show(&mut shown);
    paygate_crate::show(&mut shown);
    follow_ups::show(&mut shown);
    batch::show(&mut shown);
    http::show(&mut shown);
    actix::show(&mut shown).await;
    inbox::show(&mut shown).await;
    ledger::show(&mut shown).await;
    simulator::show(&mut shown).await;
    let public: BTreeSet<String> = sources::public_types().into_iter().collect();
    assert!(public.len() > 200, "the sources have been read: {}", public.len());
    let (types, ways) = (excused::TYPES.iter(), excused::WAYS.iter());
    let types: BTreeSet<&str> = types.map(|(name, _)| *name).collect();
    let ways: BTreeSet<&str> = ways.map(|(way, _)| *way).collect();

    let (by_design, hits): (Vec<_>, Vec<_>) =
        shown.hits().into_iter().partition(|(way, _)| ways.contains(way));
    let mut wrong: Vec<_> = hits.iter().map(|(way, text)| format!("{way}: {text}")).collect();
    let missing =
        public.iter().filter(|name| !shown.types().contains(*name) && !types.contains(name.as_str()));
    wrong.extend(missing.map(|name| format!("{name} is public, and neither shown here nor excused")));
    let variants = sources::telling_variants();
    assert!(variants.len() > 30, "the sources have been read: {}", variants.len());
    let excused: Vec<_> = excused::VARIANTS.iter().map(|(variant, _)| *variant).collect();
    let hidden = variants
        .iter()
        .filter(|variant| excused.contains(&variant.as_str()) == shown.variants().contains(*variant));
    wrong.extend(hidden.map(|variant| {
        format!("{variant} holds a text or a number, and is not shown here, or is excused and shown")
    }));
    let idle = excused.iter().filter(|variant| !variants.iter().any(|known| known == *variant));
    wrong.extend(idle.map(|variant| format!("{variant} is excused, and holds nothing any more")));
    let idle = types.iter().filter(|name| !public.contains(**name) || shown.types().contains(**name));
    wrong.extend(idle.map(|name| format!("{name} is excused, and shown here or not public any more")));
    let idle = ways.iter().filter(|way| !by_design.iter().any(|(known, _)| known == *way));
    wrong.extend(idle.map(|way| format!("{way} is excused, and tells nothing any more")));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_type_that_shows_a_canary_is_found_out() {
    #[derive(Debug)]
    struct Careless {
        name: &'static str,
        amount: u64,
        bytes: &'static [u8],
    }
    for careless in [
        Careless { name: canary::NAME, amount: 0, bytes: b"" },
        Careless { name: "", amount: canary::CENTS, bytes: b"" },
        Careless { name: "", amount: 0, bytes: canary::MAC.as_bytes() },
    ] {
        let mut shown = Shown::default();
        exhibit!(shown, careless);
        assert_eq!(shown.hits().len(), 3, "as {{:?}}, {{:#?}} and in a panic: {:?}", shown.hits());
        assert_ne!((careless.name, careless.amount, careless.bytes), ("", 0, &b""[..]));
    }
}

#[test]
fn the_sources_name_the_types_that_macros_declare() {
    let public = sources::public_types();
    for name in [
        "paygate_crypto::mac_key::MacKey",
        "paygate_params::fields::identifier::TransId",
        "paygate_params::fields::text::FirstName",
        "paygate_params::methods::trustly::PaymentRequestBuilder",
        "paygate_params::follow_ups::credit::CreditRequestDraft",
        "paygate::outcome::Paid",
        "gateway_actix::extract::UrlNotify",
    ] {
        assert!(public.iter().any(|known| known == name), "{name}");
    }
}

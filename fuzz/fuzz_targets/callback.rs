//! Behind the MAC: whatever somebody with the keys signs, only `OK` with eight zeros for this very attempt is paid, and the
//! money is the attempt's.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::testing::{self, Callback};
use paygate::{Outcome, RawCallback, Route, Trustly};

fuzz_target!(|input: &[u8]| {
    let mut parts = input.split(|byte| *byte == 0);
    let mut part = || parts.next().unwrap_or_default();
    let merchant = testing::merchant();
    let expected = testing::expected(&merchant, "order-1", 1999);
    let (route, amount, rest) = (part(), part(), part());
    let mut callback = Callback::paid(&expected).with("Amount", amount).with("UserData", rest);
    let mut genuine = true;
    for name in ["mid", "TransID", "PayID", "Status", "Code"] {
        match part() {
            b"" => {}
            [b'-', ..] => callback = callback.without(name),
            // Signed over the one value, and sent with another.
            [b'!', value @ ..] => (callback, genuine) = (callback.doubled(name, value), false),
            value => callback = callback.with(name, value),
        }
    }
    let Ok(form) = callback.form(&merchant) else { return };
    let route = match route {
        b"s" => Route::Success,
        b"f" => Route::Failure,
        _ => Route::Notify,
    };
    let Ok(opened) = merchant.open::<Trustly>(&RawCallback::post(route, form.as_bytes())) else { return };
    assert!(genuine, "a signed name stood twice");

    let signed = opened.signed();
    let (status, code) = (signed.status().as_str().to_owned(), signed.code().to_string());
    let its_own = signed.mid().as_str().eq_ignore_ascii_case(merchant.id().as_str())
        && signed.trans_id().as_str() == "order-1";
    let bound = opened.bind(&expected);
    assert_eq!(bound.is_ok(), its_own, "{bound:?}");
    let Ok(bound) = bound else { return };
    let is_paid = matches!(bound.outcome(), Outcome::Paid(_));
    assert_eq!(is_paid, status == "OK" && code == "00000000");
    assert_eq!(bound.paid().map(|paid| paid.money()), is_paid.then(|| expected.money()));
    assert!(!(is_paid && route == Route::Failure), "paid at URLFailure");
    assert!(
        !(matches!(bound.outcome(), Outcome::Failed(_)) && route == Route::Success),
        "failed at URLSuccess"
    );
});

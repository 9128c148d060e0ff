//! An amount is read as people write it exactly where its digits by hand say so, and is written as it was read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::{Amount, Currency, Money};

fuzz_target!(|input: &[u8]| {
    let Ok(text) = str::from_utf8(input) else { return };
    for (currency, decimals) in [(Currency::EUR, 2), (Currency::JPY, 0), (Currency::from_static("KWD"), 3)] {
        let money = Money::parse_decimal(text, currency).ok();
        assert_eq!(money.map(|money| money.amount().units()), by_hand(text, decimals), "{decimals} decimals");
        let Some(money) = money else { continue };
        let written = money.to_decimal().expect("the decimals are known");
        assert_eq!(Money::parse_decimal(&written, currency).expect("what was written"), money);
    }
    // Nobody knows where its point stands.
    assert!(Money::parse_decimal(text, Currency::from_static("QQQ")).is_err());

    if let Ok(amount) = text.parse::<Amount>() {
        assert_eq!(by_hand(text, 0), Some(amount.units()));
        assert_eq!(amount.digits(str::parse::<Amount>), Ok(amount));
    }
});

/// Digits, a point where digits follow, no more of those than there are decimals, and twelve digits that count.
fn by_hand(text: &str, decimals: usize) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let is_written_so =
        is_number(whole) && (!text.contains('.') || is_number(fraction)) && fraction.len() <= decimals;
    let digits = format!("{whole}{fraction}{}", "0".repeat(decimals.saturating_sub(fraction.len())));
    let counting = digits.trim_start_matches('0');
    (is_written_so && counting.len() <= 12).then(|| format!("0{counting}").parse().ok()).flatten()
}

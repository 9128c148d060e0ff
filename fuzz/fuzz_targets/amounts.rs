//! An amount is read as people write it exactly where long division by hand says so, and is written as it was read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paygate::{Amount, Currency, Money};

fuzz_target!(|input: &[u8]| {
    let Ok(text) = str::from_utf8(input) else { return };
    for currency in [Currency::EUR, Currency::JPY, Currency::from_static("KWD"), Currency::from_static("QQQ")]
    {
        let Ok(money) = Money::parse_decimal(text, currency) else { continue };
        let written = money.to_decimal().expect("the decimals are known");
        assert_eq!(Money::parse_decimal(&written, currency).expect("what was written"), money);

        let decimals = usize::from(currency.decimals().expect("known"));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction}{}", "0".repeat(decimals - fraction.len()));
        assert_eq!(digits.parse::<u64>().expect("digits"), money.amount().units());
        assert!(money.amount().units() < 1_000_000_000_000);
    }
    let ours: Option<u64> = text.parse().ok().map(|amount: Amount| amount.units());
    // As std reads it, which takes a sign too.
    let theirs = text.parse().ok().filter(|units| *units < 1_000_000_000_000 && !text.starts_with('+'));
    assert!(ours.is_none() || ours == theirs, "{ours:?} {theirs:?}");
});

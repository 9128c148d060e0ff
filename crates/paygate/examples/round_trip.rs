//! Seals a payment, and opens a callback that another implementation made.
//!
//! `cargo run -q -p paygate --example round_trip`
//!
//! The callback was sealed by Java's own ciphers (`tests/peers/Jce.java`) with the keys below, which are published
//! test keys and protect nothing; a shop's come from the environment: `paygate::Settings::from_env()`.

use paygate::trustly::{Customer, Order, PaymentRequest, Urls};
use paygate::{
    CallbackUrl, CountryCode, Currency, Email, FirstName, LastName, Money, OrderDesc, Outcome, RawCallback,
    Route, Settings, TransId, Trustly,
};
use std::error::Error;

/// What Java posted to URLNotify: Blowfish, upper-case hex, padded with blanks as Paygate's own answers are.
const CALLBACK: &str = "Len=226&Data=903C40299C0F7F2D347459DB4CE368F13B562834CCFE387EF64D2206187EC15579481E2229DDE576\
    042EA41609C2321A58919B8AAED594C350B99E0198927173A60D6B54B0331CE7964300DE55305441012B4F5406AF98A6D4283B50D7AF0C51501\
    B5D14F99FE0C36DDCD40DD81529A01FDAA2695A650083087CB187C44C36A5892310CB706E7DCF3E1811D94479DABA4986AED4181D67F55ACBED\
    7A5F438CE167852A071ABCEBD1340FAD59A164AF237F3CDF7885B533B77558DE3B892E22469DA7783452A7F4A35E6BE8EA3991C1E18802F534A\
    7C5521D044078C08AEB9364118945C4230913B8";

fn main() -> Result<(), Box<dyn Error>> {
    let merchant = Settings::from_lookup(test_account).merchant()?;

    println!("A request");
    let sealed = merchant.seal(&request()?)?;
    let attempt = sealed.expected.attempt();
    println!("  sealed for    {} as {}", attempt.mid(), attempt.trans_id());
    println!("  redirect to   {}…", sealed.redirect.url().chars().take(100).collect::<String>());
    println!("  or by a form  of {} bytes of HTML", sealed.redirect.form_html(None).len());

    println!("A callback, sealed by Java");
    let callback = merchant.open::<Trustly>(&RawCallback::post(Route::Notify, CALLBACK.as_bytes()))?;
    for (name, value) in callback.signed().pairs() {
        println!("  {name:<8}      {value}   (under the MAC)");
    }
    if let Some(description) = callback.unsigned().text("Description") {
        println!("  Description   {description}   (not under the MAC)");
    }
    match callback.bind(&sealed.expected)?.outcome() {
        Outcome::Paid(paid) => println!("  paid          attempt {}: ship it, once", paid.trans_id()),
        Outcome::Open(_) => println!("  open          a later notify decides"),
        Outcome::Failed(failed) => println!("  failed        {}", failed.code()),
        Outcome::Authorized(_) => println!("  authorized    a matter for a person"),
    }

    println!("The same callback, one digit of Data changed");
    let forged = CALLBACK.replacen("903C", "903D", 1);
    match merchant.open::<Trustly>(&RawCallback::post(Route::Notify, forged.as_bytes())) {
        Ok(_) => Err("a forged callback was believed".into()),
        Err(refusal) => {
            println!("  refused       {refusal}");
            Ok(())
        }
    }
}

/// The published test keys, as variables of the environment.
fn test_account(name: &str) -> Option<String> {
    let value = match name {
        "PAYGATE_MERCHANT_ID" => "YourMerchantId",
        "PAYGATE_ENCRYPTION_KEY" => "16CharKeyLength!",
        "PAYGATE_MAC_KEY" => "mySecret",
        _ => return None,
    };
    Some(value.to_owned())
}

/// The request that the callback answers; a shop would take `TransId::random()?`.
fn request() -> Result<PaymentRequest, Box<dyn Error>> {
    Ok(PaymentRequest::builder(
        Order {
            trans_id: TransId::new("TID-4711-1")?,
            money: Money::parse_decimal("19.99", Currency::EUR)?,
            description: OrderDesc::new("2 × Earl Grey")?,
        },
        Customer {
            first_name: FirstName::new("Anna")?,
            last_name: LastName::new("Müller")?,
            email: Email::new("anna@example.com")?,
        },
        &Urls {
            success: CallbackUrl::new("https://shop.example/success")?,
            failure: CallbackUrl::new("https://shop.example/failure")?,
            notify: CallbackUrl::new("https://shop.example/notify")?,
        },
    )
    .country_code(CountryCode::DE)
    .build())
}

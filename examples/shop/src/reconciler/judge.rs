//! What the amounts of an inquiry mean for an attempt.

use paygate::{Amounts, Money, Share};

/// What follows from an inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    /// The whole money is there.
    Paid,
    /// Nothing follows: it may still be paid, or not.
    AsItWas,
    /// Money moved, and not as the attempt says.
    Person(&'static str),
}

/// Judges by the amounts and the currency, and by nothing else.
pub(crate) fn judge(amounts: &Amounts, money: Money) -> Judged {
    match amounts.captured_of(money) {
        Share::Nothing | Share::Untold => Judged::AsItWas,
        // What went back already is not to be shipped for.
        Share::Whole => match amounts.credited_of(money) {
            Share::Nothing | Share::Untold => Judged::Paid,
            Share::Less(_) | Share::Whole | Share::More(_) | Share::OtherCurrency(_) => {
                Judged::Person("an inquiry says: paid, and money of it went back")
            }
        },
        Share::Less(_) => Judged::Person("an inquiry says: paid less than it costs"),
        Share::More(_) => Judged::Person("an inquiry says: paid more than it costs"),
        Share::OtherCurrency(_) => Judged::Person("an inquiry says: paid in another currency"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paygate::follow_ups::inquire24::Inquire24Request;
    use paygate::{Call, Currency, TransId, testing};

    fn judged(fields: &[(&str, &str)]) -> Judged {
        let request = Inquire24Request::new(TransId::new("tea-1").unwrap());
        let call = testing::merchant().inquire24(&request).unwrap();
        let answer =
            fields.iter().fold(testing::Answer::to(&call), |answer, (name, value)| answer.with(name, *value));
        let amounts = call.read(&answer.response().unwrap()).unwrap().amounts().unwrap();
        judge(&amounts, Money::new(1290, Currency::EUR).unwrap())
    }

    #[test]
    fn only_the_whole_money_in_its_currency_that_did_not_go_back_is_paid() {
        let euro = ("Currency", "EUR");
        assert_eq!(judged(&[("AmountCap", "1290"), euro]), Judged::Paid);
        assert_eq!(judged(&[("AmountCap", "1290"), ("AmountCred", "0"), euro]), Judged::Paid);
        // Whatever the last step or an authorization says.
        for silent in [&[][..], &[("AmountCap", "0"), euro], &[("AmountCap", "1290")]] {
            assert_eq!(judged(silent), Judged::AsItWas);
        }
        assert_eq!(judged(&[("AmountAuth", "1290"), ("LastStatus", "OK"), euro]), Judged::AsItWas);
        for odd in [
            &[("AmountCap", "1289"), euro][..],
            &[("AmountCap", "1291"), euro],
            &[("AmountCap", "1290"), ("Currency", "SEK")],
            &[("AmountCap", "1290"), ("AmountCred", "1"), euro],
            &[("AmountCap", "1290"), ("AmountCred", "1290"), euro],
        ] {
            assert!(matches!(judged(odd), Judged::Person(_)), "{odd:?}");
        }
    }
}

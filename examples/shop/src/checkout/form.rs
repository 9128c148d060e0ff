//! The checkout's form: what was typed, and what is wrong with it.

use crate::catalogue;
use crate::store::Customer;
use paygate::{CountryCode, Currency, Email, FormatError, Violation};
use serde::Deserialize;

/// Countries that the shop sends to, and their names.
pub const COUNTRIES: [(CountryCode, &str); 7] = [
    (CountryCode::AT, "Austria"),
    (CountryCode::EE, "Estonia"),
    (CountryCode::FI, "Finland"),
    (CountryCode::DE, "Germany"),
    (CountryCode::NL, "Netherlands"),
    (CountryCode::ES, "Spain"),
    (CountryCode::GB, "United Kingdom"),
];

/// As it was sent. Nothing of it is to be believed before [`Filled::read`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) country: String,
    pub(crate) currency: String,
    /// `yes`: nothing was paid in another tab.
    pub(crate) sure: String,
    /// Made anew whenever the form is shown first: who sends the same one twice means the same payment.
    pub(crate) once: String,
    /// What was shown of the cart.
    pub(crate) seen: String,
    pub(crate) csrf: String,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The customer's first name.
    FirstName,
    /// The customer's last name.
    LastName,
    /// The e-mail address.
    Email,
    /// The country.
    Country,
    /// What to pay in.
    Currency,
    /// That nothing was paid in another tab.
    Sure,
    /// No field, but the form as a whole.
    Form,
}

/// What is wrong, in words for the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub field: Field,
    /// What.
    pub text: String,
    /// The page of the order that it is about.
    pub order: Option<String>,
}

impl Field {
    /// The id of the input.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Email => "email",
            Self::Country => "country",
            Self::Currency => "currency",
            Self::Sure => "sure",
            Self::Form => "checkout-form",
        }
    }

    fn mistake(self, text: impl Into<String>) -> Mistake {
        Mistake { field: self, text: text.into(), order: None }
    }
}

impl Filled {
    /// A form that nobody has filled in.
    #[must_use]
    pub fn empty(once: String) -> Self {
        Self { country: "DE".to_owned(), currency: "EUR".to_owned(), once, ..Self::default() }
    }

    /// What the customer means, or every mistake at once.
    ///
    /// # Errors
    ///
    /// All mistakes that show without asking the account's rules, which sealing does.
    pub fn read(&self) -> Result<(Customer, Currency), Vec<Mistake>> {
        let mut mistakes = Vec::new();
        for (field, text, what) in [
            (Field::FirstName, &self.first_name, "Enter your first name"),
            (Field::LastName, &self.last_name, "Enter your last name"),
        ] {
            if text.trim().is_empty() {
                mistakes.push(field.mistake(what));
            } else if text.chars().count() > 100 {
                mistakes.push(field.mistake("Use at most 100 characters"));
            }
        }
        let email = Email::new(self.email.trim());
        if let Err(rule) = &email {
            mistakes.push(Field::Email.mistake(match rule {
                FormatError::Empty => "Enter your e-mail address".to_owned(),
                rule @ FormatError::Email { .. } => format!("This {rule}"),
                rule => format!("This is no address that we can use: {rule}"),
            }));
        }
        let country = COUNTRIES.iter().find(|(code, _)| code.as_str() == self.country);
        if country.is_none() {
            mistakes.push(Field::Country.mistake("Choose a country from the list"));
        }
        let currency = catalogue::CURRENCIES.into_iter().find(|known| known.as_str() == self.currency);
        if currency.is_none() {
            mistakes.push(Field::Currency.mistake("Choose a currency"));
        }
        match (email, country, currency) {
            (Ok(email), Some((country, _)), Some(currency)) if mistakes.is_empty() => {
                let customer = Customer {
                    first_name: self.first_name.trim().to_owned(),
                    last_name: self.last_name.trim().to_owned(),
                    email: email.as_str().to_owned(),
                    country: country.as_str().to_owned(),
                };
                Ok((customer, currency))
            }
            _ => Err(mistakes),
        }
    }
}

impl Mistake {
    /// What would be paid is not what was shown.
    #[must_use]
    pub fn cart_changed() -> Self {
        Field::Currency.mistake("Your cart has changed in another tab: please look at the price again")
    }

    /// The customer may be paying already, for the order that this token names.
    #[must_use]
    pub fn under_way(token: String) -> Self {
        let text = "You began to pay before. If you did pay, do not pay again";
        Self { order: Some(token), ..Field::Sure.mistake(text) }
    }

    /// A rule of the account that the request breaks, at the field where the customer can mend it.
    #[must_use]
    pub fn of(rule: &Violation) -> Self {
        match rule {
            Violation::CountryCurrency { currency, country } => {
                let country = COUNTRIES
                    .iter()
                    .find(|(code, _)| code == country)
                    .map_or("this country", |(_, name)| name);
                Field::Currency.mistake(format!("From {country} you cannot pay in {}", currency.as_str()))
            }
            Violation::Currency { currency } => {
                Field::Currency.mistake(format!("{} is not accepted at the moment", currency.as_str()))
            }
            Violation::Minimum { .. } => Field::Form.mistake("The order is too small to be paid online"),
            Violation::AmountDigits { .. } => Field::Form.mistake("The order is too large to be paid online"),
            rule => match rule.parameter() {
                "Email" => Field::Email.mistake("This address is not accepted"),
                "FirstName" => Field::FirstName.mistake("This name is not accepted"),
                "LastName" => Field::LastName.mistake("This name is not accepted"),
                "CountryCode" => Field::Country.mistake("This country is not accepted"),
                _ => {
                    // Nothing that the customer can mend.
                    tracing::error!(target: "shop", %rule, "a payment cannot be sealed");
                    Field::Form.mistake("Paying does not work at the moment. Nothing was charged.")
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Filled {
        Filled {
            first_name: " Łukasz ".into(),
            last_name: "O'Neill".into(),
            email: "l@example.com".into(),
            ..Filled::empty(String::new())
        }
    }

    #[test]
    fn a_filled_form_is_read_and_names_stay_as_they_were_typed() {
        let (customer, currency) = filled().read().unwrap();
        assert_eq!((customer.first_name.as_str(), currency), ("Łukasz", Currency::EUR));
    }

    #[test]
    fn every_mistake_is_told_at_its_field() {
        use Field::{Country, Currency, Email, FirstName, LastName};
        let fields = |form: &Filled| -> Vec<_> {
            form.read().unwrap_err().into_iter().map(|mistake| mistake.field).collect()
        };
        assert_eq!(fields(&Filled::default()), [FirstName, LastName, Email, Country, Currency]);
        assert_eq!(fields(&Filled { email: "nobody".into(), ..filled() }), [Email]);
        assert_eq!(
            fields(&Filled { last_name: "x".repeat(101), country: "XX".into(), ..filled() }),
            [LastName, Country]
        );
        assert_eq!(fields(&Filled { currency: "SEK".into(), ..filled() }), [Currency]);
    }

    #[test]
    fn a_rule_of_the_account_is_told_where_the_customer_can_mend_it() {
        let rule = Violation::CountryCurrency { currency: paygate::Currency::GBP, country: CountryCode::DE };
        let mistake = Mistake::of(&rule);
        assert_eq!(
            (mistake.field, mistake.text.as_str()),
            (Field::Currency, "From Germany you cannot pay in GBP")
        );
        assert_eq!(Mistake::of(&Violation::MerchantId).field, Field::Form);
    }
}

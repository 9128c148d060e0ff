//! Free texts: what shops, customers and banks write, in ISO-8859-1.

use super::latin1_field;
#[cfg(feature = "fit")]
use super::latin1_fit;

latin1_field! {
    /// `FirstName`: the customer's first name. 1 to 100 characters, no `=`.
    ///
    /// ```
    /// use paygate_params::{FirstName, FormatError};
    /// assert!(FirstName::new("Jürgen").is_ok());
    /// // The separator of the plaintext cannot be smuggled in.
    /// assert!(matches!(FirstName::new("J&Amount=1"), Err(FormatError::Character { position: 2, .. })));
    /// # Ok::<(), FormatError>(())
    /// ```
    FirstName: CustomerText 1..=100, "ans..100";

    /// `LastName`: the customer's last name. 1 to 100 characters, no `=`.
    ///
    /// ```
    /// use paygate_params::{FormatError, LastName};
    /// assert!(LastName::new("Müller-Lüdenscheidt").is_ok());
    /// assert_eq!(LastName::new("Łęcki"), Err(FormatError::NotLatin1 { position: 1 }));
    /// ```
    LastName: CustomerText 1..=100, "ans..100";

    /// `SocialSecurityNumber`: a number of social security or of an identity card. 1 to 20 characters.
    SocialSecurityNumber: CustomerText 1..=20, "ans..20";

    /// `UserData`: comes back inside the encrypted answer, outside the MAC. 1 to 1024 characters.
    ///
    /// What must come back as it went belongs into `new`, which changes nothing.
    ///
    /// ```
    /// use paygate_params::UserData;
    /// assert_eq!(UserData::new("basket=42")?.as_str(), "basket=42");
    /// # Ok::<(), paygate_params::FormatError>(())
    /// ```
    UserData: Text 1..=1024, "ans..1024";

    /// `Plain`: comes back in the clear beside the answer (vendor's page "Plain"). 1 to 50 characters.
    ///
    /// What must come back as it went belongs into `new`, which changes nothing. Whoever holds the redirect's URL
    /// can change it on its way, so it may say where to look, and proves nothing.
    ///
    /// ```
    /// use paygate_params::{FormatError, Plain};
    /// assert_eq!(Plain::new("till 3")?.as_str(), "till 3");
    /// assert_eq!(Plain::new("x".repeat(51)), Err(FormatError::TooLong { max: 50, found: 51 }));
    /// # Ok::<(), FormatError>(())
    /// ```
    Plain: Text 1..=50, "ans..50";

    /// `Description` of answers: more about a rejection, for people. 1 to 1024 characters.
    Description: Text 1..=1024, "ans..1024";

    /// `AccClearingHouse` of answers. 1 to 50 characters.
    AccClearingHouse: Text 1..=50, "ans..50";

    /// `AccOwner` of answers: the name of the account's holder. 1 to 55 characters.
    AccOwner: Text 1..=55, "ans..55";

    /// `AccBank` of answers: the name of the bank. 1 to 27 characters.
    AccBank: Text 1..=27, "ans..27";

    /// `AccDescriptor` of answers: more to tell the customer by. 1 to 100 characters.
    AccDescriptor: Text 1..=100, "ans..100";

    /// `AddrStreet` of answers: street and house number. 1 to 100 characters.
    AddrStreet: Text 1..=100, "ans..100";

    /// `AddrZip` of answers. 1 to 10 characters.
    AddrZip: Text 1..=10, "ans..10";

    /// `AddrCity` of answers. 1 to 30 characters.
    AddrCity: Text 1..=30, "ans..30";
}

#[cfg(feature = "fit")]
latin1_fit! {
    /// Takes any text, bent until it fits: no customer is turned away over a name.
    ///
    /// What `new` takes comes back as it is. In all other texts, in this order: accents join their letters
    /// (NFC); control characters and blanks of any kind become blanks; invisible characters and pictographs
    /// are left out; `&` becomes `+` and `=` becomes `-`; what ISO-8859-1 lacks is spelled with what it has, or
    /// becomes `?`; the end is cut off; and where nothing is left, `-` stands.
    ///
    /// The limit of 100 characters and the class `ans` are from the tables of the vendor's page "Trustly". It does
    /// not say which characters `ans` has, and no page found says how a `&` or `=` in a value could be escaped.
    ///
    /// ```
    /// use paygate_params::{Change, FirstName};
    ///
    /// assert_eq!(FirstName::fit("Łukasz").value().as_str(), "Lukasz");
    /// assert_eq!(FirstName::fit("Жанна").value().as_str(), "Zhanna");
    /// assert_eq!(FirstName::fit("Æsa 👑").value().as_str(), "Æsa ");
    /// assert_eq!(FirstName::fit("J&Amount=1").value().as_str(), "J+Amount-1");
    /// assert_eq!(FirstName::fit("\u{200B}").changes(), [Change::Dropped { count: 1 }, Change::Filled]);
    /// ```
    FirstName;

    /// Takes any text, bent until it fits, by the rules of [`FirstName::fit`].
    ///
    /// The limit of 100 characters is from the tables of the vendor's page "Trustly".
    ///
    /// ```
    /// use paygate_params::{Change, LastName};
    ///
    /// let fitted = LastName::fit(&"ż".repeat(120));
    /// assert_eq!(fitted.value().as_str(), "z".repeat(100));
    /// assert_eq!(fitted.changes(), [
    ///     Change::Transliterated { count: 120 },
    ///     Change::Cut { found: 120, max: 100 },
    /// ]);
    /// ```
    LastName;

    /// Takes any text, bent until it fits: 1024 characters (vendor's page "Trustly"). A `=`, which [`UserData::new`] takes from the
    /// shop, becomes `-`, since customers' words are what is fitted.
    ///
    /// What must come back as it went belongs into [`UserData::new`]: a reference that was bent here names nothing
    /// any more. The other rules are those of [`FirstName::fit`].
    ///
    /// ```
    /// use paygate_params::UserData;
    /// assert_eq!(UserData::fit("basket=42\nnote=žluť").value().as_str(), "basket-42 note-zlut");
    /// ```
    UserData;

    /// Takes any text, bent until it fits: 50 characters (vendor's pages "Plain" and "Trustly"). A `=`, which [`Plain::new`]
    /// takes from the shop, becomes `-`, since customers' words are what is fitted.
    ///
    /// What must come back as it went belongs into [`Plain::new`]. The other rules are those of [`FirstName::fit`].
    ///
    /// ```
    /// use paygate_params::Plain;
    /// assert_eq!(Plain::fit("shop=北京&till=3").value().as_str(), "shop-Bei Jing+till-3");
    /// ```
    Plain;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FormatError;

    #[test]
    fn a_name_cannot_carry_a_pair() {
        for text in ["x&Amount=1", "x=1", "x\r\nAmount=1", "x\0"] {
            assert!(LastName::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_the_shop_writes_may_hold_an_equals_sign() {
        assert_eq!(UserData::new("basket=42;a==").unwrap().as_str(), "basket=42;a==");
    }

    #[test]
    fn debug_shows_no_name() {
        let name = FirstName::new("Astrid").unwrap();
        assert_eq!(alloc::format!("{name:?}"), "FirstName([redacted])");
    }

    #[test]
    fn a_text_outside_latin1_is_refused_and_not_bent() {
        assert_eq!(LastName::new("Łukasz"), Err(FormatError::NotLatin1 { position: 1 }));
    }
}

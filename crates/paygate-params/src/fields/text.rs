//! Free texts: what shops, customers and banks write, in ISO-8859-1.

use super::latin1_field;

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
    LastName: CustomerText 1..=100, "ans..100";

    /// `SocialSecurityNumber`: a number of social security or of an identity card. 1 to 20 characters.
    SocialSecurityNumber: CustomerText 1..=20, "ans..20";

    /// `UserData`: comes back inside the encrypted answer, outside the MAC. 1 to 1024 characters.
    UserData: Text 1..=1024, "ans..1024";

    /// `Plain`: comes back in the clear beside the answer. 1 to 50 characters.
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

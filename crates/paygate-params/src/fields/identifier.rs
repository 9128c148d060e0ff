//! Identifiers: short ASCII texts that name something, each a type of its own.

use super::{ascii_field, ascii_field_personal};

ascii_field! {
    /// `MerchantID`, in answers `mid`: the account that Computop assigned. 1 to 30 characters.
    MerchantId: Identifier 1..=30, "ans..30";

    /// `TransID`: the shop's name for one attempt to pay, unique for each. 1 to 64 characters.
    ///
    /// A changed basket or a retry needs a new one: the answer's MAC holds no amount, so an answer that was
    /// given for an older basket would else count for the new one. [`TransId::random`] is the default choice.
    ///
    /// ```
    /// use paygate_params::{FormatError, TransId};
    /// assert_eq!(TransId::new("order-1")?.to_string(), "order-1");
    /// assert_eq!(TransId::new(" order-1"), Err(FormatError::BlankAtEnd));
    /// assert!(matches!(TransId::new("order-ü"), Err(FormatError::Character { position: 7, .. })));
    /// # Ok::<(), FormatError>(())
    /// ```
    TransId: Identifier 1..=64, "ans..64";

    /// `PayID`: Paygate's name for a payment. Exactly 32 letters and digits.
    PayId: Alnum 32..=32, "an32";

    /// `XID`: Paygate's name for a single step of a payment. Exactly 32 letters and digits.
    ///
    /// It is not covered by the MAC, so nothing may depend on it.
    Xid: Alnum 32..=32, "an32";

    /// `RefNr`, on the Trustly page also `refnr`: the shop's reference number. 1 to 30 characters.
    RefNr: Identifier 1..=30, "ans..30";

    /// `ReqId`: names a request, so that Paygate does not carry it out again. 1 to 32 letters and digits.
    ///
    /// A repetition is answered with the state of the first one, for 12 months, *once that is finished*; while the first one
    /// is open, the second is carried out too (vendor page "Trustly", row `ReqId`).
    ///
    /// The page writes the format as `ans..32` and the text says "alphanumeric"; the narrower rule holds here.
    ReqId: Alnum 1..=32, "ans..32";

    /// `Status`: an open set of words, among them `OK`, `FAILED` and `AUTHORIZE_REQUEST`. 1 to 50 characters.
    Status: Letters 1..=50, "a..50";
}

ascii_field_personal! {
    /// `CustomerId`: the shop's number for the customer. 1 to 30 characters.
    CustomerId: Identifier 1..=30, "ans..30";

    /// `UserId`: a number for the customer in answers; another field than `CustomerId`. 1 to 30 characters.
    UserId: Identifier 1..=30, "ans..30";

    /// `AccountId`: a number for the customer's account in answers. 1 to 30 characters.
    AccountId: Identifier 1..=30, "ans..30";

    /// `MAC` as the text of a message: exactly 64 letters and digits. Checking one is the work of
    /// `paygate_crypto::Mac`, in constant time.
    MacText: Alnum 64..=64, "an64";

    /// `MobileNo`: the customer's mobile telephone number. 1 to 20 digits.
    MobileNo: Digits 1..=20, "n..20";

    /// `IBAN` of answers: the last digits of the account, up to 8 (the page's `n8` is read as a maximum).
    Iban: Digits 1..=8, "n8";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FormatError;
    use alloc::string::ToString;

    #[test]
    fn no_part_of_the_mac_input_takes_an_asterisk_a_blank_end_or_an_umlaut() {
        for text in ["A*B", " A", "A ", "Ä", "A&B", "A\n"] {
            assert!(TransId::new(text).is_err(), "{text:?}");
            assert!(MerchantId::new(text).is_err(), "{text:?}");
            assert!(PayId::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn lengths_are_those_of_the_page() {
        assert!(TransId::new(&"x".repeat(64)).is_ok());
        assert_eq!(TransId::new(&"x".repeat(65)), Err(FormatError::TooLong { max: 64, found: 65 }));
        assert_eq!(PayId::new(&"0".repeat(31)), Err(FormatError::WrongLength { expected: 32, found: 31 }));
    }

    #[test]
    fn a_req_id_has_letters_and_digits_alone() {
        assert!(ReqId::new("aZ09").is_ok());
        let refused = ReqId::new("a-b").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "character 2 is not allowed, only letters A to Z in either case and digits"
        );
    }

    #[test]
    fn a_telephone_number_is_not_shown_by_debug() {
        let number = MobileNo::new("4915112345678").unwrap();
        assert_eq!(alloc::format!("{number:?}"), "MobileNo([redacted])");
        assert_eq!(TransId::new("T1").unwrap().to_string(), "T1");
    }
}

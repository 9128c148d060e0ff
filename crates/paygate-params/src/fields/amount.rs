//! Money: whole numbers of the smallest unit, with a currency, and no floats.

use super::currency::Currency;
use super::{Field, StackText, redacted_debug};
use crate::format::{Format, FormatError};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

/// `Amount`: a number of the smallest unit of a currency (cents for EUR). 0 to 999 999 999 999.
///
/// Computop's page says `n..10`, its white label Axepta `n..12`. The type holds both; which of the two a merchant's
/// Paygate takes is a matter of the merchant's profile, and checked when a request is sealed.
///
/// `Debug` does not show it, and there is no `Display`: what someone paid is for the shop alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// The largest amount, twelve digits.
    pub const MAX: Self = Self(999_999_999_999);

    /// Takes a number of the smallest unit.
    ///
    /// # Errors
    ///
    /// If it has more than twelve digits.
    pub const fn new(units: u64) -> Result<Self, FormatError> {
        if units > Self::MAX.0 {
            return Err(FormatError::Amount { rule: "more than twelve digits" });
        }
        Ok(Self(units))
    }

    /// The number of the smallest unit.
    #[must_use]
    pub const fn units(self) -> u64 {
        self.0
    }

    /// Hands the decimal digits to `with`, as the MAC's input needs them.
    pub fn digits<R>(self, with: impl FnOnce(&str) -> R) -> R {
        with(StackText::of(self.0).as_str())
    }
}

impl Field for Amount {
    const FORMAT: Format = Format::literal("n..10");

    fn parse(text: &str) -> Result<Self, FormatError> {
        if text.is_empty() {
            return Err(FormatError::Empty);
        }
        if let Some(index) = text.chars().position(|c| !c.is_ascii_digit()) {
            return Err(FormatError::Character { position: index.saturating_add(1), allowed: "digits" });
        }
        if text.len() > 12 {
            return Err(FormatError::TooLong { max: 12, found: text.len() });
        }
        // Paygate compares the digits in the MAC, so a number has one spelling.
        if text.len() > 1 && text.starts_with('0') {
            return Err(FormatError::Amount { rule: "no zeros before the number" });
        }
        text.parse().map(Self).map_err(|_| FormatError::Amount { rule: "digits only" })
    }

    fn wire(&self, with: &mut dyn FnMut(&str)) {
        self.digits(with);
    }
}

redacted_debug!(Amount);
super::parse_traits!(Amount);

/// An amount and its currency; the two parameters `Amount` and `Currency`.
///
/// ```
/// use paygate_params::{Currency, FormatError, Money};
/// let money = Money::new(1999, Currency::EUR)?;
/// assert_eq!(money, Money::parse_decimal("19.99", Currency::EUR)?);
/// assert_eq!(Money::parse_decimal("500", Currency::JPY)?.amount().units(), 500);
/// assert!(Money::parse_decimal("19.999", Currency::EUR).is_err());
/// # Ok::<(), FormatError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Amount,
    currency: Currency,
}

impl Money {
    /// Takes a number of the smallest unit of `currency`.
    ///
    /// # Errors
    ///
    /// If the number has more than twelve digits.
    pub const fn new(units: u64, currency: Currency) -> Result<Self, FormatError> {
        match Amount::new(units) {
            Ok(amount) => Ok(Self { amount, currency }),
            Err(rule) => Err(rule),
        }
    }

    /// Joins the two parameters.
    #[must_use]
    pub const fn of(amount: Amount, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Reads an amount as people write it, with `.` before the fraction: `19.99`, `20`, `0.5`.
    ///
    /// # Errors
    ///
    /// If the text is no such number, has more decimals than the currency, or is too large; also if the
    /// decimals of the currency are not known, since guessing would change the price.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, FormatError> {
        let decimals = currency
            .decimals()
            .ok_or(FormatError::Amount { rule: "the decimals of this currency are not known" })?;
        let (whole, fraction) = match text.split_once('.') {
            Some((_, "")) => return Err(FormatError::Amount { rule: "digits are missing after the point" }),
            Some(parts) => parts,
            None => (text, ""),
        };
        let too_fine = FormatError::Amount { rule: "more decimals than the currency has" };
        let missing = usize::from(decimals).checked_sub(fraction.len()).ok_or(too_fine)?;
        if whole.is_empty() {
            return Err(FormatError::Amount { rule: "digits are missing before the point" });
        }
        let zeros = core::iter::repeat_n(b'0', missing);
        let mut units: u64 = 0;
        for digit in whole.bytes().chain(fraction.bytes()).chain(zeros) {
            if !digit.is_ascii_digit() {
                return Err(FormatError::Amount { rule: "digits and one point only" });
            }
            units = units
                .checked_mul(10)
                .and_then(|units| units.checked_add(u64::from(digit & 0x0F)))
                .ok_or(FormatError::Amount { rule: "more than twelve digits" })?;
        }
        Self::new(units, currency)
    }

    /// The amount as people read it, with `.` before the fraction; the inverse of [`Money::parse_decimal`].
    ///
    /// There is no `Display`, so that no amount gets into a log by accident. `None` where the decimals of the currency are
    /// not known.
    ///
    /// ```
    /// use paygate_params::{Currency, FormatError, Money};
    /// assert_eq!(Money::new(1999, Currency::EUR)?.to_decimal().as_deref(), Some("19.99"));
    /// assert_eq!(Money::new(5, Currency::EUR)?.to_decimal().as_deref(), Some("0.05"));
    /// assert_eq!(Money::new(500, Currency::JPY)?.to_decimal().as_deref(), Some("500"));
    /// # Ok::<(), FormatError>(())
    /// ```
    #[must_use]
    pub fn to_decimal(self) -> Option<String> {
        let decimals = usize::from(self.currency.decimals()?);
        // At least one digit before the point.
        let digits = format!("{:0width$}", self.amount.units(), width = decimals.saturating_add(1));
        let (whole, fraction) = digits.split_at_checked(digits.len().saturating_sub(decimals))?;
        Some(if fraction.is_empty() { whole.to_owned() } else { [whole, ".", fraction].concat() })
    }

    /// The amount.
    #[must_use]
    pub const fn amount(self) -> Amount {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }
}

redacted_debug!(Money);

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn units(text: &str, currency: Currency) -> Option<u64> {
        Money::parse_decimal(text, currency).ok().map(|money| money.amount().units())
    }

    #[test]
    fn decimals_follow_the_currency() {
        let bhd = Currency::new("BHD").unwrap();
        assert_eq!(units("1.5", bhd), Some(1500));
        assert_eq!(units("1.5", Currency::EUR), Some(150));
        assert_eq!(units("1.5", Currency::JPY), None);
        assert_eq!(units("15", Currency::JPY), Some(15));
        assert_eq!(units("1.5", Currency::new("XYZ").unwrap()), None);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", ".", "1.", ".5", "-1", "+1", "1,50", "1e3", "1 000", "1.2.3", "٣"] {
            assert_eq!(units(text, Currency::EUR), None, "{text:?}");
        }
    }

    #[test]
    fn the_largest_amount_has_twelve_digits() {
        assert_eq!(units("9999999999.99", Currency::EUR), Some(999_999_999_999));
        assert_eq!(units("10000000000.00", Currency::EUR), None);
        assert_eq!(units("99999999999999999999999999.00", Currency::EUR), None);
        assert_eq!(Amount::parse("1000000000000"), Err(FormatError::TooLong { max: 12, found: 13 }));
    }

    #[test]
    fn a_number_has_one_spelling() {
        assert!(Amount::parse("0").is_ok());
        assert!(Amount::parse("0100").is_err());
    }

    #[test]
    fn an_amount_of_up_to_twelve_digits_is_sent_as_it_was_read() {
        for text in ["0", "7", "10", "1999", "999999999999"] {
            let amount = Amount::parse(text).unwrap();
            assert_eq!(amount.digits(str::to_owned), text);
            let mut sent = String::new();
            amount.wire(&mut |text| sent.push_str(text));
            assert_eq!((sent.as_str(), amount.units().to_string().as_str()), (text, text));
        }
        for text in ["", "1 ", "+1", "1.5", "00", "01"] {
            assert!(Amount::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_decimal_number_has_as_many_decimals_as_its_currency() {
        let decimal =
            |units, currency| Money::new(units, Currency::new(currency).unwrap()).unwrap().to_decimal();
        assert_eq!(decimal(1999, "EUR").as_deref(), Some("19.99"));
        assert_eq!(decimal(5, "EUR").as_deref(), Some("0.05"));
        assert_eq!(decimal(15, "JPY").as_deref(), Some("15"));
        assert_eq!(decimal(1500, "BHD").as_deref(), Some("1.500"));
        assert_eq!(decimal(15, "XYZ"), None);
    }

    #[test]
    fn money_is_its_amount_and_its_currency() {
        let money = Money::new(1999, Currency::SEK).unwrap();
        assert_eq!((money.amount(), money.currency()), (Amount::new(1999).unwrap(), Currency::SEK));
        assert_eq!(Money::of(money.amount(), money.currency()), money);
    }

    #[test]
    fn debug_shows_no_amount() {
        let money = Money::new(4711, Currency::EUR).unwrap();
        assert_eq!(alloc::format!("{money:?} {:?}", money.amount()), "Money([redacted]) Amount([redacted])");
    }
}

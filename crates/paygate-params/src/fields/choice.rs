//! Choices: parameters that have a few values, and `bool`.

use super::Field;
use crate::format::{Format, FormatError};

/// Declares a parameter with a few values.
macro_rules! choice_field {
    ($(
        $(#[$doc:meta])*
        $name:ident: $format:literal, $allowed:literal {$($(#[$value_doc:meta])* $value:ident = $text:literal)+}
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {$(
            $(#[$value_doc])*
            $value,
        )+}

        impl $name {
            /// The value as it is sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $text,)+
                }
            }
        }

        impl Field for $name {
            const FORMAT: Format = Format::literal($format);

            fn parse(text: &str) -> Result<Self, FormatError> {
                match text {
                    $($text => Ok(Self::$value),)+
                    _ => Err(FormatError::NotOneOf { allowed: $allowed }),
                }
            }

            fn wire(&self, with: &mut dyn FnMut(&str)) {
                with(self.as_str());
            }
        }

        super::parse_traits!($name);
    )+};
}

choice_field! {
    /// `Response`: whether the answer comes encrypted. Without the parameter it comes in the clear.
    Response: "a7", "encrypt" {
        /// `encrypt`.
        Encrypt = "encrypt"
    }

    /// `Match` of answers: whether the bank verified the account's holder.
    Match: "n1", "0, 1" {
        /// `0`.
        NotVerified = "0"
        /// `1`.
        Verified = "1"
    }
}

impl Field for bool {
    const FORMAT: Format = Format::literal("bool");

    fn parse(text: &str) -> Result<Self, FormatError> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(FormatError::NotOneOf { allowed: "true, false" }),
        }
    }

    fn wire(&self, with: &mut dyn FnMut(&str)) {
        with(if *self { "true" } else { "false" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn an_error_names_the_values_that_are_allowed() {
        assert_eq!(Match::parse("2").unwrap_err().to_string(), "is none of: 0, 1");
        assert_eq!(Response::parse("encrypted").unwrap_err().to_string(), "is none of: encrypt");
        assert_eq!([bool::parse("true"), bool::parse("false")], [Ok(true), Ok(false)]);
        assert_eq!(bool::parse("True").unwrap_err().to_string(), "is none of: true, false");
    }
}

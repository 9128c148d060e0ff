//! The macros that declare a parameter's type over a text, so that each is one row.

/// Declares a newtype over an inline ASCII text that names no person.
macro_rules! ascii_field {
    ($($(#[$doc:meta])* $name:ident: $alphabet:ident $min:literal..=$max:literal, $format:literal;)+) => {$(
        $crate::fields::inline_field!($(#[$doc])* $name: $alphabet $min..=$max, $format);
        $crate::fields::text_traits!($name);
    )+};
}

/// Declares a newtype over an inline ASCII text that may be personal or secret.
macro_rules! ascii_field_personal {
    ($($(#[$doc:meta])* $name:ident: $alphabet:ident $min:literal..=$max:literal, $format:literal;)+) => {$(
        $crate::fields::inline_field!($(#[$doc])* $name: $alphabet $min..=$max, $format);
        $crate::fields::parse_traits!($name);
        $crate::fields::redacted_debug!($name);
    )+};
}

/// The part that both have.
macro_rules! inline_field {
    ($(#[$doc:meta])* $name:ident: $alphabet:ident $min:literal..=$max:literal, $format:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::format::Ascii<$crate::format::$alphabet, $min, $max>);

        impl $name {
            /// Takes a text that keeps the format.
            ///
            /// # Errors
            ///
            /// The first rule that it breaks.
            pub const fn new(text: &str) -> Result<Self, $crate::FormatError> {
                match $crate::format::Ascii::new(text) {
                    Ok(text) => Ok(Self(text)),
                    Err(rule) => Err(rule),
                }
            }

            /// As `new`, at run time.
            fn read(text: &str) -> Result<Self, $crate::FormatError> {
                $crate::format::Ascii::read(text).map(Self)
            }

            /// Takes a text that stands in the source; in a `const`, a wrong one does not compile.
            ///
            /// # Panics
            ///
            /// If the text breaks the format and this is not called in a `const`.
            #[must_use]
            pub const fn from_static(text: &'static str) -> Self {
                match Self::new(text) {
                    Ok(value) => value,
                    Err(_) => $crate::fields::wrong_literal(),
                }
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// The bytes of the text, which are ASCII.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }
        }

        $crate::fields::text_on_the_wire!($name, $format, read);
    };
}

/// Declares a newtype over a text of ISO-8859-1.
macro_rules! latin1_field {
    ($(
        $(#[$doc:meta])*
        $name:ident: $alphabet:ident $min:literal..=$max:literal, $format:literal;
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name($crate::format::Latin1<$crate::format::$alphabet, $min, $max>);

        impl $name {
            /// Takes a text that keeps the format; nothing is changed or cut.
            ///
            /// # Errors
            ///
            /// The first rule that it breaks.
            pub fn new(text: impl Into<alloc::string::String>) -> Result<Self, $crate::FormatError> {
                $crate::format::Latin1::new(text).map(Self)
            }

            /// Takes a text that stands in the source; in a `const`, a wrong one does not compile.
            ///
            /// # Panics
            ///
            /// If the text breaks the format and this is not called in a `const`.
            #[must_use]
            pub const fn from_static(text: &'static str) -> Self {
                Self($crate::format::Latin1::from_static(text))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        $crate::fields::text_on_the_wire!(
            $name, $format, new, <$crate::format::Latin1<$crate::format::$alphabet, $min, $max>>::check
        );

        $crate::fields::parse_traits!($name);
        $crate::fields::redacted_debug!($name);
    )+};
}

/// `fit` beside `new`, for a newtype over a text of ISO-8859-1.
#[cfg(feature = "fit")]
macro_rules! latin1_fit {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        impl $name {
            $(#[$doc])*
            pub fn fit(text: &str) -> $crate::Fitted<Self> {
                $crate::format::Latin1::fit(text).map(Self)
            }
        }

        $crate::fields::fitted_into!($name);
    )+};
}

/// The value of a `Fitted`, where the changes do not matter.
#[cfg(feature = "fit")]
macro_rules! fitted_into {
    ($name:ident) => {
        impl From<$crate::Fitted<$name>> for $name {
            fn from(fitted: $crate::Fitted<$name>) -> Self {
                fitted.into_value()
            }
        }
    };
}

/// `Field` for a type that is read by `new`, or `read`, and written as its text.
macro_rules! text_on_the_wire {
    ($name:ident, $format:literal) => {
        $crate::fields::text_on_the_wire!($name, $format, new);
    };
    ($name:ident, $format:literal, $read:ident $(, $check:expr)?) => {
        impl $crate::message::Field for $name {
            const FORMAT: $crate::format::Format = $crate::format::Format::literal($format);

            fn parse(text: &str) -> Result<Self, $crate::FormatError> {
                Self::$read(text)
            }

            $(fn check(text: &str) -> Result<(), $crate::FormatError> {
                ($check)(text)
            })?

            fn wire(&self, with: &mut dyn FnMut(&str)) {
                with(self.as_str());
            }
        }
    };
}

/// `FromStr` and `TryFrom<&str>` by way of `Field::parse`.
macro_rules! parse_traits {
    ($name:ident) => {
        impl core::str::FromStr for $name {
            type Err = $crate::FormatError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                <Self as $crate::message::Field>::parse(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::FormatError;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                <Self as $crate::message::Field>::parse(text)
            }
        }
    };
}

/// What an identifier has besides: it may be printed, since it names no person.
macro_rules! text_traits {
    ($name:ident) => {
        $crate::fields::parse_traits!($name);

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    };
}

/// A `Debug` for what may be personal: it names the type and shows nothing of the value.
macro_rules! redacted_debug {
    ($name:ident) => {
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    };
}

#[cfg(feature = "fit")]
pub(crate) use {fitted_into, latin1_fit};

pub(crate) use {
    ascii_field, ascii_field_personal, inline_field, latin1_field, parse_traits, redacted_debug,
    text_on_the_wire, text_traits,
};

/// Stops the compiler at a literal that breaks its format.
pub(crate) const fn wrong_literal() -> ! {
    #[expect(clippy::panic, reason = "from_static is for literals of the source and documents the panic")]
    {
        panic!("the literal breaks the format of its parameter")
    }
}

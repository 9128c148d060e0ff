//! A value inside an object: a text, a whole number, or something that no parameter is.

use super::field::{REDACTED, Shown};
use crate::format::FormatError;
use alloc::string::{String, ToString};
use core::fmt;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value as it was given, kept apart from the rule that it may break.
pub(super) enum Value {
    Text(String),
    Number(u64),
    Other,
}

/// Why a value is refused. No message holds the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    #[error("{0}")]
    Format(#[from] FormatError),
    #[error("is a redaction, whose value was never written")]
    Redacted,
    #[error("is not given as text")]
    NotText,
    #[error("is given neither as a whole number nor as text")]
    NotNumber,
}

impl Value {
    /// The value as the text that a parameter is read from.
    pub(super) fn into_text(self, shown: Shown) -> Result<String, Refused> {
        match (self, shown) {
            (Self::Text(text), _) => not_redacted(&text, shown).map(|()| text),
            (Self::Number(number), Shown::Number) => Ok(number.to_string()),
            (_, Shown::Number) => Err(Refused::NotNumber),
            (_, Shown::Text | Shown::Redacted) => Err(Refused::NotText),
        }
    }
}

/// Refuses the text that stands for a value that was not written.
pub(super) fn not_redacted(text: &str, shown: Shown) -> Result<(), Refused> {
    match shown {
        Shown::Redacted if text == REDACTED => Err(Refused::Redacted),
        Shown::Redacted | Shown::Number | Shown::Text => Ok(()),
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

/// Takes whatever comes: what serde itself says of a value in a wrong type holds the value.
struct ValueVisitor;

macro_rules! others {
    ($($visit:ident $Ty:ty;)+) => {$(
        fn $visit<E: Error>(self, _: $Ty) -> Result<Value, E> {
            Ok(Value::Other)
        }
    )+};
}

/// How `serde_json` hands over a number where some crate of the program turned on its `arbitrary_precision`.
const JSON_NUMBER: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a whole number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(u64::try_from(number).map_or(Value::Other, Value::Number))
    }

    others! {
        visit_bool bool;
        visit_i128 i128;
        visit_u128 u128;
        visit_f64 f64;
        visit_bytes &[u8];
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut value = Value::Other;
        while let Some(name) = map.next_key::<String>()? {
            if name == JSON_NUMBER {
                let digits: String = map.next_value()?;
                value = digits.parse().map_or(Value::Other, Value::Number);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(value)
    }
}

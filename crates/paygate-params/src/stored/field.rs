//! The types of the parameters, one by one: which are shown, and how each is read.

use super::value::{Refused, Value, not_redacted};
use crate::message::Field;
use crate::{
    AccBank, AccClearingHouse, AccDescriptor, AccOwner, AccountId, AddrCity, AddrStreet, AddrZip, Amount,
    CallbackUrl, Code, CountryCode, Currency, Custom, CustomerId, DateTime, Description, Email, FirstName,
    Iban, IpAddr, Language, LastName, MacText, Match, MerchantId, MobileNo, OrderDesc, PayId, Plain, RefNr,
    ReqId, Response, SocialSecurityNumber, Status, TemplateUrl, TransId, UserData, UserId, Xid,
};
use alloc::format;
use core::fmt;
use core::marker::PhantomData;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};

/// What is written in place of a value that is personal or secret, and refused when it is read.
pub const REDACTED: &str = "[redacted]";

/// How a parameter's type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// As the text that is sent.
    Text,
    /// As a number; it is read from text too.
    Number,
    /// As [`REDACTED`], since it is personal or secret.
    Redacted,
}

/// A parameter's type that can be stored.
///
/// The tables of all messages demand it of every row, so no type is forgotten.
pub trait StoredField: Field + Serialize + DeserializeOwned {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// How it is written.
    const SHOWN: Shown;
}

macro_rules! stored_fields {
    ($($shown:ident {$($Ty:ident)+})+) => {$($(
        impl StoredField for $Ty {
            const NAME: &'static str = stringify!($Ty);
            const SHOWN: Shown = Shown::$shown;
        }

        impl Serialize for $Ty {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                write(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $Ty {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read(deserializer)
            }
        }
    )+)+};
}

stored_fields! {
    Text {
        MerchantId TransId PayId Xid RefNr ReqId Status Code Currency CountryCode Language DateTime Match Response
    }
    Number { Amount }
    Redacted {
        CustomerId UserId AccountId MacText MobileNo Iban SocialSecurityNumber
        FirstName LastName Email IpAddr
        OrderDesc UserData Plain Custom Description
        CallbackUrl TemplateUrl
        AccClearingHouse AccOwner AccBank AccDescriptor AddrStreet AddrZip AddrCity
    }
}

/// serde's own, `true` and `false`; in a request it is a text like all others.
impl StoredField for bool {
    const NAME: &'static str = "bool";
    const SHOWN: Shown = Shown::Text;
}

/// Writes a value as its type is shown.
pub(super) fn write<T: StoredField, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut serializer = Some(serializer);
    let mut written = None;
    let mut with = |text: &str| {
        written = serializer.take().map(|serializer| match T::SHOWN {
            Shown::Redacted => serializer.serialize_str(REDACTED),
            Shown::Text => serializer.serialize_str(text),
            Shown::Number => match text.parse() {
                Ok(number) => serializer.serialize_u64(number),
                Err(_) => serializer.serialize_str(text),
            },
        });
    };
    value.wire(&mut with);
    written.unwrap_or_else(|| Err(S::Error::custom("the value has no text")))
}

/// Reads a value from what an object holds.
pub(super) fn of_value<T: StoredField>(value: Value) -> Result<T, Refused> {
    Ok(T::parse(&value.into_text(T::SHOWN)?)?)
}

fn read<'de, T: StoredField, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    // Not every format can tell what comes next; those that cannot hold what was written.
    let value = if T::SHOWN == Shown::Number && deserializer.is_human_readable() {
        of_value(Value::deserialize(deserializer)?)
    } else if T::SHOWN == Shown::Number {
        of_value(Value::Number(u64::deserialize(deserializer).map_err(|_| unreadable::<T, _>())?))
    } else {
        deserializer.deserialize_str(TextVisitor(PhantomData)).map_err(|_| unreadable::<T, _>())?
    };
    value.map_err(|refused| D::Error::custom(format_args!("{} {refused}", T::NAME)))
}

/// In place of the format's own error, which would show a value of a wrong type.
fn unreadable<T: StoredField, E: serde::de::Error>() -> E {
    let what = if T::SHOWN == Shown::Number { "a whole number" } else { "text" };
    E::custom(format!("{} cannot be read as {what}", T::NAME))
}

/// Reads a text; a rule that it breaks is handed on as a value, so that it is not taken for the format's own error.
struct TextVisitor<T>(PhantomData<fn() -> T>);

impl<T: StoredField> Visitor<'_> for TextVisitor<T> {
    type Value = Result<T, Refused>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::NAME)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(not_redacted(text, T::SHOWN).and_then(|()| Ok(T::parse(text)?)))
    }
}

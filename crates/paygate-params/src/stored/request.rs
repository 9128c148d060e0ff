//! Requests as objects: the vendor's names in the order of the table, and all errors at once.

use super::field::{Shown, StoredField, write};
use super::object::Object;
use super::value::Refused;
use crate::format::ParamError;
use crate::message::Request;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::de::{Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// A request, with how the type of each row is shown.
pub(crate) trait StoredRequest: Request {
    /// The name of the request, for errors.
    const NAME: &'static str;

    /// One for each row, in the order of the table.
    const SHOWN: &'static [Shown];
}

/// Declares how a request is stored; the table of the message calls it.
macro_rules! stored_request {
    ($Name:ident {$($field:ident: $Ty:ty = $name:literal;)+}) => {
        impl $crate::stored::StoredRequest for $Name {
            const NAME: &'static str = stringify!($Name);
            const SHOWN: &'static [$crate::stored::Shown] =
                &[$(<$Ty as $crate::stored::StoredField>::SHOWN),+];
        }

        /// An object with the vendor's names in the order of the table, without what is not there; what is personal or
        /// secret is redacted.
        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let entries = [$($crate::message::Held::<$Ty>::held(&self.$field).is_some()),+];
                let count = entries.iter().filter(|held| **held).count();
                let mut object = serializer.serialize_map(Some(count))?;
                $(if let Some(entry) = $crate::stored::held_entry::<$Ty>(&self.$field) {
                    object.serialize_entry($name, &entry)?;
                })+
                object.end()
            }
        }

        /// An object of texts, and of a number for an amount: names in any case, each once, none that the table does not
        /// know. The error lists all that is wrong, and no values.
        impl<'de> serde::Deserialize<'de> for $Name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::stored::read_request(deserializer)
            }
        }
    };
}

/// Demands of the rows of a result that their types can be stored.
macro_rules! stored_result {
    ($($Ty:ty;)+) => {
        const _: &[$crate::stored::Shown] = &[$(<$Ty as $crate::stored::StoredField>::SHOWN),+];
    };
}

pub(crate) use {stored_request, stored_result};

/// A field of a request, written as its type is shown.
pub(crate) struct Entry<'a, T>(&'a T);

/// The field, where it is there.
pub(crate) fn held_entry<T: StoredField>(field: &impl crate::message::Held<T>) -> Option<Entry<'_, T>> {
    field.held().map(Entry)
}

impl<T: StoredField> Serialize for Entry<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self.0, serializer)
    }
}

/// Reads a request from an object, as [`Request::parse`] reads it from pairs.
pub(crate) fn read_request<'de, R: StoredRequest, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<R, D::Error> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut wrong = Wrong { what: R::NAME, values: Vec::new(), params: Vec::new() };
    for (name, value) in Object::read(R::NAME, deserializer)?.into_entries() {
        let row = R::row(name.as_bytes());
        let row = row.and_then(|row| Some((R::ROWS.get(row)?, *R::SHOWN.get(row)?)));
        match row.map(|(row, shown)| (row.name, value.into_text(shown))) {
            Some((_, Ok(text))) => pairs.push((name, text)),
            Some((name, Err(refused))) => wrong.values.push((name, refused)),
            // What it holds is of no consequence: the name is refused.
            None => pairs.push((name, String::new())),
        }
    }
    match R::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))) {
        Ok(request) if wrong.values.is_empty() => return Ok(request),
        Ok(_) => {}
        Err(params) => wrong.params = params,
    }
    // A parameter that is there and wrong is not missing besides.
    let is_there = |name: &str| wrong.values.iter().any(|(known, _)| *known == name);
    wrong.params.retain(|error| !matches!(error, ParamError::Missing { name, .. } if is_there(name)));
    Err(D::Error::custom(wrong))
}

/// All that is wrong with a request.
struct Wrong {
    what: &'static str,
    values: Vec<(&'static str, Refused)>,
    params: Vec<ParamError>,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.values.len().saturating_add(self.params.len());
        write!(f, "{} breaks {count} rule(s)", self.what)?;
        let mut separator = ": ";
        for (name, refused) in &self.values {
            write!(f, "{separator}{name} {refused}")?;
            separator = "; ";
        }
        for error in &self.params {
            write!(f, "{separator}{error}")?;
            separator = "; ";
        }
        Ok(())
    }
}

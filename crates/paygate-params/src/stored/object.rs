//! Objects of named fields, read strictly: each name once, no other names, and no value in an error.

use super::field::{StoredField, of_value};
use super::value::{Refused, Value};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

/// An object that is being read: its fields are taken out one by one, and none may be left.
///
/// The types of this crate and of `paygate` that have several fields are read by it. A shop's own records can be, too:
///
/// ```
/// use paygate_params::stored::Object;
/// use paygate_params::{PayId, ReqId};
/// use serde::{Deserialize, Deserializer, de::Error};
///
/// struct Refund {
///     pay_id: PayId,
///     req_id: Option<ReqId>,
/// }
///
/// impl<'de> Deserialize<'de> for Refund {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         let mut object = Object::read("Refund", deserializer)?;
///         let pay_id = object.required("pay_id").map_err(D::Error::custom)?;
///         let req_id = object.optional("req_id").map_err(D::Error::custom)?;
///         object.finish().map_err(D::Error::custom)?;
///         Ok(Self { pay_id, req_id })
///     }
/// }
///
/// let refund: Refund = serde_json::from_str(r#"{"pay_id":"7bbb448155234d8cbee323778952ce28"}"#)?;
/// assert_eq!(refund.pay_id.as_str().len(), 32);
/// assert!(refund.req_id.is_none());
/// let refused = serde_json::from_str::<Refund>(r#"{"pay_id":"7bbb"}"#).map(drop).unwrap_err().to_string();
/// assert!(refused.starts_with("Refund: pay_id has 4 characters, exactly 32 are needed"), "{refused}");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Object {
    what: &'static str,
    entries: Vec<(String, Value)>,
}

/// A field of an object is missing, breaks its format, stands twice, or is none of the object's. No value is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {problem}")]
pub struct ObjectError {
    what: &'static str,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Problem {
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("{0} {1}")]
    Refused(&'static str, Refused),
    #[error("{0} is none of those that are known")]
    NotListed(&'static str),
    #[error("{0} stands twice")]
    Doubled(&'static str),
    /// The name, cut at 64 characters.
    #[error("{0:?} is no field of it")]
    Unknown(String),
}

/// The most entries that an object may have; every type has far fewer.
const MAX_ENTRIES: usize = 256;

impl Object {
    /// Reads all entries; `what` names the object in errors.
    ///
    /// # Errors
    ///
    /// If it is no object, or has more than 256 entries.
    pub fn read<'de, D: Deserializer<'de>>(what: &'static str, deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { what, entries: deserializer.deserialize_any(ObjectVisitor(what))? })
    }

    /// A field that must be there.
    ///
    /// # Errors
    ///
    /// If it is missing, stands twice or breaks its format.
    pub fn required<T: StoredField>(&mut self, name: &'static str) -> Result<T, ObjectError> {
        self.optional(name)?.ok_or_else(|| self.error(Problem::Missing(name)))
    }

    /// A field that may be there.
    ///
    /// # Errors
    ///
    /// If it stands twice or breaks its format.
    pub fn optional<T: StoredField>(&mut self, name: &'static str) -> Result<Option<T>, ObjectError> {
        let value = self.take(name)?.map(of_value).transpose();
        value.map_err(|refused| self.error(Problem::Refused(name, refused)))
    }

    /// A word out of a list, which must be there: the name of a payment method.
    ///
    /// # Errors
    ///
    /// If it is missing, stands twice or is not listed.
    pub fn one_of(&mut self, name: &'static str, list: &[&'static str]) -> Result<&'static str, ObjectError> {
        let listed = match self.take(name)? {
            Some(Value::Text(text)) => list.iter().find(|word| **word == text).copied(),
            Some(Value::Number(_) | Value::Other) => None,
            None => return Err(self.error(Problem::Missing(name))),
        };
        listed.ok_or_else(|| self.error(Problem::NotListed(name)))
    }

    /// Ends the reading.
    ///
    /// # Errors
    ///
    /// If a field is left that nobody asked for.
    pub fn finish(mut self) -> Result<(), ObjectError> {
        match self.entries.pop() {
            None => Ok(()),
            Some((name, _)) => Err(self.error(Problem::Unknown(name.chars().take(64).collect()))),
        }
    }

    pub(super) fn into_entries(self) -> Vec<(String, Value)> {
        self.entries
    }

    fn take(&mut self, name: &'static str) -> Result<Option<Value>, ObjectError> {
        let at = |entries: &[(String, Value)]| entries.iter().position(|(known, _)| known == name);
        let Some(index) = at(&self.entries) else { return Ok(None) };
        let (_, value) = self.entries.remove(index);
        match at(&self.entries) {
            None => Ok(Some(value)),
            Some(_) => Err(self.error(Problem::Doubled(name))),
        }
    }

    fn error(&self, problem: Problem) -> ObjectError {
        ObjectError { what: self.what, problem }
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object").field("what", &self.what).finish_non_exhaustive()
    }
}

/// Refuses by itself what is no object: what serde says of it holds the value.
struct ObjectVisitor(&'static str);

macro_rules! refused {
    ($($visit:ident $Ty:ty;)+) => {$(
        fn $visit<E: Error>(self, _: $Ty) -> Result<Self::Value, E> {
            Err(E::custom(format_args!("{} is no object of names and values", self.0)))
        }
    )+};
}

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as an object of names and values", self.0)
    }

    refused! {
        visit_bool bool;
        visit_i64 i64;
        visit_i128 i128;
        visit_u64 u64;
        visit_u128 u128;
        visit_f64 f64;
        visit_str &str;
        visit_bytes &[u8];
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(name) = map.next_key()? {
            if entries.len() >= MAX_ENTRIES {
                return Err(A::Error::custom(format_args!("{} has more than {MAX_ENTRIES} entries", self.0)));
            }
            entries.push((name, map.next_value()?));
        }
        Ok(entries)
    }
}

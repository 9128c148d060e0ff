//! The types of several parameters: money, and the fields that a MAC covers.

use super::object::{Object, ObjectError};
use crate::{Code, MerchantId, Money, PayId, Signed, Status, TransId};
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// `{"amount":1999,"currency":"EUR"}`, though `Debug` shows neither: a shop's own records need both.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(2))?;
        object.serialize_entry("amount", &self.amount())?;
        object.serialize_entry("currency", &self.currency())?;
        object.end()
    }
}

/// Both fields, each once, and no other.
impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |mut object: Object| {
            let money = Self::of(object.required("amount")?, object.required("currency")?);
            object.finish().map(|()| money)
        };
        read(Object::read("Money", deserializer)?).map_err(|error: ObjectError| D::Error::custom(error))
    }
}

/// The five fields by the vendor's names.
impl Serialize for Signed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.pairs())
    }
}

/// The five fields by the vendor's names, each once, and no other. Who reads one knows no more of whether a MAC held than
/// who calls [`Signed::parse`].
impl<'de> Deserialize<'de> for Signed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |mut object: Object| {
            let mid: MerchantId = object.required("mid")?;
            let pay_id: PayId = object.required("PayID")?;
            let trans_id: TransId = object.required("TransID")?;
            let status: Status = object.required("Status")?;
            let code: Code = object.required("Code")?;
            object.finish().map(|()| (mid, pay_id, trans_id, status, code))
        };
        let (mid, pay_id, trans_id, status, code) = read(Object::read("Signed", deserializer)?)
            .map_err(|error: ObjectError| D::Error::custom(error))?;
        let value = |name| match name {
            "mid" => Some(mid.as_str().as_bytes()),
            "PayID" => Some(pay_id.as_str().as_bytes()),
            "TransID" => Some(trans_id.as_str().as_bytes()),
            "Status" => Some(status.as_str().as_bytes()),
            "Code" => Some(code.as_str().as_bytes()),
            _ => None,
        };
        Self::parse(value).map_err(D::Error::custom)
    }
}

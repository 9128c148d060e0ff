//! What a shop stores of an attempt and logs of its outcome, as JSON or the like.
//!
//! An [`Expected`] and an [`Attempt`] are read again; an [`Outcome`] is not, or whoever can write the shop's store could
//! call an order paid. Keys and merchants are neither written nor read.

use crate::expected::{Attempt, Expected};
use crate::outcome::{Authorized, Failed, Open, Outcome, Paid};
use crate::request::left_out::LeftOut;
use paygate_params::methods;
use paygate_params::stored::{Object, ObjectError};
use paygate_params::{Money, Verdict};
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// `{"method":"trustly","mid":…,"trans_id":…}`.
impl Serialize for Attempt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(3))?;
        write_attempt(self, &mut object)?;
        object.end()
    }
}

/// The three fields, each once, and no other; the method must be one of [`methods::NAMES`].
impl<'de> Deserialize<'de> for Attempt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |mut object: Object| -> Result<Option<Self>, ObjectError> {
            let method = object.one_of("method", methods::NAMES)?;
            let attempt = Self::named(method, object.required("mid")?, object.required("trans_id")?);
            object.finish().map(|()| attempt)
        };
        known(read(Object::read("Attempt", deserializer)?))
    }
}

/// The fields of the [`Attempt`], `amount` and `currency`, and `pay_id` once it is pinned.
impl Serialize for Expected {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = if self.pay_id().is_some() { 6 } else { 5 };
        let mut object = serializer.serialize_map(Some(count))?;
        write_attempt(self.attempt(), &mut object)?;
        write_money(self.money(), &mut object)?;
        if let Some(pay_id) = self.pay_id() {
            object.serialize_entry("pay_id", pay_id)?;
        }
        object.end()
    }
}

/// The five fields or six, each once, and no other; the method must be one of [`methods::NAMES`].
impl<'de> Deserialize<'de> for Expected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = |mut object: Object| -> Result<Option<Self>, ObjectError> {
            let method = object.one_of("method", methods::NAMES)?;
            let attempt = Attempt::named(method, object.required("mid")?, object.required("trans_id")?);
            let money = Money::of(object.required("amount")?, object.required("currency")?);
            let pay_id = object.optional("pay_id")?;
            object.finish()?;
            let expected = attempt.map(|attempt| Self::of(attempt, money));
            Ok(expected.map(|expected| pay_id.map_or(expected, |pay_id| expected.pinned(pay_id))))
        };
        known(read(Object::read("Expected", deserializer)?))
    }
}

/// `{"outcome":"paid",…}` with the ids, the code, and what the attempt was about; for a shop's log. Nothing reads it
/// again: only [`Bound::outcome`](crate::Bound::outcome) makes one.
impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Paid(paid) => paid.serialize(serializer),
            Self::Authorized(authorized) => authorized.serialize(serializer),
            Self::Open(open) => open.serialize(serializer),
            Self::Failed(failed) => failed.serialize(serializer),
        }
    }
}

macro_rules! outcomes {
    ($($Name:ident)+) => {$(
        /// As the [`Outcome`] of it.
        impl Serialize for $Name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut object = serializer.serialize_map(Some(6))?;
                object.serialize_entry("outcome", Verdict::$Name.as_str())?;
                object.serialize_entry("trans_id", self.trans_id())?;
                object.serialize_entry("pay_id", self.pay_id())?;
                object.serialize_entry("code", &self.code())?;
                write_money(self.money(), &mut object)?;
                object.end()
            }
        }
    )+};
}
outcomes!(Paid Authorized Open Failed);

/// The parameter, in the vendor's spelling.
impl Serialize for LeftOut {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.parameter())
    }
}

fn write_attempt<M: SerializeMap>(attempt: &Attempt, object: &mut M) -> Result<(), M::Error> {
    object.serialize_entry("method", attempt.method())?;
    object.serialize_entry("mid", attempt.mid())?;
    object.serialize_entry("trans_id", attempt.trans_id())
}

fn write_money<M: SerializeMap>(money: Money, object: &mut M) -> Result<(), M::Error> {
    object.serialize_entry("amount", &money.amount())?;
    object.serialize_entry("currency", &money.currency())
}

/// What was read, with its error in the format's type. `None` is for a method that is listed and is none.
fn known<T, E: Error>(read: Result<Option<T>, ObjectError>) -> Result<T, E> {
    read.map_err(E::custom)?.ok_or_else(|| E::custom("method is none of those that are known"))
}

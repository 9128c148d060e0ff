//! Events for logs and counters: ids, kinds and classes of codes; never a name, an amount, a text, a key or a URL.
//!
//! Without the feature `tracing` every function here is empty, and no caller does any work for it.
#![cfg_attr(not(feature = "tracing"), allow(unused_variables, reason = "there is nobody to tell"))]

use crate::callback::raw::Route;
use crate::error::{BindError, SealError, VerifyError};
use crate::follow_up::answer::WithoutMac;
use crate::follow_up::call::ServerCall;
use crate::follow_up::error::AnswerError;
use crate::request::seal::Sealed;
use paygate_params::message::Signed;
use paygate_params::{FollowUp, MerchantId};

#[cfg(feature = "tracing")]
use {
    crate::error::Violation,
    paygate_params::{Code, ParamError, PayId, ReqId, TransId},
    tracing::{debug, warn},
};

/// A request was sealed, or why not: the parameters and the kinds of rules.
#[inline]
pub(crate) fn sealing(mid: &MerchantId, method: &'static str, sealed: &Result<Sealed, SealError>) {
    #[cfg(feature = "tracing")]
    match sealed {
        Ok(sealed) => debug!(
            target: "paygate",
            mid = mid.as_str(),
            method,
            trans_id = sealed.expected.attempt().trans_id().as_str(),
            req_id = sealed.req_id.as_ref().map(ReqId::as_str),
            "request sealed"
        ),
        Err(error) => not_sealed(mid, method, error),
    }
}

/// A request was refused.
#[inline]
pub(crate) fn not_sealed(mid: &MerchantId, method: &'static str, error: &SealError) {
    #[cfg(feature = "tracing")]
    warn!(
        target: "paygate",
        mid = mid.as_str(),
        method,
        kind = error.kind(),
        rules = rules(error).map(tracing::field::display),
        "request refused"
    );
}

/// A callback was opened, or why not. Ids are told only where the MAC held.
#[inline]
pub(crate) fn opening(method: &'static str, route: Route, opened: Result<&Signed, &VerifyError>) {
    #[cfg(feature = "tracing")]
    match opened {
        Ok(signed) => debug!(
            target: "paygate",
            method,
            route = route.as_str(),
            mid = signed.mid().as_str(),
            trans_id = signed.trans_id().as_str(),
            pay_id = signed.pay_id().as_str(),
            status = signed.status().as_str(),
            code_state = state(&signed.code()),
            code_module = signed.code().module(),
            "callback opened"
        ),
        Err(error) => {
            let signed = error.kept();
            let code = signed.map(Signed::code);
            warn!(
                target: "paygate",
                method,
                route = route.as_str(),
                kind = error.kind(),
                mid = signed.map(|signed| signed.mid().as_str()),
                trans_id = signed.map(|signed| signed.trans_id().as_str()),
                pay_id = signed.map(|signed| signed.pay_id().as_str()),
                status = signed.map(|signed| signed.status().as_str()),
                code_state = code.as_ref().map(state),
                code_module = code.as_ref().map(Code::module),
                "callback refused"
            );
        }
    }
}

/// A callback was held against an attempt.
#[inline]
pub(crate) fn binding(method: &'static str, signed: &Signed, bound: Result<(), BindError>) {
    #[cfg(feature = "tracing")]
    match bound {
        Ok(()) => debug!(
            target: "paygate",
            method,
            trans_id = signed.trans_id().as_str(),
            pay_id = signed.pay_id().as_str(),
            "callback bound"
        ),
        Err(error) => warn!(
            target: "paygate",
            method,
            kind = error.kind(),
            trans_id = signed.trans_id().as_str(),
            pay_id = signed.pay_id().as_str(),
            "callback not bound"
        ),
    }
}

/// A call was made, which is not sent yet, or why not.
#[inline]
pub(crate) fn calling<F: FollowUp>(mid: &MerchantId, made: &Result<ServerCall<F>, SealError>) {
    #[cfg(feature = "tracing")]
    match made {
        Ok(call) => debug!(
            target: "paygate",
            mid = mid.as_str(),
            follow_up = F::NAME,
            trans_id = call.trans_id().map(TransId::as_str),
            pay_id = call.pay_id().map(PayId::as_str),
            req_id = call.req_id().map(ReqId::as_str),
            "call made"
        ),
        Err(error) => warn!(
            target: "paygate",
            mid = mid.as_str(),
            follow_up = F::NAME,
            kind = error.kind(),
            rules = rules(error).map(tracing::field::display),
            "call refused"
        ),
    }
}

/// The answer to a call was read, or why not. The ids are the call's own, since no MAC covers the answer's.
#[inline]
pub(crate) fn answering<F: FollowUp>(call: &ServerCall<F>, read: Result<&WithoutMac<F>, &AnswerError>) {
    #[cfg(feature = "tracing")]
    {
        let trans_id = call.trans_id().map(TransId::as_str);
        let pay_id = call.pay_id().map(PayId::as_str);
        let req_id = call.req_id().map(ReqId::as_str);
        let follow_up = F::NAME;
        match read {
            Ok(answer) => {
                let code = answer.code();
                debug!(
                    target: "paygate",
                    follow_up,
                    trans_id,
                    pay_id,
                    req_id,
                    status = answer.status().as_str(),
                    code_state = state(&code),
                    code_module = code.module(),
                    "answer read"
                );
            }
            Err(error) => {
                let code = error.code();
                warn!(
                    target: "paygate",
                    follow_up,
                    trans_id,
                    pay_id,
                    req_id,
                    kind = error.kind(),
                    code_state = code.as_ref().map(state),
                    code_module = code.as_ref().map(Code::module),
                    "answer refused"
                );
            }
        }
    }
}

/// The rules that a request breaks; what they print is made only for who listens.
#[cfg(feature = "tracing")]
fn rules(error: &SealError) -> Option<Rules<'_>> {
    match error {
        SealError::Rules(rules) => Some(Rules(rules)),
        SealError::Mac(_) | SealError::ReqId | SealError::Encrypt(_) => None,
    }
}

/// Prints `Amount:format, FirstName:missing`. Of a parameter that no table knows the name may hold anything, so `?`
/// stands for it.
#[cfg(feature = "tracing")]
struct Rules<'a>(&'a [Violation]);

#[cfg(feature = "tracing")]
impl std::fmt::Display for Rules<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        /// More than any table has rows; a list of nonsense is cut.
        const MAX: usize = 64;
        for (index, rule) in self.0.iter().take(MAX).enumerate() {
            let parameter = match rule {
                Violation::Param(ParamError::Unknown { .. }) => "?",
                known => known.parameter(),
            };
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{parameter}:{}", rule.kind())?;
        }
        if self.0.len() > MAX { f.write_str(", …") } else { Ok(()) }
    }
}

/// The first character of a code. With the module it tells where something failed, without the detail.
#[cfg(feature = "tracing")]
fn state(code: &Code) -> &str {
    code.as_str().get(..1).unwrap_or_default()
}

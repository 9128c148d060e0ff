//! Values as a shop's own code makes them: by literals, chance and names.
#![allow(clippy::unwrap_used, reason = "a test may stop where an input path may not")]

use paygate_params::follow_ups::{self, FollowUpVisitor};
use paygate_params::message::{Signed, SignedError};
use paygate_params::methods::{self, MethodVisitor};
use paygate_params::*;
use std::panic::catch_unwind;

struct Named;

impl MethodVisitor for Named {
    type Output = (&'static str, Result<Verdict, Contradiction>);

    fn visit<M: Method>(self) -> Self::Output {
        (M::NAME, M::classify(&Status::from_static("OK"), Code::SUCCESS))
    }
}

impl FollowUpVisitor for Named {
    type Output = &'static str;

    fn visit<F: FollowUp>(self) -> Self::Output {
        F::NAME
    }
}

#[test]
fn methods_and_follow_ups_are_found_by_their_names() {
    for name in methods::NAMES {
        assert_eq!(methods::visit(name, Named), Some((*name, Ok(Verdict::Paid))));
    }
    for name in follow_ups::NAMES {
        assert_eq!(follow_ups::visit(name, Named), Some(*name));
    }
    assert!(methods::visit("Trustly", Named).is_none() && follow_ups::visit("", Named).is_none());
}

#[test]
fn a_literal_that_breaks_its_format_stops_where_no_compiler_sees_it() {
    assert!(catch_unwind(|| TransId::from_static("a*b")).is_err());
    assert!(catch_unwind(|| FirstName::from_static("")).is_err());
    assert!(catch_unwind(|| OrderDesc::from_static("Test:0000")).is_err());
    assert_eq!(OrderDesc::from_static("Test kit"), OrderDesc::new("Test kit").unwrap());
}

#[test]
fn values_are_read_and_shown_as_texts() {
    let id: TransId = "T1".parse().unwrap();
    assert_eq!((id.as_ref(), id.as_bytes(), id.to_string().as_str()), ("T1", &b"T1"[..], "T1"));
    assert_eq!(FirstName::try_from("Anna").unwrap(), "Anna".parse().unwrap());
    let address: IpAddr = "2001:db8::1".parse().unwrap();
    assert_eq!(address.get().to_string(), "2001:db8::1");
    assert_eq!(format!("{:?}", FirstName::from_static("Anna")), "FirstName([redacted])");
}

#[test]
#[cfg(feature = "fit")]
fn what_was_fitted_is_taken_where_the_changes_do_not_matter() {
    assert_eq!(FirstName::from(FirstName::fit("A&nna")), FirstName::from_static("A+nna"));
}

#[test]
#[cfg(feature = "getrandom")]
fn no_two_random_ids_are_the_same() {
    assert_ne!(TransId::random().unwrap(), TransId::random().unwrap());
    assert_ne!(ReqId::random().unwrap(), ReqId::random().unwrap());
}

#[test]
fn the_signed_fields_are_read_strictly_and_by_name() {
    let id = "7bbb448155234d8cbee323778952ce28";
    let pairs = [("mid", "shop"), ("PayID", id), ("TransID", "T1"), ("Status", "OK"), ("Code", "00000000")];
    let value =
        |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_bytes());
    let signed = Signed::parse(value).unwrap();
    assert_eq!((signed.mid().as_str(), signed.pay_id().as_str()), ("shop", id));
    assert_eq!((signed.trans_id().as_str(), signed.status().as_str()), ("T1", "OK"));
    assert_eq!((signed.code(), signed.pairs()), (Code::SUCCESS, pairs));
    for name in ["mid", "PayID", "TransID", "Status", "Code"] {
        let missing = Signed::parse(|asked| value(asked).filter(|_| asked != name));
        assert_eq!(missing, Err(SignedError::Missing { name }));
        let noise = Signed::parse(|asked| if asked == name { Some(b"a\xFF") } else { value(asked) });
        let rule = FormatError::Character { position: 2, allowed: "ASCII" };
        assert_eq!(noise, Err(SignedError::Format { name, rule }));
    }
}

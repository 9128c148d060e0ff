//! Which parameter a detail's label names, in the spelling of the message tables.

use crate::Message;
use crate::methods::trustly::{PaymentRequest, PaymentResult};

/// What stands around the message rather than in it, so that no table has a row for it.
const OUTER: [&str; 2] = ["Len", "Data"];

/// What labels say about a parameter besides its name.
const COMPLAINTS: [&str; 4] = ["invalid", "missing", "param", "parameter"];

/// The parameter in the tables' spelling where the label names one and no more, else the label as it stands.
///
/// A code does not tell the method. Parameters that methods share have one name, so Trustly's tables serve all.
pub(super) fn named_by(label: &'static str) -> &'static str {
    // `AddrCity/ Ort`: the name, then the German one.
    let name = label.split('/').next().unwrap_or_default();
    let mut words = name
        .split([' ', ':'])
        .filter(|word| !word.is_empty() && !COMPLAINTS.iter().any(|known| known.eq_ignore_ascii_case(word)));
    match (words.next(), words.next()) {
        (Some(word), None) => spelled(word).unwrap_or(label),
        _ => label,
    }
}

fn spelled(word: &str) -> Option<&'static str> {
    let rows = PaymentRequest::ROWS.iter().chain(PaymentResult::ROWS);
    let row = rows.filter(|row| row.is_named(word.as_bytes())).map(|row| row.name).next();
    row.or_else(|| OUTER.into_iter().find(|name| name.eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_in_other_case_is_spelled_as_in_the_tables() {
        for (label, name) in [
            ("transId", "TransID"),
            ("Payid", "PayID"),
            ("MerchantID", "MerchantID"),
            ("Orderdesc", "OrderDesc"),
            ("EMail", "Email"),
            ("RefNr", "RefNr"),
            ("Len", "Len"),
            ("DATA", "Data"),
        ] {
            assert_eq!(named_by(label), name);
        }
    }

    #[test]
    fn a_complaint_or_a_second_name_beside_the_name_is_left_out() {
        for (label, name) in [
            ("INVALID PARAM: URLSUCCESS", "URLSuccess"),
            ("INVALID PARAM COUNTRYCODE", "CountryCode"),
            ("FirstName missing", "FirstName"),
            ("Lastname/ Name", "LastName"),
            ("AddrStreet/ Straße", "AddrStreet"),
        ] {
            assert_eq!(named_by(label), name);
        }
    }

    #[test]
    fn a_label_that_names_no_parameter_of_the_tables_stays_as_it_is() {
        for label in [
            "",
            "CCNr",
            "Orderdesc2",
            "INVALID PARAM PROMOTION",
            "INVALID PARAMETER",
            "Request / Response mismatch",
            "Wrong amount",
            "Error Validating Currency Code",
        ] {
            assert_eq!(named_by(label), label);
        }
    }
}

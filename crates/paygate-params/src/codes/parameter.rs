//! Which parameter a detail's label names, in the spelling of the message tables.

use crate::methods::{self, MethodVisitor};
use crate::{Message, Method};

/// What stands around the message rather than in it, so that no table has a row for it.
const OUTER: [&str; 2] = ["Len", "Data"];

/// What labels say about a parameter besides its name.
const COMPLAINTS: [&str; 4] = ["invalid", "missing", "param", "parameter"];

/// The parameter in the tables' spelling where the label names one and no more, else the label as it stands.
///
/// A code does not tell the method. Parameters that methods share have one name, so the first table serves all.
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
    let known = methods::NAMES.iter().find_map(|method| methods::visit(method, Spelled(word))?);
    known.or_else(|| OUTER.into_iter().find(|name| name.eq_ignore_ascii_case(word)))
}

/// Looks a word up in the tables of a method.
struct Spelled<'a>(&'a str);

impl MethodVisitor for Spelled<'_> {
    type Output = Option<&'static str>;

    fn visit<M: Method>(self) -> Self::Output {
        let rows = <M::Request as Message>::ROWS.iter().chain(<M::Result as Message>::ROWS);
        let mut named = rows.filter(|row| row.is_named(self.0.as_bytes()));
        named.next().map(|row| row.name)
    }
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

//! The outer form of a callback: `Len`, `Data`, and what Paygate echoes beside them.

use super::form::{Pair, pairs, unescape};
use super::raw::RawCallback;
use crate::error::OpenError;
use paygate_params::ResultMessage;
use paygate_params::message::Doubled;
use std::borrow::Cow;
use std::fmt;

pub(super) const MAX_PAIRS: usize = 256;

/// The outer form of a callback, read and not yet believed.
///
/// Names are read in any case, escapes become bytes. `Len` and `Data` may stand once only.
#[derive(Clone)]
pub struct Envelope<'a> {
    raw: RawCallback<'a>,
    sealed: Option<(usize, Cow<'a, [u8]>)>,
}

impl<'a> Envelope<'a> {
    /// Reads the outer form.
    ///
    /// # Errors
    ///
    /// If it is too large, has too many parameters, or `Len` and `Data` are not there once each (both missing
    /// is an answer in the clear, which the merchant decides about).
    pub fn parse(raw: &RawCallback<'a>) -> Result<Self, OpenError> {
        if raw.len() > RawCallback::MAX_BYTES {
            return Err(OpenError::TooLarge);
        }
        let (mut len, mut data) = (None, None);
        for (index, (form, pair)) in outer_pairs(raw).enumerate() {
            if index >= MAX_PAIRS {
                return Err(OpenError::TooManyParameters);
            }
            let name = unescape(form.get(pair.name).unwrap_or_default());
            let (slot, name) = match &*name {
                name if name.eq_ignore_ascii_case(b"Len") => (&mut len, "Len"),
                name if name.eq_ignore_ascii_case(b"Data") => (&mut data, "Data"),
                _ => continue,
            };
            if slot.replace(unescape(form.get(pair.value).unwrap_or_default())).is_some() {
                return Err(Doubled { name }.into());
            }
        }
        let sealed = match (len, data) {
            (Some(len), Some(data)) => Some((number(&len).ok_or(OpenError::Len)?, trimmed(data))),
            (None, None) => None,
            (None, Some(_)) => return Err(OpenError::Missing { name: "Len" }),
            (Some(_), None) => return Err(OpenError::Missing { name: "Data" }),
        };
        Ok(Self { raw: *raw, sealed })
    }

    /// `Len` and `Data`, unless the answer is in the clear.
    pub(crate) fn sealed(&self) -> Option<(usize, &[u8])> {
        self.sealed.as_ref().map(|(len, data)| (*len, &**data))
    }

    /// The outer parameters besides `Len` and `Data`, in order, without their escapes: the echoes of `Custom`
    /// and `Plain`.
    ///
    /// They stand outside the encryption and the MAC, so whoever called wrote them.
    pub fn extras(&self) -> impl Iterator<Item = (Cow<'a, [u8]>, Cow<'a, [u8]>)> + use<'a> {
        outer_pairs(&self.raw)
            .map(|(form, pair)| {
                let part = |range| unescape(form.get(range).unwrap_or_default());
                (part(pair.name), part(pair.value))
            })
            .filter(|(name, _)| !name.eq_ignore_ascii_case(b"Len") && !name.eq_ignore_ascii_case(b"Data"))
    }

    /// Whether any outer parameter is one of this result's: an answer in the clear, and not just something.
    pub(crate) fn holds_parameters_of<R: ResultMessage>(&self) -> bool {
        self.extras().any(|(name, _)| R::row(&name).is_some())
    }

    pub(crate) fn raw(&self) -> &RawCallback<'a> {
        &self.raw
    }
}

/// The pairs of the query, then those of the body, each with the form that it stands in.
pub(super) fn outer_pairs<'a>(raw: &RawCallback<'a>) -> impl Iterator<Item = (&'a [u8], Pair)> + use<'a> {
    raw.forms().into_iter().flat_map(|form| pairs(form).map(move |pair| (form, pair)))
}

/// Cuts blanks off the ends of `Data`, as a copied URL or a sloppy proxy leaves them.
fn trimmed(data: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    match data {
        Cow::Borrowed(data) => Cow::Borrowed(data.trim_ascii()),
        Cow::Owned(data) => Cow::Owned(data.trim_ascii().to_vec()),
    }
}

/// Reads `Len`; blanks around it are of no consequence, signs are.
fn number(text: &[u8]) -> Option<usize> {
    let digits = text.trim_ascii();
    if digits.is_empty() || digits.len() > 5 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    str::from_utf8(digits).ok()?.parse().ok()
}

impl fmt::Debug for Envelope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope").field("raw", &self.raw).field("encrypted", &self.sealed.is_some()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::raw::Route;

    fn parse(form: &[u8]) -> Result<Envelope<'_>, OpenError> {
        Envelope::parse(&RawCallback::post(Route::Notify, form))
    }

    #[test]
    fn names_are_read_in_any_case_and_order() {
        for form in ["Len=3&Data=AB", "data=AB&LEN=3", "DATA=A%42&len=%33", "x=1&Len=+3&%44ata=AB&y"] {
            assert_eq!(parse(form.as_bytes()).unwrap().sealed(), Some((3, &b"AB"[..])), "{form}");
        }
    }

    #[test]
    fn len_and_data_stand_once() {
        assert_eq!(parse(b"Len=3&len=3&Data=AB").unwrap_err(), Doubled { name: "Len" }.into());
        assert_eq!(parse(b"Len=3&Data=AB&DATA=AB").unwrap_err(), Doubled { name: "Data" }.into());
        assert_eq!(parse(b"Len=3").unwrap_err(), OpenError::Missing { name: "Data" });
        assert_eq!(parse(b"Data=AB").unwrap_err(), OpenError::Missing { name: "Len" });
    }

    #[test]
    fn len_is_a_plain_number() {
        for len in ["", "-1", "%2B1", "1.0", "0x10", "1e3", "999999", "99999999999999999999", "1 2", "٣"] {
            assert_eq!(parse(format!("Len={len}&Data=AB").as_bytes()).unwrap_err(), OpenError::Len, "{len}");
        }
    }

    #[test]
    fn len_has_up_to_five_digits() {
        assert_eq!(parse(b"Len=99999&Data=AB").unwrap().sealed(), Some((99999, &b"AB"[..])));
    }

    #[test]
    fn limits_are_checked_before_work_is_done() {
        assert_eq!(parse(&vec![b'a'; RawCallback::MAX_BYTES + 1]).unwrap_err(), OpenError::TooLarge);
        assert!(parse(&vec![b'a'; RawCallback::MAX_BYTES]).is_ok());
        let many = |n: usize| vec!["a=1"; n].join("&").into_bytes();
        assert!(parse(&many(256)).is_ok());
        assert_eq!(parse(&many(257)).unwrap_err(), OpenError::TooManyParameters);
    }

    #[test]
    fn blanks_and_line_breaks_at_the_ends_lose_nothing() {
        for form in [
            "Len=3&Data=AB\r\n",
            "Len=3&Data=AB\n",
            "Len=3&Data=AB+",
            "Len=3&Data=%20AB%0A",
            "Data=AB&Len=3\r\n",
        ] {
            assert_eq!(parse(form.as_bytes()).unwrap().sealed(), Some((3, &b"AB"[..])), "{form:?}");
        }
    }

    #[test]
    fn the_query_of_a_post_counts_with_its_body() {
        let both = |query: &'static [u8], body: &'static [u8]| {
            Envelope::parse(&RawCallback::post(Route::Notify, body).with_query(query))
        };
        for (query, body) in [("?Len=3&Data=AB", ""), ("Len=3", "Data=AB"), ("x=1", "Len=3&Data=AB")] {
            assert_eq!(
                both(query.as_bytes(), body.as_bytes()).unwrap().sealed(),
                Some((3, &b"AB"[..])),
                "{query}"
            );
        }
        assert_eq!(both(b"Len=3", b"Len=3&Data=AB").unwrap_err(), Doubled { name: "Len" }.into());
    }

    #[test]
    fn echoes_are_kept_in_order_without_their_escapes() {
        let form = b"session=a+b&Len=3&V1&Data=AB&x=%FC";
        let extras: Vec<_> =
            parse(form).unwrap().extras().map(|(n, v)| (n.into_owned(), v.into_owned())).collect();
        let expected: [(&[u8], &[u8]); 3] = [(b"session", b"a b"), (b"V1", b""), (b"x", b"\xFC")];
        assert_eq!(extras, expected.map(|(n, v)| (n.to_vec(), v.to_vec())));
    }
}

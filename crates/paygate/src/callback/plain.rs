//! An answer in the clear: the same fields, escaped, and the same MAC.

use super::envelope::outer_pairs;
use super::form::unescape;
use super::key_trial::{Found, first_that_holds};
use super::raw::RawCallback;
use crate::error::{OpenError, VerifyError};
use paygate_crypto::{KeyPair, KeyRing};

/// Tries every pair of keys that has not ended on the outer pairs; the buffer holds them without their escapes.
pub(crate) fn find_plain<T>(
    keys: &KeyRing,
    now: u64,
    raw: &RawCallback<'_>,
    buffer: &mut [u8],
    check: impl Fn(&[u8], &KeyPair) -> Result<T, VerifyError>,
) -> Result<Found<T>, VerifyError> {
    let end = write(raw, buffer)?;
    let text = buffer.get(..end).unwrap_or_default();
    first_that_holds(keys, now, |pair| Ok((check(text, pair)?, end)))
}

/// Writes the pairs of query and body as a plaintext, and returns its length.
pub(crate) fn write(raw: &RawCallback<'_>, buffer: &mut [u8]) -> Result<usize, OpenError> {
    let needed = raw.len().saturating_add(1);
    let mut end: usize = 0;
    for (form, pair) in outer_pairs(raw) {
        let equals: &[u8] = if pair.has_equals_sign() { b"=" } else { b"" };
        let part = |range| unescape(form.get(range).unwrap_or_default());
        let (name, value) = (part(pair.name), part(pair.value));
        let separator: &[u8] = if end == 0 { b"" } else { b"&" };
        let parts: [(&[u8], &[u8]); 4] = [(separator, b""), (&name, b"&="), (equals, b""), (&value, b"&")];
        for (part, held) in parts {
            let next = end.saturating_add(part.len());
            let room = buffer.get_mut(end..next).ok_or(OpenError::Buffer { needed })?;
            for (to, from) in room.iter_mut().zip(part) {
                // What was escaped must not become a separator; no signed value can hold one anyway.
                *to = if held.contains(from) { b'+' } else { *from };
            }
            end = next;
        }
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::raw::Route;

    #[test]
    fn what_is_written_is_as_long_as_what_was_read_or_shorter() {
        let raw = RawCallback::post(Route::Notify, b"a&b=&&c=1=2&d+%26%3D&e&f&").with_query(b"?q");
        let mut buffer = [0; 40];
        let end = write(&raw, &mut buffer).unwrap();
        assert_eq!(buffer[..end], *b"q&a&b=&c=1=2&d ++&e&f");
        assert!(end <= raw.len());
    }
}

//! The payload: method, route, query and body, one after the other.

use ::paygate::{RawCallback, Route};

/// The first byte; another layout gets another one.
const VERSION: u8 = 1;

pub(super) fn write(method: &str, raw: &RawCallback<'_>) -> Vec<u8> {
    let route = match raw.route() {
        Route::Success => b's',
        Route::Failure => b'f',
        Route::Notify => b'n',
    };
    let mut payload = vec![VERSION, route];
    for part in [method.as_bytes(), raw.query()] {
        payload.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        payload.extend(part);
    }
    payload.extend(raw.body());
    payload
}

/// `None` where it is not this method's, or was not written by [`write`].
pub(super) fn read<'a>(method: &str, payload: &'a [u8]) -> Option<RawCallback<'a>> {
    let [VERSION, route, rest @ ..] = payload else { return None };
    let route = match route {
        b's' => Route::Success,
        b'f' => Route::Failure,
        b'n' => Route::Notify,
        _ => return None,
    };
    let (named, rest) = part(rest)?;
    let (query, body) = part(rest)?;
    (named == method.as_bytes()).then(|| RawCallback::post(route, body).with_query(query))
}

fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*len)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for route in [Route::Success, Route::Failure, Route::Notify] {
            for (query, body) in [("", ""), ("Len=1", ""), ("", "Data=00"), ("a=\u{e4}", "b")] {
                let raw = RawCallback::post(route, body.as_bytes()).with_query(query.as_bytes());
                assert!(read("trustly", &write("trustly", &raw)) == Some(raw));
            }
        }
    }

    #[test]
    fn what_is_cut_or_another_methods_is_not_read() {
        let whole = write("trustly", &RawCallback::get(Route::Success, b"Len=1&Data=00"));
        assert!((0..whole.len()).all(|end| read("trustly", &whole[..end]).is_none()));
        assert!(read("swish", &whole).is_none());
        assert!(read("trustly", &[2, b'n', 0, 0, 0, 0, 0, 0, 0, 0]).is_none());
    }
}

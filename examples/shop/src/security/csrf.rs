//! Forms that only our own pages can send.
//!
//! A page of another site can send a form here, and the browser adds the cookie; what it cannot do is read the cookie or our
//! pages. So each form repeats a text that follows from the cookie, or from the unguessable name of an order's page.

use super::secret;

/// The form does not come from a page of ours, or from one of another session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the form does not come from a page of this session")]
pub struct Forged;

/// What a form of this session, or of this order's page, has to repeat.
#[must_use]
pub fn token(holder: &str) -> String {
    secret::digest(&["form", holder])
}

/// Lets a form pass.
///
/// # Errors
///
/// If the form repeats something else.
pub fn verify(holder: &str, given: &str) -> Result<(), Forged> {
    if secret::same(&token(holder), given) { Ok(()) } else { Err(Forged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_session_does_not_pass() {
        assert_eq!(verify("a", &token("a")), Ok(()));
        assert_eq!(verify("a", &token("b")), Err(Forged));
        assert_eq!(verify("a", ""), Err(Forged));
        assert_eq!(verify("a", "a"), Err(Forged));
    }
}

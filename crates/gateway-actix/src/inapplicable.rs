//! Results that are Paygate's own and cannot be applied: a matter for a person.

use paygate::{Route, Signed, VerifyError};

/// An authentic result that no handler gets, since it cannot be applied: it contradicts itself, names another merchant, or
/// came to a URL that it is not sent to.
///
/// The money may be there all the same. Store it, show it to a person and ask Paygate by an inquiry. The same one may come
/// again, also from whoever copied it out of a browser, so store it by its five signed fields, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inapplicable {
    route: Route,
    method: &'static str,
    signed: Signed,
    error: VerifyError,
}

impl Inapplicable {
    /// `None` where nobody knows who sent it.
    pub(crate) fn of(route: Route, method: &'static str, error: &VerifyError) -> Option<Self> {
        Some(Self { route, method, signed: *error.kept()?, error: error.clone() })
    }

    /// Which URL was called.
    #[must_use]
    pub fn route(&self) -> Route {
        self.route
    }

    /// The name of the payment method, for example `trustly`.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The five fields that the MAC covers.
    #[must_use]
    pub fn signed(&self) -> &Signed {
        &self.signed
    }

    /// Why it cannot be applied; [`VerifyError::kind`] has it in a word.
    #[must_use]
    pub fn error(&self) -> &VerifyError {
        &self.error
    }
}

//! Why a call came to nothing.

use crate::TransportError;

/// Why a call has no answer that says anything.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError<E> {
    /// No answer came. Whether the call may have been carried out all the same: [`TransportError::sent`].
    #[error(transparent)]
    Transport(TransportError),
    /// An answer came, and says nothing. The call may have worked all the same.
    #[error(transparent)]
    Answer(E),
}

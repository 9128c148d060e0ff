//! A request that the simulator did not carry out.

use paygate::{Code, PayId};
use std::fmt;
use std::time::Duration;

/// A request that was not carried out, and why.
#[derive(Clone)]
#[non_exhaustive]
pub struct RefusedRequest {
    /// When, since the simulator started.
    pub at: Duration,
    /// The file that was asked for, for example `trustly.aspx`.
    pub file: String,
    /// The code of the answer; `None` where the request could not even be read, which is answered with an HTML page.
    pub code: Option<Code>,
    /// The name that the refused payment was given; `None` for other requests.
    pub pay_id: Option<PayId>,
    /// Every reason, for people. No values stand in them.
    pub reasons: Vec<String>,
    /// The request, decrypted; empty where it could not be read.
    pub sent: Vec<(String, String)>,
}

impl fmt::Debug for RefusedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefusedRequest")
            .field("file", &self.file)
            .field("code", &self.code)
            .field("reasons", &self.reasons)
            .finish_non_exhaustive()
    }
}

//! What may go wrong on purpose, each by a name.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $Name:ident = $name:literal,)+) => {
        /// One way to misbehave.
        ///
        /// ```
        /// use gateway_simulator::paygate::Fault;
        /// assert_eq!("missing-mac".parse(), Ok(Fault::MissingMac));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Fault {$(
            $(#[doc = $doc])+
            $Name,
        )+}

        impl Fault {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$Name),+];

            /// The name of the fault, as the command, the console and the API take it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {$(Self::$Name => $name,)+}
            }

            /// What it does, in one or a few sentences.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self {$(Self::$Name => concat!($($doc),+).trim_ascii(),)+}
            }
        }
    };
}

faults! {
    /// The notify is sent, and answered, before the browser is sent back.
    NotifyFirst = "notify-first",
    /// The browser is sent back, and no notify is ever sent.
    RedirectOnly = "redirect-only",
    /// The notify is sent, and the browser never comes back: the customer closed the window after paying.
    NotifyOnly = "notify-only",
    /// Each notify is sent twice, one behind the other.
    Doubled = "doubled",
    /// The final notify comes first, and the AUTHORIZE_REQUEST that should have come before it comes behind it. For payments
    /// that are approved or in process.
    Reordered = "reordered",
    /// The payment stays open at the redirect, and the final notify comes two hours later. For payments that are approved or
    /// in process.
    LateFinal = "late-final",
    /// An approved payment is reported as FAILED and, a minute later, under the same PayID as OK.
    FailedThenOk = "failed-then-ok",
    /// One hex digit of Data is changed on the way, in the block that holds the Status. Repeats arrive unharmed.
    Tampered = "tampered",
    /// The Data of a payment that failed comes to URLSuccess instead of URLFailure, as somebody would copy it.
    CopiedFailure = "copied-failure",
    /// In place of its own, the payment's callbacks carry the Data of another attempt that was paid.
    OtherAttempt = "other-attempt",
    /// The callbacks have no MAC.
    MissingMac = "missing-mac",
    /// The callbacks have the MAC of somebody who has the encryption key alone.
    ForgedMac = "forged-mac",
    /// The callbacks are sealed with other keys than the shop's.
    WrongKey = "wrong-key",
    /// The callbacks carry a name with umlauts in ISO-8859-1.
    Latin1 = "latin1",
    /// The callbacks carry a name with umlauts in UTF-8, and Len counts characters, not bytes.
    Utf8LenInChars = "utf8-len-in-chars",
    /// The Description has 2000 characters where 1024 are allowed.
    LongDescription = "long-description",
    /// Each delivery of the same result has another XID.
    ChangedXid = "changed-xid",
    /// The body of a notify, or of an answer to a call, comes drop by drop.
    Slow = "slow",
    /// The connection breaks off in the middle of a notify, or of an answer to a call. Repeats arrive whole.
    Broken = "broken",
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no fault of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such fault; the faults are: {}", Names)]
pub struct UnknownFault;

/// Prints the names of all faults.
struct Names;

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in Fault::ALL.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{fault}")?;
        }
        Ok(())
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name).ok_or(UnknownFault)
    }
}

/// The faults that a payment has, in no order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(BTreeSet<Fault>);

impl Faults {
    /// Whether this one is among them.
    #[must_use]
    pub fn has(&self, fault: Fault) -> bool {
        self.0.contains(&fault)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Fault> {
        self.0.iter().copied()
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<I: IntoIterator<Item = Fault>>(faults: I) -> Self {
        Self(faults.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_found_by_its_name_and_explained() {
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(*fault));
            assert!(fault.explanation().ends_with('.'), "{fault}");
        }
        let unknown = "nonsense".parse::<Fault>().unwrap_err().to_string();
        assert!(unknown.contains("missing-mac, forged-mac"), "{unknown}");
    }
}

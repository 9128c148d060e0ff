//! The merchant: account, keys, endpoint and rules, put together once and shared by all payments.

use crate::profile::Profile;
use paygate_crypto::KeyRing;
use paygate_params::{BaseUrl, Charset, MerchantId};
use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A merchant's account at Paygate. Cheap to clone; keys are expanded once and wiped with the last clone.
///
/// ```
/// use paygate::{EncryptionKey, KeyPair, KeyRing, MacKey, Merchant, MerchantId};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let (encryption_password, hmac_password) = ("0123456789abcdef", "mySecret");
/// let keys = KeyRing::new(KeyPair::new(
///     EncryptionKey::blowfish_from_text(encryption_password)?,
///     MacKey::from_text(hmac_password)?,
/// ));
/// let merchant = Merchant::new(MerchantId::new("YourMerchantId")?, keys);
/// assert_eq!(format!("{merchant:?}"), r#"Merchant { id: "YourMerchantId", test: false, .. }"#);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Merchant(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    id: MerchantId,
    keys: KeyRing,
    profile: Profile,
    /// In place of the profile's, whichever of the two was given first: a simulator must not become the real one.
    endpoint: Option<BaseUrl>,
    test: bool,
    plain_answers: bool,
}

impl Merchant {
    /// A live merchant at Computop's own endpoint, with the rules of the Trustly page.
    #[must_use]
    pub fn new(id: MerchantId, keys: KeyRing) -> Self {
        Self(Arc::new(Inner {
            id,
            keys,
            profile: Profile::default(),
            endpoint: None,
            test: false,
            plain_answers: false,
        }))
    }

    fn with(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// Uses another endpoint than the profile's: a simulator on this machine, or a white label's host.
    #[must_use]
    pub fn with_endpoint(self, endpoint: BaseUrl) -> Self {
        self.with(|inner| inner.endpoint = Some(endpoint))
    }

    /// Uses another profile. An endpoint that was given by [`Merchant::with_endpoint`] stays.
    #[must_use]
    pub fn with_profile(self, profile: Profile) -> Self {
        self.with(|inner| inner.profile = profile)
    }

    /// Marks the merchant as test: it seals requests that ask for simulation, which a live one refuses.
    #[must_use]
    pub fn marked_as_test(self) -> Self {
        self.with(|inner| inner.test = true)
    }

    /// Asks for answers in the clear, without `Response=encrypt`, and takes them. Their MAC must hold all the
    /// same, but everybody on the way can read them.
    #[must_use]
    pub fn with_plain_answers(self) -> Self {
        self.with(|inner| inner.plain_answers = true)
    }

    /// The merchant's id.
    #[must_use]
    pub fn id(&self) -> &MerchantId {
        &self.0.id
    }

    /// Where its Paygate is.
    #[must_use]
    pub fn endpoint(&self) -> &BaseUrl {
        self.0.endpoint.as_ref().unwrap_or_else(|| self.0.profile.endpoint())
    }

    /// Its rules.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.0.profile
    }

    /// The charset in which the free text of answers is read.
    #[must_use]
    pub fn charset(&self) -> Charset {
        self.0.profile.charset()
    }

    /// Whether it is marked as test.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.0.test
    }

    /// Whether it takes answers in the clear.
    #[must_use]
    pub fn takes_plain_answers(&self) -> bool {
        self.0.plain_answers
    }

    pub(crate) fn keys(&self) -> &KeyRing {
        &self.0.keys
    }

    /// The time by which keys end, in seconds since 1970; the clock is asked only where a key has an end, and one
    /// before 1970 has none ended.
    pub(crate) fn now(&self, clock: impl FnOnce() -> SystemTime) -> u64 {
        let seconds = || clock().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        if self.keys().has_ends() { seconds() } else { 0 }
    }
}

impl fmt::Debug for Merchant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Merchant")
            .field("id", &self.0.id.as_str())
            .field("test", &self.0.test)
            .finish_non_exhaustive()
    }
}

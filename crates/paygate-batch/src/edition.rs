//! Versions as types: what a version's lines cannot hold does not compile.

use crate::{Minor, Version};
use paygate_params::{MerchantId, RefNr};

/// A version, and whether the file is that of a master MID: all that decides which fields a line has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    version: Version,
    master: bool,
}

/// Files of version 1.x and older have no master MID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a file of version {0} has no slave MIDs, only one of version 2.* has")]
pub struct NoMaster(
    /// The version.
    pub Version,
);

impl Layout {
    /// The file of one MID.
    #[must_use]
    pub const fn new(version: Version) -> Self {
        Self { version, master: false }
    }

    /// The file of a master MID, whose lines each name a slave MID.
    ///
    /// # Errors
    ///
    /// If the version has no such files.
    pub const fn master(version: Version) -> Result<Self, NoMaster> {
        if version.may_have_slave() { Ok(Self { version, master: true }) } else { Err(NoMaster(version)) }
    }

    /// The version.
    #[must_use]
    pub const fn version(self) -> Version {
        self.version
    }

    /// Whether lines name a slave MID.
    #[must_use]
    pub const fn is_master(self) -> bool {
        self.master
    }
}

/// A layout that is known when the program is compiled, or [`Layout`] for one that is not. Closed.
///
/// ```
/// use paygate_batch::{Edition, Master, Minor, V1_0, V2x, Version};
///
/// assert_eq!(V1_0.layout().version(), Version::V1_0);
/// assert!(Master(V2x(Minor::new(1)?)).layout().is_master());
/// # Ok::<(), paygate_batch::UnknownVersion>(())
/// ```
///
/// ```compile_fail
/// use paygate_batch::{Edition, Master, V1_0};
/// Master(V1_0).layout(); // 1.0 knows no master MID
/// ```
pub trait Edition: sealed::Sealed + Copy {
    /// What a line holds for RefNr: nothing, or one that may be empty.
    type RefNr: Part<RefNr>;
    /// What a line holds for the slave MID: nothing, or one that must be there.
    type Slave: Part<MerchantId>;

    /// Which fields its lines have.
    fn layout(self) -> Layout;
}

/// A field that is there, may be there, or is not. Closed.
pub trait Part<T>: sealed::Sealed {
    /// The value, where there is one.
    fn value(&self) -> Option<&T>;
}

/// Version 1.0: no RefNr, no Code in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct V1_0;

/// Version 1.x: RefNr, and Code in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct V1x(
    /// The `x`.
    pub Minor,
);

/// Version 2.0: RefNr, no Code in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct V2_0;

/// Version 2.x: RefNr, and Code in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct V2x(
    /// The `x`.
    pub Minor,
);

/// The file of a master MID, of a version 2.*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Master<V>(
    /// The version.
    pub V,
);

macro_rules! editions {
    ($($edition:ty: $ref_nr:ty, $slave:ty, |$this:ident| $layout:expr;)+) => {$(
        impl sealed::Sealed for $edition {}

        impl Edition for $edition {
            type RefNr = $ref_nr;
            type Slave = $slave;

            fn layout(self) -> Layout {
                let $this = self;
                $layout
            }
        }
    )+};
}

editions! {
    V1_0: (), (), |_this| Layout::new(Version::V1_0);
    V1x: Option<RefNr>, (), |this| Layout::new(Version::V1x(this.0));
    V2_0: Option<RefNr>, (), |_this| Layout::new(Version::V2_0);
    V2x: Option<RefNr>, (), |this| Layout::new(Version::V2x(this.0));
    Master<V2_0>: Option<RefNr>, MerchantId, |_this| Layout { version: Version::V2_0, master: true };
    Master<V2x>: Option<RefNr>, MerchantId, |this| Layout { version: Version::V2x(this.0.0), master: true };
    Layout: Option<RefNr>, Option<MerchantId>, |this| this;
}

impl<T> Part<T> for () {
    fn value(&self) -> Option<&T> {
        None
    }
}

impl<T> Part<T> for Option<T>
where
    Self: sealed::Sealed,
{
    fn value(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl Part<Self> for MerchantId {
    fn value(&self) -> Option<&Self> {
        Some(self)
    }
}

mod sealed {
    use paygate_params::{MerchantId, RefNr};

    pub trait Sealed {}

    impl Sealed for () {}
    impl Sealed for MerchantId {}
    impl Sealed for Option<MerchantId> {}
    impl Sealed for Option<RefNr> {}
}

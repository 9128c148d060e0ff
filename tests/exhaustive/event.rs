//! What Paygate, a customer's browser or somebody else may tell the shop.

use paygate::testing::{self, Callback};
use paygate::{EncryptionKey, Expected, KeyPair, KeyRing, MacKey, Merchant, MerchantId, Merchants};

/// The attempt that is there from the start, and the one for another basket.
pub(crate) const FIRST: &str = "tea-1";
pub(crate) const SECOND: &str = "tea-2";

/// What each costs, in cents.
pub(crate) const COSTS: [u64; 2] = [1290, 2580];

/// The payments that Paygate makes of them.
pub(crate) const PAYMENTS: [&str; 3] = [
    "0000000000000000000000000000000a",
    "0000000000000000000000000000000b",
    "0000000000000000000000000000000c",
];

/// What a callback says, for the rules: told by whoever wrote the callback, not by the code that reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    Open,
    Failed,
    Paid,
    /// It is Paygate's own, and cannot be applied to any attempt: a person has to look.
    Inapplicable,
    /// Nobody knows who sent it.
    Forged,
}

/// Who carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Server,
    Browser,
    Both,
}

#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    pub(crate) says: Says,
    pub(crate) by: By,
    pub(crate) trans_id: &'static str,
    pub(crate) pay_id: &'static str,
    pub(crate) form: String,
}

/// The accounts of the shop: the first one makes all its attempts.
pub(crate) fn merchants() -> Merchants {
    Merchants::new(testing::merchant()).with(other())
}

fn other() -> Merchant {
    let encryption = EncryptionKey::blowfish_from_text("throw-away-key-2").unwrap();
    let mac = MacKey::from_text("another-throw-away-mac-key-of-ours").unwrap();
    Merchant::new(MerchantId::new("other_merchant").unwrap(), KeyRing::new(KeyPair::new(encryption, mac)))
        .marked_as_test()
}

impl Event {
    fn new(name: &'static str, says: Says, by: By, trans_id: &'static str, pay_id: usize) -> Self {
        Self::of(&testing::merchant(), name, says, by, trans_id, pay_id, |callback| callback)
    }

    fn of(
        merchant: &Merchant,
        name: &'static str,
        says: Says,
        by: By,
        trans_id: &'static str,
        pay_id: usize,
        change: impl FnOnce(Callback) -> Callback,
    ) -> Self {
        let costs = COSTS[usize::from(trans_id == SECOND)];
        let expected: Expected = testing::expected(merchant, trans_id, costs);
        let callback = match says {
            Says::Open => Callback::open(&expected),
            Says::Failed => Callback::failed(&expected, "21550053"),
            Says::Paid | Says::Inapplicable | Says::Forged => Callback::paid(&expected),
        };
        let pay_id = PAYMENTS[pay_id];
        let form = change(callback.with("PayID", pay_id)).form(merchant).unwrap();
        Self { name, says, by, trans_id, pay_id, form }
    }

    pub(crate) fn open(by: By) -> Self {
        Self::new("open", Says::Open, by, FIRST, 0)
    }

    pub(crate) fn failed(by: By) -> Self {
        Self::new("failed", Says::Failed, by, FIRST, 0)
    }

    pub(crate) fn paid(by: By) -> Self {
        Self::new("paid", Says::Paid, by, FIRST, 0)
    }

    /// The same redirect, followed twice, makes two payments.
    pub(crate) fn paid_twice(by: By) -> Self {
        Self::new("paid once more", Says::Paid, by, FIRST, 1)
    }

    /// That of another basket, which the customer wanted later.
    pub(crate) fn paid_for_the_second(by: By) -> Self {
        Self::new("paid for another basket", Says::Paid, by, SECOND, 2)
    }

    /// It names the payment of another attempt: whichever comes first has it.
    pub(crate) fn payment_of_the_first(by: By) -> Self {
        Self::new("another attempt's payment", Says::Paid, by, SECOND, 0)
    }

    /// OK, with a code that says something else.
    pub(crate) fn contradictory(by: By) -> Self {
        let change = |callback: Callback| callback.with("Code", "60000985");
        Self::of(&testing::merchant(), "contradictory", Says::Inapplicable, by, FIRST, 0, change)
    }

    pub(crate) fn of_an_attempt_that_nobody_knows(by: By) -> Self {
        Self {
            says: Says::Inapplicable,
            ..Self::new("an attempt that nobody knows", Says::Paid, by, "tea-9", 2)
        }
    }

    /// Authentic for the other account, whose TransID is the same by chance.
    pub(crate) fn of_the_other_account(by: By) -> Self {
        Self::of(&other(), "the other account's", Says::Inapplicable, by, FIRST, 0, |callback| callback)
    }

    /// Whoever made them has no key.
    pub(crate) fn forged() -> Vec<Self> {
        let forged = Self::of(
            &testing::merchant(),
            "a forged MAC",
            Says::Forged,
            By::Both,
            FIRST,
            0,
            Callback::with_forged_mac,
        );
        let form = "Len=8&Data=0011223344556677".to_owned();
        vec![Self { name: "random bytes", form, ..forged.clone() }, forged]
    }
}

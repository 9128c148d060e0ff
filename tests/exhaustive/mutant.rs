//! Shops with a mistake, each of which a walk has to find: a rule that no mistake breaks would be no rule.

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutant {
    /// Whatever names an attempt's TransID pays for it, whoever's account it is of.
    ForgetsToBind,
    /// The newest result counts, whatever was known before.
    LetsStatesFall,
    /// A delivery counts as handled before it is, in a change of its own.
    CompletesFirst,
    /// Whoever has claimed a delivery at any time may complete it.
    CompletesWithoutToken,
    /// What came is acknowledged at once, and stored afterwards.
    AcknowledgesFirst,
    /// What is under way does not count against what was paid.
    CountsOnlyDone,
    /// A refund without an answer is sent once more.
    SendsAgainUnasked,
    /// An answer that was not told counts as nothing given back, and a young refund as an old one.
    TakesSilenceForNothing,
}

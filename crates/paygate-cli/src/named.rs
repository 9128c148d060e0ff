//! Payment methods and follow-ups by their names on the command line: the library's lists, and no second one.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use paygate::follow_ups::{self, FollowUpVisitor};
use paygate::methods::{self, MethodVisitor};

/// The list and the look-up behind it come from the same lines, so nobody ever sees this.
#[derive(Debug, thiserror::Error)]
#[error("is listed and unknown")]
struct Unlisted;

/// Takes the name of a payment method, and becomes what the visitor makes of it.
pub(crate) fn method<V>(visitor: V) -> impl TypedValueParser<Value = V::Output>
where
    V: MethodVisitor<Output: Clone + Send + Sync + 'static> + Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(methods::NAMES.iter().copied())
        .try_map(move |name| methods::visit(&name, visitor).ok_or(Unlisted))
}

/// Takes the name of a payment method or of a follow-up, and becomes what the visitor makes of it.
pub(crate) fn message<V, T>(visitor: V) -> impl TypedValueParser<Value = T>
where
    V: MethodVisitor<Output = T> + FollowUpVisitor<Output = T> + Copy + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(methods::NAMES.iter().chain(follow_ups::NAMES).copied()).try_map(move |name| {
        methods::visit(&name, visitor).or_else(|| follow_ups::visit(&name, visitor)).ok_or(Unlisted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_follow_up_has_the_name_of_a_method() {
        assert!(!follow_ups::NAMES.iter().any(|name| methods::NAMES.contains(name)));
    }
}

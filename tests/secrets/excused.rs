//! What is not held to the rule, and why.

/// Public types that are not shown with canaries.
pub(crate) const TYPES: &[(&str, &str)] = &[(
    "gateway_inbox::database::value::Value",
    "stands in a trait that nobody outside can name, and has no Debug",
)];

/// Variants that are not shown by name.
pub(crate) const VARIANTS: &[(&str, &str)] = &[
    ("gateway_inbox::database::value::Value::Integer", "its type is excused"),
    ("gateway_inbox::database::value::Value::Text", "its type is excused"),
    ("gateway_inbox::database::value::Value::Bytes", "its type is excused"),
    ("gateway_inbox::refund::error::RefundError::Changed", "is shown, and Debug names no variant"),
    ("gateway_inbox::refund::error::RefundError::TooMuch", "is shown, and Debug names no variant"),
];

/// Ways of being shown that tell something by design.
pub(crate) const WAYS: &[(&str, &str)] = &[(
    "paygate_params::message::result::Issue by Display",
    "names the parameter, and an unknown one is named as it was received, escaped; Debug shows names of the table alone",
)];

//! `paygate seal`: pairs of names and values become the redirect to Paygate, or a list of all that is wrong.

use crate::args::SealArgs;
use crate::encrypt::MAX_TEXT;
use crate::failure::{Failure, Refusal};
use crate::input;
use crate::output::{self, Exit, Output};
use paygate::methods::MethodVisitor;
use paygate::{LeftOut, Merchant, Method, SealError, Sealed, Settings, Violation};
use serde_json::{Map, Value, json};

/// Seals a request of one payment method.
pub(crate) type SealAs = fn(&Merchant, &[(&str, &str)]) -> Result<Sealed, SealError>;

/// Finds how a payment method's requests are sealed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sealing;

impl MethodVisitor for Sealing {
    type Output = SealAs;

    fn visit<M: Method>(self) -> SealAs {
        |merchant, pairs| merchant.seal_pairs::<M>(pairs.iter().copied())
    }
}

/// A rule that is broken, and by which parameter where it is one.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The parameter in the vendor's spelling, or as it was given.
    pub(crate) parameter: Option<String>,
    /// The parameter and the rule, for people.
    pub(crate) message: String,
}

/// Seals a request.
pub(crate) fn run(args: &SealArgs, settings: &Settings, output: Output) -> Result<Exit, Failure> {
    let merchant = settings.merchant()?;
    let merchant = if args.test { merchant.marked_as_test() } else { merchant };
    let stdin;
    let (pairs, mut rules) = if args.pairs.iter().map(|pair| pair.as_encoded_bytes()).eq([b"-"]) {
        stdin = input::stdin(MAX_TEXT)?
            .ok_or_else(|| refused(format!("standard input has more than {MAX_TEXT} bytes")))?;
        let lines = stdin.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        split("line", lines.zip(1..).filter(|(line, _)| !line.trim_ascii().is_empty()))
    } else {
        split("argument", args.pairs.iter().map(|pair| pair.as_encoded_bytes()).zip(1..))
    };
    // Sealed even when a line is already wrong, so that all that is wrong is told at once.
    let sealed = match (args.seal_as)(&merchant, &pairs) {
        Ok(sealed) if rules.is_empty() => sealed,
        Ok(_) => return Err(Refusal::Seal(rules).into()),
        Err(SealError::Rules(violations)) => {
            rules.extend(violations.iter().map(Rule::from));
            return Err(Refusal::Seal(rules).into());
        }
        Err(other) => return Err(refused(other.to_string()).into()),
    };
    for left_out in &sealed.left_out {
        output::warn(left_out);
    }
    output.result(|| text(&sealed, args.form), || json(&sealed, args.form))?;
    Ok(Exit::Done)
}

/// Splits pairs at their first `=`; what cannot be split is a broken rule, told by its number.
fn split<'a>(
    what: &str,
    pairs: impl Iterator<Item = (&'a [u8], usize)>,
) -> (Vec<(&'a str, &'a str)>, Vec<Rule>) {
    let (mut found, mut rules) = (Vec::new(), Vec::new());
    for (pair, number) in pairs {
        let wrong = |rule| Rule { parameter: None, message: format!("{what} {number} {rule}") };
        match str::from_utf8(pair).map(|pair| pair.split_once('=')) {
            Ok(Some(pair)) => found.push(pair),
            Ok(None) => rules.push(wrong("has no `=`")),
            Err(_) => rules.push(wrong("is not UTF-8")),
        }
    }
    (found, rules)
}

/// A refusal for a reason that is no single parameter's.
fn refused(message: String) -> Refusal {
    Refusal::Seal(vec![Rule { parameter: None, message }])
}

fn text(sealed: &Sealed, form: bool) -> String {
    if form { sealed.redirect.form_html(None) } else { format!("{}\n", sealed.redirect.url()) }
}

fn json(sealed: &Sealed, form: bool) -> Value {
    let redirect = &sealed.redirect;
    let params: Map<String, Value> =
        redirect.params().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    let left_out: Vec<&str> = sealed.left_out.iter().map(LeftOut::parameter).collect();
    let mut json = json!({
        "url": redirect.url(),
        "form_action": redirect.action(),
        "params": params,
        "left_out": left_out,
    });
    if let (true, Some(object)) = (form, json.as_object_mut()) {
        object.insert("form".to_owned(), redirect.form_html(None).into());
    }
    json
}

impl From<&Violation> for Rule {
    fn from(violation: &Violation) -> Self {
        Self { parameter: Some(violation.parameter().to_owned()), message: violation.to_string() }
    }
}

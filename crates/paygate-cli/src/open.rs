//! `paygate open`: a callback is opened, verified, held against an attempt, and told.

use crate::args::OpenArgs;
use crate::failure::{Failure, Refusal};
use crate::input::{self, Operand};
use crate::output::{self, Exit, Output};
use crate::report::Report;
use paygate::methods::MethodVisitor;
use paygate::{Attempt, Envelope, Method, OpenError, RawCallback, Route, Settings, Verdict, VerifyError};

/// The longest callback that the library takes, and a line break behind it.
const MAX_CALLBACK: usize = RawCallback::MAX_BYTES + 2;

/// Opens a callback of one payment method.
pub(crate) type OpenAs = fn(&OpenArgs, &Settings, Output) -> Result<Exit, Failure>;

/// Finds how a payment method's callbacks are opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening;

impl MethodVisitor for Opening {
    type Output = OpenAs;

    fn visit<M: Method>(self) -> OpenAs {
        open::<M>
    }
}

/// Opens a callback with all keys.
fn open<M: Method>(args: &OpenArgs, settings: &Settings, output: Output) -> Result<Exit, Failure> {
    let merchant = settings.merchant()?;
    let stdin;
    let callback = match &args.callback {
        Operand::Given(callback) => callback,
        Operand::Stdin => {
            stdin = input::stdin(MAX_CALLBACK)?.ok_or(Refusal::from(OpenError::TooLarge))?;
            without_line_break(&stdin)
        }
    };
    // Which URL was called is not known here; at the one for notifies every result passes.
    let raw = RawCallback::post(Route::Notify, form(callback));
    let envelope = Envelope::parse(&raw).map_err(VerifyError::from).map_err(Refusal::from)?;
    let callback = merchant.open::<M>(&raw).map_err(Refusal::from)?;
    let bound_to = match args.trans_id {
        None => {
            output::warn("nothing was bound: without --trans-id the callback may be any attempt's");
            None
        }
        Some(trans_id) => match callback.belongs_to(&Attempt::new::<M>(*merchant.id(), trans_id)) {
            Ok(()) => Some(trans_id),
            Err(error) => {
                output::complain(format_args!("not bound: {error}"));
                None
            }
        },
    };
    let report = Report::new(&callback, bound_to, &envelope);
    output.result(|| report.text(), || report.json())?;
    let bound_as_asked = args.trans_id.is_none() || bound_to.is_some();
    Ok(if callback.verdict() == Verdict::Paid && bound_as_asked { Exit::Done } else { Exit::Refused })
}

/// What carries the parameters: all of it, or what follows the first `?` of a URL or of a query.
///
/// A `?` behind the first `=` is part of a value, and leads no query.
fn form(callback: &[u8]) -> &[u8] {
    match callback.iter().position(|byte| matches!(byte, b'?' | b'=')) {
        Some(at) => match callback.split_at_checked(at) {
            Some((_, [b'?', query @ ..])) => query,
            _ => callback,
        },
        None => callback,
    }
}

fn without_line_break(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_found_behind_the_first_question_mark_of_a_url() {
        for callback in
            ["Len=1&Data=00", "?Len=1&Data=00", "/notify?Len=1&Data=00", "https://a.example/b?Len=1&Data=00"]
        {
            assert_eq!(form(callback.as_bytes()), b"Len=1&Data=00", "{callback}");
        }
        assert_eq!(form(b"Len=1&Data=00&Plain=a?b"), b"Len=1&Data=00&Plain=a?b");
        assert_eq!(form(b"?Len=1&Plain=a?b"), b"Len=1&Plain=a?b");
        assert_eq!(form(b""), b"");
        assert_eq!(form(b"?"), b"");
        assert_eq!(form(b"Len"), b"Len");
    }

    #[test]
    fn one_line_break_is_cut_off() {
        for line in ["a", "a\n", "a\r\n"] {
            assert_eq!(without_line_break(line.as_bytes()), b"a");
        }
        assert_eq!(without_line_break(b"a\n\n"), b"a\n");
    }
}

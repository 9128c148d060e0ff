//! How values are shown on a page: what others wrote, amounts, times, and sentences of the tables.

use crate::paygate::ledger::state::State;
use maud::{Escaper, Markup, Render, html};
use paygate::{Code, Money};
use std::fmt::{self, Write};
use std::time::Duration;

/// What others wrote: escaped as everything is, and with controls and marks that turn the direction of writing made
/// visible.
pub(crate) struct Written<'a>(pub(crate) &'a str);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if is_unseen(character) {
                write!(f, "{}", character.escape_unicode())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

impl Render for Written<'_> {
    fn render_to(&self, buffer: &mut String) {
        // Writing to a String cannot fail.
        let _ = write!(Escaper::new(buffer), "{self}");
    }
}

fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{FEFF}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0001}'..='\u{E007F}'
        )
}

/// An amount as people write it; in the smallest unit where nobody knows how many decimals the currency has.
pub(crate) fn money(money: Money) -> String {
    let currency = money.currency();
    match money.to_decimal() {
        Some(decimal) => format!("{decimal} {}", currency.as_str()),
        None => format!("{} of the smallest unit of {}", money.amount().units(), currency.as_str()),
    }
}

/// A time of the simulator's clock: hours, minutes and seconds since it started.
pub(crate) fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    let [hours, minutes, seconds] = [seconds / 3600, seconds / 60 % 60, seconds % 60];
    format!("{hours}:{minutes:02}:{seconds:02}")
}

/// How a payment stands, in its colour.
pub(crate) fn state(state: State) -> Markup {
    let class = match state {
        State::Paid => "good",
        State::Failed => "bad",
        State::AtBank | State::Open => "wait",
    };
    html! { span class=(class) { (state.as_str()) } }
}

/// A code, and what it says.
pub(crate) fn code(code: Code) -> Markup {
    html! { code { (code.as_str()) } " (" (Written(&code.explain().to_string())) ")" }
}

/// A sentence in which names stand between backticks.
pub(crate) fn sentence(text: &str) -> Markup {
    html! {
        @for (index, part) in text.trim().split('`').enumerate() {
            @if index % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_controls_are_made_visible() {
        let text = Written("<b>\"&\u{1b}\u{202e}ü").render().into_string();
        assert_eq!(text, r"&lt;b&gt;&quot;&amp;\u{1b}\u{202e}ü");
    }

    #[test]
    fn a_time_counts_hours_minutes_and_seconds() {
        assert_eq!(time(Duration::from_secs(59)), "0:00:59");
        assert_eq!(time(Duration::from_secs(26 * 3600 + 61)), "26:01:01");
    }

    #[test]
    fn names_between_backticks_become_code() {
        assert_eq!(sentence(" `OK` or not.").into_string(), "<code>OK</code> or not.");
    }
}

//! What types show of themselves, under the name of each type.

use crate::canary;
use serde::Serialize;
use std::any::type_name;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

/// All that was shown.
#[derive(Default)]
pub(crate) struct Shown {
    types: BTreeSet<String>,
    /// Of each type, the first words of what `{:?}` says: of an enum, its variants.
    variants: BTreeSet<String>,
    /// How it was shown, and the text.
    texts: Vec<(String, String)>,
}

/// Shows a value in every way that its type has: `{:?}`, `{:#?}` and a panic, Display, JSON. What it has not is asked for all the
/// same, so that nobody must remember this test when a type gets more.
#[macro_export]
macro_rules! exhibit {
    ($shown:expr, $($value:expr),+ $(,)?) => {$({
        #[allow(unused_imports, reason = "for types that lack one")]
        use $crate::shown::{NoDebug as _, NoDisplay as _, NoJson as _, Probe};
        let value = &$value;
        let (debug, display, json) = (Probe(value).debug(), Probe(value).display(), Probe(value).json());
        $shown.take(value, debug, display, json);
    })+};
}

/// Asks a type what it implements: its own method goes before that of the trait.
pub(crate) struct Probe<'a, T: ?Sized>(pub(crate) &'a T);

#[allow(clippy::unnecessary_wraps, reason = "as the trait that stands in for it")]
impl<T: Debug> Probe<'_, T> {
    pub(crate) fn debug(&self) -> Option<[String; 3]> {
        Some(in_debug(self.0))
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as the trait that stands in for it")]
impl<T: Display + ?Sized> Probe<'_, T> {
    pub(crate) fn display(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as the trait that stands in for it")]
impl<T: Serialize + ?Sized> Probe<'_, T> {
    pub(crate) fn json(&self) -> Option<String> {
        Some(serde_json::to_string(self.0).unwrap())
    }
}

pub(crate) trait NoDebug {
    fn debug(&self) -> Option<[String; 3]> {
        None
    }
}

pub(crate) trait NoDisplay {
    fn display(&self) -> Option<String> {
        None
    }
}

pub(crate) trait NoJson {
    fn json(&self) -> Option<String> {
        None
    }
}

impl<T: ?Sized> NoDebug for Probe<'_, T> {}
impl<T: ?Sized> NoDisplay for Probe<'_, T> {}
impl<T: ?Sized> NoJson for Probe<'_, T> {}

impl Shown {
    pub(crate) fn take<T>(
        &mut self,
        _: &T,
        debug: Option<[String; 3]>,
        display: Option<String>,
        json: Option<String>,
    ) {
        let name = type_name::<T>().split('<').next().unwrap_or_default().to_owned();
        if let Some([text, ..]) = &debug {
            let variant = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            self.variants.insert(format!("{name}::{variant}"));
        }
        let mut say = |way: &str, text: String| self.texts.push((format!("{name} {way}"), text));
        for (way, text) in ["as {:?}", "as {:#?}", "in a panic"].into_iter().zip(debug.into_iter().flatten())
        {
            say(way, text);
        }
        if let Some(text) = display {
            say("by Display", text);
        }
        if let Some(text) = json {
            say("as JSON", text);
        }
        self.types.insert(name);
    }

    /// What was shown by other means, as an event.
    pub(crate) fn text(&mut self, way: &str, text: String) {
        self.texts.push((way.to_owned(), text));
    }

    pub(crate) fn types(&self) -> &BTreeSet<String> {
        &self.types
    }

    pub(crate) fn variants(&self) -> &BTreeSet<String> {
        &self.variants
    }

    /// Each way of being shown that tells a canary, and the text. JSON is for the shop's own tables and may name amounts.
    pub(crate) fn hits(&self) -> Vec<(&str, &str)> {
        let (canaries, amounts) = (canary::texts(), canary::amounts());
        let told = |(way, text): &&(String, String)| {
            let text = text.to_lowercase();
            let dense: String = text.split_whitespace().collect();
            let in_json = way.ends_with("as JSON");
            let mut forbidden = canaries.iter().filter(|canary| !in_json || !amounts.contains(canary));
            forbidden.any(|canary| text.contains(canary.as_str()) || dense.contains(canary.as_str()))
        };
        self.texts.iter().filter(told).map(|(way, text)| (way.as_str(), text.as_str())).collect()
    }
}

thread_local! {
    static ON_PURPOSE: Cell<bool> = const { Cell::new(false) };
}

fn in_debug(value: &dyn Debug) -> [String; 3] {
    [format!("{value:?}"), format!("{value:#?}"), in_a_panic(value)]
}

/// The message of the panic that `unwrap` makes of an error.
fn in_a_panic(value: &dyn Debug) -> String {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !ON_PURPOSE.get() {
                others(info);
            }
        }));
    });
    ON_PURPOSE.set(true);
    #[allow(clippy::unnecessary_literal_unwrap, reason = "it is what a shop would do with an error")]
    let stopped = panic::catch_unwind(AssertUnwindSafe(|| Err::<(), &dyn Debug>(value).unwrap()));
    ON_PURPOSE.set(false);
    *stopped.unwrap_err().downcast::<String>().unwrap()
}

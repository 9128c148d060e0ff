//! `paygate params`: the tables of a payment method or of a follow-up, as on the vendor's page.

use crate::columns::aligned;
use crate::failure::Failure;
use crate::output::{Exit, Output};
use paygate::follow_ups::FollowUpVisitor;
use paygate::methods::MethodVisitor;
use paygate::params::message::Row;
use paygate::{Currency, FollowUp, Message, Method};
use serde_json::{Map, Value, json};

/// What there is to tell of a payment method or of a follow-up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    name: &'static str,
    endpoint: &'static str,
    kind: Kind,
    request: &'static [Row],
    result: &'static [Row],
}

/// What the two kinds of messages differ in.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Method { currencies: &'static [Currency] },
    FollowUp { repeatable: bool },
}

/// Finds the tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging;

impl MethodVisitor for Paging {
    type Output = Page;

    fn visit<M: Method>(self) -> Page {
        Page {
            name: M::NAME,
            endpoint: M::ENDPOINT,
            kind: Kind::Method { currencies: M::CURRENCIES },
            request: M::Request::ROWS,
            result: M::Result::ROWS,
        }
    }
}

impl FollowUpVisitor for Paging {
    type Output = Page;

    fn visit<F: FollowUp>(self) -> Page {
        Page {
            name: F::NAME,
            endpoint: F::ENDPOINT,
            kind: Kind::FollowUp { repeatable: F::REPEATABLE },
            request: F::Request::ROWS,
            result: F::Answer::ROWS,
        }
    }
}

/// Shows the tables.
pub(crate) fn run(page: &Page, output: Output) -> Result<Exit, Failure> {
    output.result(|| page.text(), || page.json())?;
    Ok(Exit::Done)
}

impl Page {
    fn text(&self) -> String {
        let Self { name, endpoint, .. } = self;
        let (about, result) = match self.kind {
            Kind::Method { currencies } => {
                let currencies: Vec<&str> = currencies.iter().map(Currency::as_str).collect();
                let result = "Result, to URLSuccess, URLFailure and URLNotify";
                (format!("currencies: {}", currencies.join(" ")), result)
            }
            Kind::FollowUp { repeatable: true } => {
                ("it only asks: sent twice it changes nothing".to_owned(), "Answer")
            }
            Kind::FollowUp { repeatable: false } => {
                ("it acts: sent twice it may act twice".to_owned(), "Answer")
            }
        };
        let request_table = table("FILLED BY", self.request, |row| row.filler.as_str());
        let result_table = table("MAC", self.result, |row| row.coverage.as_str());
        format!(
            "{name}: {endpoint}\n{about}\n\nRequest\n{request_table}\n{result}\n{result_table}\n\
             CND: M mandatory, O optional, C conditional\n\
             FILLED BY: shop for each payment, merchant from the configuration, seal by sealing\n\
             MAC: signed is covered by the MAC, mac is the MAC, strict is not covered and yet must be well-formed,\n     \
             unsigned is not covered and nothing may depend on it\n"
        )
    }

    fn json(&self) -> Value {
        let mut page = json!({ "name": self.name, "endpoint": self.endpoint });
        let request = rows(self.request, "filled_by", |row| row.filler.as_str());
        let result = rows(self.result, "mac", |row| row.coverage.as_str());
        let kind = match self.kind {
            Kind::Method { currencies } => {
                ("currencies", currencies.iter().map(Currency::as_str).collect::<Vec<_>>().into())
            }
            Kind::FollowUp { repeatable } => ("repeatable", repeatable.into()),
        };
        if let Some(page) = page.as_object_mut() {
            page.extend([kind, ("request", request), ("result", result)].map(|(k, v)| (k.to_owned(), v)));
        }
        page
    }
}

/// A table for people; `heading` stands over what `word` says of each row.
fn table(heading: &str, rows: &[Row], word: fn(&Row) -> &'static str) -> String {
    let heading = ["KEY", "FORMAT", "CND", heading, "DESCRIPTION"].map(str::to_owned);
    let rows = rows.iter().map(|row| {
        let key = row.alias.map_or(row.name.to_owned(), |alias| format!("{} or {alias}", row.name));
        let presence = row.presence.as_str().to_owned();
        [key, row.format.to_string(), presence, word(row).to_owned(), row.doc.trim().to_owned()]
    });
    aligned(&std::iter::once(heading).chain(rows).collect::<Vec<_>>())
}

/// A table for programs; `key` names what `word` says of each row.
fn rows(rows: &[Row], key: &str, word: fn(&Row) -> &'static str) -> Value {
    let row = |row: &Row| {
        let mut object = Map::new();
        object.insert("key".to_owned(), row.name.into());
        if let Some(alias) = row.alias {
            object.insert("alias".to_owned(), alias.into());
        }
        object.insert("format".to_owned(), row.format.to_string().into());
        object.insert("cnd".to_owned(), row.presence.as_str().into());
        object.insert(key.to_owned(), word(row).into());
        object.insert("description".to_owned(), row.doc.trim().into());
        Value::from(object)
    };
    rows.iter().map(row).collect()
}

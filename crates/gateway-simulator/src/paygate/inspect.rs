//! What stands inside a request, a result or any `Data`: for people who look for a mistake. Nothing of it is believed.

mod trial;
mod verdict;
mod written;

pub(crate) use verdict::MacVerdict;

use paygate::follow_ups::credit::{CreditRequest, CreditResult};
use paygate::follow_ups::inquire::{InquireRequest, InquireResult};
use paygate::follow_ups::inquire24::Inquire24Request;
use paygate::params::message::Row;
use paygate::trustly::{PaymentRequest, PaymentResult};
use paygate::{DataError, Merchant, Message, testing};
use trial::Trial;

/// What is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Question<'a> {
    /// A whole query, form or URL, or `Data` alone.
    pub(crate) text: &'a str,
    /// `Data` and `Len` by themselves, beside or instead of a text; empty where they are not given.
    pub(crate) data: &'a str,
    pub(crate) len: &'a str,
    /// Whose keys are tried; those of the account that the text names, or else of all, where it is `None`.
    pub(crate) account: Option<&'a str>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Findings {
    /// What stands in the clear, beside Data.
    pub(crate) outside: Vec<(String, String)>,
    /// Whose key decrypted it; `None` where nothing was encrypted.
    pub(crate) key: Option<HeldKey>,
    /// What stands inside of Data; where nothing was encrypted, what stands in the clear.
    pub(crate) pairs: Vec<(String, String)>,
    pub(crate) request_mac: MacVerdict,
    pub(crate) response_mac: MacVerdict,
    /// What is odd, in sentences.
    pub(crate) odd: Vec<String>,
}

/// One pair of an account's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldKey {
    pub(crate) account: String,
    /// Whether it is the account's current pair, not one from before.
    pub(crate) is_current: bool,
}

/// Nothing can be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotInspected {
    #[error("there is nothing to look at")]
    Empty,
    #[error("the simulator has no account of this name")]
    Account,
    #[error("Len is no number")]
    Len,
    #[error("Data cannot be decrypted: {0}")]
    Data(DataError),
    #[error(
        "Data decrypts to noise with every key that was tried: most likely it was encrypted with another key, or with \
         another cipher mode"
    )]
    Noise,
    #[error("this is neither a form nor Data: there is no name=value in it, and not hex digits alone")]
    Nonsense,
}

/// Looks inside.
pub(crate) fn inspect(merchants: &[Merchant], question: Question<'_>) -> Result<Findings, NotInspected> {
    let mut outside = written::pairs(question.text);
    for (name, value) in [("Data", question.data), ("Len", question.len)] {
        if !value.trim().is_empty() {
            outside.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            outside.push((name.to_owned(), value.to_owned()));
        }
    }
    if outside.is_empty() {
        let empty = question.text.trim().is_empty();
        return Err(if empty { NotInspected::Empty } else { NotInspected::Nonsense });
    }
    let candidates = candidates(merchants, &outside, question.account)?;
    let take = |name: &str| {
        let pair = outside.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        pair.map(|(_, value)| value.split_ascii_whitespace().collect::<String>())
    };
    let Some(data) = take("Data") else { return Ok(plain(&candidates, outside)) };
    let len = take("Len").map(|len| len.parse().map_err(|_| NotInspected::Len)).transpose()?;
    let (key, trial) = best(&candidates, &data, len)?;
    let mut odd = trial.odd;
    odd.extend(doubled(&trial.pairs));
    outside.retain(|(name, _)| !["Data", "Len"].iter().any(|known| name.eq_ignore_ascii_case(known)));
    Ok(Findings {
        outside,
        key: Some(key),
        pairs: trial.pairs,
        request_mac: trial.request_mac,
        response_mac: trial.response_mac,
        odd,
    })
}

/// The accounts whose keys are tried.
fn candidates<'a>(
    merchants: &'a [Merchant],
    outside: &[(String, String)],
    account: Option<&str>,
) -> Result<Vec<&'a Merchant>, NotInspected> {
    let named = |name: &str| {
        merchants.iter().filter(|known| known.id().as_str().eq_ignore_ascii_case(name)).collect::<Vec<_>>()
    };
    if let Some(account) = account {
        let chosen = named(account);
        return if chosen.is_empty() { Err(NotInspected::Account) } else { Ok(chosen) };
    }
    let written = outside
        .iter()
        .find(|(name, _)| ["MerchantID", "mid"].iter().any(|known| name.eq_ignore_ascii_case(known)));
    let chosen = written.map(|(_, mid)| named(mid)).unwrap_or_default();
    Ok(if chosen.is_empty() { merchants.iter().collect() } else { chosen })
}

/// What came without Data: a plain result, of which the MAC is checked all the same.
fn plain(candidates: &[&Merchant], pairs: Vec<(String, String)>) -> Findings {
    let all = || candidates.iter().flat_map(|merchant| testing::keys(merchant).pairs_at(0));
    let best = |check: fn(&paygate::KeyPair, &[(String, String)]) -> MacVerdict| {
        let verdicts = || all().map(|(_, keys)| check(keys, &pairs));
        verdicts().find(MacVerdict::holds).or_else(|| verdicts().next()).unwrap_or(MacVerdict::Missing)
    };
    let (request_mac, response_mac) = (best(verdict::of_request), best(verdict::of_response));
    let mut odd = vec!["There is no Data: nothing was encrypted.".to_owned()];
    odd.extend(doubled(&pairs));
    Findings { outside: Vec::new(), key: None, pairs, request_mac, response_mac, odd }
}

/// Tries every key; a MAC that holds decides, and else a name that is known.
fn best(candidates: &[&Merchant], data: &str, len: Option<usize>) -> Result<(HeldKey, Trial), NotInspected> {
    let mut error = None;
    let mut readable = None;
    for merchant in candidates {
        for (index, keys) in testing::keys(merchant).pairs_at(0) {
            let held = HeldKey { account: merchant.id().as_str().to_owned(), is_current: index.is_current() };
            match Trial::of(keys, data, len) {
                Ok(trial) if trial.holds() => return Ok((held, trial)),
                Ok(trial) if trial.pairs.iter().any(|(name, _)| row(name, false).is_some()) => {
                    readable.get_or_insert((held, trial));
                }
                Ok(_) => {}
                Err(why) => error = Some(NotInspected::Data(why)),
            }
        }
    }
    readable.ok_or_else(|| error.unwrap_or(NotInspected::Noise))
}

fn doubled(pairs: &[(String, String)]) -> Vec<String> {
    let again = pairs.iter().enumerate().filter(|(index, (name, _))| {
        pairs.iter().take(*index).any(|(before, _)| before.eq_ignore_ascii_case(name))
    });
    again
        .map(|(_, (name, _))| format!("{name} stands twice, and readers differ in which one counts."))
        .collect()
}

/// Whether these are the pairs of a result, not of a request.
pub(crate) fn is_result(pairs: &[(String, String)]) -> bool {
    pairs.iter().any(|(name, _)| name.eq_ignore_ascii_case("Status"))
}

/// The row of the vendor's tables that describes a parameter.
pub(crate) fn row(name: &str, of_result: bool) -> Option<&'static Row> {
    let requests = [PaymentRequest::ROWS, CreditRequest::ROWS, InquireRequest::ROWS, Inquire24Request::ROWS];
    let results = [PaymentResult::ROWS, CreditResult::ROWS, InquireResult::ROWS];
    let first: &[&[Row]] = if of_result { &results } else { &requests };
    let second: &[&[Row]] = if of_result { &requests } else { &results };
    first.iter().chain(second).copied().flatten().find(|row| row.is_named(name.as_bytes()))
}

//! A profile from a TOML file, with errors that name line and key.

use super::{Profile, TextEncoding};
use memchr::memchr_iter;
use paygate_params::{Amount, BaseUrl, Charset, CountryCode, Currency, FormatError};
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A file is no profile; all that is wrong with it is here, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileError(Vec<ProfileProblem>);

/// What is wrong with a line of the file. No value is shown: somebody may have pasted a key into the wrong file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileProblem {
    line: usize,
    rule: ProfileRule,
}

/// The rule that a line breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileRule {
    /// It is no TOML.
    #[error("is no TOML: {0}")]
    Syntax(String),
    /// A profile has no such key.
    #[error("sets a key that a profile does not have; it has {KEYS}")]
    UnknownKey,
    /// The value is of another kind.
    #[error("{key} must be {wanted}")]
    Kind {
        /// The key.
        key: &'static str,
        /// What it must be.
        wanted: &'static str,
    },
    /// A key of `countries` is no country.
    #[error("countries has a key that is no country of ISO 3166: it {0}")]
    Country(FormatError),
    /// The value breaks a format.
    #[error("{key} {rule}")]
    Format {
        /// The key.
        key: &'static str,
        /// The rule.
        rule: FormatError,
    },
}

const KEYS: &str = "white_label, endpoint, currencies, country_match, countries, minimum, amount_digits, ref_nr_max, \
    ref_nr_required, long_ip_addr, random_req_id, requests, answers";

type Value<'i> = Spanned<DeValue<'i>>;

impl Profile {
    /// Reads a profile from the text of a TOML file. A key that is not there keeps the default of the white label.
    ///
    /// | key | what |
    /// |---|---|
    /// | `white_label` | `"computop"` (default) or `"axepta"`: whose defaults the rest changes |
    /// | `endpoint` | where Paygate is |
    /// | `currencies` | the currencies of all payment methods, `["SEK", "EUR"]` |
    /// | `country_match` | `false` takes any currency with any country |
    /// | `countries` | what a country takes in place of the built-in table: `countries.SE = ["SEK", "EUR"]` |
    /// | `minimum` | the least amount, in the smallest unit |
    /// | `amount_digits` | the most digits of an Amount, 1 to 12 |
    /// | `ref_nr_max`, `ref_nr_required` | the length of a RefNr, 1 to 30, and whether it must be there |
    /// | `long_ip_addr` | `true` sends IPv6 addresses of up to 45 characters |
    /// | `random_req_id` | `false` sends no ReqId of its own making |
    /// | `requests` | `"latin1"` (default), `"utf-8, len in bytes"` or `"utf-8, len in characters"` |
    /// | `answers` | `"detect"` (default), `"latin1"` or `"utf-8"` |
    ///
    /// ```
    /// use paygate::{Currency, Profile, Trustly};
    ///
    /// let profile = Profile::from_toml(
    ///     r#"
    ///     white_label = "axepta"
    ///     currencies = ["EUR", "SEK"]
    ///     countries.SE = ["SEK", "EUR"]
    ///     "#,
    /// )?;
    /// assert_eq!(profile.ref_nr_max(), 12);
    /// assert_eq!(profile.currencies::<Trustly>(), [Currency::EUR, Currency::SEK]);
    ///
    /// let wrong = Profile::from_toml("minimum = 100\ncurrency = [\"EUR\"]").unwrap_err();
    /// assert_eq!(wrong.problems()[0].line(), 2);
    /// # Ok::<(), paygate::ProfileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All lines that are wrong.
    pub fn from_toml(text: &str) -> Result<Self, ProfileError> {
        let mut reader =
            Reader { line_ends: memchr_iter(b'\n', text.as_bytes()).collect(), problems: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            // Messages of the parser are about its grammar and hold nothing of the text.
            reader.note(error.span(), ProfileRule::Syntax(error.message().to_owned()));
        }
        let profile = reader.profile(table.get_ref());
        if reader.problems.is_empty() {
            return Ok(profile);
        }
        reader.problems.sort_by_key(ProfileProblem::line);
        // What was read of a line that is no TOML says nothing more about it.
        let broken = |problem: &ProfileProblem| matches!(problem.rule, ProfileRule::Syntax(_));
        reader.problems.dedup_by(|later, earlier| later.line == earlier.line && broken(earlier));
        Err(ProfileError(reader.problems))
    }
}

impl ProfileError {
    /// All that is wrong, in the order of the lines.
    #[must_use]
    pub fn problems(&self) -> &[ProfileProblem] {
        &self.0
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for ProfileError {}

impl ProfileProblem {
    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The rule that the line breaks.
    #[must_use]
    pub fn rule(&self) -> &ProfileRule {
        &self.rule
    }
}

impl fmt::Display for ProfileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.rule)
    }
}

/// Reads keys into a profile, and notes what is wrong.
struct Reader {
    /// Where each line ends, in bytes.
    line_ends: Vec<usize>,
    problems: Vec<ProfileProblem>,
}

impl Reader {
    fn note(&mut self, span: Option<Range<usize>>, rule: ProfileRule) {
        let start = span.map_or(usize::MAX, |span| span.start);
        let line = self.line_ends.partition_point(|end| *end < start).saturating_add(1);
        self.problems.push(ProfileProblem { line, rule });
    }

    fn profile(&mut self, table: &DeTable<'_>) -> Profile {
        // First whose defaults the other keys change, wherever it stands.
        let white_label = table.iter().find(|(key, _)| key.get_ref() == "white_label");
        let mut profile = match white_label.map(|(_, value)| (value, value.get_ref().as_str())) {
            None | Some((_, Some("computop"))) => Profile::default(),
            Some((_, Some("axepta"))) => Profile::axepta(),
            Some((value, _)) => {
                self.wrong_kind("white_label", r#""computop" or "axepta""#, value);
                Profile::default()
            }
        };
        for (key, value) in table {
            self.set(&mut profile, key, value);
        }
        // Matching may be switched off before or behind the countries; off is off.
        if table
            .iter()
            .any(|(key, value)| key.get_ref() == "country_match" && value.get_ref().as_bool() == Some(false))
        {
            profile = profile.without_country_match();
        }
        profile
    }

    fn set(&mut self, profile: &mut Profile, key: &Spanned<DeString<'_>>, value: &Value<'_>) {
        match &**key.get_ref() {
            "white_label" => {}
            "endpoint" => {
                let url = self.text_of("endpoint", "a URL", value, |text| BaseUrl::new(text));
                profile.endpoint = url.unwrap_or_else(|| profile.endpoint.clone());
            }
            "currencies" => profile.currencies = self.currencies("currencies", value),
            "country_match" => drop(self.truth("country_match", value)),
            "countries" => self.countries(profile, value),
            "minimum" => {
                profile.minimum = self
                    .number("minimum", "a number from 1 to the largest amount", value, Amount::MAX.units())
                    .unwrap_or(100);
            }
            "amount_digits" => {
                let digits = self.number("amount_digits", "a number from 1 to 12", value, 12);
                profile.amount_digits = digits.and_then(|digits| u32::try_from(digits).ok()).unwrap_or(10);
            }
            "ref_nr_max" => {
                let max = self.number("ref_nr_max", "a number from 1 to 30", value, 30);
                profile.ref_nr_max = max.and_then(|max| usize::try_from(max).ok()).unwrap_or(30);
            }
            "ref_nr_required" => profile.ref_nr_required = self.truth("ref_nr_required", value),
            "long_ip_addr" => profile.ip_addr_max = if self.truth("long_ip_addr", value) { 45 } else { 15 },
            "random_req_id" => profile.random_req_id = self.truth("random_req_id", value),
            "requests" => profile.requests = self.encoding(value),
            "answers" => profile.answers = self.charset(value),
            _ => self.note(Some(key.span()), ProfileRule::UnknownKey),
        }
    }

    fn wrong_kind(&mut self, key: &'static str, wanted: &'static str, value: &Value<'_>) {
        self.note(Some(value.span()), ProfileRule::Kind { key, wanted });
    }

    fn truth(&mut self, key: &'static str, value: &Value<'_>) -> bool {
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_kind(key, "true or false", value);
            false
        })
    }

    /// A number from 1 to `max`.
    fn number(
        &mut self,
        key: &'static str,
        wanted: &'static str,
        value: &Value<'_>,
        max: u64,
    ) -> Option<u64> {
        let integer = value.get_ref().as_integer();
        let number = integer.and_then(|integer| u64::from_str_radix(integer.as_str(), integer.radix()).ok());
        let number = number.filter(|number| (1..=max).contains(number));
        if number.is_none() {
            self.wrong_kind(key, wanted, value);
        }
        number
    }

    fn text_of<T>(
        &mut self,
        key: &'static str,
        wanted: &'static str,
        value: &Value<'_>,
        new: impl FnOnce(&str) -> Result<T, FormatError>,
    ) -> Option<T> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_kind(key, wanted, value);
            return None;
        };
        match new(text) {
            Ok(value) => Some(value),
            Err(rule) => {
                self.note(Some(value.span()), ProfileRule::Format { key, rule });
                None
            }
        }
    }

    fn currencies(&mut self, key: &'static str, value: &Value<'_>) -> Option<Vec<Currency>> {
        let Some(array) = value.get_ref().as_array().filter(|array| !array.is_empty()) else {
            self.wrong_kind(key, r#"a list of currencies such as ["SEK", "EUR"]"#, value);
            return None;
        };
        let wanted = "a list of currencies, each in three letters";
        Some(array.iter().filter_map(|value| self.text_of(key, wanted, value, Currency::new)).collect())
    }

    fn countries(&mut self, profile: &mut Profile, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_kind("countries", "a table of countries and their currencies", value);
        };
        for (country, currencies) in table {
            match CountryCode::new(country.get_ref()) {
                Err(rule) => self.note(Some(country.span()), ProfileRule::Country(rule)),
                Ok(country) => {
                    if let Some(currencies) = self.currencies("countries", currencies) {
                        profile.countries.set(country, currencies);
                    }
                }
            }
        }
    }

    fn encoding(&mut self, value: &Value<'_>) -> TextEncoding {
        match value.get_ref().as_str() {
            Some("latin1") => return TextEncoding::Latin1,
            Some("utf-8, len in bytes") => return TextEncoding::Utf8LenInBytes,
            Some("utf-8, len in characters") => return TextEncoding::Utf8LenInChars,
            _ => {}
        }
        let wanted = r#""latin1", "utf-8, len in bytes" or "utf-8, len in characters""#;
        self.wrong_kind("requests", wanted, value);
        TextEncoding::Latin1
    }

    fn charset(&mut self, value: &Value<'_>) -> Charset {
        match value.get_ref().as_str() {
            Some("detect") => return Charset::Detect,
            Some("latin1") => return Charset::Latin1,
            Some("utf-8") => return Charset::Utf8,
            _ => {}
        }
        self.wrong_kind("answers", r#""detect", "latin1" or "utf-8""#, value);
        Charset::Detect
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        Profile::from_toml(text).unwrap_err().problems().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(Profile::from_toml(""), Ok(Profile::default()));
        assert_eq!(Profile::from_toml("white_label = 'axepta'"), Ok(Profile::axepta()));
    }

    #[test]
    fn every_key_is_read() {
        let sweden = CountryCode::new("SE").unwrap();
        let built = Profile::axepta()
            .with_endpoint(BaseUrl::new("https://pay.example/").unwrap())
            .with_currencies([Currency::SEK])
            .with_country(sweden, [Currency::EUR])
            .with_minimum(1)
            .with_amount_digits(11)
            .with_ref_nr(20, false)
            .with_long_ip_addr()
            .without_random_req_id()
            .with_text_encoding(TextEncoding::Utf8LenInChars)
            .with_charset(Charset::Latin1);
        let read = Profile::from_toml(
            "endpoint = 'https://pay.example/'\ncurrencies = ['SEK']\nminimum = 1\namount_digits = 11\n\
             ref_nr_max = 20\nref_nr_required = false\nlong_ip_addr = true\nrandom_req_id = false\n\
             requests = 'utf-8, len in characters'\nanswers = 'latin1'\nwhite_label = 'axepta'\n\
             [countries]\nSE = ['EUR']\n",
        );
        assert_eq!(read, Ok(built));
        let unmatched = Profile::from_toml("country_match = false\ncountries.SE = ['EUR']").unwrap();
        assert!(unmatched.country_takes(sweden, Currency::GBP));
    }

    #[test]
    fn every_wrong_line_is_named_at_once() {
        let text = "minimum = -1\n\ncurrency = 'EUR'\ncurrencies = [\n  'EUR',\n  'eur',\n]\nlong_ip_addr = 'yes'\n\
                    countries.Sweden = ['SEK']\nanswers = 'ascii'\nendpoint = 'http://pay.example/'\n";
        let found = problems(text);
        let lines: Vec<_> = found.iter().filter_map(|problem| problem.split(':').next()).collect();
        assert_eq!(
            lines,
            ["line 1", "line 3", "line 6", "line 8", "line 9", "line 10", "line 11"],
            "{found:#?}"
        );
        assert!(found[1].contains("it has white_label"), "{found:#?}");
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        let found = problems("minimum = 100\nendpoint = https://pay.example/\n");
        assert!(found[0].starts_with("line 2: is no TOML"), "{found:?}");
    }

    #[test]
    fn no_error_shows_a_value() {
        for text in
            ["canary = 1", "endpoint = 'canary'", "currencies = 'canary'", "canary", "minimum = \"canary\nx"]
        {
            assert!(
                !format!("{:?} {}", problems(text), Profile::from_toml(text).unwrap_err()).contains("canary"),
                "{text}"
            );
        }
    }
}

//! The keys of a profile's file, read one by one; what is wrong is noted and read over.

use super::problem::{ProfileProblem, ProfileRule};
use super::{Profile, TextEncoding};
use paygate_params::{Amount, BaseUrl, Charset, CountryCode, Currency, FormatError};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

type Value<'i> = Spanned<DeValue<'i>>;

/// Reads keys into a profile, and notes what is wrong.
pub(super) struct Reader {
    /// Where each line ends, in bytes.
    pub(super) line_ends: Vec<usize>,
    pub(super) problems: Vec<ProfileProblem>,
}

impl Reader {
    pub(super) fn note(&mut self, span: Option<Range<usize>>, rule: ProfileRule) {
        let start = span.map_or(usize::MAX, |span| span.start);
        let line = self.line_ends.partition_point(|end| *end < start).saturating_add(1);
        self.problems.push(ProfileProblem { line, rule });
    }

    pub(super) fn profile(&mut self, table: &DeTable<'_>) -> Profile {
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
        let each = if key == "countries" { "a currency in countries" } else { "a currency in the list" };
        let wanted = "a text of three letters";
        Some(array.iter().filter_map(|value| self.text_of(each, wanted, value, Currency::new)).collect())
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

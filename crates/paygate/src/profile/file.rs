//! A profile from a TOML file, with errors that name line and key.

use super::Profile;
use super::problem::{ProfileError, ProfileProblem, ProfileRule};
use super::reader::Reader;
use memchr::memchr_iter;
use toml::de::DeTable;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::TextEncoding;
    use paygate_params::{BaseUrl, Charset, CountryCode, Currency};

    fn problems(text: &str) -> Vec<String> {
        Profile::from_toml(text).unwrap_err().problems().iter().map(ToString::to_string).collect()
    }

    fn lines(found: &[String]) -> Vec<&str> {
        found.iter().filter_map(|problem| problem.split(':').next()).collect()
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
    fn encodings_have_names() {
        let read = |text: &str| Profile::from_toml(text).unwrap();
        for (name, encoding) in [
            ("latin1", TextEncoding::Latin1),
            ("utf-8, len in bytes", TextEncoding::Utf8LenInBytes),
            ("utf-8, len in characters", TextEncoding::Utf8LenInChars),
        ] {
            assert_eq!(read(&format!("requests = '{name}'")).text_encoding(), encoding);
        }
        for (name, charset) in
            [("detect", Charset::Detect), ("latin1", Charset::Latin1), ("utf-8", Charset::Utf8)]
        {
            assert_eq!(read(&format!("answers = '{name}'")).charset(), charset);
        }
    }

    #[test]
    fn a_currency_that_is_none_is_told_where_it_stands() {
        let found = problems("currencies = ['eur']\ncountries.SE = ['sek']\n");
        assert!(found[0].starts_with("line 1: a currency in the list "), "{found:?}");
        assert!(found[1].starts_with("line 2: a currency in countries "), "{found:?}");
    }

    #[test]
    fn every_wrong_line_is_named_at_once() {
        let text = "minimum = -1\n\ncurrency = 'EUR'\ncurrencies = [\n  'EUR',\n  'eur',\n]\nlong_ip_addr = 'yes'\n\
                    countries.Sweden = ['SEK']\nanswers = 'ascii'\nendpoint = 'http://pay.example/'\n";
        let found = problems(text);
        assert_eq!(
            lines(&found),
            ["line 1", "line 3", "line 6", "line 8", "line 9", "line 10", "line 11"],
            "{found:#?}"
        );
        assert!(found[1].contains("it has white_label"), "{found:#?}");
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        let found = problems("minimum = 100\nendpoint = https://pay.example/\n");
        assert!(found[0].starts_with("line 2: is no TOML"), "{found:?}");
        let found = problems("minimum = -1\nendpoint = https://pay.example/\nlong_ip_addr = 1\n");
        assert_eq!(lines(&found), ["line 1", "line 2", "line 3"], "{found:?}");
        let found = problems("minimum =\nlong_ip_addr = true\n");
        assert!(found.len() == 1 && found[0].starts_with("line 1: is no TOML"), "{found:?}");
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

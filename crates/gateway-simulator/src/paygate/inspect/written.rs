//! Reading what somebody pasted: a URL, a query, a form, or Data alone, with the line breaks that copying adds.

use paygate::Charset;
use percent_encoding::percent_decode_str;

/// Names and values; empty where there are none.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let text = text.trim();
    let is_data =
        |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-' || b.is_ascii_whitespace());
    if !text.is_empty() && is_data(text) {
        return vec![("Data".to_owned(), text.to_owned())];
    }
    // The query of a URL; of a form's page, the separators are written as entities.
    let query = match text.split_once('?') {
        Some((path, query)) if !path.contains('=') => query.split('#').next().unwrap_or_default(),
        _ => text,
    };
    let query = query.replace("&amp;", "&");
    let mut segments: Vec<String> = Vec::new();
    for segment in query.split('&') {
        for (index, line) in segment.lines().enumerate() {
            match segments.last_mut() {
                // A line break inside of a value is no separator.
                Some(last) if index > 0 && !begins_a_pair(line) => last.push_str(line.trim()),
                _ => segments.push(line.trim().to_owned()),
            }
        }
    }
    let pairs = segments.iter().filter_map(|segment| segment.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

fn begins_a_pair(line: &str) -> bool {
    line.trim().split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    let bytes: Vec<u8> = percent_decode_str(&spaced).collect();
    Charset::Detect.decode(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        pairs(text)
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_url_a_query_and_a_form_are_read_alike() {
        let expected = owned(&[("Len", "3"), ("Data", "AB12")]);
        for text in [
            "https://shop.example/success?Len=3&Data=AB12",
            "http://shop.example/success?Len=3&Data=AB12#top",
            "Len=3&Data=AB12",
            "?Len=3&amp;Data=AB12",
            " Len=3\nData=AB12\n",
            "Len=3&Data=AB\n 12",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn values_are_decoded_in_either_charset() {
        assert_eq!(read("a=K%F6ln+x&b=K%C3%B6ln"), owned(&[("a", "Köln x"), ("b", "Köln")]));
    }

    #[test]
    fn hex_digits_alone_are_data_and_words_are_nothing() {
        assert_eq!(read("AB 12"), owned(&[("Data", "AB 12")]));
        assert_eq!(read("hello there"), []);
        assert_eq!(read("  "), []);
    }
}

//! Addresses in attributes and styles: absolute with https, or a script in disguise.

const SCHEMES: [&str; 3] = ["javascript:", "vbscript:", "data:"];

/// Whether a value starts with `https://` and a host.
///
/// Browsers mend an address before they use it (tabs and line ends go, a backslash becomes a slash). What
/// would need mending is refused: whoever reads it without mending sees another address.
pub(super) fn is_absolute(value: &str) -> bool {
    let host = value.strip_prefix("https://").and_then(|rest| rest.chars().next());
    host.is_some_and(|first| first.is_alphanumeric() || first == '[')
        && !value.chars().any(|c| c.is_control() || c == '\\')
}

/// The scheme of a value that is a script or a document by itself.
///
/// Browsers skip control characters and blanks before a scheme, and tabs and line ends in it; older ones more.
pub(super) fn script_scheme(value: &str) -> Option<&'static str> {
    let mut start = String::new();
    for c in value.chars().filter(|c| !c.is_control() && !c.is_whitespace()) {
        start.push(c.to_ascii_lowercase());
        if c == ':' || start.len() > 11 {
            break;
        }
    }
    SCHEMES.into_iter().find(|scheme| *scheme == start)
}

/// The addresses of a `srcset`: `a.png 1x, b.png 2x`, cut as HTML says.
pub(super) fn candidates(srcset: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return found;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let bare = address.trim_end_matches(',');
        found.push(bare);
        rest = if bare.len() == address.len() { after_descriptors(tail) } else { tail };
    }
}

/// What follows the comma after an address's descriptors; a comma in parentheses does not count.
fn after_descriptors(text: &str) -> &str {
    let mut inside = false;
    let end = text.find(|c| {
        inside = (inside || c == '(') && c != ')';
        c == ',' && !inside
    });
    end.and_then(|end| text.get(end..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_a_host_is_absolute() {
        for value in
            ["https://shop.example", "https://shop.example/a b?c#d", "https://[::1]/", "https://tée.example/"]
        {
            assert!(is_absolute(value), "{value}");
        }
        for value in [
            "",
            "#top",
            "a.png",
            "/a.png",
            "//shop.example/a.png",
            "http://shop.example/",
            "HTTPS://shop.example/",
            " https://shop.example/",
            "https:/shop.example",
            "https:shop.example",
            "https:///shop.example",
            "https://",
            "https://?x",
            "https:\\\\shop.example",
            "https://shop.example\\..",
            "https:/\n/shop.example",
            "ht\ttps://shop.example",
            "https://shop\n.example",
            "mailto:a@shop.example",
            "blob:https://shop.example",
        ] {
            assert!(!is_absolute(value), "{value:?}");
        }
    }

    #[test]
    fn a_script_is_seen_through_blanks_and_control_characters() {
        for value in [
            "javascript:x",
            "JavaScript:x",
            " \u{1}javascript:x",
            "java\tscript:x",
            "java\r\nscript\n:x",
            "j a v a s c r i p t :x",
            "\u{a0}javascript:x",
            "java\u{0}script:x",
            "javascript:",
        ] {
            assert_eq!(script_scheme(value), Some("javascript:"), "{value:?}");
        }
        assert_eq!(script_scheme("vb\nscript:x"), Some("vbscript:"));
        assert_eq!(script_scheme("DATA:text/html,x"), Some("data:"));
        for value in ["", "https://shop.example/javascript:x", "javascript", "xjavascript:x", "däta:"] {
            assert_eq!(script_scheme(value), None, "{value:?}");
        }
    }

    #[test]
    fn a_srcset_is_cut_as_browsers_cut_it() {
        assert_eq!(candidates("a 1x, b 2x"), ["a", "b"]);
        assert_eq!(candidates(" a,b , c,, d (x,y) 1w,e,"), ["a,b", "c", "d", "e"]);
        assert_eq!(candidates("a (x, b"), ["a"]);
        assert!(candidates(" , ").is_empty());
    }
}

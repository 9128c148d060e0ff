//! Cuts a style into tokens as CSS Syntax Level 3 says, with escapes resolved and comments gone.
//!
//! A search in the text would not do: a comment's sign in a quoted text hides nothing in a browser, and must
//! not hide anything here.

use core::str::Chars;

/// A piece of a style; names are in lower case.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    Name(String),
    /// A name and the `(` after it.
    Function(String),
    At(String),
    Text(String),
    /// `url(…)` without quotes. One that is malformed is empty.
    Url(String),
    Other(char),
}

pub(super) struct Tokens<'a> {
    rest: Chars<'a>,
    lines: u64,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(css: &'a str) -> Self {
        Self { rest: css.chars(), lines: 0 }
    }

    /// The line ends so far.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        loop {
            let text = self.rest.as_str();
            if self.skip("/*") {
                self.skip_comment();
            } else if self.skip("<!--") || self.skip("-->") {
                // Signs of a comment in HTML, which CSS passes over.
            } else if starts_number(text) {
                self.number();
            } else if starts_name(text) {
                return Some(self.name_or_function());
            } else {
                match self.bump()? {
                    blank if is_blank(blank) => {}
                    quote @ ('"' | '\'') => return Some(self.text(quote)),
                    '@' if starts_name(self.rest.as_str()) => return Some(Token::At(self.name())),
                    // A colour or an id; its name is no function's.
                    '#' => drop(self.name()),
                    other => return Some(Token::Other(other)),
                }
            }
        }
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.rest.next();
        if next == Some('\n') {
            self.lines = self.lines.saturating_add(1);
        }
        next
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn skip(&mut self, sign: &str) -> bool {
        let tail = self.rest.as_str().strip_prefix(sign);
        if let Some(tail) = tail {
            self.rest = tail.chars();
        }
        tail.is_some()
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.bump();
        }
    }

    fn skip_comment(&mut self) {
        while !self.skip("*/") && self.bump().is_some() {}
    }

    /// A number and its unit; `1url(` is no function, and `1.url(` is one.
    fn number(&mut self) {
        if self.peek().is_some_and(|sign| sign == '+' || sign == '-') {
            self.bump();
        }
        self.skip_while(|c| c.is_ascii_digit());
        let fraction = self.rest.as_str().strip_prefix('.');
        if fraction.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit())) {
            self.bump();
            self.skip_while(|c| c.is_ascii_digit());
        }
        self.name();
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self.peek() {
            if is_name(c) {
                self.bump();
                name.push(c.to_ascii_lowercase());
            } else if starts_escape(self.rest.as_str()) {
                self.bump();
                name.push(self.escaped().to_ascii_lowercase());
            } else {
                break;
            }
        }
        name
    }

    fn name_or_function(&mut self) -> Token {
        let name = self.name();
        if !self.skip("(") {
            return Token::Name(name);
        }
        if name == "url" {
            self.skip_while(is_blank);
            if !self.peek().is_some_and(is_quote) {
                return Token::Url(self.bare_url().unwrap_or_default());
            }
        }
        Token::Function(name)
    }

    /// Up to the quote, or to the end of a line that nobody continued.
    fn text(&mut self, quote: char) -> Token {
        let mut text = String::new();
        while let Some(c) = self.peek() {
            if is_line_end(c) {
                break;
            }
            self.bump();
            match c {
                _ if c == quote => break,
                '\\' if self.skip("\r\n") => self.lines = self.lines.saturating_add(1),
                '\\' if self.peek().is_none_or(is_line_end) => drop(self.bump()),
                '\\' => text.push(self.escaped()),
                _ => text.push(c),
            }
        }
        Token::Text(text)
    }

    /// An address without quotes, up to its `)`; nothing if it is malformed.
    fn bare_url(&mut self) -> Option<String> {
        let mut url = String::new();
        let mut sound = true;
        loop {
            let escape = starts_escape(self.rest.as_str());
            match self.bump() {
                None | Some(')') => return sound.then_some(url),
                Some('\\') if escape => url.push(self.escaped()),
                Some(c) if is_blank(c) => {
                    self.skip_while(is_blank);
                    sound &= self.peek().is_none_or(|next| next == ')');
                }
                Some(c) if is_quote(c) || c == '(' || c == '\\' || c.is_control() => sound = false,
                Some(c) => url.push(c),
            }
        }
    }

    /// What an escape stands for; the backslash is behind.
    fn escaped(&mut self) -> char {
        let mut value = 0_u32;
        let mut digits = 0_u8;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(16)).filter(|_| digits < 6) {
            self.bump();
            digits = digits.saturating_add(1);
            value = value.saturating_mul(16).saturating_add(digit);
        }
        if digits == 0 {
            return self.bump().unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        if self.skip("\r\n") {
            self.lines = self.lines.saturating_add(1);
        } else if self.peek().is_some_and(is_blank) {
            self.bump();
        }
        char::from_u32(value).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t' || is_line_end(c)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0c')
}

fn is_quote(c: char) -> bool {
    c == '"' || c == '\''
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-' || !c.is_ascii()
}

fn starts_escape(text: &str) -> bool {
    text.strip_prefix('\\').is_some_and(|tail| !tail.starts_with(is_line_end))
}

fn starts_name(text: &str) -> bool {
    let tail = text.strip_prefix('-').unwrap_or(text);
    let first = |c: char| is_name(c) && !c.is_ascii_digit() && c != '-';
    tail.starts_with(first) || starts_escape(tail) || text.starts_with("--")
}

fn starts_number(text: &str) -> bool {
    let tail = text.strip_prefix(['+', '-']).unwrap_or(text);
    tail.strip_prefix('.').unwrap_or(tail).starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(css: &str) -> Vec<Token> {
        let mut tokens = Tokens::of(css);
        std::iter::from_fn(|| tokens.next()).collect()
    }

    fn name(name: &str) -> Token {
        Token::Name(name.to_owned())
    }

    fn text(text: &str) -> Token {
        Token::Text(text.to_owned())
    }

    fn url(url: &str) -> Token {
        Token::Url(url.to_owned())
    }

    #[test]
    fn blanks_and_comments_part_names_and_an_escape_is_its_letter() {
        assert_eq!(tokens("a\tB\nc\rd\x0ce f/**/g"), ["a", "b", "c", "d", "e", "f", "g"].map(name));
        assert_eq!(tokens(r"\61 b \0000611 \62\63"), ["ab", "a1", "bc"].map(name));
        assert_eq!(tokens("-a --b -\\61  é"), ["-a", "--b", "-a", "é"].map(name));
    }

    #[test]
    fn a_number_with_its_unit_is_no_name_and_no_function() {
        for css in ["1", "1px", "-1px", "+1.5em", ".5em", "-.5em", "1e3", "1.5.5px"] {
            assert_eq!(tokens(css), [], "{css}");
        }
        let open = [Token::Other('('), name("x"), Token::Other(')')];
        assert_eq!(tokens("1url(x)"), open);
        assert_eq!(tokens("-1url(x)"), open);
        assert_eq!(tokens("1.url(x)"), [Token::Other('.'), url("x")]);
    }

    #[test]
    fn a_text_goes_on_behind_an_escaped_line_end_and_ends_at_one_that_is_not() {
        for end in ["\n", "\r", "\x0c", "\r\n"] {
            assert_eq!(tokens(&format!("'a\\{end}b'c")), [text("ab"), name("c")], "{end:?}");
            assert_eq!(tokens(&format!("'a{end}b")), [text("a"), name("b")], "{end:?}");
        }
        assert_eq!(tokens(r#"'a\'b"' "c'\62 d\""#), [text("a'b\""), text("c'bd\"")]);
        assert_eq!(tokens("'a\\"), [text("a")]);
    }

    #[test]
    fn an_address_without_quotes_is_whole_or_nothing() {
        for css in ["url(ab)", "url( \t\nab\n )", "URL(ab", r"url(a\62 )", r"u\72l(\61 b)"] {
            assert_eq!(tokens(css), [url("ab")], "{css}");
        }
        for css in [
            "url()",
            "url(a b)",
            "url(a\"b)",
            "url(a'b)",
            "url(a(b)",
            "url(a\u{1}b)",
            "url(a\u{7f}b)",
            "url(a\\\nb)",
        ] {
            assert_eq!(tokens(css), [url("")], "{css:?}");
        }
        assert_eq!(tokens("url( 'ab' )"), [Token::Function("url".to_owned()), text("ab"), Token::Other(')')]);
    }
}

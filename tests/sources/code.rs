//! Rust code without what is said in it: comments and texts are blanks, and what only tests compile can be left out.

/// Blanks for all that stands in comments, texts and character literals; quotation marks and line ends stay.
pub(crate) fn bare(source: &str) -> String {
    let mut bare = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let (skipped, kept) = token(rest);
        if kept {
            bare.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let skipped = &rest[..skipped];
        let edge = |at: usize| at == 0 || at + 1 == skipped.len();
        let stays = |(at, letter): (usize, char)| letter == '\n' || (letter == '"' && edge(at));
        bare.extend(skipped.char_indices().map(|letter| if stays(letter) { letter.1 } else { ' ' }));
        rest = &rest[skipped.len()..];
    }
    bare
}

/// How many bytes of a comment, a text or a character literal stand here, or that none does.
fn token(rest: &str) -> (usize, bool) {
    let none = (0, true);
    let until = |from: usize, end: &str| match rest[from..].find(end) {
        Some(at) => (from + at + end.len(), false),
        None => (rest.len(), false),
    };
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return until(2, "*/");
    }
    if rest.starts_with('"') {
        return (quoted(rest, '"'), false);
    }
    if let Some(raw) = rest.strip_prefix("r#") {
        let hashes = "#".repeat(1 + raw.len() - raw.trim_start_matches('#').len());
        let is_text = raw.trim_start_matches('#').starts_with('"');
        return if is_text { until(2 + hashes.len(), &format!("\"{hashes}")) } else { none };
    }
    if let Some(letters) = rest.strip_prefix('\'') {
        let mut letters = letters.chars();
        // A lifetime has no quote behind its first letter.
        return match (letters.next(), letters.next()) {
            (Some('\\'), _) => (quoted(rest, '\''), false),
            (Some(letter), Some('\'')) => (2 + letter.len_utf8(), false),
            _ => none,
        };
    }
    none
}

/// The length of what begins with a quote, up to the next one that no backslash precedes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Bare code without its items for tests, and the names of the modules in other files that are for tests alone.
pub(crate) fn without_tests(bare: &str) -> (String, Vec<String>) {
    let (mut kept, mut modules, mut rest) = (String::new(), Vec::new(), bare);
    while let Some(at) = ["#[cfg(test)]", "#[cfg(all(test"].iter().filter_map(|mark| rest.find(mark)).min() {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = item(rest);
        let words: Vec<_> = rest[..end].split_whitespace().collect();
        if let Some(at) = words.iter().position(|word| *word == "mod") {
            modules.extend(words[at + 1].strip_suffix(';').map(str::to_owned));
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    (kept, modules)
}

/// Where the item ends that begins here with its attributes: at a semicolon or a closing brace of its own.
fn item(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in code.char_indices() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(letter, '}' | ';') {
            return at + 1;
        }
    }
    code.len()
}

#[test]
fn what_is_said_is_no_code() {
    let source = "a(\"\\\"x\", 'y', '\\'', r#\"z\"\"#); // .unwrap()\nfn f<'a>() { /* q */ b }";
    let expected = "a(\"   \",    ,     ,        ); \nfn f<'a>() {         b }";
    let bare = bare(source);
    assert_eq!(bare.replace(' ', ""), expected.replace(' ', ""));
    assert_eq!(bare.len(), source.len());
}

#[test]
fn what_only_tests_compile_is_left_out() {
    let (kept, modules) =
        without_tests("a;\n#[cfg(test)]\n#[x]\nmod y;\nb\n#[cfg(test)]\nmod z { f([;]) }\nc");
    assert_eq!(
        (kept.split_whitespace().collect::<Vec<_>>(), modules),
        (vec!["a;", "b", "c"], vec!["y".to_owned()])
    );
}

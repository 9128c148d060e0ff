//! Tables of codes as sorted text, searched where they stand: no index, no allocation, nothing at start.

/// Lines of a key, a tab and a label, in the order of the keys.
#[derive(Clone, Copy)]
pub(super) struct Table(&'static str);

/// The first character of a code.
pub(super) const STATES: Table = Table(include_str!("states.tsv"));
/// Characters 2 to 4.
pub(super) const MODULES: Table = Table(include_str!("modules.tsv"));
/// Characters 5 to 8.
pub(super) const DETAILS: Table = Table(include_str!("details.tsv"));

impl Table {
    /// The label of a key, whose letters may be of either case; those of the tables are capitals.
    pub(super) fn label(self, key: &str) -> Option<&'static str> {
        // Always whole lines. Each turn drops the line in the middle and all on one side of it.
        let mut rest = self.0;
        while !rest.is_empty() {
            let (before, line, after) = middle(rest)?;
            let (found, label) = line.split_once('\t')?;
            match found.bytes().cmp(key.bytes().map(|byte| byte.to_ascii_uppercase())) {
                core::cmp::Ordering::Equal => return Some(label),
                core::cmp::Ordering::Greater => rest = before,
                core::cmp::Ordering::Less => rest = after,
            }
        }
        None
    }
}

/// The line that holds the middle byte, what stands before it and what after.
fn middle(lines: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let half = lines.as_bytes().get(..lines.len() / 2)?;
    let start = half.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end.saturating_add(1));
    let (before, rest) = lines.split_at_checked(start)?;
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    // Git may have put `\r` there, on Windows.
    Some((before, line.trim_end_matches('\r'), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_between_the_lines() {
        for table in [STATES, MODULES, DETAILS] {
            for line in table.0.lines() {
                let (key, label) = line.split_once('\t').unwrap();
                assert_eq!(table.label(key), Some(label), "{key}");
                assert_eq!(table.label(&alloc::format!("{key}0")), None);
                assert_eq!(table.label(&key[1..]), None, "{key}");
            }
        }
    }

    #[test]
    fn the_first_the_last_and_the_only_line_are_found() {
        const LINES: &str = "A\tfirst\nB\tsecond\nC\tlast";
        assert_eq!(Table(LINES).label("a"), Some("first"));
        assert_eq!(Table(LINES).label("B"), Some("second"));
        assert_eq!(Table(LINES).label("c"), Some("last"));
        assert_eq!(Table("A\tonly\n").label("A"), Some("only"));
        for key in ["", "0", "AA", "D"] {
            assert_eq!(Table(LINES).label(key), None, "{key:?}");
        }
    }

    #[test]
    fn labels_may_be_empty_or_hold_umlauts_or_end_in_a_return() {
        const LINES: &str = "A\t\r\nB\tBürgel\r\nC\tÜÜÜÜÜÜÜÜÜÜÜÜ\r\n";
        assert_eq!(Table(LINES).label("A"), Some(""));
        assert_eq!(Table(LINES).label("B"), Some("Bürgel"));
        assert_eq!(Table(LINES).label("C"), Some("ÜÜÜÜÜÜÜÜÜÜÜÜ"));
    }

    #[test]
    fn an_empty_or_broken_table_knows_nothing() {
        for lines in ["", "\n", "A", "no tab\nhere\n"] {
            assert_eq!(Table(lines).label("A"), None, "{lines:?}");
        }
    }
}

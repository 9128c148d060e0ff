//! Lines of columns, aligned for people.

/// Lines of which every column but the last is as wide as its longest cell, two blanks apart.
pub(crate) fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            // Not by `{cell:width$}`, which panics where a cell has more than 65535 characters.
            let missing = width.saturating_sub(cell.chars().count());
            line.extend(std::iter::repeat_n(' ', missing.saturating_add(2)));
        }
        text.push_str(line.trim_end_matches(' '));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_longest_cell_and_lines_end_without_blanks() {
        let rows = [["ä", "b", "long text"], ["long", "", ""]];
        assert_eq!(aligned(&rows.map(|row| row.map(str::to_owned))), "ä     b  long text\nlong\n");
    }

    #[test]
    fn no_cell_is_too_long() {
        let long = "x".repeat(70_000);
        let rows = [[long.clone(), "b".to_owned()], ["a".to_owned(), long.clone()]];
        assert_eq!(aligned(&rows), format!("{long}  b\na{}{long}\n", " ".repeat(70_001)));
    }
}

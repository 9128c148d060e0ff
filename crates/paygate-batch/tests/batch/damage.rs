//! Files that something happened to: cut off, out of order, doubled, with wrong counts and sums.

use crate::given::{errors, file, layout, layouts, record, text};
use paygate_batch::{Guard, Reader, check};

fn usual() -> String {
    text(layout("2.x"), &[record("r-1", 100), record("r-2", 200), record("r-3", 300)])
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_not_whole() {
    for layout in layouts().into_iter().filter(|layout| !layout.is_master()) {
        let whole = file(layout, &[record("r-1", 100), record("r-2", 211)]);
        let end = whole.len() - "\r\n".len();
        for cut in 0..end {
            if let Ok(mut reader) = Reader::new(&whole[..cut]) {
                assert!(reader.by_ref().any(|entry| entry.is_err()), "cut at {cut}");
                assert!(reader.total().is_none());
            }
        }
        assert!(errors(&whole[..end]).is_empty());
    }
}

#[test]
fn a_line_that_is_missing_or_doubled_is_noticed_by_foot() {
    let file = usual();
    let line = file.lines().nth(2).unwrap();
    let without = file.replace(&format!("{line}\n"), "");
    assert_eq!(errors(without), ["line 4, column 6: CountRecords: is 3, and the file has 2 records"]);
    let doubled = file.replace(line, &format!("{line}\n{line}"));
    assert_eq!(errors(&doubled), ["line 6, column 6: CountRecords: is 3, and the file has 4 records"]);

    // Somebody mended FOOT too.
    let mut problems = Vec::new();
    let mended = doubled.replace("FOOT,3,600", "FOOT,4,800");
    let checked = check(Reader::new(mended.as_bytes()).unwrap(), Guard::new(), |problem| {
        problems.push(problem.to_string());
    });
    assert_eq!(problems, ["line 4: TransID: stands in line 3 already"]);
    assert!(checked.unwrap().total.is_none());
}

#[test]
fn a_sum_that_is_not_that_of_the_amounts_is_noticed_and_not_told() {
    let file = usual().replace("FOOT,3,600", "FOOT,3,601");
    assert_eq!(errors(&file), ["line 5, column 8: SumAmount: is not the sum of the amounts"]);
    for sum in ["", "-600", "+600", "0600", "600.0", "6e2", "99999999999999999999999999999999999999999"] {
        let file = usual().replace("FOOT,3,600", &format!("FOOT,3,{sum}"));
        assert_eq!(errors(&file), ["line 5, column 8: SumAmount: is no number"], "{sum:?}");
    }
}

#[test]
fn records_in_another_order_are_the_same_file() {
    let (one, other) = (record("r-1", 100), record("r-2", 200));
    assert!(errors(file(layout("2.x"), &[other, one])).is_empty());
}

#[test]
fn head_and_foot_stand_where_they_belong() {
    let file = usual();
    let (head, rest) = file.split_once('\n').unwrap();
    assert_eq!(errors(rest), ["line 1, column 1: a file begins with HEAD,MerchantID,Date,Version"]);
    assert_eq!(errors(""), ["line 1, column 1: a file begins with HEAD,MerchantID,Date,Version"]);
    assert_eq!(
        errors(format!("{head}\n{file}")),
        [
            "line 2, column 1: Type: is not Trustly",
            "line 6, column 6: CountRecords: is 3, and the file has 4 records"
        ]
    );
    assert_eq!(errors(format!("{file}{file}")).len(), 5);
    assert_eq!(
        errors(file.split_once("\nFOOT").unwrap().0),
        ["line 4, column 61: the file ends within this line", "line 5, column 1: the file ends without FOOT"]
    );
    assert_eq!(errors(format!("{file}x"))[0], "line 6, column 1: nothing may stand behind FOOT");
    assert_eq!(errors(format!("{head}\n")), ["line 2, column 1: the file ends without FOOT"]);
    assert!(errors(format!("{head}\nFOOT,0,0\n")).is_empty());
}

#[test]
fn every_error_names_line_column_and_field_and_no_value() {
    let long = "x".repeat(65);
    for (from, to, expected) in [
        (
            "r-2,",
            "r*2,",
            "line 3, column 25: TransID: character 2 is not allowed, only ASCII without &, * and control characters",
        ),
        (
            "r-2,",
            &*format!("{long},"),
            "line 3, column 24: TransID: has 65 characters, at most 64 are allowed",
        ),
        ("r-2,", ",", "line 3, column 24: TransID: is empty"),
        (
            "r-2,",
            "\"r-2\",",
            "line 3, column 24: TransID: holds a comma, a quotation mark or a line end, which a file has no way to write",
        ),
        (",200,", ",2x0,", "line 3, column 17: Amount: character 2 is not allowed, only digits"),
        (",200,", ",0200,", "line 3, column 16: Amount: is no amount: no zeros before the number"),
        (
            ",200,EUR",
            ",200,eur",
            "line 3, column 20: Currency: character 1 is not allowed, only capital letters A to Z",
        ),
        ("Trustly,Credit,200", "Direct,Credit,200", "line 3, column 1: Type: is not Trustly"),
        ("Trustly,Credit,200", "Trustly,Debit,200", "line 3, column 9: Action: is not Credit"),
        ("r-2,,7bbb", "r-2,,7bb", "line 3, column 29: PayID: has 31 characters, exactly 32 are needed"),
        ("r-2,,", "r-2,", "line 3, column 1: there are 6 fields instead of 7"),
        ("r-2,,", "r-2,a,b,", "line 3, column 1: there are 8 fields instead of 7"),
        ("r-2,,", "r-é,,", "line 3, column 26: only ASCII is allowed"),
    ] {
        let file = usual().replacen(from, to, 1);
        assert_ne!(file, usual(), "{from}");
        let file = if from == "r-2,,7bbb" { usual().replace("r-2,,7bbb", "r-2,,7bb") } else { file };
        assert_eq!(errors(&file)[0], expected);
        // The line counts, so FOOT's count is right; its sum cannot be compared.
        assert_eq!(errors(&file).len(), 1, "{expected}");
    }
    let empty = usual().replacen("\nTrustly", "\n\nTrustly", 1);
    assert_eq!(errors(&empty)[0], "line 2, column 1: the line is empty");
    let endless = usual().replacen("r-2", &"x".repeat(100_000), 1);
    assert_eq!(errors(&endless), ["line 3, column 1025: the line has more than 1024 bytes"]);
}

#[test]
fn a_wrong_head_is_told_by_field() {
    for (head, expected) in [
        ("HEAD,Shop,20261122", "line 1, column 1: there are 3 fields instead of 4"),
        ("HEAD,Shop,20261122,2.x,", "line 1, column 1: there are 5 fields instead of 4"),
        ("HEAD,,20261122,2.x", "line 1, column 6: MerchantID: is empty"),
        ("HEAD,Shop,,2.x", "line 1, column 11: Date: is empty"),
        (
            "HEAD,Shop,20261122,3.0",
            "line 1, column 20: Version: is none of 1.0, 1.x, 2.0, 2.x, with x the letter or a number from 1 to 99",
        ),
        (
            "HEAD,Shop,123456789012345678901,2.x",
            "line 1, column 11: Date: has 21 characters, at most 20 are allowed",
        ),
        ("head,Shop,20261122,2.x", "line 1, column 1: a file begins with HEAD,MerchantID,Date,Version"),
    ] {
        assert_eq!(errors(format!("{head}\nFOOT,0,0\n")), [expected]);
    }
    // How HEAD writes a date, no page says.
    let file = "HEAD,Shop,22.11.2026,2.x\nFOOT,0,0\n";
    assert_eq!(Reader::new(file.as_bytes()).unwrap().head().day(), None);
    assert!(errors(file).is_empty());
}

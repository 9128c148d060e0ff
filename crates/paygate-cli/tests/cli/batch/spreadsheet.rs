//! `paygate batch report --csv`.

use super::report::{all_kinds, report};
use super::{PAID_BACK, SENT, directory, files, put};
use crate::command::run;

const HEADER: &str =
    "Finding,SentLine,AnsweredLine,TransID,PayID,RefNr,Amount,Currency,Status,Code,Explanation\r\n";

#[test]
fn what_was_not_paid_back_is_written_whole_into_a_new_file() {
    let (sent, answered) = all_kinds();
    let csv = directory("csv-new").join("open.csv");
    let csv = csv.to_str().unwrap();
    let ran = report("csv", &sent, &answered, &["--csv", csv]);
    assert_eq!((ran.code, &*ran.stderr), (1, ""));
    let text = std::fs::read_to_string(csv).unwrap();
    assert!(text.starts_with(HEADER), "{text}");
    let kinds = [
        "failed",
        "unclear",
        "changed",
        "missing",
        "missing",
        "missing",
        "unexpected",
        "doubled",
        "unreadable",
    ];
    for kind in kinds {
        assert!(text.contains(&format!("\n{kind},")), "{kind}: {text}");
    }
    assert!(!text.contains("\npaid back,") && text.lines().count() == kinds.len() + 1, "{text}");
    assert!(text.contains(&format!("\r\nchanged,5,5,changed,{:032},,400,EUR,OK,00000000,", 4)), "{text}");

    let ran = report("csv", &sent, &answered, &["--csv", csv]);
    let message = format!("{csv}: is there already, and is not written over");
    assert_eq!((ran.code, ran.messages()), (2, vec![&*message]));
}

#[test]
fn all_is_written_if_asked() {
    let csv = directory("csv-all").join("all.csv");
    let ran = report("csv-all-files", SENT, PAID_BACK, &["--all", "--csv", csv.to_str().unwrap()]);
    assert_eq!(ran.code, 0);
    let rows = "paid back,2,2,refund-1,7bbb448155234d8cbee323778952ce28,2026-11,999,EUR,OK,00000000,success\r\n\
                paid back,3,3,refund-2,0123456789abcdef0123456789abcdef,,1000,EUR,OK,00000000,success\r\n";
    assert_eq!(std::fs::read_to_string(csv).unwrap(), format!("{HEADER}{rows}"));
}

#[test]
fn on_standard_output_the_report_gives_way() {
    let ran = report("csv-stdout", SENT, PAID_BACK, &["--csv", "-"]);
    assert_eq!((ran.code, ran.text()), (0, HEADER));
    assert!(ran.stderr.contains("everything was paid back; no MAC"), "{}", ran.stderr);
    let ran = report("csv-stdout", SENT, PAID_BACK, &["--csv", "-", "--json"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn no_cell_is_taken_for_a_formula() {
    for id in ["=1+1", "+1", "-1", "@SUM(A1)"] {
        let sent = SENT.replace("refund-1", id).replace("2026-11", "=cmd");
        let answered = PAID_BACK.replace("refund-1", id).replace("2026-11", "=cmd");
        let answered = answered.replacen("OK,00000000", "FAILED,21550957", 1);
        let ran = report("csv-formula", &sent, &answered, &["--csv", "-"]);
        assert!(ran.text().contains(&format!(",'{id},")) && ran.text().contains(",'=cmd,"), "{}", ran.text());
        let ran = report("csv-formula", &sent, &answered, &[]);
        assert!(ran.text().contains(&format!(" '{id} ")), "{}", ran.text());
        let json = report("csv-formula", &sent, &answered, &["--json"]).json();
        assert_eq!(json["findings"][0]["trans_id"], id);
    }
}

#[test]
fn after_a_refusal_there_is_no_file() {
    let out = directory("csv-refused");
    let csv = out.join("open.csv");
    assert_eq!(report("csv-refused-files", PAID_BACK, SENT, &["--csv", csv.to_str().unwrap()]).code, 1);
    assert_eq!(files(&out), [""; 0]);
    let ran = report("csv-refused-files", SENT, PAID_BACK, &["--csv", "/nowhere/open.csv"]);
    assert!(ran.code == 2 && ran.messages()[0].starts_with("/nowhere/open.csv: "), "{}", ran.stderr);
}

#[test]
#[cfg(target_os = "linux")]
fn a_csv_that_cannot_be_printed_is_an_error() {
    let directory = directory("csv-full");
    let (sent, answered) = (put(&directory, "s.dat", SENT), put(&directory, "a.dat", PAID_BACK));
    let mut command = crate::command::command(&[], &["batch", "report", &sent, &answered, "--csv", "-"]);
    command.stdout(std::fs::File::create("/dev/full").unwrap());
    let ran = crate::command::finish(command, b"");
    assert!(ran.code == 1 && ran.messages()[0].starts_with("standard output: "), "{}", ran.stderr);
    assert_eq!(run(&[], &["batch", "report", &sent, &answered]).code, 0);
}

#[test]
fn no_part_of_a_cell_is_taken_for_a_formula_where_other_characters_separate() {
    let answered = PAID_BACK.replacen("OK,00000000", "FAILED,21550957", 1);
    for (id, cell) in [("a;=1+1", "a;'=1+1"), ("a|@b", "a|'@b"), ("a;b", "a;b")] {
        let ran = report(
            "csv-separators",
            &SENT.replace("refund-1", id),
            &answered.replace("refund-1", id),
            &["--csv", "-"],
        );
        assert!(ran.text().contains(&format!(",{cell},")), "{}", ran.text());
    }
}

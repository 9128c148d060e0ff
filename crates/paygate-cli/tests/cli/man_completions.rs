//! `paygate man` and `paygate completions`.

use crate::command::run;
use std::path::Path;

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = run(&[], &["completions", shell]);
        assert_eq!((ran.code, &*ran.stderr), (0, ""), "{shell}");
        for word in ["doctor", "template", "trans-id"] {
            assert!(ran.text().contains(word), "{shell}: {word}");
        }
        let json = run(&[], &["completions", shell, "--json"]).json();
        assert_eq!((&json["shell"], &json["script"]), (&shell.into(), &ran.text().into()));
    }
    assert!(run(&[], &["completions", "bash"]).text().contains("trustly swish credit"));
    for arguments in [&["completions"][..], &["completions", "tcsh"]] {
        assert_eq!(run(&[], arguments).code, 2);
    }
}

#[test]
fn the_main_page_is_printed() {
    let ran = run(&[], &["man"]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    assert!(ran.text().contains(".TH paygate 1") && ran.text().contains("PAYGATE_PROFILE"), "{}", ran.text());
    assert_eq!(run(&[], &["man", "--json"]).json()["page"], ran.text());
}

#[test]
fn every_command_gets_a_page_of_its_own() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man1");
    std::fs::create_dir_all(&directory).unwrap();
    let ran = run(&[], &["man", "--out", directory.to_str().unwrap()]);
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let written: Vec<&str> = ran.text().lines().filter_map(|path| path.rsplit(['/', '\\']).next()).collect();
    for page in ["paygate.1", "paygate-seal.1", "paygate-mac-request.1", "paygate-batch-write.1"] {
        assert!(written.contains(&page), "{page}: {written:?}");
    }
    assert!(!written.iter().any(|page| page.contains("help")), "{written:?}");
    for page in &written {
        let text = std::fs::read_to_string(directory.join(page)).unwrap();
        assert!(text.contains(".SH EXAMPLES\n.nf\n\\&  "), "{page}");
    }
    let json = run(&[], &["man", "--json", "--out", directory.to_str().unwrap()]).json();
    assert_eq!(json["written"].as_array().unwrap().len(), written.len());
}

#[test]
fn a_directory_that_is_not_there_ends_with_2() {
    let ran = run(&[], &["man", "--out", "/nowhere/man1"]);
    assert_eq!((ran.code, ran.text()), (2, ""));
    assert!(ran.messages()[0].starts_with("/nowhere/man1: "), "{}", ran.stderr);
}

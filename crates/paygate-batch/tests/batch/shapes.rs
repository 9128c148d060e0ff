//! Lines that are other than their version says: read as they stand, and told.

use crate::given::{errors, layouts, records};
use paygate_batch::{End, Layout, Reader, Shape};
use proptest::prelude::*;

const PAY_ID: &str = "7bbb448155234d8cbee323778952ce28";

/// One record in a file of this version: is it read, and as the version says?
fn read(version: &str, line: &str) -> (Shape, bool) {
    let file = format!("HEAD,Shop,20261122,{version}\n{line}\nFOOT,1,100\n");
    let mut reader = Reader::new(file.as_bytes()).unwrap();
    for entry in &mut reader {
        entry.unwrap();
    }
    assert!(reader.total().is_some());
    (reader.shape().unwrap(), reader.is_as_the_version_says())
}

#[test]
fn the_other_reading_of_the_page_is_taken_and_told() {
    let request = format!("Trustly,Credit,100,EUR,r-1,{PAY_ID}");
    let with_ref_nr = format!("Trustly,Credit,100,EUR,r-1,,{PAY_ID}");
    let with_slave = format!("Trustly,Credit,Slave,100,EUR,r-1,,{PAY_ID}");
    for (version, line, is_said) in [
        ("1.0", &request, true),
        ("1.0", &with_ref_nr, false),
        ("1.x", &request, false),
        ("2.0", &request, false),
        ("2.0", &with_ref_nr, true),
        ("2.x", &with_ref_nr, true),
        ("2.x", &with_slave, true),
        ("2.0", &with_slave, true),
        ("1.x", &with_slave, false),
    ] {
        assert_eq!(read(version, line).1, is_said, "{version} {line}");
    }
    for (version, end, is_said) in [
        ("1.0", ",OK", true),
        ("1.0", ",OK,00000000", false),
        ("2.x", ",OK", false),
        ("2.x", ",OK,00000000", true),
    ] {
        let line = if version == "1.0" { &request } else { &with_ref_nr };
        assert_eq!(read(version, &[line, end].concat()).1, is_said, "{version}{end}");
    }
}

#[test]
fn all_lines_of_a_file_have_one_shape() {
    let file = format!(
        "HEAD,Shop,20261122,2.x\nTrustly,Credit,100,EUR,r-1,,{PAY_ID}\nTrustly,Credit,100,EUR,r-2,{PAY_ID}\nFOOT,2,200\n"
    );
    assert_eq!(errors(&file), ["line 3, column 1: there are 6 fields instead of 7"]);
}

proptest! {
    #[test]
    fn no_line_fits_two_shapes(
        (layout, record) in proptest::sample::select(layouts()).prop_flat_map(|layout| (Just(layout), records(layout))),
        end in proptest::sample::select(vec![(End::Nothing, ""), (End::Status, ",OK"), (End::StatusAndCode, ",FAILED,21550957")]),
    ) {
        let units = record.money.amount().units();
        let line = record.line(layout, &crate::given::lenient()).unwrap() + end.1;
        // Whatever HEAD says, the lines are read as what they are.
        for version in ["1.0", "2.x"] {
            let file = format!("HEAD,Shop,20261122,{version}\n{line}\nFOOT,1,{units}\n");
            let mut reader = Reader::new(file.as_bytes()).unwrap();
            let entry = reader.next().unwrap().unwrap();
            prop_assert_eq!(entry.record, record);
            prop_assert_eq!(reader.shape(), Some(Shape { end: end.0, ..Shape::of_request(layout) }));
        }
    }

    #[test]
    fn what_a_version_says_is_of_it(layout in proptest::sample::select(layouts())) {
        let other = Layout::new(layout.version());
        prop_assert!(Shape::of_request(layout).is_of(other) && Shape::of_answer(layout).is_of(other));
    }
}

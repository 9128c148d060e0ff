//! The cases, and the one function in which callgrind counts.

use std::hint::black_box;

const SIZES: [usize; 4] = [8, 16, 32, 64];
const KIB: usize = 1024;

/// What is done once with a text that was made before.
pub(crate) type Work = Box<dyn FnOnce()>;

/// A reader and a text that is bad for it.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Makes a text of so many bytes, or little less, and says what is to be done with it.
    pub(crate) prepare: fn(usize) -> Work,
}

pub(crate) const fn case(name: &'static str, prepare: fn(usize) -> Work) -> Case {
    Case { name, prepare }
}

/// Does every case at every length; each prints its name and length, in the order in which callgrind writes its counts.
pub(crate) fn run(cases: Vec<Case>) {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let sizes = if is_test { &SIZES[..1] } else { &SIZES };
    // If this one passes, the check could not fail.
    for case in [case("quadratic on purpose", quadratic)].into_iter().chain(cases) {
        // What is made once only, as tables of atoms, is made now.
        (case.prepare)(SIZES[0] * KIB)();
        for size in sizes {
            let work = (case.prepare)(size * KIB);
            println!("{}\t{size}", case.name);
            measured_case(work);
        }
    }
}

/// Callgrind counts from here to the return.
#[inline(never)]
fn measured_case(work: Work) {
    black_box(work)();
}

fn quadratic(size: usize) -> Work {
    let numbers: Vec<usize> = (0..size / 16).collect();
    Box::new(move || {
        let found =
            numbers.iter().filter(|number| numbers.iter().rev().any(|other| other == *number)).count();
        assert_eq!(black_box(found), numbers.len());
    })
}

/// A text of at most so many bytes: what stands before, and then one thing again and again.
pub(crate) fn filled(head: &str, unit: &str, size: usize) -> String {
    head.to_owned() + &unit.repeat(size.saturating_sub(head.len()) / unit.len())
}

/// The same for numbered things.
pub(crate) fn numbered(head: &str, size: usize, unit: impl Fn(usize) -> String) -> String {
    let mut text = head.to_owned();
    for number in 0.. {
        let next = unit(number);
        if text.len() + next.len() > size {
            break;
        }
        text += &next;
    }
    text
}

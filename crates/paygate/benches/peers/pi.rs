//! The hex digits of π, from which Blowfish's tables are made: a peer that has no Blowfish builds one from them.

use std::fmt::Write;

/// A number below 16 as words of 32 bits, the most significant first, the first of them before the point.
type Fixed = Vec<u32>;

/// Words beyond those wanted, where the errors of cut divisions stay.
const GUARD: usize = 2;

/// So many words of 8 hex digits, from the first one behind the point, by Machin's formula:
/// π = 16 arctan(1/5) − 4 arctan(1/239).
pub(crate) fn fraction(words: usize) -> String {
    let mut pi = arctan_of_inverse(16, 5, words + GUARD);
    subtract(&mut pi, &arctan_of_inverse(4, 239, words + GUARD));
    assert_eq!(pi[0], 3, "π");
    let mut digits = String::with_capacity(8 * words);
    for word in &pi[1..=words] {
        write!(digits, "{word:08x}").expect("a string");
    }
    digits
}

/// `factor` × arctan(1/`x`), by the series 1/x − 1/3x³ + 1/5x⁵ − …
fn arctan_of_inverse(factor: u32, x: u32, words: usize) -> Fixed {
    let mut power = vec![0; words + 1];
    power[0] = factor;
    divide(&mut power, x);
    let mut sum = power.clone();
    for odd in (3..).step_by(2) {
        divide(&mut power, x * x);
        if power.iter().all(|word| *word == 0) {
            break;
        }
        let mut term = power.clone();
        divide(&mut term, odd);
        if odd % 4 == 3 { subtract(&mut sum, &term) } else { add(&mut sum, &term) }
    }
    sum
}

fn divide(number: &mut Fixed, by: u32) {
    let mut rest = 0;
    for word in number {
        let dividend = rest << 32 | u64::from(*word);
        *word = low(dividend / u64::from(by));
        rest = dividend % u64::from(by);
    }
}

fn add(number: &mut Fixed, other: &Fixed) {
    let mut carry = 0;
    for (word, more) in number.iter_mut().zip(other).rev() {
        let sum = u64::from(*word) + u64::from(*more) + carry;
        *word = low(sum);
        carry = sum >> 32;
    }
}

fn subtract(number: &mut Fixed, other: &Fixed) {
    let mut borrow = false;
    for (word, less) in number.iter_mut().zip(other).rev() {
        let (difference, first) = word.overflowing_sub(*less);
        let (difference, second) = difference.overflowing_sub(u32::from(borrow));
        *word = difference;
        borrow = first || second;
    }
}

fn low(word: u64) -> u32 {
    u32::try_from(word & u64::from(u32::MAX)).expect("32 bits")
}

//! Pieces of genuine callbacks, cut at their blocks and joined anew without a key, as ECB and CBC let anybody do.

use crate::{aes_merchant, open};
use paygate::testing::{self, Callback};
use paygate::{BindError, Expected, Merchant, Outcome, Signed};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What an attacker copied: `Len` and the blocks of `Data`; and what the shop made of it when it came by itself.
struct Genuine {
    len: usize,
    iv: Vec<u8>,
    blocks: Vec<Vec<u8>>,
    attempt: Expected,
    signed: Signed,
    outcome: Outcome,
}

impl Genuine {
    fn of(merchant: &Merchant, attempt: Expected, callback: &Callback) -> Self {
        let form = callback.form(merchant).unwrap();
        let opened = open(merchant, &form).unwrap();
        let (len, data) = form.strip_prefix("Len=").unwrap().split_once("&Data=").unwrap();
        let (iv, digits, block) = data.split_once('-').map_or(("", data, 8), |(iv, digits)| (iv, digits, 16));
        Self {
            len: len.parse().unwrap(),
            iv: hex::decode(iv).unwrap(),
            blocks: hex::decode(digits).unwrap().chunks(block).map(<[u8]>::to_vec).collect(),
            attempt,
            signed: *opened.signed(),
            outcome: opened.bind(&attempt).unwrap().outcome(),
        }
    }

    /// How many bytes behind the text this sender's padding has.
    fn slack(&self) -> usize {
        self.blocks.concat().len() - self.len
    }
}

fn form(len: usize, iv: &[u8], data: &[u8]) -> String {
    let iv = if iv.is_empty() { String::new() } else { format!("{}-", hex::encode_upper(iv)) };
    format!("Len={len}&Data={iv}{}", hex::encode_upper(data))
}

/// What opens says what one of the two said, word for word where it counts, and of that one's attempt alone.
fn says_nothing_new(merchant: &Merchant, form: &str, two: &[Genuine; 2]) -> bool {
    let Ok(callback) = open(merchant, form) else { return false };
    let own = two.iter().find(|genuine| genuine.signed == *callback.signed());
    let own = own.unwrap_or_else(|| panic!("nobody signed {:?}: {form}", callback.signed()));
    assert_eq!(callback.bind(&own.attempt).unwrap().outcome(), own.outcome, "{form}");
    for other in two.iter().filter(|other| other.attempt != own.attempt) {
        assert_eq!(callback.bind(&other.attempt).unwrap_err(), BindError::TransId, "{form}");
    }
    true
}

/// Every beginning of one before every end of the other, with each of the `Len`s and each IV; how many of how many opened.
fn cut_and_join(
    merchant: &Merchant,
    two: &[Genuine; 2],
    lens: impl Fn(usize, &Genuine) -> Vec<usize>,
) -> [u32; 2] {
    let mut counts = [0, 0];
    for [first, last] in [[&two[0], &two[1]], [&two[1], &two[0]], [&two[0], &two[0]], [&two[1], &two[1]]] {
        for (cut, from) in pairs(first.blocks.len(), last.blocks.len()) {
            let data = [&first.blocks[..cut], &last.blocks[from..]].concat().concat();
            let ivs = BTreeSet::from([&first.iv, &last.iv]);
            let lens = BTreeSet::from_iter(lens(data.len(), last));
            for (len, iv) in lens.into_iter().flat_map(|len| ivs.iter().map(move |iv| (len, iv))) {
                counts[0] += u32::from(says_nothing_new(merchant, &form(len, iv, &data), two));
                counts[1] += 1;
            }
        }
    }
    counts
}

/// Every run of one's blocks in the place of every run of the other's, of any lengths; how many of how many opened.
fn replace_runs(merchant: &Merchant, two: &[Genuine; 2]) -> [u32; 2] {
    let mut counts = [0, 0];
    for [into, of] in [[&two[0], &two[1]], [&two[1], &two[0]]] {
        for (start, end) in pairs(into.blocks.len(), into.blocks.len()).filter(|(start, end)| start <= end) {
            for (from, to) in pairs(of.blocks.len(), of.blocks.len()).filter(|(from, to)| from < to) {
                let run = [&into.blocks[..start], &of.blocks[from..to], &into.blocks[end..]];
                let data = run.concat().concat();
                // The end that the text has is that of whoever's last block stands last.
                let last = if end < into.blocks.len() { into } else { of };
                let len = data.len().saturating_sub(last.slack());
                counts[0] += u32::from(says_nothing_new(merchant, &form(len, &into.iv, &data), two));
                counts[1] += 1;
            }
        }
    }
    counts
}

/// All pairs of numbers up to these, both included.
fn pairs(first: usize, second: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..=first).flat_map(move |one| (0..=second).map(move |other| (one, other)))
}

/// What a splicer would write as `Len`: all that leaves so much behind it as padding can be, one beyond either end,
/// and what the two genuine ones have.
fn plausible(size: usize, last: &Genuine) -> Vec<usize> {
    let shortest = size.saturating_sub(2 * last.blocks[0].len() + 1);
    (shortest..=size + 1).chain([last.len, size.saturating_sub(last.slack())]).collect()
}

/// Two results that a splicer would like to mix, by what they would make of each other.
fn couples(merchant: &Merchant) -> [[Genuine; 2]; 4] {
    let attempt = |id, cents| testing::expected(merchant, id, cents);
    let (a, b) = (attempt("order-a", 1000), attempt("order-b", 99_900));
    // Shorter by a field that decides nothing: the number of runs grows with the fourth power of the length.
    let genuine = |attempt: Expected, callback: &Callback| {
        Genuine::of(merchant, attempt, &callback.clone().without("XID"))
    };
    let second_try = Callback::failed(&a, "22060203").with("PayID", "f".repeat(32));
    [
        [genuine(a, &Callback::paid(&a)), genuine(b, &Callback::failed(&b, "22060203"))],
        [genuine(a, &Callback::paid(&a)), genuine(b, &Callback::open(&b))],
        [genuine(a, &Callback::paid(&a)), genuine(b, &Callback::paid(&b))],
        [genuine(a, &Callback::open(&a)), genuine(a, &second_try)],
    ]
}

#[test]
fn two_callbacks_cut_and_joined_say_what_one_of_them_said() {
    for merchant in [testing::merchant(), aes_merchant()] {
        for two in couples(&merchant) {
            let [opened, tried] = cut_and_join(&merchant, &two, plausible);
            assert!(opened > 0, "at the least each of them uncut");
            println!("{tried} joined, {opened} of them opened");
        }
    }
}

#[test]
fn a_run_of_blocks_of_another_callback_changes_nothing_that_is_signed() {
    let merchant = testing::merchant();
    for two in &couples(&merchant)[..1] {
        let [opened, tried] = replace_runs(&merchant, two);
        assert!(opened > 0, "blocks of Description decide nothing");
        println!("{tried} runs replaced, {opened} of them opened");
    }
    // The block behind a joint becomes noise; in shorter texts it nearly always falls on something that is signed.
    let merchant = aes_merchant();
    let (a, b) =
        (testing::expected(&merchant, "order-a", 1000), testing::expected(&merchant, "order-b", 99_900));
    let two = [(a, Callback::paid(&a)), (b, Callback::failed(&b, "22060203"))].map(|(attempt, callback)| {
        let callback = callback.without("XID").with("Description", "d".repeat(64));
        Genuine::of(&merchant, attempt, &callback)
    });
    let [opened, tried] = replace_runs(&merchant, &two);
    assert!(opened > 0, "noise in Description decides nothing");
    println!("AES: {tried} runs replaced, {opened} of them opened");
}

#[test]
fn wherever_a_customer_lets_the_blocks_fall_no_joint_makes_another_result() {
    let merchant = testing::merchant();
    let mut counts = [0, 0];
    let (a, b) =
        (testing::expected(&merchant, "order-a", 1000), testing::expected(&merchant, "order-b", 99_900));
    // The length of the description moves Code, that of UserData the MAC; the city is no ASCII.
    for (first, second) in pairs(7, 7) {
        let two = [(a, Callback::paid(&a), first), (b, Callback::failed(&b, "22060203"), second)].map(
            |(attempt, callback, shift)| {
                let callback = callback
                    .without("XID")
                    .with("Description", "d".repeat(shift))
                    .with("AddrCity", "Köln 🎉")
                    .with("UserData", "u".repeat((shift * 3) % 8));
                Genuine::of(&merchant, attempt, &callback)
            },
        );
        let lens = |size: usize, last: &Genuine| vec![size.saturating_sub(last.slack()), size];
        for (sum, count) in counts.iter_mut().zip(cut_and_join(&merchant, &two, lens)) {
            *sum += count;
        }
    }
    println!("{} joined, {} of them opened", counts[1], counts[0]);
    assert!(counts[0] > 0);
}

/// Paid, with an amount that begins a block, and before it a block at the least of the customer's words.
fn with_amount(merchant: &Merchant, attempt: &Expected, amount: &str, block: usize) -> (Callback, usize) {
    let filled = |fill: usize| {
        let callback = Callback::paid(attempt).with("UserData", "u".repeat(fill)).with("Amount", amount);
        callback.with("AccOwner", "Anna Maria Lüdenscheid")
    };
    let text = filled(0).plaintext(merchant).unwrap();
    let at = text.windows(8).position(|bytes| bytes == b"&Amount=").unwrap();
    let aligned = at.next_multiple_of(block) + block;
    (filled(aligned - at), aligned / block)
}

#[test]
fn a_splice_can_change_the_amount_that_is_shown_and_what_was_paid_is_the_amount_that_was_stored() {
    for merchant in [testing::merchant(), aes_merchant()] {
        let block = testing::keys(&merchant).current().encryption().cipher().block_len();
        let genuine = |id, cents| {
            let attempt = testing::expected(&merchant, id, cents);
            let (callback, at) = with_amount(&merchant, &attempt, &cents.to_string(), block);
            (Genuine::of(&merchant, attempt, &callback), at)
        };
        let ((small, at), (large, _)) = (genuine("order-a", 1000), genuine("order-b", 9900));
        let mut blocks = small.blocks.clone();
        // Blowfish: `&Amount=`, then the digits. AES: both in one, for which CBC needs the one before; that becomes
        // noise where the customer's words stood, and so does the one behind, where the owner's name stood.
        let taken = if block == 8 { at..at + 2 } else { at - 1..at + 1 };
        blocks[taken.clone()].clone_from_slice(&large.blocks[taken]);
        let callback = open(&merchant, &form(small.len, &small.iv, &blocks.concat())).unwrap();
        assert_eq!(callback.signed(), &small.signed);
        let shown = callback.pairs().find(|(name, _)| name == b"Amount").unwrap();
        assert_eq!(shown.1, b"9900", "nothing tells that nobody said so");
        let bound = callback.bind(&small.attempt).unwrap();
        assert_eq!(bound.paid().unwrap().money(), small.attempt.money(), "10.00, as the shop stored it");
        assert_eq!(callback.bind(&large.attempt).unwrap_err(), BindError::TransId);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn texts_of_any_lengths_and_letters_say_nothing_new_however_they_are_joined(
        words in prop::collection::vec("[ -%'-~]{0,24}", 4),
        ids in prop::collection::vec("[A-Za-z0-9]{1,20}", 2),
        code in "[24][0-9]{7}",
        aes in any::<bool>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..34), 48),
    ) {
        let merchant = if aes { aes_merchant() } else { testing::merchant() };
        let [a, b] = [("a", 1000), ("b", 99_900)]
            .map(|(order, cents)| testing::expected(&merchant, &[order, &ids[usize::from(order == "b")]].concat(), cents));
        let two = [(a, Callback::paid(&a), &words[..2]), (b, Callback::failed(&b, &code), &words[2..])].map(
            |(attempt, callback, words)| {
                let callback = callback.with("Description", &words[0]).with("UserData", &words[1]);
                Genuine::of(&merchant, attempt, &callback)
            },
        );
        for (number, (cut, from, slack)) in cuts.into_iter().enumerate() {
            let [first, last] = if number % 2 == 0 { [&two[0], &two[1]] } else { [&two[1], &two[0]] };
            let (cut, from) = (cut.index(first.blocks.len() + 1), from.index(last.blocks.len() + 1));
            let data = [&first.blocks[..cut], &last.blocks[from..]].concat().concat();
            says_nothing_new(&merchant, &form(data.len().saturating_sub(slack), &first.iv, &data), &two);
        }
    }
}

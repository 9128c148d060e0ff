//! Our Blowfish does what the crate `blowfish` does, for every key and every number of blocks.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

use std::fmt;

use cipher::consts::U8;
use cipher::{AlgorithmName, Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use fastrand::Rng;
use paygate_crypto::wide_blowfish::Blowfish;

type Block = Array<u8, U8>;

/// What a schedule takes of a key.
const LONGEST: usize = 72;

/// Both ciphers, by the way that takes keys of any length.
fn ours_and_theirs(key: &[u8]) -> (Blowfish, blowfish::Blowfish) {
    let (mut ours, mut theirs) = (Blowfish::bc_init_state(), blowfish::Blowfish::bc_init_state());
    ours.bc_expand_key(key);
    theirs.bc_expand_key(key);
    (ours, theirs)
}

fn random_bytes(rng: &mut Rng, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    rng.fill(&mut bytes);
    bytes
}

fn random_blocks(rng: &mut Rng, len: usize) -> Vec<Block> {
    (0..len).map(|_| Array(rng.u64(..).to_be_bytes())).collect()
}

/// Keys of every length that a schedule takes, four of each.
fn keys() -> Vec<Vec<u8>> {
    let mut rng = Rng::with_seed(0);
    (1..=LONGEST)
        .flat_map(|len| {
            [vec![0; len], vec![0xFF; len], (0..).take(len).collect(), random_bytes(&mut rng, len)]
        })
        .collect()
}

/// The blocks encrypted in place, which buffer to buffer and block by block must give as well.
fn encrypted(cipher: &impl BlockCipherEncrypt<BlockSize = U8>, blocks: &[Block]) -> Vec<Block> {
    let mut in_place = blocks.to_vec();
    cipher.encrypt_blocks(&mut in_place);
    let mut to_buffer = vec![Array([0xEE; 8]); blocks.len()];
    cipher.encrypt_blocks_b2b(blocks, &mut to_buffer).unwrap();
    let mut one_by_one = blocks.to_vec();
    for block in &mut one_by_one {
        cipher.encrypt_block(block);
    }
    assert_eq!(to_buffer, in_place);
    assert_eq!(one_by_one, in_place);
    in_place
}

/// As [`encrypted`].
fn decrypted(cipher: &impl BlockCipherDecrypt<BlockSize = U8>, blocks: &[Block]) -> Vec<Block> {
    let mut in_place = blocks.to_vec();
    cipher.decrypt_blocks(&mut in_place);
    let mut to_buffer = vec![Array([0xEE; 8]); blocks.len()];
    cipher.decrypt_blocks_b2b(blocks, &mut to_buffer).unwrap();
    let mut one_by_one = blocks.to_vec();
    for block in &mut one_by_one {
        cipher.decrypt_block(block);
    }
    assert_eq!(to_buffer, in_place);
    assert_eq!(one_by_one, in_place);
    in_place
}

/// For one run of blocks: both ciphers agree in both directions, and ours takes back what it did.
#[track_caller]
fn assert_agree(ours: &Blowfish, theirs: &blowfish::Blowfish, blocks: &[Block], what: &str) {
    let ciphertext = encrypted(ours, blocks);
    assert_eq!(ciphertext, encrypted(theirs, blocks), "encrypting {what}");
    assert_eq!(decrypted(ours, &ciphertext), blocks, "decrypting what was encrypted, {what}");
    // Of blocks that no encryption made, too.
    assert_eq!(decrypted(ours, blocks), decrypted(theirs, blocks), "decrypting {what}");
}

#[test]
fn keys_of_every_length_and_runs_of_up_to_twenty_blocks_agree() {
    let mut rng = Rng::with_seed(1);
    for key in keys() {
        let (ours, theirs) = ours_and_theirs(&key);
        for len in 0..=20 {
            let blocks = random_blocks(&mut rng, len);
            assert_agree(&ours, &theirs, &blocks, &format!("{blocks:02X?} with the key {key:02X?}"));
        }
    }
}

#[test]
fn a_second_key_on_top_of_the_first_agrees() {
    let mut rng = Rng::with_seed(2);
    for second in keys() {
        let first = random_bytes(&mut rng, 16);
        let (mut ours, mut theirs) = ours_and_theirs(&first);
        ours.bc_expand_key(&second);
        theirs.bc_expand_key(&second);
        let blocks = random_blocks(&mut rng, 7);
        assert_agree(&ours, &theirs, &blocks, &format!("with {first:02X?}, then {second:02X?}"));
    }
}

#[test]
fn no_key_at_all_agrees() {
    let blocks = random_blocks(&mut Rng::with_seed(3), 20);
    let (ours, theirs) = (Blowfish::bc_init_state(), blowfish::Blowfish::bc_init_state());
    assert_agree(&ours, &theirs, &blocks, "without a key");
}

#[test]
fn keys_of_other_lengths_than_specified_are_refused_as_there() {
    let mut rng = Rng::with_seed(4);
    for len in 0..=LONGEST + 8 {
        let key = random_bytes(&mut rng, len);
        let blocks = random_blocks(&mut rng, 7);
        match (Blowfish::new_from_slice(&key), blowfish::Blowfish::new_from_slice(&key)) {
            (Ok(ours), Ok(theirs)) => {
                assert!((4..=56).contains(&len), "{len} bytes are taken");
                assert_agree(&ours, &theirs, &blocks, &format!("with {len} bytes by KeyInit"));
            }
            (ours, theirs) => {
                assert!(!(4..=56).contains(&len), "{len} bytes are refused");
                assert_eq!(ours.err(), theirs.err());
            }
        }
    }
}

#[test]
fn a_key_whose_length_is_its_type_agrees() {
    let mut key = Array([0; 56]);
    Rng::with_seed(5).fill(&mut key);
    let blocks = random_blocks(&mut Rng::with_seed(6), 20);
    assert_agree(&Blowfish::new(&key), &blowfish::Blowfish::new(&key), &blocks, "with a key of 56 bytes");
}

#[test]
fn of_a_key_the_first_72_bytes_count() {
    let mut rng = Rng::with_seed(7);
    for len in LONGEST + 1..=2 * LONGEST + 1 {
        let key = random_bytes(&mut rng, len);
        let blocks = random_blocks(&mut rng, 7);
        let (ours, theirs) = ours_and_theirs(&key);
        assert_agree(&ours, &theirs, &blocks, &format!("with {len} bytes"));
        let (cut, _) = ours_and_theirs(&key[..LONGEST]);
        assert_eq!(encrypted(&ours, &blocks), encrypted(&cut, &blocks), "{len} bytes");
    }
}

/// The crate stops the process there.
#[test]
fn an_empty_key_is_a_key_of_zeros() {
    let blocks = random_blocks(&mut Rng::with_seed(8), 7);
    let mut empty = Blowfish::bc_init_state();
    empty.bc_expand_key(&[]);
    let (zero, theirs) = ours_and_theirs(&[0]);
    assert_eq!(encrypted(&empty, &blocks), encrypted(&zero, &blocks));
    assert_agree(&empty, &theirs, &blocks, "with a key of zeros");
}

#[test]
fn it_shows_its_name_and_no_schedule() {
    struct Named;
    impl fmt::Display for Named {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            Blowfish::write_alg_name(f)
        }
    }
    assert_eq!(Named.to_string(), "Blowfish");
    assert_eq!(format!("{:?}", ours_and_theirs(b"password").0), "Blowfish { .. }");
}

#[test]
#[ignore = "takes half a minute in a release build"]
fn a_hundred_million_random_blocks() {
    const KEYS: u64 = 10_000;
    const BLOCKS_OF_A_KEY: usize = 10_000;
    const LONGEST_RUN: usize = 100;

    let (mut keys_of_length, mut done) = ([0_u32; LONGEST + 1], 0);
    for seed in 0..KEYS {
        let mut rng = Rng::with_seed(seed);
        let len = rng.usize(1..=LONGEST);
        let (ours, theirs) = ours_and_theirs(&random_bytes(&mut rng, len));
        keys_of_length[len] += 1;
        let mut left = BLOCKS_OF_A_KEY;
        while left > 0 {
            let run = rng.usize(1..=LONGEST_RUN).min(left);
            let blocks = random_blocks(&mut rng, run);

            let (mut by_ours, mut by_theirs) = (blocks.clone(), blocks.clone());
            ours.encrypt_blocks(&mut by_ours);
            theirs.encrypt_blocks(&mut by_theirs);
            assert_eq!(by_ours, by_theirs, "seed {seed}: {left} blocks before its end, {run} are encrypted");
            ours.decrypt_blocks(&mut by_ours);
            assert_eq!(by_ours, blocks, "seed {seed}: {left} blocks before its end, {run} come back");

            let (mut by_ours, mut by_theirs) = (blocks.clone(), blocks);
            ours.decrypt_blocks(&mut by_ours);
            theirs.decrypt_blocks(&mut by_theirs);
            assert_eq!(by_ours, by_theirs, "seed {seed}: {left} blocks before its end, {run} are decrypted");

            left -= run;
            done += run;
        }
    }
    assert_eq!(done, 100_000_000);
    assert!(keys_of_length[1..].iter().all(|keys| *keys > 0), "a length is missing: {keys_of_length:?}");
}

//! Our Blowfish does to any text, with any key, what the crate `blowfish` does.
#![no_main]

use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt};
use libfuzzer_sys::fuzz_target;
use paygate_crypto::wide_blowfish::Blowfish;

fuzz_target!(|input: &[u8]| {
    let Some((len, rest)) = input.split_first() else { return };
    // A schedule takes 72 bytes and cuts what is longer. The crate panics without any.
    let Some((key, text)) = rest.split_at_checked(1 + usize::from(len % 80)) else { return };
    let blocks: Vec<_> = text.as_chunks().0.iter().copied().map(Array).collect();

    let (mut ours, mut theirs) = (Blowfish::bc_init_state(), blowfish::Blowfish::bc_init_state());
    ours.bc_expand_key(key);
    theirs.bc_expand_key(key);

    let (mut by_ours, mut by_theirs) = (blocks.clone(), blocks.clone());
    ours.encrypt_blocks(&mut by_ours);
    theirs.encrypt_blocks(&mut by_theirs);
    assert_eq!(by_ours, by_theirs, "encrypted");

    let (mut by_ours, mut by_theirs) = (blocks.clone(), blocks);
    ours.decrypt_blocks(&mut by_ours);
    theirs.decrypt_blocks(&mut by_theirs);
    assert_eq!(by_ours, by_theirs, "decrypted");
});

//! Every way to pad that a live sender has is cut at `Len`: one text, one key, and what each of them makes of it.

use paygate_crypto::{DataError, EncryptionKey, LenUnit};

const TEXT: &[u8] = b"Unencrypted plain text!";

/// The first two blocks, which are whole and so alike.
const WHOLE: &str = "4105aafdc6445bf2eb8242371136f488";

fn cut_at_len(rest: &str) -> Result<bool, Box<dyn std::error::Error>> {
    let opened =
        EncryptionKey::blowfish(b"16CharKeyLength!")?.decrypt(format!("{WHOLE}{rest}").as_bytes())?;
    let end = opened.cut(TEXT.len(), LenUnit::Bytes)?;
    Ok(opened.blocks().get(..end) == Some(TEXT))
}

#[test]
fn zeros_as_computop_s_php_sample_pads() {
    assert!(cut_at_len("a4812b38a821e753").unwrap());
}

#[test]
fn pkcs_5_as_pretix_pads() {
    assert!(cut_at_len("2d9c8c8193853e80").unwrap());
}

#[test]
fn zeros_and_a_block_of_pkcs_5_as_fatchip_s_library_pads() {
    assert!(cut_at_len("a4812b38a821e75362312c53dc28c6f6").unwrap());
}

#[test]
fn blanks_as_computop_s_other_sample_pads() {
    assert!(cut_at_len("6413347eeb8731b9").unwrap());
}

#[test]
fn a_block_more_than_anybody_pads_is_refused() {
    assert!(cut_at_len("a4812b38a821e75362312c53dc28c6f662312c53dc28c6f6").is_err());
}

#[test]
fn the_empty_text_of_a_sender_without_padding_is_no_message() {
    let key = EncryptionKey::blowfish(b"16CharKeyLength!").unwrap();
    let sealed = key.encrypt(b"").unwrap();
    assert_eq!(key.decrypt(sealed.data().as_bytes()).unwrap_err(), DataError::Empty);
}

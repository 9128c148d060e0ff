//! The types of `paygate-crypto`: keys, texts and MACs.

use crate::canary::{CENTS, ENCRYPTION, MAC, NAME, encryption_key, mac_key};
use crate::exhibit;
use crate::shown::Shown;
use paygate_crypto::wide_blowfish::Blowfish;
use paygate_crypto::{
    DataError, Decrypted, EncryptError, EncryptionKey, KeyError, KeyPair, KeyRing, LenUnit, Mac, MacError,
    MacKey, Plaintext, RequestParts, ResponseParts,
};

pub(crate) fn show(shown: &mut Shown) {
    let (encryption, mac) = (encryption_key(), mac_key());
    let pair = KeyPair::new(encryption.clone(), mac.clone());
    let previous = KeyPair::new(EncryptionKey::aes(ENCRYPTION.as_bytes()).unwrap(), mac.clone()).until(1);
    let ring = KeyRing::new(pair.clone()).with_previous(previous);
    for (index, pair) in ring.pairs_at(0) {
        exhibit!(shown, index, pair.encryption().clone(), pair.mac().clone());
    }
    exhibit!(shown, pair, ring);
    let mut blowfish = Blowfish::bc_init_state();
    blowfish.bc_expand_key(ENCRYPTION.as_bytes());
    exhibit!(shown, blowfish);
    for refused in [
        MacKey::from_text(&format!(" {MAC}")).unwrap_err(),
        EncryptionKey::blowfish_from_text(&ENCRYPTION.repeat(9)).unwrap_err(),
        EncryptionKey::aes(MAC.as_bytes()).unwrap_err(),
        KeyError::Empty,
    ] {
        exhibit!(shown, refused);
    }

    let text = format!("FirstName={NAME}&Amount={CENTS}");
    let encrypted = encryption.encrypt(text.as_bytes()).unwrap();
    exhibit!(shown, encrypted, Plaintext::from(text.as_bytes()));
    let opened: Decrypted<Plaintext> = encryption.decrypt(encrypted.data().as_bytes()).unwrap();
    exhibit!(shown, opened, opened.cut(usize::MAX, LenUnit::Bytes).unwrap_err());
    let refused: DataError = encryption.decrypt(NAME.as_bytes()).unwrap_err();
    exhibit!(shown, refused, EncryptError::NoRandomness);

    let (amount, name) = (CENTS.to_string(), NAME.as_bytes());
    let request = RequestParts { trans_id: name, amount: amount.as_bytes(), ..RequestParts::default() };
    let response = ResponseParts { trans_id: name, code: amount.as_bytes(), ..ResponseParts::default() };
    let made: Mac = mac.request(&request).unwrap();
    let separator = RequestParts { trans_id: b"Canaryname*", ..request };
    let refused: MacError = mac.request(&separator).unwrap_err();
    exhibit!(
        shown,
        request,
        response,
        made,
        made.to_hex(),
        refused,
        mac.verify_request(&request, &made).unwrap()
    );
}

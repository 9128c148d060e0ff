//! Each stage by itself, against the best known way to do it.

use crate::report::Report;
use crate::rounds::{Rounds, Way};
use crate::{keys, limit, messages, ours};
use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use paygate::crypto::wide_blowfish;
use paygate::crypto::{EncryptionKey, KeyPair, KeyRing, Mac, MacKey, ResponseParts};
use paygate::{BaseUrl, Envelope, Merchant, RawCallback, Route, testing};
use std::hint::black_box;

/// Bytes that are decrypted: those of a usual answer, in whole blocks.
const BYTES: usize = 904;

/// Bytes that are encrypted: those of a usual request.
const REQUEST_BYTES: usize = 704;

/// Six blocks side by side, against the crate `blowfish`, in each direction and in both.
pub(crate) fn blowfish(report: &mut Report, rounds: &Rounds) {
    let wide = wide_blowfish::Blowfish::new_from_slice(keys::ENCRYPTION).expect("a key");
    let plain: blowfish::Blowfish = KeyInit::new_from_slice(keys::ENCRYPTION).expect("a key");
    let [mut a, mut b, mut c, mut d] = [(); 4].map(|()| vec![Array([b'x'; 8]); BYTES / 8]);
    wide.encrypt_blocks(&mut a);
    plain.encrypt_blocks(&mut b);
    assert_eq!(a, b);
    let mut ways = [
        Way::new("wide", || {
            wide.encrypt_blocks(black_box(&mut a));
            BYTES
        }),
        Way::new("crate", || {
            plain.encrypt_blocks(black_box(&mut b));
            BYTES
        }),
        Way::new("wide", || {
            wide.decrypt_blocks(black_box(&mut c));
            BYTES
        }),
        Way::new("crate", || {
            plain.decrypt_blocks(black_box(&mut d));
            BYTES
        }),
    ];
    let mut times = rounds.measure(&mut ways);
    let decrypt = times.split_off(2);
    report.stage("blowfish_encrypt", "vs_crate", times.clone());
    report.stage("blowfish_decrypt", "vs_crate", decrypt.clone());
    // Both directions together.
    report.stage("blowfish", "vs_crate", times);
    report.stage("blowfish", "vs_crate", decrypt);
}

/// The check of an answer's MAC, against its three compressions.
pub(crate) fn mac(report: &mut Report, rounds: &Rounds) {
    let key = MacKey::new(keys::MAC).expect("a key");
    let parts = ResponseParts {
        pay_id: b"7bbb448155234d8cbee323778952ce28",
        trans_id: b"TID-12033175321270170232",
        mid: b"yourMerchantId",
        status: b"AUTHORIZED",
        code: b"00000000",
    };
    let claimed = key.response(&parts).expect("no asterisk");
    let bare = limit::Mac::new();
    let of_bare = || bare.of([parts.pay_id, parts.trans_id, parts.mid, parts.status, parts.code]);
    let digits: String = hex::encode(of_bare());
    let same = Mac::parse(digits.as_bytes()).expect("digits");
    assert!(key.verify_response(&parts, &same).is_ok(), "the bare compressions make the same MAC");
    let compressions = limit::Compressions::new();
    let times = rounds.measure(&mut [
        Way::new("ours", || usize::from(key.verify_response(black_box(&parts), black_box(&claimed)).is_ok())),
        Way::new("three compressions", || compressions.run()),
    ]);
    report.stage("mac", "over_compressions", times);
}

/// `Data` and back, against the cipher and vector code for the digits by themselves.
pub(crate) fn data(report: &mut Report, rounds: &Rounds) {
    let key = EncryptionKey::blowfish(keys::ENCRYPTION).expect("a key");
    let cipher = limit::cipher();
    let (request, answer) = ([b'x'; REQUEST_BYTES], [b'x'; BYTES]);
    let data = key.encrypt(&answer).expect("encrypted").into_data().into_bytes();
    let (mut blocks, mut digits) = (request, vec![0; 2 * REQUEST_BYTES]);
    let (mut buffer, mut other) = (vec![0; BYTES], vec![0; BYTES]);
    let mut ways = [
        Way::new("ours", || key.encrypt(black_box(&request)).expect("encrypted").len()),
        Way::new("cipher and digits", || {
            cipher.encrypt_blocks(Array::slice_as_chunks_mut(black_box(&mut blocks)).0);
            const_hex::encode_to_slice_upper(blocks, &mut digits).expect("digits");
            digits.len()
        }),
        Way::new("ours", || {
            key.decrypt_in(black_box(&data), &mut buffer[..]).expect("decrypted").blocks().len()
        }),
        Way::new("cipher and digits", || {
            const_hex::decode_to_slice(black_box(&data), &mut other).expect("digits");
            cipher.decrypt_blocks(Array::slice_as_chunks_mut(&mut other).0);
            other.len()
        }),
    ];
    let mut times = rounds.measure(&mut ways);
    let decrypt = times.split_off(2);
    report.stage("encrypt_data", "over_limit", times);
    report.stage("decrypt_data", "over_limit", decrypt);
}

/// The outer form, against a search for two separators.
pub(crate) fn outer_form(report: &mut Report, rounds: &Rounds) {
    let merchant = keys::merchant();
    let answer = messages::answer(&merchant, &messages::expected(&merchant), 900);
    let form = answer.form(&merchant).expect("sealed").into_bytes();
    let times = rounds.measure(&mut [
        Way::new("ours", || {
            let raw = RawCallback::post(Route::Notify, black_box(&form));
            usize::from(Envelope::parse(&raw).is_ok())
        }),
        Way::new("two separators", || limit::outer_form(black_box(&form)).1.len()),
    ]);
    report.stage("outer_form", "over_limit", times);
}

/// 256 merchants' answers, each with its own keys, one after the other; against as many answers of one merchant.
pub(crate) fn many_keys(report: &mut Report, rounds: &Rounds) {
    let merchants: Vec<Merchant> = (0..256).map(merchant_number).collect();
    let forms: Vec<Vec<u8>> = merchants.iter().map(form_of).collect();
    let expected = messages::expected(&merchants[0]);
    let (mut buffer, mut other_buffer) = (vec![0; 2048], vec![0; 2048]);
    let times = rounds.measure(&mut [
        Way::new("256 keys", || {
            let answers = merchants.iter().zip(&forms);
            answers.map(|(merchant, form)| ours::open(merchant, &expected, form, &mut buffer)).sum()
        }),
        Way::new("one key", || {
            let answers = forms.iter().map(|_| &forms[0]);
            answers.map(|form| ours::open(&merchants[0], &expected, form, &mut other_buffer)).sum()
        }),
    ]);
    report.stage("256_keys", "over_one", times);
}

fn merchant_number(number: u32) -> Merchant {
    let text = |what: &str| format!("{what} of merchant {number:03}").into_bytes();
    let pair = KeyPair::new(
        EncryptionKey::blowfish(&text("key")).expect("a key"),
        paygate::MacKey::new(&text("mac")).expect("a key"),
    );
    Merchant::new(testing::MERCHANT_ID, KeyRing::new(pair)).with_endpoint(BaseUrl::COMPUTOP)
}

fn form_of(merchant: &Merchant) -> Vec<u8> {
    let answer = messages::answer(merchant, &messages::expected(merchant), 900);
    answer.form(merchant).expect("sealed").into_bytes()
}

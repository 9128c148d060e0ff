//! The best way known for each stage, one after the other, with nothing between them: no rules, no types kept, no wiping.

use crate::keys;
use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use memchr::{memchr, memchr_iter};
use paygate::crypto::wide_blowfish::Blowfish;
use sha2::block_api::compress256;
use std::hint::black_box;

/// HMAC with states made before, its compressions bare.
pub(crate) struct Mac {
    inner: [u32; 8],
    outer: [u32; 8],
}

impl Mac {
    pub(crate) fn new() -> Self {
        const START: [u32; 8] = [
            0x6a09_e667,
            0xbb67_ae85,
            0x3c6e_f372,
            0xa54f_f53a,
            0x510e_527f,
            0x9b05_688c,
            0x1f83_d9ab,
            0x5be0_cd19,
        ];
        let state = |pad: u8| {
            let mut block = [pad; 64];
            block.iter_mut().zip(keys::MAC).for_each(|(to, from)| *to ^= from);
            let mut state = START;
            compress256(&mut state, &[block]);
            state
        };
        Self { inner: state(0x36), outer: state(0x5c) }
    }

    /// Of a message of up to 119 bytes: one or two blocks, then one more.
    pub(crate) fn of(&self, parts: [&[u8]; 5]) -> [u8; 32] {
        let mut blocks = [[0; 64]; 2];
        let text = blocks.as_flattened_mut();
        let mut end = 0;
        for part in parts {
            text[end..end + part.len()].copy_from_slice(part);
            text[end + part.len()] = b'*';
            end += part.len() + 1;
        }
        end -= 1;
        text[end] = 0x80;
        let used = if end < 56 { 64 } else { 128 };
        text[used - 8..used].copy_from_slice(&(u64::try_from(64 + end).expect("short") * 8).to_be_bytes());
        let mut state = self.inner;
        compress256(&mut state, &blocks[..used / 64]);
        let mut last = [[0; 64]];
        last[0][..32].copy_from_slice(&bytes(&state));
        last[0][32] = 0x80;
        last[0][62..].copy_from_slice(&(96_u16 * 8).to_be_bytes());
        let mut state = self.outer;
        compress256(&mut state, &last);
        bytes(&state)
    }
}

/// The three compressions of the MAC of an answer, and nothing else.
pub(crate) struct Compressions(Mac);

impl Compressions {
    pub(crate) fn new() -> Self {
        Self(Mac::new())
    }

    pub(crate) fn run(&self) -> usize {
        let (mut inner, mut outer) = (self.0.inner, self.0.outer);
        compress256(&mut inner, black_box(&[[0; 64]; 2]));
        // The last one waits for those before it, as in a MAC.
        let mut last = [[0; 64]];
        last[0][..32].copy_from_slice(&bytes(&inner));
        compress256(&mut outer, &last);
        black_box(outer).len()
    }
}

fn bytes(state: &[u32; 8]) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.as_chunks_mut().0.iter_mut().zip(state).for_each(|(to, word)| *to = word.to_be_bytes());
    bytes
}

pub(crate) fn cipher() -> Blowfish {
    Blowfish::new_from_slice(keys::ENCRYPTION).expect("4 to 56 bytes")
}

/// Copies a text that is ready, but for its MAC.
pub(crate) struct Seal {
    cipher: Blowfish,
    mac: Mac,
    parts: Vec<(&'static str, Vec<u8>)>,
    text: Vec<u8>,
    data: Vec<u8>,
}

impl Seal {
    pub(crate) fn new(pairs: &[(&'static str, String)]) -> Self {
        let latin1 = |text: &str| text.chars().map(|c| u8::try_from(c).expect("ISO-8859-1")).collect();
        let parts = pairs.iter().map(|(name, value)| (*name, latin1(value))).collect();
        Self { cipher: cipher(), mac: Mac::new(), parts, text: vec![0; 4096], data: vec![0; 8192] }
    }

    /// The digits of `Data`.
    pub(crate) fn seal(&mut self) -> &str {
        let of = |name: &str| {
            self.parts
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.as_slice())
                .unwrap_or_default()
        };
        let mac = self.mac.of([b"", of("TransID"), of("MerchantID"), of("Amount"), of("Currency")]);
        let mut end = 0;
        let mut push = |part: &[u8]| {
            self.text[end..end + part.len()].copy_from_slice(part);
            end += part.len();
        };
        for (name, value) in &self.parts {
            push(name.as_bytes());
            push(b"=");
            push(value);
            push(b"&");
        }
        let mut digits = [0; 64];
        const_hex::encode_to_slice_upper(mac, &mut digits).expect("64 digits");
        push(b"MAC=");
        push(&digits);
        push(b"&Response=encrypt");
        let padded = end.next_multiple_of(8);
        self.text[end..padded].fill(0);
        self.cipher.encrypt_blocks(Array::slice_as_chunks_mut(&mut self.text[..padded]).0);
        let data = &mut self.data[..2 * padded];
        const_hex::encode_to_slice_upper(&self.text[..padded], data).expect("digits");
        str::from_utf8(data).expect("digits")
    }
}

/// Knows where in the form everything stands.
pub(crate) struct Open {
    cipher: Blowfish,
    mac: Mac,
    text: Vec<u8>,
}

impl Open {
    pub(crate) fn new(form: &[u8]) -> Self {
        Self { cipher: cipher(), mac: Mac::new(), text: vec![0; form.len()] }
    }

    pub(crate) fn open(&mut self, form: &[u8]) -> usize {
        let (len, data) = outer_form(form);
        let text = &mut self.text[..data.len() / 2];
        const_hex::decode_to_slice(data, text).expect("hex");
        self.cipher.decrypt_blocks(Array::slice_as_chunks_mut(text).0);
        let text = &text[..len];
        let mut fields: [&[u8]; 22] = [b""; 22];
        let (mut start, mut count) = (0, 0);
        for end in memchr_iter(b'&', text).chain([text.len()]) {
            let pair = &text[start..end];
            let equals = memchr(b'=', pair).expect("a pair");
            let (name, value) = (&pair[..equals], &pair[equals + 1..]);
            let (row, max) = row(name).expect("known");
            assert!(value.len() <= max && value.iter().all(|byte| (b' '..=b'~').contains(byte)));
            fields[row] = value;
            count += 1;
            start = end + 1;
        }
        let [mid, pay_id, trans_id, status, code, mac, ..] = fields;
        let mut claimed = [0; 32];
        const_hex::decode_to_slice(mac, &mut claimed).expect("hex");
        assert_eq!(self.mac.of([pay_id, trans_id, mid, status, code]), claimed);
        count
    }
}

/// `Len` and `Data` of a form that has nothing else.
pub(crate) fn outer_form(form: &[u8]) -> (usize, &[u8]) {
    let end = memchr(b'&', form).expect("two pairs");
    let len = form[4..end].iter().fold(0, |len, digit| 10 * len + usize::from(digit - b'0'));
    (len, &form[end + 6..])
}

/// The place of a field and the most characters that it may have.
fn row(name: &[u8]) -> Option<(usize, usize)> {
    Some(match name {
        b"mid" => (0, 30),
        b"PayID" => (1, 32),
        b"TransID" => (2, 64),
        b"Status" => (3, 50),
        b"Code" => (4, 8),
        b"MAC" => (5, 64),
        b"XID" => (6, 32),
        b"Description" => (7, 1024),
        b"UserData" => (8, 1024),
        b"Plain" => (9, 50),
        b"Custom" => (10, 1024),
        b"AccountId" => (11, 30),
        b"Match" => (12, 1),
        b"AccClearingHouse" => (13, 50),
        b"AccOwner" => (14, 55),
        b"AccBank" => (15, 27),
        b"AccDescriptor" => (16, 100),
        b"IBAN" => (17, 8),
        b"UserId" => (18, 30),
        b"AddrStreet" => (19, 100),
        b"AddrZip" => (20, 10),
        b"AddrCity" => (21, 30),
        _ => return None,
    })
}

//! No padding oracle: what is wrong with a message, and under which cipher, shows in no byte of the answer.

use crate::client::{FORM, Response, get, post};
use crate::shop::{Shop, attempt, page};
use gateway_actix::Callbacks;
use paygate::testing::{self, Callback};
use paygate::{EncryptionKey, KeyPair, KeyRing, MacKey, Merchant};
use std::collections::BTreeSet;

/// One of the ciphers, with a shop whose merchant uses it.
struct Sealer {
    key: EncryptionKey,
    other: EncryptionKey,
    block: usize,
    shop: Shop,
}

impl Sealer {
    fn of(key: EncryptionKey, other: EncryptionKey) -> Self {
        let mac = MacKey::from_text(testing::MAC_KEY).unwrap();
        let keys = KeyRing::new(KeyPair::new(key.clone(), mac));
        let merchant = Merchant::new(testing::MERCHANT_ID, keys).marked_as_test();
        let shop = Shop::with(Callbacks::new(merchant, page()), |callbacks, _| callbacks);
        let block = key.cipher().block_len();
        Self { key, other, block, shop }
    }

    fn both() -> [Self; 2] {
        [
            Self::of(
                EncryptionKey::blowfish(b"throw-away-key-1").unwrap(),
                EncryptionKey::blowfish(b"throw-away-key-2").unwrap(),
            ),
            Self::of(
                EncryptionKey::aes(b"throw-away-key-1").unwrap(),
                EncryptionKey::aes(b"throw-away-key-2").unwrap(),
            ),
        ]
    }

    /// `Data` of a text with these bytes for padding, repeated up to the end of its last block.
    fn data(&self, key: &EncryptionKey, text: &[u8], padding: &[u8]) -> Data {
        let len = text.len().next_multiple_of(self.block);
        let padded: Vec<u8> = text.iter().chain(padding.iter().cycle()).copied().take(len).collect();
        // Blowfish takes no IV.
        let sealed = key.encrypt_with_iv(&padded, [0x5A; 16]).or_else(|_| key.encrypt(&padded)).unwrap();
        let data = sealed.data();
        let (iv, digits) = data.split_once('-').map_or(("", data), |(iv, digits)| (iv, digits));
        let mut blocks = hex(digits);
        // Without the padding that the library adds.
        blocks.truncate(padded.len());
        Data { len: text.len(), iv: hex(iv), blocks }
    }

    fn sealed(&self, text: &[u8]) -> Data {
        self.data(&self.key, text, b" ")
    }
}

/// `Len` and `Data` as bytes, to be tampered with.
#[derive(Clone)]
struct Data {
    len: usize,
    iv: Vec<u8>,
    blocks: Vec<u8>,
}

impl Data {
    fn form(&self) -> String {
        let dash = if self.iv.is_empty() { "" } else { "-" };
        format!("Len={}&Data={}{dash}{}", self.len, digits(&self.iv), digits(&self.blocks))
    }

    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
}

fn hex(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

fn digits(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xF])
        .map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)]))
        .collect()
}

/// The text of an answer, with its MAC at the end, where Paygate puts it.
fn text(callback: &Callback) -> Vec<u8> {
    callback.plaintext(&testing::merchant()).unwrap()
}

/// The same with the MAC in front, and much behind it that it does not cover.
fn mac_in_front() -> Vec<u8> {
    let text = String::from_utf8(text(&Callback::paid(&attempt()))).unwrap();
    let (fields, mac) = text.rsplit_once('&').unwrap();
    format!("{mac}&{fields}&UserData={}", "u".repeat(60)).into_bytes()
}

/// To each of the three URLs.
fn requests(form: &str) -> [Vec<u8>; 3] {
    [post("/notify", FORM, form), get(&format!("/success?{form}")), get(&format!("/failure?{form}"))]
}

/// Sends a form to each URL; each answer must be that of the first form that was refused there.
fn refused(sealer: &Sealer, form: &str, first: &mut Vec<Response>, kinds: &mut BTreeSet<&'static str>) {
    for (at, request) in requests(form).iter().enumerate() {
        let response = sealer.shop.send(request);
        kinds.insert(sealer.shop.kind());
        if first.len() == at {
            let expected = if at == 0 { (500, None) } else { (303, Some("/checking")) };
            assert_eq!((response.status, response.header("location")), expected);
            assert_eq!(response.body.len(), 0);
            first.push(response.clone());
        }
        assert_eq!(response.without_date(), first[at].without_date(), "{form}");
    }
}

#[test]
fn every_way_to_be_refused_gives_the_same_bytes_under_both_ciphers() {
    let (mut first, mut kinds) = (Vec::new(), BTreeSet::new());
    let paid = Callback::paid(&attempt());
    let genuine = text(&paid);
    let forged = text(&paid.clone().with_forged_mac());
    let without_mac = genuine.rsplitn(2, |byte| *byte == b'&').last().unwrap();
    let no_digits = [without_mac, b"&MAC=no-digits"].concat();
    for sealer in Sealer::both() {
        let (block, sealed) = (sealer.block, |text: &[u8]| sealer.sealed(text));
        let cut = |end: usize| sealed(&genuine).with(|data| data.blocks.truncate(end));
        let with_len = |len: usize| sealed(&genuine).with(|data| data.len = len);
        // What padding may look like: right, of the wrong length, of no length, and no padding at all.
        let paddings: [&[u8]; 7] = [b" ", b"\0", &[1], &[2], &[0xFF], b"x", b"&Status=OK"];
        let mut forms = paddings.map(|padding| sealer.data(&sealer.key, &forged, padding).form()).to_vec();
        forms.extend([
            sealed(without_mac).form(),
            sealed(&no_digits).form(),
            sealer.data(&sealer.other, &genuine, b" ").form(),
            with_len(0).form(),
            with_len(genuine.len() - 1).form(),
            with_len(genuine.len() - block).form(),
            with_len(genuine.len() + 2 * block).form(),
            with_len(usize::MAX).form(),
            cut(0).form(),
            cut(block).form(),
            cut(genuine.len() - 2 * block).form(),
            sealed(&genuine).with(|data| data.blocks.rotate_left(block)).form(),
            sealed(&genuine).with(|data| data.blocks[0] ^= 1).form().replace("&Data=", "&Data=0"),
            sealed(&genuine).form().replace("&Data=", "&Data=g"),
            // As if it were of the other cipher.
            sealed(&genuine).with(|data| data.iv = vec![0; if data.iv.is_empty() { 16 } else { 0 }]).form(),
        ]);
        for form in forms {
            refused(&sealer, &form, &mut first, &mut kinds);
        }
    }
    assert_eq!(
        Vec::from_iter(kinds),
        ["cut", "data", "field-missing", "len", "mac", "mac-format", "mac-missing"]
    );
}

/// What Vaudenay's attack does: each value of the last byte of padding is tried, and one of them is right.
#[test]
fn no_last_byte_of_a_tampered_message_makes_another_answer() {
    let (mut first, mut kinds) = (Vec::new(), BTreeSet::new());
    let genuine = text(&Callback::paid(&attempt()));
    for sealer in Sealer::both() {
        let data = sealer.sealed(&genuine);
        let last = data.blocks.len() - 1;
        for change in 1..=u8::MAX {
            // Under AES the block before shows in the last byte of the text, and its own text is noise: the MAC's.
            let in_the_block_before = data.clone().with(|data| data.blocks[last - sealer.block] ^= change);
            let in_the_last_block = data.clone().with(|data| data.blocks[last] ^= change);
            for tampered in [in_the_block_before, in_the_last_block] {
                refused(&sealer, &tampered.form(), &mut first, &mut kinds);
            }
        }
    }
}

/// The attack on a single block behind a block of the attacker's choice, for every length that may be said of it.
#[test]
fn no_padding_of_a_block_behind_a_chosen_one_makes_another_answer() {
    let (mut first, mut kinds) = (Vec::new(), BTreeSet::new());
    let aes = &Sealer::both()[1];
    let genuine = aes.sealed(&text(&Callback::paid(&attempt())));
    let victim = &genuine.blocks[16..32];
    for byte in 0..=u8::MAX {
        let chosen = [[0xA5; 15].as_slice(), &[byte], victim].concat();
        let len = usize::from(byte) % 32;
        let data = Data { len, iv: genuine.iv.clone(), blocks: chosen };
        refused(aes, &data.form(), &mut first, &mut kinds);
    }
}

#[test]
fn a_genuine_message_is_taken_whatever_its_padding_is() {
    let genuine = mac_in_front();
    for sealer in Sealer::both() {
        let data = sealer.sealed(&genuine);
        let last = data.blocks.len() - 1;
        for change in 0..=u8::MAX {
            // What becomes noise is what the MAC does not cover.
            let tampered = data.clone().with(|data| data.blocks[last - sealer.block] ^= change);
            let request = post("/notify", FORM, tampered.form());
            assert_eq!(sealer.shop.seen(&request, 200).outcome, "paid", "{change}");
        }
    }
}

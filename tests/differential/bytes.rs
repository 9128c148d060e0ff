//! Texts of any bytes and lengths: encryption alone, without pairs and MAC.

use crate::dice::Dice;
use crate::keys::Keys;
use crate::peer::Peer;
use paygate::crypto::LenUnit;

const MAX: usize = 2000;

/// The peer must read the bytes that we encrypted.
pub(crate) fn sealed_by_us(peer: &mut Peer, dice: &mut Dice, count: usize) {
    let made = (0..count).map(|_| {
        let (keys, length) = (Keys::random(dice), dice.below(MAX + 1));
        let text = dice.bytes(length);
        let sealed = keys.encryption().encrypt(&text).unwrap();
        (format!("{}\t{}\t{}", keys.line("bytes"), sealed.len(), sealed.data()), text)
    });
    let (lines, texts): (Vec<_>, Vec<_>) = made.unzip();
    for ((line, text), read) in lines.iter().zip(texts).zip(peer.answers(&lines)) {
        assert_eq!(read, hex::encode(text), "the peer reads other bytes than were sealed: {line}");
    }
}

/// We must read the bytes that the peer encrypted. None at all are no message to us.
pub(crate) fn sealed_by_it(peer: &mut Peer, dice: &mut Dice, count: usize) {
    let made = (0..count).map(|_| {
        let (keys, length) = (Keys::random(dice), 1 + dice.below(MAX));
        let text = dice.bytes(length);
        (keys.sealing("encrypt", dice, &text), (keys, text))
    });
    let (lines, made): (Vec<_>, Vec<_>) = made.unzip();
    for ((line, (keys, text)), sealed) in lines.iter().zip(made).zip(peer.answers(&lines)) {
        let case = || format!("{line}\nwas sealed as {sealed}");
        let (len, data) = sealed.split_once('\t').unwrap_or_else(|| panic!("{}", case()));
        let opened = keys.encryption().decrypt(data.as_bytes());
        let opened = opened.unwrap_or_else(|error| panic!("{}\nand is refused: {error}", case()));
        let end = opened.cut(len.parse().unwrap(), LenUnit::Bytes);
        let end = end.unwrap_or_else(|error| panic!("{}\nand is not cut: {error}", case()));
        assert!(
            opened.blocks()[..end] == text,
            "{}\nand read as {}",
            case(),
            hex::encode(&opened.blocks()[..end])
        );
    }
}

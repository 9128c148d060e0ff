//! The encryption and the MAC of Computop Paygate messages: bytes in, bytes out.
//!
//! A Paygate message travels as `Data` (the text, encrypted, in hex) and `Len` (the length of the text, because
//! the cipher pads and nobody says how), and the text carries a `MAC` over five of its fields. This crate makes
//! and reads these three, and knows nothing else: no parameter names but those in the MAC, no separators, no
//! character set, no clock, no I/O. The crate `paygate` joins it to the protocol; a shop should use that one.
//!
//! ```
//! use paygate_crypto::{EncryptionKey, LenUnit, Mac, MacKey, ResponseParts};
//!
//! // In real life both keys come from the environment: see `EncryptionKey::blowfish_from_text`.
//! let encryption_key = EncryptionKey::blowfish(b"16CharKeyLength!")?;
//! let mac_key = MacKey::new(b"mySecret")?;
//!
//! // Sealing.
//! let sealed = encryption_key.encrypt(b"mid=shop&PayID=7bbb&Status=OK")?;
//! assert_eq!((sealed.len(), sealed.data().len()), (29, 64));
//!
//! // Opening: decrypt whole blocks, then cut them at Len.
//! let opened = encryption_key.decrypt(sealed.data().as_bytes())?;
//! let end = opened.cut(sealed.len(), LenUnit::Bytes)?;
//! assert_eq!(opened.blocks().get(..end), Some(&b"mid=shop&PayID=7bbb&Status=OK"[..]));
//!
//! // Believing: only the check makes a `MacVerified`.
//! let parts = ResponseParts { pay_id: b"7bbb", mid: b"shop", status: b"OK", ..ResponseParts::default() };
//! let claimed = Mac::parse(b"00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF")?;
//! assert!(mac_key.verify_response(&parts, &claimed).is_err());
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # ⚠️ What this does not promise
//!
//! The formats are the vendor's. They are weaker than what anybody would design today, and no implementation can
//! mend them:
//!
//! * **Blowfish in ECB mode has no integrity.** Whoever sees `Data` can cut, paste, repeat and reorder its blocks
//!   of 8 bytes without a key, and every result decrypts without an error. Equal blocks of text are equal blocks of
//!   `Data`. Believe nothing that was only decrypted.
//! * **AES in CBC mode has none either.** It hides equal blocks; but whoever knows 16 bytes of a text can rewrite them,
//!   at the price of noise in the 16 bytes before. Believe nothing that was only decrypted here either.
//! * **The MAC covers five fields only**: PayID, TransID, mid, Status and Code in an answer. Amount, names, UserData,
//!   XID and the rest of the text are not under it. Compare the amount with your own record of the payment.
//! * **The MAC does not say *when*.** The same answer verifies again tomorrow: handling it once is the caller's work.
//! * **Wiping is best effort.** Key schedules and the buffers of this crate are zeroized when they are dropped. What
//!   the compiler moved over the stack, and what callers copied, is not.
//! * **No audit.** Of the ciphers, Blowfish is this crate's own code ([`wide_blowfish`]), unless the feature
//!   `plain-blowfish` is on. Blowfish looks its tables up by secret bytes; on a machine shared with an attacker its timing
//!   can be observed.
//!
//! **What to use instead:** for anything but Paygate's own messages, an AEAD, such as the crates
//! [`chacha20poly1305`](https://docs.rs/chacha20poly1305) or [`aes-gcm`](https://docs.rs/aes-gcm). For Paygate's
//! messages the crate `paygate`, whose types keep the fields that the MAC covers apart from those it does not.
//!
//! # What stands where
//!
//! | step | item |
//! |---|---|
//! | keys, from bytes or from an environment variable | [`EncryptionKey`], [`MacKey`] |
//! | several keys, while they are being exchanged | [`KeyRing`], [`KeyPair`] |
//! | text → `Data`, `Len` | [`EncryptionKey::encrypt`], [`EncryptedData`] |
//! | `Data` → whole blocks | [`EncryptionKey::decrypt`], [`EncryptionKey::decrypt_in`] |
//! | whole blocks, `Len` → text | [`Decrypted::cut`], [`LenUnit`] |
//! | five fields → `MAC`, and back | [`MacKey::request`], [`MacKey::verify_response`], [`Mac`], [`MacVerified`] |
//!
//! Nothing here panics, whatever the input. No error holds a key, a text or a MAC.
//!
//! # Features
//!
//! * **`getrandom`** (on): [`EncryptionKey::encrypt`] takes the IV of each AES message from the operating system.
//!   Without it that call answers [`EncryptError::IvNeeded`] for AES keys, and the IV is the caller's:
//!   [`EncryptionKey::encrypt_with_iv`]. Blowfish in ECB mode has no IV and works either way.
//! * **`plain-blowfish`**: takes the crate [`blowfish`](https://docs.rs/blowfish) for messages, one block after the other,
//!   in place of [`wide_blowfish`], which is this crate's own code and takes less than half the time. Tests hold the two
//!   against each other.
//! * **`std`** (on): turns on the `std` parts of dependencies. This crate is `no_std` and `alloc`, and needs it for
//!   nothing: all errors are [`core::error::Error`].
#![no_std]

extern crate alloc;

mod aes_cbc;
mod blowfish_ecb;
mod data;
mod decrypt;
mod decrypted;
mod encrypt;
mod hex_digits;
mod hmac_sha256;
mod key;
mod key_error;
mod key_ring;
mod key_text;
mod mac;
mod mac_key;
mod mac_parts;
mod plaintext;
pub mod wide_blowfish;

pub use data::EncryptedData;
pub use decrypt::{DataError, decrypted_len};
pub use decrypted::{CutError, Decrypted, LenUnit};
pub use encrypt::EncryptError;
pub use key::{Cipher, EncryptionKey};
pub use key_error::KeyError;
pub use key_ring::{KeyIndex, KeyPair, KeyRing};
pub use mac::{Mac, MacError, MacHex};
pub use mac_key::{MacKey, MacVerified};
pub use mac_parts::{RequestParts, ResponseParts};
pub use plaintext::Plaintext;
pub use zeroize::Zeroizing;

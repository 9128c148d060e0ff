//! Blowfish, six blocks side by side: the same cipher as the crate [`blowfish`](https://docs.rs/blowfish), in less than
//! half the time.
//!
//! A round of Blowfish waits for its own loads: each takes four words from tables, and the next round's addresses come
//! from them. A processor that works on one block at a time idles; six chains fill it. ECB mode, and decryption in CBC
//! mode, have independent blocks in plenty.
//!
//! That crate is the reference: [`Blowfish`] here has its interface, and tests hold the two against each other for keys of
//! every length and a hundred million blocks. Its tables and round keys are private, so this module has its own,
//! from the digits of π on. All of it is safe Rust behind the traits of [`cipher`], so it could be offered upstream as it is.
//!
//! The feature `plain-blowfish` uses that crate for messages instead, for who wants the code that more eyes have seen.

mod backend;
mod lanes;
mod pi;
mod schedule;

/// The traits that [`Blowfish`] is used by; a new major version of that crate is one of this crate.
pub use cipher;
pub use schedule::Blowfish;

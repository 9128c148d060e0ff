//! Marks bytes as secret for valgrind, and secrets as told.

use std::ffi::c_void;
use std::hint::black_box;

use crabgrind::memcheck;

/// The same bytes, on whose values nothing may depend from here on.
pub fn secret<const N: usize>(mut bytes: [u8; N]) -> [u8; N] {
    mark(&mut bytes, 0xFF);
    black_box(bytes)
}

/// What may be known, such as whether a MAC held.
pub fn told<T>(value: &mut T) {
    mark(value, 0);
}

/// Whether every byte of it depends on a secret, as far as valgrind followed.
pub fn is_secret<T>(value: &T) -> bool {
    let bits = vec![0_u8; size_of_val(value)];
    memcheck::vbits(address(value), bits.as_ptr(), bits.len()).expect("valgrind");
    black_box(bits).iter().all(|byte| *byte == 0xFF)
}

/// One bit of validity for each bit: by them, since `mark_mem` of this crabgrind says Err when it went well.
fn mark<T>(value: &mut T, bits: u8) {
    let bits = vec![bits; size_of_val(value)];
    memcheck::set_vbits(address(value), bits.as_ptr(), bits.len()).expect("valgrind");
    black_box(value);
}

fn address<T>(value: &T) -> *mut c_void {
    (&raw const *value).cast_mut().cast()
}

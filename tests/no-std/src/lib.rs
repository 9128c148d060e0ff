//! Proves that the core crates need no std: std brings a panic handler of its own, so the one below
//! clashes with it (E0152) as soon as any crate underneath pulls std.
#![no_std]

use core::alloc::{GlobalAlloc, Layout};
use core::panic::PanicInfo;

use paygate_crypto::{EncryptionKey, MacKey};
use paygate_params::TransId;

#[cfg(feature = "break-it")]
extern crate std;

/// Refuses every request: the proof is that it compiles, nobody runs it.
struct NoMemory;

// SAFETY: a null pointer is the answer for "no memory"; so nothing is ever handed out to be freed.
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: NoMemory = NoMemory;

#[panic_handler]
fn halt(_: &PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}

/// What a program without an operating system would call.
#[unsafe(no_mangle)]
pub extern "C" fn paygate_works_without_std() -> bool {
    let key = EncryptionKey::blowfish(b"a made-up password");
    let mac_key = MacKey::new(b"another made-up password");
    let trans_id = TransId::new("order-1");
    key.is_ok_and(|key| key.encrypt(b"TransID=order-1").is_ok()) && mac_key.is_ok() && trans_id.is_ok()
}

//! Only the check makes an authentic callback.
use paygate::{Authentic, Signed, Trustly};

fn forge(signed: Signed) {
    let _ = Authentic::<Trustly> { signed };
}

fn main() {}

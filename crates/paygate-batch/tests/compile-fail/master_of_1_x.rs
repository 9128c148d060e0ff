//! Files of version 1.x have no master MID.
use paygate_batch::{Edition, Layout, Master, Minor, V1x};

fn layout(minor: Minor) -> Layout {
    Master(V1x(minor)).layout()
}

fn main() {}

//! Only a file that has its FOOT gets its name.
use paygate_batch::{Pending, V2_0, Writer};

fn publish(writer: Writer<Pending, V2_0>) {
    writer.publish().unwrap();
}

fn main() {}

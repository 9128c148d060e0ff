//! In the file of a master MID each line names the slave MID.
use paygate_batch::{Master, Record, V2_0, Writer};

fn write(writer: &mut Writer<Vec<u8>, Master<V2_0>>, refund: Record<(), ()>) {
    writer.write(&refund.with_ref_nr(None)).unwrap();
}

fn main() {}

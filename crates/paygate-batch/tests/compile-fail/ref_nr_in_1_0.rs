//! Version 1.0 has no field for a RefNr: it would be lost.
use paygate_batch::{Record, V1_0, Writer};
use paygate_params::RefNr;

fn write(writer: &mut Writer<Vec<u8>, V1_0>, refund: Record<(), ()>, ref_nr: RefNr) {
    writer.write(&refund.with_ref_nr(Some(ref_nr))).unwrap();
}

fn main() {}

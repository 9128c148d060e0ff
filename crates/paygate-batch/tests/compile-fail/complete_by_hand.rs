//! Only a writer makes a complete file.
use paygate_batch::{Complete, Total};

fn complete(output: Vec<u8>, total: Total) -> Complete<Vec<u8>> {
    Complete { output, total }
}

fn main() {}

//! The layout engine: what it writes means what it was given.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        countersign_codegen::is_laid_out_alike(text);
    }
});

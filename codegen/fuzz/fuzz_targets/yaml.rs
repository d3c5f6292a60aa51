//! The quick reader of YAML: what it reads, the parser reads alike.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        countersign_codegen::load::is_read_alike(text);
    }
});

//! Text to nodes: an answer to any bytes, and every place in it can be shown.
#![no_main]

use countersign_codegen::diagnostic::Report;
use countersign_codegen::{load, resolve};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    countersign_fuzz::with_sources(bytes, |sources| {
        let mut report = Report::default();
        if let Some(documents) = load::documents(sources, &mut report) {
            resolve::references(&documents, &mut report);
        } else {
            assert!(report.has_errors(), "refused without a reason");
        }
        report.render("");
    });
});

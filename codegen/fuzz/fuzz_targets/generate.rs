//! The whole pipeline: crates or a reason, and never source that is no Rust.
#![no_main]

use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::{Code, Report};
use countersign_codegen::settings::{Runtime, Settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    countersign_fuzz::with_sources(bytes, |sources| {
        let settings = Settings {
            name: "fuzz".to_owned(),
            command: "cargo xtask gen".to_owned(),
            runtime: Runtime::Version("0.1".to_owned()),
            ..Settings::of_documents(String::new())
        };
        let mut report = Report::default();
        let generated =
            countersign_codegen::generate(sources, &settings, Strictness::Lenient, &mut report);
        assert!(
            generated.is_some() || report.has_errors(),
            "refused without a reason"
        );
        let own = report
            .diagnostics()
            .iter()
            .find(|found| found.code == Code::Internal);
        assert!(own.is_none(), "{}", report.render(""));
    });
});

//! The documents that frameworks emit: each is generated without a warning that nobody explains.

use std::path::PathBuf;

use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::{Policy, Report};
use countersign_codegen::source::{DocumentPath, Sources};
use countersign_tests::{Folder, root, settings};

/// The folders that have a document.
fn folders() -> Vec<PathBuf> {
    let folder = root().join("tests/frameworks");
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("openapi.json").is_file())
        .collect();
    found.sort();
    found
}

#[test]
fn each_document_is_generated_without_an_unexplained_warning() {
    let folders = folders();
    assert!(!folders.is_empty());
    for folder in folders {
        let path = |name: &str| DocumentPath::new(name).expect("a plain path");
        let waivers = std::fs::read_to_string(folder.join("waivers.toml")).unwrap_or_default();
        let policy = Policy::parse(path("waivers.toml"), waivers)
            .unwrap_or_else(|report| panic!("{}", report.render("")));
        let mut report = Report::admitting(policy.waivers_below(""));
        let (files, entry) = (Folder(folder.clone()), path("openapi.json"));
        let sources = Sources {
            entry: &entry,
            overlays: &[],
            files: &files,
        };
        let settings = settings("parcels", "");
        let generated = countersign_codegen::generate(
            &sources,
            &settings,
            Strictness::DenyWarnings,
            &mut report,
        );
        let shown = folder.display();
        let generated = generated.unwrap_or_else(|| panic!("{shown}: {}", report.render("")));
        let operations = generated
            .tree
            .iter()
            .filter(|(path, _)| path.contains("-client/src/"));
        let operations = operations.flat_map(|(_, text)| text.lines());
        let operations = operations
            .filter(|line| line.starts_with("impl Operation for "))
            .count();
        assert!(operations > 20, "{shown}: {operations} operations");
        assert!(
            !policy.unused(report.used_waivers(), |_| true).has_errors(),
            "{shown}: a waiver is not needed"
        );
    }
}

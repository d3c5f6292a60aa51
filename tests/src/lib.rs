//! Shared by tests: documents on disk and in memory, brought through the generator.

use std::path::{Path, PathBuf};

use countersign_codegen::diagnostic::Report;
use countersign_codegen::settings::{Manifest, Settings};
use countersign_codegen::source::{DocumentPath, Files, MemoryFiles, Sources};
use countersign_codegen::{Generated, Strictness};

/// The workspace's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The APIs of `spec/`.
pub const APIS: [&str; 3] = ["appgate-sdp", "parallels-ras", "strata-cloud-manager"];

/// A folder of documents on disk.
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(path.as_str())).map_err(|error| error.to_string())
    }
}

/// Settings as `cargo xtask gen` makes them for an API of this workspace.
pub fn settings(name: &str, prefix: &str) -> Settings {
    Settings {
        name: name.to_owned(),
        command: "cargo xtask gen".to_owned(),
        manifest: Manifest::Member,
        ..Settings::of_documents(prefix.to_owned())
    }
}

/// Generates an API of `spec/`, warnings denied.
///
/// # Panics
/// With the rendered report, if it has anything to say.
pub fn generate(api: &str) -> Generated {
    let files = Folder(root().join("spec").join(api));
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let settings = settings(api, &format!("spec/{api}/"));
    let mut report = Report::default();
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    countersign_codegen::generate(&sources, &settings, Strictness::DenyWarnings, &mut report)
        .unwrap_or_else(|| panic!("{}", report.render(&settings.prefix)))
}

/// Generates documents that are held in memory, the first being the entry.
///
/// # Errors
/// The rendered report.
pub fn generate_text(
    documents: &[(&str, &str)],
    strictness: Strictness,
) -> Result<(Generated, String), String> {
    let path = |name: &str| DocumentPath::new(name).expect("a plain path");
    let files = documents
        .iter()
        .fold(MemoryFiles::default(), |files, (name, text)| {
            files.with(path(name), *text)
        });
    let entry = path(documents.first().map_or("openapi.yaml", |(name, _)| name));
    let settings = settings("case", "");
    let mut report = Report::default();
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let generated = countersign_codegen::generate(&sources, &settings, strictness, &mut report);
    let rendered = report.render("");
    generated
        .map(|generated| (generated, rendered.clone()))
        .ok_or(rendered)
}

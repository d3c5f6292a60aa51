//! Shared by the fuzz targets: any bytes as documents, and room for nested ones.
#![forbid(unsafe_code)]

use std::thread;

use countersign_codegen::source::{DocumentPath, Files, Sources};

/// As much room for nested documents as `cargo xtask gen` has, in bytes.
const STACK: usize = 64 << 20;

/// The same bytes under every name: references between files lead somewhere, and to YAML and JSON alike. There are no
/// folders, so that their number is bounded.
struct Everywhere<'a>(&'a [u8]);

impl Files for Everywhere<'_> {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        if path.as_str().contains('/') {
            return Err("there are no folders".to_owned());
        }
        Ok(self.0.to_vec())
    }
}

/// Calls `look` with documents that all hold `bytes`.
///
/// # Panics
/// If there is no thread to be had, or if `look` panics.
pub fn with_sources(bytes: &[u8], look: impl FnOnce(&Sources<'_>) + Send) {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    thread::scope(|scope| {
        let running = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || {
                look(&Sources {
                    entry: &entry,
                    overlays: &[],
                    files: &Everywhere(bytes),
                });
            });
        running.expect("a thread").join().expect("no panic");
    });
}

//! The tasks of this repository: `cargo xtask gen` and `cargo xtask check`.

use std::env;
use std::process::ExitCode;

use countersign::{Failure, Project};

fn main() -> ExitCode {
    countersign::finish(match env::args().nth(1).as_deref() {
        Some("gen") => generate(),
        Some("check") => check(),
        _ => Err(Failure::Usage("expected `gen` or `check`".to_owned())),
    })
}

/// Writes the crates; nothing that is up to date is touched.
fn generate() -> Result<(), Failure> {
    Project::from_file("countersign.toml")?.generate()?.write()
}

/// Fails if a file is out of date, and says why.
fn check() -> Result<(), Failure> {
    for project in ["countersign.toml", "app/countersign.toml"] {
        Project::from_file(project)?.generate()?.check()?;
    }
    Ok(())
}

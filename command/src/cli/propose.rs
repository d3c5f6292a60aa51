//! `countersign lint --write-overlay`: an overlay that fixes what can be fixed by one.

use std::fs;
use std::path::Path;

use countersign_codegen::diagnostic::{Levels, Report};
use countersign_codegen::propose::{self, Departure, Proposal};

use crate::console;
use crate::disk::BYTES_AT_MOST;
use crate::failure::Failure;
use crate::job::{self, Job};

/// Writes the overlay, and says what it does not fix.
pub(super) fn write(
    job: &Job,
    levels: &Levels,
    departures: Option<&Path>,
    out: &Path,
) -> Result<(), Failure> {
    let departures = departures.map(records).transpose()?.unwrap_or_default();
    let mut report = Report::default();
    let proposal = job::deeply(|| {
        let types = &job.settings.types;
        propose::overlay(&job.sources(), types, levels, &departures, &mut report)
    })?;
    let Some(proposal) = proposal else {
        console::print(report.render(job.shown()));
        return Err(Failure::Failed(
            "fix the errors first: nothing is proposed for a document that can't be read"
                .to_owned(),
        ));
    };
    let Proposal {
        overlay,
        actions,
        left,
    } = proposal;
    for what in &left {
        console::print(format_args!("not fixed by an overlay: {what}\n"));
    }
    match overlay {
        Some(text) => {
            fs::write(out, text).map_err(|error| failed(out, &error.to_string()))?;
            let counted = if actions == 1 { "action" } else { "actions" };
            console::print(format_args!(
                "{}: {actions} {counted}; read them, then add the file to `overlays`\n",
                out.display()
            ));
        }
        None => console::print("nothing to propose\n"),
    }
    Ok(())
}

fn records(file: &Path) -> Result<Vec<Departure>, Failure> {
    let size = fs::metadata(file).map_err(|error| failed(file, &error.to_string()))?;
    if size.len() > BYTES_AT_MOST {
        return Err(failed(file, "it is larger than 64 MiB"));
    }
    let text = fs::read_to_string(file).map_err(|error| failed(file, &error.to_string()))?;
    propose::records(&text).map_err(|error| failed(file, &error.to_string()))
}

fn failed(file: &Path, why: &str) -> Failure {
    Failure::Failed(format!("{}: {why}", file.display()))
}

//! The report: failures, departures, and the overlay that makes the document say what the server does.

use std::error::Error;
use std::fmt::Write as _;

use countersign_codegen::diagnostic::{Levels, Report};
use countersign_codegen::propose;
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use countersign_runtime::AnyError;
use serde::Deserialize;

/// What the report shows of a line of the record.
#[derive(Deserialize)]
struct Line {
    path: String,
    expected: String,
    found: String,
    correction: Option<String>,
}

/// Writes the report.
pub(crate) fn written(
    document: &str,
    record: &str,
    failures: &[AnyError],
) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    for failure in failures {
        writeln!(text, "# failed: {failure}")?;
    }
    for line in record.lines() {
        let Line {
            path,
            expected,
            found,
            correction,
        } = serde_json::from_str(line)?;
        let correction = correction.map(|correction| format!(", read as {correction}"));
        let correction = correction.unwrap_or_default();
        writeln!(
            text,
            "# {path}: expected {expected}, found {found}{correction}"
        )?;
    }
    let (path, files) = files(document)?;
    let sources = Sources {
        entry: &path,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    let departures = propose::records(record).map_err(|error| error.to_string())?;
    let proposal = propose::overlay(&sources, &[], &Levels::default(), &departures, &mut report);
    let proposal = proposal.ok_or_else(|| report.render(""))?;
    for left in &proposal.left {
        writeln!(text, "# not fixed by an overlay: {left}")?;
    }
    text.push_str(&proposal.overlay.unwrap_or_default());
    Ok(text)
}

fn files(document: &str) -> Result<(DocumentPath, MemoryFiles), Box<dyn Error>> {
    let path = DocumentPath::new("openapi.yaml").map_err(|error| error.to_string())?;
    let files = MemoryFiles::default().with(path.clone(), document);
    Ok((path, files))
}

/// Whether a document can be read with an overlay.
#[cfg(test)]
pub(crate) fn applies(document: &str, overlay: &str) -> bool {
    let (path, files) = files(document).expect("a document");
    let fix = DocumentPath::new("fix.yaml").expect("a plain path");
    let files = files.with(fix.clone(), overlay);
    let sources = Sources {
        entry: &path,
        overlays: &[fix],
        files: &files,
    };
    let mut report = Report::default();
    countersign_codegen::lint::check(&sources, &[], &Levels::default(), &mut report);
    !report.has_errors()
}

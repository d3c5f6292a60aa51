//! Levels and waivers: those of `countersign.toml`, or of a file that the command line names.

use std::collections::BTreeSet;
use std::path::Path;

use countersign_codegen::diagnostic::{Code, Policy, Report};
use countersign_codegen::source::DocumentPath;

use crate::failure::Failure;
use crate::place;
use crate::project::api::Api;

/// A file, and the text before its name where people read of it.
#[derive(Debug)]
pub(crate) struct File {
    policy: Policy,
    shown: String,
}

impl std::ops::Deref for File {
    type Target = Policy;

    fn deref(&self) -> &Policy {
        &self.policy
    }
}

impl File {
    /// A policy; `shown` stands before the name of its file.
    pub(crate) fn new(policy: Policy, shown: String) -> Self {
        Self { policy, shown }
    }
}

/// The file that a caller names.
pub(crate) fn of_file(file: Option<&Path>) -> Result<Option<File>, Failure> {
    file.map(|file| read(file, place::prefix(file.parent().unwrap_or(Path::new("")))))
        .transpose()
}

fn read(file: &Path, shown: String) -> Result<File, Failure> {
    let unreadable = |why: String| Failure::Failed(format!("{}: {why}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))?;
    let name = file.file_name().and_then(|name| name.to_str());
    let path = DocumentPath::new(name.unwrap_or("waivers.toml"))
        .map_err(|error| unreadable(error.to_string()))?;
    match Policy::parse(path, text) {
        Ok(policy) => Ok(File { policy, shown }),
        Err(report) => Err(Failure::Rendered(report.render(&shown))),
    }
}

/// Fails if a waiver for one of some APIs, of a rule that was judged, was not needed.
pub(crate) fn check<'r>(
    file: &Option<File>,
    apis: &[&Api],
    reports: impl Iterator<Item = &'r Report>,
    judged: impl Fn(Code) -> bool,
) -> Result<(), Failure> {
    let is_of = |path: &str| apis.iter().any(|api| path.starts_with(api.waivers_below()));
    unused(file, reports, |rule, path| is_of(path) && judged(rule))
}

fn unused<'r>(
    file: &Option<File>,
    reports: impl Iterator<Item = &'r Report>,
    judged: impl Fn(Code, &str) -> bool,
) -> Result<(), Failure> {
    let Some(file) = file else { return Ok(()) };
    let used: BTreeSet<usize> = reports
        .flat_map(|report| report.used_waivers())
        .copied()
        .collect();
    let report = file.unused(&used, |waiver| judged(waiver.rule, &waiver.file));
    if report.has_errors() {
        return Err(Failure::Rendered(report.render(&file.shown)));
    }
    Ok(())
}

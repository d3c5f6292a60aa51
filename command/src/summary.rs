//! The outcome for one document, for callers that run many.

use std::collections::BTreeMap;

use countersign_codegen::diagnostic::{Report, Severity};
use serde::{Deserialize, Serialize};

use crate::job::Outcome;
use crate::measure;

/// The number of errors that are listed.
const ERRORS_AT_MOST: usize = 50;

/// The outcome for one document.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Summary {
    /// Whether crates came out.
    pub generated: bool,
    /// Operations in the document.
    pub operations: usize,
    /// Those left out, by name, with the reason.
    pub left_out: Vec<(String, String)>,
    /// Types.
    pub types: usize,
    /// Properties, items and values.
    pub values: usize,
    /// Those of which the document says nothing.
    pub untyped: usize,
    /// Those kept as raw JSON though the document says more.
    pub raw_json: usize,
    /// Warnings, by rule.
    pub warnings: BTreeMap<String, usize>,
    /// Errors: the rule, what is wrong, and the line.
    pub errors: Vec<Finding>,
    /// Lines of all files.
    pub lines: usize,
    /// Seconds of all cores.
    pub cpu_seconds: f64,
    /// The most memory in use at any moment, in MiB.
    pub peak_mib: f64,
}

/// An error.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Finding {
    /// The rule.
    pub code: String,
    /// The message.
    pub message: String,
    /// `document:line`.
    pub place: String,
}

impl Summary {
    /// Sums up an outcome, and what it has cost so far.
    pub fn of(outcome: &Outcome) -> Self {
        let usage = measure::usage();
        let mut summary = Self {
            generated: outcome.generated.is_some(),
            warnings: warnings(&outcome.report),
            errors: errors(&outcome.report),
            cpu_seconds: usage.cpu_seconds,
            peak_mib: usage.peak_mib,
            ..Self::default()
        };
        if let Some(generated) = &outcome.generated {
            let stats = &generated.api.stats;
            let left_out = stats.left_out.iter();
            summary.operations = stats.operations;
            summary.left_out = left_out
                .map(|(name, why)| (name.text().to_owned(), why.text().to_owned()))
                .collect();
            summary.types = generated.api.types.len();
            summary.values = stats.values;
            summary.untyped = stats.untyped;
            summary.raw_json = stats.raw_json.len();
            summary.lines = generated
                .tree
                .values()
                .map(|text| text.lines().count())
                .sum();
        }
        summary
    }
}

fn warnings(report: &Report) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for found in report
        .diagnostics()
        .iter()
        .filter(|found| found.severity == Severity::Warning)
    {
        *counts.entry(found.code.name().to_owned()).or_default() += 1;
    }
    counts
}

fn errors(report: &Report) -> Vec<Finding> {
    let errors = report
        .diagnostics()
        .iter()
        .filter(|found| found.severity == Severity::Error);
    let finding = errors.map(|found| {
        let document = report.document(found.span.document);
        let place = document.map(|document| {
            format!(
                "{}:{}",
                document.text().path().as_str(),
                document.position(found.span).line
            )
        });
        Finding {
            code: found.code.name().to_owned(),
            message: found.message.clone(),
            place: place.unwrap_or_default(),
        }
    });
    finding.take(ERRORS_AT_MOST).collect()
}

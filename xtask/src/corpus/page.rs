//! The results for all documents: figures, and counted reasons.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use countersign::summary::Summary;

use super::table::{Row, shape};
use super::tally::Tally;

/// The number of reasons of a kind that are listed.
const REASONS_AT_MOST: usize = 25;

/// Figures and counted reasons.
pub(super) fn markdown(rows: &[Row]) -> String {
    let mut page = format!("# {} documents\n\n{}", rows.len(), figures(rows));
    let outcome = |what: &'static str| rows.iter().filter(move |row| row.outcome() == what);
    let first = |row: &Row| {
        row.summary()?
            .errors
            .first()
            .map(|error| error.code.clone())
    };
    reasons(&mut page, "Refused", outcome("refused").filter_map(first));
    reasons(&mut page, "Crashed", outcome("crashed").map(Row::reason));
    reasons(
        &mut page,
        "Not compiled, documents by error",
        rows.iter().flat_map(Row::errors),
    );
    let lints = rows.iter().flat_map(Row::warnings_of_compiler);
    reasons(
        &mut page,
        "Warnings of rustc and clippy",
        lints.map(|said| said.code.clone()),
    );
    let summaries = || rows.iter().filter_map(Row::summary);
    let left_out = summaries().flat_map(|summary| &summary.left_out);
    reasons(
        &mut page,
        "Operations left out",
        left_out.map(|(_, why)| shape(why)),
    );
    let warnings = summaries().flat_map(|summary| summary.warnings.keys());
    reasons(&mut page, "Documents by warning", warnings.cloned());
    samples(&mut page, rows);
    page
}

/// The results of samples, if there were any.
fn samples(page: &mut String, rows: &[Row]) {
    let all = all_samples(rows);
    if all.components == 0 {
        return;
    }
    let figures = [
        ("component schemas", all.components.to_string()),
        ("samples that are valid", all.valid.to_string()),
        ("samples made and not valid", all.invalid.to_string()),
        ("survived, of the valid", share(all.survived, all.valid)),
    ];
    page.push_str("\n## Samples\n\n| figure | |\n|---|--:|\n");
    for (what, figure) in figures {
        let _ = writeln!(page, "| {what} | {figure} |");
    }
    let without = all.without.iter();
    let without = without.flat_map(|(why, times)| std::iter::repeat_n((*why).to_owned(), *times));
    reasons(page, "Types without samples", without);
    let tallies = rows.iter().filter_map(|row| row.samples.as_ref());
    let failures = tallies.filter_map(|tally| tally.failure.clone());
    reasons(page, "Documents without samples", failures);
    let lost = all.lost.iter();
    let lost = lost.flat_map(|(why, lost)| std::iter::repeat_n(why.clone(), lost.times));
    reasons(page, "Samples lost", lost);
}

/// The samples of all documents.
pub(super) fn all_samples(rows: &[Row]) -> Tally {
    let mut all = Tally::default();
    for row in rows {
        if let Some(tally) = &row.samples {
            all.add(tally, row.path());
        }
    }
    all
}

fn figures(rows: &[Row]) -> String {
    let outcome = |what: &str| rows.iter().filter(|row| row.outcome() == what).count();
    let verdicts = || rows.iter().filter_map(|row| row.compiled.as_ref());
    let all =
        |of: fn(&Summary) -> usize| rows.iter().filter_map(Row::summary).map(of).sum::<usize>();
    let most = |of: fn(&Summary) -> f64| {
        rows.iter()
            .filter_map(Row::summary)
            .map(of)
            .fold(0.0, f64::max)
    };
    let (operations, values) = (
        all(|summary| summary.operations),
        all(|summary| summary.values),
    );
    let cpu: f64 = rows
        .iter()
        .filter_map(Row::summary)
        .map(|summary| summary.cpu_seconds)
        .sum();
    let silent = rows
        .iter()
        .filter(|row| row.compiled.is_some() && row.warnings_of_compiler().count() == 0);
    let lines = [
        ("generated", share(outcome("generated"), rows.len())),
        ("refused", share(outcome("refused"), rows.len())),
        ("crashed", outcome("crashed").to_string()),
        ("timed out", outcome("timed out").to_string()),
        (
            "compiled, of those generated",
            share(
                verdicts().filter(|v| v.is_sound).count(),
                verdicts().count(),
            ),
        ),
        (
            "compiled without a warning",
            share(
                silent.filter(|row| row.first_error().is_none()).count(),
                verdicts().count(),
            ),
        ),
        (
            "files that rustfmt would change",
            rows.iter()
                .filter_map(|row| row.changed)
                .sum::<usize>()
                .to_string(),
        ),
        (
            "operations left out",
            share(all(|summary| summary.left_out.len()), operations),
        ),
        (
            "values that fell back to raw JSON",
            share(all(|summary| summary.raw_json), values),
        ),
        (
            "values without a schema",
            share(all(|summary| summary.untyped), values),
        ),
        ("CPU seconds, all", format!("{cpu:.1}")),
        (
            "CPU seconds, most",
            format!("{:.2}", most(|summary| summary.cpu_seconds)),
        ),
        (
            "MiB, most",
            format!("{:.0}", most(|summary| summary.peak_mib)),
        ),
        ("lines", all(|summary| summary.lines).to_string()),
    ];
    let mut table = "| figure | |\n|---|--:|\n".to_owned();
    for (what, figure) in lines {
        let _ = writeln!(table, "| {what} | {figure} |");
    }
    table
}

fn share(part: usize, of: usize) -> String {
    if of == 0 {
        return "-".to_owned();
    }
    format!("{part} of {of} ({:.2} %)", part as f64 * 100.0 / of as f64)
}

/// A section with each reason and how often it was given, the most frequent first.
fn reasons(page: &mut String, title: &str, given: impl Iterator<Item = String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for reason in given {
        *counts.entry(reason).or_default() += 1;
    }
    if counts.is_empty() {
        return;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let _ = write!(page, "\n## {title}\n\n| times | reason |\n|--:|---|\n");
    for (reason, count) in counts.iter().take(REASONS_AT_MOST) {
        let reason = reason.replace('|', "\\|").replace(char::is_control, " ");
        let _ = writeln!(page, "| {count} | {reason} |");
    }
    if counts.len() > REASONS_AT_MOST {
        let _ = writeln!(page, "| | {} more |", counts.len() - REASONS_AT_MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::rows;
    use super::*;

    #[test]
    fn figures_and_reasons_are_counted() {
        let page = markdown(&rows());
        for line in [
            "| generated | 1 of 3 (33.33 %) |",
            "| timed out | 1 |",
            "| operations left out | 2 of 8 (25.00 %) |",
            "| 2 | `..` is \\| XML |",
            "| 1 | syntax |",
        ] {
            assert!(page.contains(line), "{line} in\n{page}");
        }
    }
}

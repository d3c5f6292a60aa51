//! What became of the documents: a line for each, and a page of figures and reasons.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::summary::Summary;

use super::compile::{Compiled, Message};
use super::run::{End, Run};

/// How many reasons of a kind are listed.
const REASONS_AT_MOST: usize = 25;

/// What became of a document.
#[derive(Debug)]
pub(super) struct Row {
    run: Run,
    compiled: Option<Verdict>,
}

/// What the compiler said.
#[derive(Debug)]
struct Verdict {
    is_sound: bool,
    said: Vec<Message>,
}

impl Row {
    /// What became of a document; `compiled` is none if nothing was to be compiled.
    pub(super) fn new(run: Run, compiled: Option<&Compiled>) -> Self {
        let compiled = compiled
            .filter(|_| run.is_generated())
            .map(|compiled| Verdict {
                is_sound: compiled.is_sound(&run.entry.name),
                said: compiled
                    .said(&run.entry.name)
                    .into_iter()
                    .cloned()
                    .collect(),
            });
        Self { run, compiled }
    }

    fn summary(&self) -> Option<&Summary> {
        match &self.run.end {
            End::Told(summary) => Some(summary),
            End::TimedOut | End::Crashed(_) => None,
        }
    }

    fn outcome(&self) -> &'static str {
        match &self.run.end {
            End::Told(summary) if summary.generated => "generated",
            End::Told(_) => "refused",
            End::TimedOut => "timed out",
            End::Crashed(_) => "crashed",
        }
    }

    fn reason(&self) -> String {
        match &self.run.end {
            End::Told(summary) => match summary.errors.first() {
                Some(error) => format!("{}: {} ({})", error.code, error.message, error.place),
                None => self.first_error().unwrap_or_default(),
            },
            End::TimedOut => "it took more than its time".to_owned(),
            End::Crashed(why) => why.clone(),
        }
    }

    fn first_error(&self) -> Option<String> {
        let verdict = self.compiled.as_ref().filter(|verdict| !verdict.is_sound)?;
        let error = verdict.said.iter().find(|said| said.is_error);
        Some(error.map_or_else(
            || "what it stands on does not compile".to_owned(),
            |error| format!("{} {}", error.code, error.text),
        ))
    }

    /// Why it does not compile: each kind of error once.
    fn errors(&self) -> BTreeSet<String> {
        let said = self.compiled.iter().flat_map(|verdict| &verdict.said);
        let errors = said.filter(|said| said.is_error);
        let mut errors: BTreeSet<_> = errors
            .map(|error| shape(&format!("{} {}", error.code, error.text)))
            .collect();
        if errors.is_empty() {
            errors.extend(self.first_error());
        }
        errors
    }

    fn warnings_of_compiler(&self) -> impl Iterator<Item = &Message> {
        let said = self.compiled.iter().flat_map(|verdict| &verdict.said);
        said.filter(|said| !said.is_error)
    }
}

/// A line for each document.
pub(super) fn tsv(rows: &[Row]) -> String {
    let mut text = "document\toutcome\tcompiled\trustc and clippy warnings\twarnings\toperations\tleft out\ttypes\t\
                    values\traw JSON\tuntyped\tCPU seconds\tseconds\tMiB\tlines\treason\n"
        .to_owned();
    for row in rows {
        let none = Summary::default();
        let summary = row.summary().unwrap_or(&none);
        let compiled = match &row.compiled {
            None => "-",
            Some(verdict) if verdict.is_sound => "yes",
            Some(_) => "no",
        };
        let cells = [
            row.run.entry.path.clone(),
            row.outcome().to_owned(),
            compiled.to_owned(),
            row.warnings_of_compiler().count().to_string(),
            summary.warnings.values().sum::<usize>().to_string(),
            summary.operations.to_string(),
            summary.left_out.len().to_string(),
            summary.types.to_string(),
            summary.values.to_string(),
            summary.raw_json.to_string(),
            summary.untyped.to_string(),
            format!("{:.2}", summary.cpu_seconds),
            format!("{:.2}", row.run.wall.as_secs_f64()),
            format!("{:.0}", summary.peak_mib),
            summary.lines.to_string(),
            row.reason(),
        ];
        let plain = cells.map(|cell| cell.replace(char::is_control, " "));
        // Writing to a string can't fail.
        let _ = writeln!(text, "{}", plain.join("\t"));
    }
    text
}

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
    page
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
            "operations left out",
            share(all(|summary| summary.left_out.len()), operations),
        ),
        (
            "values as raw JSON though more is said",
            share(all(|summary| summary.raw_json), values),
        ),
        (
            "values of which nothing is said",
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

/// A reason without the names in it, so that like reasons are counted together.
fn shape(reason: &str) -> String {
    let parts = reason.split('`').enumerate();
    let kept = parts.map(|(at, part)| if at % 2 == 0 { part } else { "`..`" });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::corpus::entries::Entry;
    use crate::summary::Finding;

    fn row(path: &str, end: End) -> Row {
        let entry = Entry {
            path: path.to_owned(),
            name: "a".to_owned(),
        };
        Row::new(
            Run {
                entry,
                end,
                wall: Duration::from_millis(1500),
            },
            None,
        )
    }

    fn rows() -> Vec<Row> {
        let left_out = ["a", "b"].map(|name| (name.to_owned(), format!("`{name}` is | XML")));
        let generated = Summary {
            generated: true,
            operations: 8,
            left_out: left_out.into(),
            cpu_seconds: 0.25,
            ..Summary::default()
        };
        let error = Finding {
            code: "syntax".to_owned(),
            message: "no\tYAML".to_owned(),
            place: "b.yaml:1".to_owned(),
        };
        let refused = Summary {
            errors: vec![error],
            ..Summary::default()
        };
        vec![
            row("a.yaml", End::Told(Box::new(generated))),
            row("b.yaml", End::Told(Box::new(refused))),
            row("c.yaml", End::TimedOut),
        ]
    }

    #[test]
    fn each_document_has_a_line() {
        let text = tsv(&rows());
        let lines: Vec<_> = text.lines().collect();
        let columns = |line: &str| line.split('\t').count();
        assert!(lines.iter().all(|line| columns(line) == columns(lines[0])));
        assert!(
            lines[1].starts_with("a.yaml\tgenerated\t-\t0\t0\t8\t2\t"),
            "{}",
            lines[1]
        );
        assert!(
            lines[2].ends_with("syntax: no YAML (b.yaml:1)"),
            "{}",
            lines[2]
        );
    }

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

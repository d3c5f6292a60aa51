//! The results of the documents: a line for each.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use countersign::summary::Summary;

use super::compile::{Compiled, Message};
use super::run::{End, Run};
use super::tally::Tally;

/// The result for a document.
#[derive(Debug)]
pub(super) struct Row {
    run: Run,
    /// The compiler's verdict, if it was asked.
    pub(super) compiled: Option<Verdict>,
    /// The results of samples, if there were to be any.
    pub(super) samples: Option<Tally>,
    /// The number of files that rustfmt would change, if it was asked.
    pub(super) changed: Option<usize>,
}

/// The compiler's verdict.
#[derive(Debug)]
pub(super) struct Verdict {
    /// Whether both crates compile.
    pub(super) is_sound: bool,
    said: Vec<Message>,
}

impl Row {
    /// The result for a document; `compiled` is none if nothing was to be compiled.
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
        Self {
            run,
            compiled,
            samples: None,
            changed: None,
        }
    }

    /// The same with what became of samples.
    pub(super) fn with_samples(mut self, samples: Option<Tally>) -> Self {
        self.samples = samples;
        self
    }

    /// The same with the number of files that rustfmt would change.
    pub(super) fn with_changed(mut self, changed: Option<usize>) -> Self {
        self.changed = changed;
        self
    }

    /// The document.
    pub(super) fn path(&self) -> &str {
        &self.run.entry.path
    }

    /// The result in its own words.
    pub(super) fn summary(&self) -> Option<&Summary> {
        match &self.run.end {
            End::Told(summary) => Some(summary),
            End::TimedOut | End::Crashed(_) => None,
        }
    }

    /// The end, in a word or two.
    pub(super) fn outcome(&self) -> &'static str {
        match &self.run.end {
            End::Told(summary) if summary.generated => "generated",
            End::Told(_) => "refused",
            End::TimedOut => "timed out",
            End::Crashed(_) => "crashed",
        }
    }

    /// The first failure.
    pub(super) fn reason(&self) -> String {
        match &self.run.end {
            End::Told(summary) => match summary.errors.first() {
                Some(error) => format!("{}: {} ({})", error.code, error.message, error.place),
                None => self.first_error().unwrap_or_default(),
            },
            End::TimedOut => "it took more than its time".to_owned(),
            End::Crashed(why) => why.clone(),
        }
    }

    /// Why it does not compile.
    pub(super) fn first_error(&self) -> Option<String> {
        let verdict = self.compiled.as_ref().filter(|verdict| !verdict.is_sound)?;
        let error = verdict.said.iter().find(|said| said.is_error);
        Some(error.map_or_else(
            || "its dependency does not compile".to_owned(),
            |error| format!("{} {}", error.code, error.text),
        ))
    }

    /// Why it does not compile: each kind of error once.
    pub(super) fn errors(&self) -> BTreeSet<String> {
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

    /// The compiler's warnings.
    pub(super) fn warnings_of_compiler(&self) -> impl Iterator<Item = &Message> {
        let said = self.compiled.iter().flat_map(|verdict| &verdict.said);
        said.filter(|said| !said.is_error)
    }
}

/// A line for each document.
pub(super) fn tsv(rows: &[Row]) -> String {
    let mut text = "document\toutcome\tcompiled\trustc and clippy warnings\tchanged by rustfmt\twarnings\toperations\tleft out\ttypes\t\
                    values\traw JSON\tuntyped\tsamples\tsurvived\tCPU seconds\tseconds\tMiB\tlines\treason\n"
        .to_owned();
    for row in rows {
        let none = Summary::default();
        let summary = row.summary().unwrap_or(&none);
        let compiled = match &row.compiled {
            None => "-",
            Some(verdict) if verdict.is_sound => "yes",
            Some(_) => "no",
        };
        let counted = |of: fn(&Tally) -> usize| {
            let samples = row.samples.as_ref();
            samples.map_or_else(|| "-".to_owned(), |samples| of(samples).to_string())
        };
        let cells = [
            row.run.entry.path.clone(),
            row.outcome().to_owned(),
            compiled.to_owned(),
            row.warnings_of_compiler().count().to_string(),
            row.changed
                .map_or_else(|| "-".to_owned(), |count| count.to_string()),
            summary.warnings.values().sum::<usize>().to_string(),
            summary.operations.to_string(),
            summary.left_out.len().to_string(),
            summary.types.to_string(),
            summary.values.to_string(),
            summary.raw_json.to_string(),
            summary.untyped.to_string(),
            counted(|samples| samples.valid),
            counted(|samples| samples.survived),
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

/// A line for some of the samples that were lost.
pub(super) fn lost(all: &Tally) -> String {
    let mut text = "document\ttype\twhat became of it\tsample\n".to_owned();
    for example in all.lost.values().flat_map(|lost| &lost.examples) {
        let plain = example
            .each_ref()
            .map(|cell| cell.replace(char::is_control, " "));
        // Writing to a string can't fail.
        let _ = writeln!(text, "{}", plain.join("\t"));
    }
    text
}

/// A reason without the names in it, so that like reasons are counted together.
pub(super) fn shape(reason: &str) -> String {
    let parts = reason.split('`').enumerate();
    let kept = parts.map(|(at, part)| if at % 2 == 0 { part } else { "`..`" });
    kept.collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use super::*;
    use crate::corpus::entries::Entry;
    use countersign::summary::Finding;

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

    pub(in crate::corpus) fn rows() -> Vec<Row> {
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
            lines[1].starts_with("a.yaml\tgenerated\t-\t0\t-\t0\t8\t2\t"),
            "{}",
            lines[1]
        );
        assert!(
            lines[2].ends_with("syntax: no YAML (b.yaml:1)"),
            "{}",
            lines[2]
        );
    }
}

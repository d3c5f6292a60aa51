//! Records of departures, as clients write them: a line of JSON for each.

use std::fmt;

use serde::Deserialize;

/// A departure of an answer from its document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Departure {
    /// Where the answer is described: a document, `#` and a JSON pointer.
    pub document: String,
    /// The place in the answer, as a JSON pointer.
    pub path: String,
    /// The expectation.
    #[serde(default)]
    pub expected: String,
    /// The kind of value that came.
    pub found: String,
    /// The reading of the value, if it could be read.
    #[serde(default)]
    pub correction: Option<String>,
}

/// A line that is not a record of a departure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotARecord {
    /// The line, from 1.
    pub line: usize,
    why: String,
}

impl fmt::Display for NotARecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {} is not a record of a departure: {}",
            self.line, self.why
        )
    }
}

/// The departures in a text, each once.
///
/// # Errors
/// When a line is not one.
pub fn records(text: &str) -> Result<Vec<Departure>, NotARecord> {
    let mut found: Vec<Departure> = Vec::new();
    let lines = text.lines().enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let record = serde_json::from_str(line).map_err(|error| NotARecord {
            line: at + 1,
            why: error.to_string(),
        })?;
        if !found.contains(&record) {
            found.push(record);
        }
    }
    Ok(found)
}

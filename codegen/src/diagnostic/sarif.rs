//! Findings in SARIF 2.1.0, which code hosts show beside the lines that they are about.

use serde::Serialize;

use super::Finding;
use super::finding::Place;

/// The log of one run, as JSON text.
pub fn sarif(findings: &[Finding]) -> String {
    let mut codes: Vec<_> = findings.iter().map(|found| found.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules = codes.iter().map(|code| Rule {
        id: code.name(),
        short_description: Message {
            text: code.summary().to_owned(),
        },
        help: Help {
            text: code.page().unwrap_or_else(|| code.summary()),
            markdown: code.page(),
        },
    });
    let result = |found: &Finding| Outcome {
        rule_id: found.rule,
        rule_index: codes.binary_search(&found.code).unwrap_or_default(),
        level: found.level,
        message: Message { text: words(found) },
        locations: vec![Location::of(&found.place, None)],
        related_locations: found
            .related
            .iter()
            .map(|related| Location::of(&related.place, Some(related.label.clone())))
            .collect(),
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "countersign",
                    rules: rules.collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: findings.iter().map(result).collect(),
        }],
    };
    // Nothing in a log can fail to be written.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn words(found: &Finding) -> String {
    let mut words = found.message.clone();
    for (label, text) in [("Help", &found.help), ("Note", &found.note)] {
        if !text.is_empty() {
            words.push_str(&format!(". {label}: {text}"));
        }
    }
    words
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    help: Help,
}

/// The page of a rule, which code hosts show beside a finding.
#[derive(Serialize)]
struct Help {
    text: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
}

impl Location {
    fn of(place: &Place, label: Option<String>) -> Self {
        Self {
            physical_location: Physical {
                artifact_location: Artifact {
                    uri: encoded(&place.file),
                },
                region: Region {
                    start_line: place.line,
                    start_column: place.column,
                },
            },
            logical_locations: place
                .pointer
                .iter()
                .map(|pointer| Logical {
                    fully_qualified_name: pointer.clone(),
                })
                .collect(),
            message: label.map(|text| Message { text }),
        }
    }
}

/// A path as a relative reference: what a URI can't hold as it is, is percent-encoded.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        if plain {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

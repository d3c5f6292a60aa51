//! Rust types for formats, and presets of them.

use countersign_codegen::ir::ExternalCrate;

use super::table::{CrateTable, TypeTable};

/// A Rust type, and the crate that the manifest is to have for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeChoice {
    /// The path of the type.
    pub(crate) path: String,
    /// The crate; none if the manifest has it anyway.
    pub(crate) krate: Option<ExternalCrate>,
}

/// The types of one crate for the formats that OpenAPI's registry or practice has.
pub(super) struct Preset {
    pub(super) name: &'static str,
    version: &'static str,
    pub(super) formats: &'static [(&'static str, &'static str)],
}

/// Types whose serde form is what the format says. Those of the crate `time` are not: its RFC 3339 needs an attribute
/// on each field.
pub(super) const PRESETS: [Preset; 5] = [
    Preset {
        name: "chrono",
        version: "0.4",
        formats: &[
            ("date-time", "::chrono::DateTime<::chrono::Utc>"),
            ("date", "::chrono::NaiveDate"),
        ],
    },
    Preset {
        name: "jiff",
        version: "1",
        formats: &[
            ("date-time", "::jiff::Timestamp"),
            ("date", "::jiff::civil::Date"),
        ],
    },
    Preset {
        name: "url",
        version: "2",
        formats: &[("uri", "::url::Url"), ("url", "::url::Url")],
    },
    Preset {
        name: "ipnet",
        version: "2",
        formats: &[("cidr", "::ipnet::IpNet")],
    },
    Preset {
        name: "email_address",
        version: "0.2",
        formats: &[("email", "::email_address::EmailAddress")],
    },
];

impl TypeTable {
    /// The formats that the entry `key = ..` is for, each with its type.
    pub(super) fn choices(&self, key: &str) -> Result<Vec<(String, TypeChoice)>, String> {
        let table = match self {
            Self::Path(path) => {
                let path = path.clone();
                return Ok(vec![(key.to_owned(), TypeChoice { path, krate: None })]);
            }
            Self::From(table) => table,
        };
        match table {
            CrateTable {
                path: None,
                preset: true,
                ..
            } => table.preset(key),
            CrateTable {
                path: Some(path),
                krate: Some(name),
                version: Some(version),
                features,
                preset: false,
            } => {
                let krate = ExternalCrate {
                    name: checked(name)?,
                    version: version.clone(),
                    features: features.clone(),
                };
                let choice = TypeChoice {
                    path: path.clone(),
                    krate: Some(krate),
                };
                Ok(vec![(key.to_owned(), choice)])
            }
            _ => Err(
                "expected the path of a type, or `path`, `crate` and `version`, or `preset = true`"
                    .to_owned(),
            ),
        }
    }
}

impl CrateTable {
    fn preset(&self, name: &str) -> Result<Vec<(String, TypeChoice)>, String> {
        let preset = PRESETS.iter().find(|preset| preset.name == name);
        let preset = preset.ok_or_else(|| {
            let all: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
            let name = name.escape_debug();
            format!("there is no preset `{name}`; there are {}", all.join(", "))
        })?;
        let mut features = vec!["serde".to_owned()];
        features.extend(self.features.iter().cloned());
        let krate = ExternalCrate {
            name: preset.name.to_owned(),
            version: self
                .version
                .clone()
                .unwrap_or_else(|| preset.version.to_owned()),
            features,
        };
        let choices = preset.formats.iter().map(|(format, path)| {
            let choice = TypeChoice {
                path: (*path).to_owned(),
                krate: Some(krate.clone()),
            };
            ((*format).to_owned(), choice)
        });
        Ok(choices.collect())
    }
}

/// The name of a crate, if cargo would take it and no generated crate needs it for something else.
fn checked(name: &str) -> Result<String, String> {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let is_ours =
        ["serde", "serde_json", "uuid"].contains(&name) || name.starts_with("countersign");
    match (is_name, is_ours) {
        (true, false) => Ok(name.to_owned()),
        (true, true) => Err(format!(
            "generated crates have `{name}` already: write the path of the type alone"
        )),
        (false, _) => Err(format!(
            "`{}` is not the name of a crate",
            name.escape_debug()
        )),
    }
}

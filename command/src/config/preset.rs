//! Rust types for formats, and presets of them.

use countersign_codegen::ir::ExternalCrate;

use super::crate_name::checked;
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
    /// The crate, where it is called otherwise.
    krate: Option<&'static str>,
    version: &'static str,
    features: &'static [&'static str],
    pub(super) formats: &'static [(&'static str, &'static str)],
}

/// Types whose serde form is what the format says, or for which the runtime has that form.
pub(super) const PRESETS: [Preset; 7] = [
    Preset {
        name: "chrono",
        krate: None,
        version: "0.4",
        features: &["serde"],
        formats: &[
            ("date-time", "::chrono::DateTime<::chrono::Utc>"),
            ("date", "::chrono::NaiveDate"),
            ("time", "::chrono::NaiveTime"),
        ],
    },
    Preset {
        name: "time",
        krate: None,
        version: "0.3",
        features: &[],
        formats: &[
            ("date-time", "::time::OffsetDateTime"),
            ("date", "::time::Date"),
            ("time", "::time::Time"),
        ],
    },
    Preset {
        name: "jiff",
        krate: None,
        version: "1",
        features: &["serde"],
        formats: &[
            ("date-time", "::jiff::Timestamp"),
            ("date", "::jiff::civil::Date"),
            ("time", "::jiff::civil::Time"),
        ],
    },
    Preset {
        name: "rust_decimal",
        krate: None,
        version: "1",
        features: &[],
        formats: &[("decimal", "::rust_decimal::Decimal")],
    },
    Preset {
        name: "url",
        krate: None,
        version: "2",
        features: &["serde"],
        formats: &[("uri", "::url::Url"), ("url", "::url::Url")],
    },
    Preset {
        name: "ipnet",
        krate: None,
        version: "2",
        features: &["serde"],
        formats: &[
            ("cidr", "::ipnet::IpNet"),
            ("ipv4network", "::ipnet::Ipv4Net"),
            ("ipv6network", "::ipnet::Ipv6Net"),
            ("ipvanynetwork", "::ipnet::IpNet"),
        ],
    },
    Preset {
        name: "email",
        krate: Some("email_address"),
        version: "0.2",
        features: &["serde"],
        formats: &[("email", "::email_address::EmailAddress")],
    },
];

impl Preset {
    fn krate(&self) -> ExternalCrate {
        ExternalCrate {
            name: self.krate.unwrap_or(self.name).to_owned(),
            version: self.version.to_owned(),
            features: self.features.iter().map(|on| (*on).to_owned()).collect(),
        }
    }

    fn named(name: &str) -> Option<&'static Self> {
        let mut presets = PRESETS.iter();
        presets.find(|preset| preset.name == name || preset.krate == Some(name))
    }
}

impl TypeChoice {
    /// A type by its path. One of a crate that a preset knows brings that crate.
    pub(crate) fn of_path(path: &str) -> Self {
        let plain = path.strip_prefix("::").unwrap_or(path);
        let (first, _) = plain.split_once("::").unwrap_or((plain, ""));
        let mut presets = PRESETS.iter();
        let preset = presets.find(|preset| preset.krate.unwrap_or(preset.name) == first);
        let path = match plain {
            // What its own examples take where nothing else is said.
            "chrono::DateTime" => "::chrono::DateTime<::chrono::Utc>",
            _ => path,
        };
        Self {
            path: path.to_owned(),
            krate: preset.map(Preset::krate),
        }
    }
}

impl TypeTable {
    /// The formats that the entry `key = ..` is for, each with its type.
    pub(super) fn choices(&self, key: &str) -> Result<Vec<(String, TypeChoice)>, String> {
        let table = match self {
            Self::Path(path) => return Ok(vec![(key.to_owned(), TypeChoice::of_path(path))]),
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
            CrateTable {
                path: Some(path),
                krate: None,
                preset: false,
                ..
            } if TypeChoice::of_path(path).krate.is_some() => {
                let TypeChoice { path, krate } = TypeChoice::of_path(path);
                let krate = krate.map(|krate| table.over(krate));
                Ok(vec![(key.to_owned(), TypeChoice { path, krate })])
            }
            _ => Err(
                "expected the path of a type, or `path`, `crate` and `version`, or `preset = true`"
                    .to_owned(),
            ),
        }
    }
}

impl CrateTable {
    /// A crate with the version and the features that the table adds.
    fn over(&self, krate: ExternalCrate) -> ExternalCrate {
        let ExternalCrate {
            name,
            version,
            mut features,
        } = krate;
        features.extend(self.features.iter().cloned());
        ExternalCrate {
            name,
            version: self.version.clone().unwrap_or(version),
            features,
        }
    }

    fn preset(&self, name: &str) -> Result<Vec<(String, TypeChoice)>, String> {
        let preset = Preset::named(name).ok_or_else(|| {
            let all: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
            let name = name.escape_debug();
            format!("there is no preset `{name}`; there are {}", all.join(", "))
        })?;
        let krate = self.over(preset.krate());
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

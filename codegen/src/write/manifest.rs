//! Manifests, by a serializer: no text of a document reaches them.

use toml::{Table, Value};

use crate::package::{CrateManifest, Dependency, Origin};
use crate::settings::{Manifest, Metadata};

/// The oldest Rust that compiles generated code.
const RUST: &str = "1.88";

/// The keys of a package that a workspace may set, with what is written where it does not.
fn own_package() -> [(&'static str, Option<Value>); 5] {
    [
        ("version", Some("0.1.0".into())),
        ("edition", Some("2024".into())),
        ("rust-version", Some(RUST.into())),
        ("license", None),
        ("publish", Some(false.into())),
    ]
}

impl From<&Metadata> for Value {
    fn from(metadata: &Metadata) -> Self {
        match metadata {
            Metadata::Text(text) => text.clone().into(),
            Metadata::List(texts) => texts.clone().into(),
            Metadata::Flag(flag) => (*flag).into(),
        }
    }
}

impl CrateManifest {
    /// The manifest as text. Every string in it is written by the serializer.
    pub(super) fn to_toml(&self) -> String {
        let mut out =
            "# Generated, like all of this crate. Change the documents instead.\n\n[package]\n"
                .to_owned();
        let mut line = |key: &str, value: Value| out.push_str(&format!("{key} = {value}\n"));
        line("name", self.name.clone().into());
        let chosen = |key: &str| {
            let mut metadata = self.metadata.iter();
            metadata.any(|(known, _)| known == key)
        };
        if !chosen("description") {
            line("description", self.description.clone().into());
        }
        let member = self.style == Manifest::Member;
        for (key, value) in own_package() {
            if chosen(key) {
                continue;
            }
            match (member && self.inherited.package.contains(key), value) {
                (true, _) => line(&format!("{key}.workspace"), true.into()),
                (false, Some(value)) => line(key, value),
                (false, None) => {}
            }
        }
        for (key, value) in &self.metadata {
            line(key, Value::from(value));
        }
        out.push_str(&format!("\n[lib]\ndoctest = {}\n", self.doctest));
        self.push_features(&mut out);
        out.push_str("\n[dependencies]\n");
        for (name, dependency) in &self.dependencies {
            out.push_str(&format!("{name} = {}\n", dependency.value()));
        }
        if member && self.inherited.lints {
            out.push_str("\n[lints]\nworkspace = true\n");
        }
        out
    }

    fn push_features(&self, out: &mut String) {
        if self.features.is_empty() {
            return;
        }
        out.push_str("\n[features]\n");
        // `default` first: it is what a reader looks for.
        let (default, others): (Vec<_>, Vec<_>) = self
            .features
            .iter()
            .partition(|(name, _)| *name == "default");
        for (name, needed) in default.into_iter().chain(others) {
            out.push_str(&format!("{name} = {}\n", Value::from(needed.clone())));
        }
    }
}

impl Dependency {
    /// Its value in a manifest.
    pub(crate) fn to_toml(&self) -> String {
        self.value().to_string()
    }

    fn value(&self) -> Value {
        let mut table = Table::new();
        match &self.origin {
            Origin::Workspace => table.insert("workspace".into(), true.into()),
            Origin::Path(path) => table.insert("path".into(), path.clone().into()),
            Origin::Version(version) => table.insert("version".into(), version.clone().into()),
            Origin::Git { url, at } => {
                if let Some((kind, name)) = at {
                    table.insert(kind.key().into(), name.clone().into());
                }
                table.insert("git".into(), url.clone().into())
            }
        };
        if !self.default_features && self.origin != Origin::Workspace {
            table.insert("default-features".into(), false.into());
        }
        if self.optional {
            table.insert("optional".into(), true.into());
        }
        if !self.features.is_empty() {
            let features: Vec<Value> = self
                .features
                .iter()
                .map(|feature| feature.clone().into())
                .collect();
            table.insert("features".into(), features.into());
        }
        Value::Table(table)
    }
}

//! `countersign.lock`: what the crates of an API were generated from. It stands among their files and is committed with
//! them, so that a check can tell why they are out of date.

use std::collections::BTreeMap;

use countersign_codegen::write::Tree;
use serde::Deserialize;

use crate::inputs::{Digest, Documents};

/// The file's name.
pub(crate) const FILE: &str = "countersign.lock";

const HEAD: &str = "# What this was generated from. `gen` writes it, and `gen --check` tells by it what has changed.\n";

/// The record of an API: its documents and settings, and what came out.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lock {
    /// The version of the generator.
    countersign: String,
    /// The hash of the settings.
    settings: String,
    /// The hash of all files.
    output: String,
    /// The hashes of the documents, by their paths.
    documents: BTreeMap<String, String>,
}

impl Lock {
    /// That of a run, in which the files of `tree` came out.
    pub(crate) fn new(settings: &Digest, documents: &Documents, below: &str, tree: &Tree) -> Self {
        let documents = documents.iter().map(|(path, digest)| {
            let digest = digest.as_ref().map_or("", Digest::short);
            (format!("{below}{}", path.as_str()), digest.to_owned())
        });
        Self {
            countersign: env!("CARGO_PKG_VERSION").to_owned(),
            settings: settings.short().to_owned(),
            output: output(tree),
            documents: documents.collect(),
        }
    }

    /// One that stands on disk.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        toml::from_str(text).ok()
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        let Self {
            countersign,
            settings,
            output,
            documents,
        } = self;
        let mut text = format!(
            "{HEAD}\ncountersign = \"{countersign}\"\nsettings = \"{settings}\"\noutput = \"{output}\"\n\n[documents]\n"
        );
        for (path, digest) in documents {
            let path = toml::Value::from(path.clone());
            text.push_str(&format!("{path} = \"{digest}\"\n"));
        }
        text
    }

    /// The reasons why `standing`, files with this record, differ from those that belong to `new`.
    pub(crate) fn reasons(&self, new: &Self, standing: &Tree) -> Vec<String> {
        let mut reasons = Vec::new();
        let all = self.documents.keys().chain(new.documents.keys());
        let mut all: Vec<&String> = all.collect();
        all.sort();
        all.dedup();
        for path in all {
            let (old, new) = (self.documents.get(path), new.documents.get(path));
            if old != new {
                reasons.push(format!("document changed: {path}"));
            }
        }
        if self.countersign != new.countersign {
            let (old, new) = (&self.countersign, &new.countersign);
            reasons.push(format!("generator changed: from {old} to {new}"));
        } else if self.settings != new.settings {
            reasons.push("settings changed".to_owned());
        }
        if self.output != output(standing) {
            reasons.push("edited by hand, or merged".to_owned());
        }
        if reasons.is_empty() {
            reasons.push("generator changed".to_owned());
        }
        reasons
    }
}

/// The hash of files, their record aside.
fn output(tree: &Tree) -> String {
    let mut all = String::new();
    let is_record = |path: &str| path.rsplit('/').next() == Some(FILE);
    for (path, text) in tree.iter().filter(|(path, _)| !is_record(path)) {
        all.push_str(&format!("{path}\n{}\n", text.len()));
        all.push_str(text);
    }
    Digest::of(all.as_bytes()).short().to_owned()
}

#[cfg(test)]
mod tests {
    use countersign_codegen::source::DocumentPath;

    use super::*;

    fn lock(settings: &str, document: &str, text: &str) -> (Lock, Tree) {
        let path = DocumentPath::new("pets.yaml").expect("a path");
        let documents = Documents::from([(path, Some(Digest::of(document.as_bytes())))]);
        let tree = Tree::from([("pets/lib.rs".to_owned(), text.to_owned())]);
        let settings = Digest::of(settings.as_bytes());
        (Lock::new(&settings, &documents, "spec/", &tree), tree)
    }

    #[test]
    fn records_are_read_back() {
        let (lock, _) = lock("a", "b", "c");
        assert_eq!(Lock::parse(&lock.text()), Some(lock));
    }

    #[test]
    fn each_change_has_its_reason() {
        let (old, standing) = lock("a", "b", "c");
        let reasons = |new: &Lock, standing: &Tree| old.reasons(new, standing).join("; ");
        let (document, _) = lock("a", "b2", "c2");
        assert_eq!(
            reasons(&document, &standing),
            "document changed: spec/pets.yaml"
        );
        let (settings, _) = lock("a2", "b", "c2");
        assert_eq!(reasons(&settings, &standing), "settings changed");
        let (other, edited) = lock("a", "b", "c2");
        assert_eq!(reasons(&other, &standing), "generator changed");
        assert_eq!(reasons(&old, &edited), "edited by hand, or merged");
        let newer = Lock {
            countersign: "99.0.0".to_owned(),
            ..settings
        };
        let found = reasons(&newer, &edited);
        assert!(found.starts_with("generator changed: from "), "{found}");
        assert!(
            found.ends_with("to 99.0.0; edited by hand, or merged"),
            "{found}"
        );
    }
}

//! Documents in memory, before and after a change.

use std::collections::BTreeMap;
use std::fs;

use countersign_codegen::compare::{self, Comparison, Date};
use countersign_codegen::diagnostic::Report;
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use countersign_codegen::{Lowered, Strictness, lowered};

/// The documents of an API, by their paths; the entry is `openapi.yaml`.
#[derive(Clone)]
pub(crate) struct Documents(BTreeMap<String, String>);

impl Documents {
    /// One document.
    pub(crate) fn one(text: &str) -> Self {
        Self(BTreeMap::from([(
            "openapi.yaml".to_owned(),
            text.to_owned(),
        )]))
    }

    /// Those of an API of `spec/`.
    pub(crate) fn of(api: &str) -> Self {
        let folder = countersign_tests::root().join("spec").join(api);
        let files = fs::read_dir(folder).expect("a folder of documents");
        let documents = files.filter_map(|file| {
            let path = file.expect("a file").path();
            let name = path.file_name()?.to_str()?.to_owned();
            let text = fs::read_to_string(&path).expect("a text");
            name.ends_with(".yaml").then_some((name, text))
        });
        Self(documents.collect())
    }

    /// Has `new` in the place of `old`, which stands there once.
    pub(crate) fn edit(mut self, document: &str, old: &str, new: &str) -> Self {
        let text = self.0.get_mut(document).expect("a document");
        assert_eq!(
            text.matches(old).count(),
            1,
            "{document} has this once: {old}"
        );
        *text = text.replace(old, new);
        self
    }

    /// Has `new` in the place of `old` wherever that stands.
    pub(crate) fn edit_all(mut self, document: &str, old: &str, new: &str) -> Self {
        let text = self.0.get_mut(document).expect("a document");
        assert!(text.contains(old), "{document} has this: {old}");
        *text = text.replace(old, new);
        self
    }

    /// Has all of a document from a line on in another, after its own head.
    pub(crate) fn cut(mut self, document: &str, line: &str, other: &str, head: &str) -> Self {
        let text = self.0.get_mut(document).expect("a document");
        let at = text.find(&format!("\n{line}")).expect("a line") + 1;
        let rest = text.split_off(at);
        self.0.insert(other.to_owned(), format!("{head}{rest}"));
        self
    }

    /// The documents and their API.
    pub(crate) fn lowered(&self, strictness: Strictness) -> Lowered {
        let path = |name: &str| DocumentPath::new(name).expect("a plain path");
        let files = self.0.iter();
        let files = files.fold(MemoryFiles::default(), |files, (name, text)| {
            files.with(path(name), text.as_str())
        });
        let mut report = Report::default();
        let entry = path("openapi.yaml");
        let sources = Sources {
            entry: &entry,
            overlays: &[],
            files: &files,
        };
        lowered(&sources, &[], strictness, &mut report)
            .unwrap_or_else(|| panic!("{}", report.render("")))
    }
}

/// Compares documents with what they were.
pub(crate) fn compare(
    old: Option<&Documents>,
    new: Option<&Documents>,
    strictness: Strictness,
) -> Comparison {
    let lowered = |documents: &Documents| documents.lowered(strictness);
    match (old.map(lowered), new.map(lowered)) {
        (Some(old), Some(new)) => countersign_codegen::compare(&old, &new, today()),
        (None, Some(new)) => compare::added(&new.api),
        (Some(old), None) => compare::removed(&old.api),
        (None, None) => Comparison::default(),
    }
}

/// The day on which changes are compared here.
fn today() -> Date {
    Date::parse("2026-01-01").expect("a date")
}

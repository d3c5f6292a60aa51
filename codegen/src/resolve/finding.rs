//! Findings on references, in words.

use super::Link;
use super::nearest::nearest;
use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Advice, Code, Diagnostic, Report};
use crate::load::walk::{ChildKind, ObjectKind, RefKind, RefSite};
use crate::load::{Document, Documents, Entry, Node, Version, pointer};
use crate::source::{DocumentPath, PathError};

/// The number of names that are compared for suggestions: it takes time, and nobody reads many findings.
const NAMES_AT_MOST: usize = 100_000;

/// The number of other places of the same fault that are shown.
const PLACES_AT_MOST: usize = 3;

/// Puts what is found into the report.
pub(super) struct Findings<'a, 'r> {
    documents: &'a Documents,
    report: &'r mut Report,
    // How many more names may be compared.
    names: usize,
    unreadable: BTreeMap<DocumentPath, Diagnostic>,
}

impl<'a, 'r> Findings<'a, 'r> {
    pub(super) fn new(documents: &'a Documents, report: &'r mut Report) -> Self {
        Self {
            documents,
            report,
            names: NAMES_AT_MOST,
            unreadable: BTreeMap::new(),
        }
    }

    /// Says which keywords beside a `$ref` are ignored, but for those that only repeat what the target says.
    pub(super) fn siblings(&mut self, site: &RefSite<'_>, target: Option<&Node>) {
        let version = self.documents.version(self.documents.home(site.node.span));
        for entry in beside(site) {
            let same = target.and_then(|target| target.get(entry.key.text()));
            if same.is_some_and(|same| same.to_json() == entry.value.to_json()) {
                continue;
            }
            if entry.key.text() == "nullable"
                && matches!(site.place, ChildKind::One(ObjectKind::Schema))
                && entry.value.as_bool() == Some(true)
            {
                self.nullable(entry, version);
                continue;
            }
            let message = format!("`{}` beside a `$ref` has no effect", entry.key.text());
            let help = match site.place {
                ChildKind::One(ObjectKind::Schema) => {
                    "put the reference into an `allOf` beside it to keep it"
                }
                _ => "remove it, or write the object out",
            };
            self.report.push(
                Diagnostic::warning(Code::IgnoredSibling, entry.key_span, message)
                    .help((help, "it is ignored, as the specification requires")),
            );
        }
    }

    /// Says that null is allowed though the specification ignores the keyword: frameworks write it, and their servers send
    /// null. In Swagger 2.0 it is an extension, of which no specification speaks.
    fn nullable(&mut self, entry: &Entry, version: Version) {
        if version == Version::Swagger2 {
            return;
        }
        let message = "`nullable` beside a `$ref` has no effect by the specification";
        let help = "put the reference into an `allOf` beside it";
        self.report.push(
            Diagnostic::warning(Code::IgnoredSibling, entry.key_span, message)
                .help((help, "null is allowed all the same")),
        );
    }

    /// Says that a keyword that identifies schemas is not followed.
    pub(super) fn identifier(&mut self, site: &RefSite<'_>) {
        // References that name a schema by its `$id` are followed.
        let id = site.node.get("$id").map(|id| id.id);
        if id == Some(site.text.id) {
            return;
        }
        let message = format!(
            "`{}` is not followed",
            site.text.as_str().unwrap_or_default()
        );
        let help = (
            "reference the schema by file and JSON pointer, or by `$anchor`",
            "`$dynamicRef` and its like are ignored",
        );
        self.report
            .push(Diagnostic::warning(Code::SchemaIdentifier, site.text.span, message).help(help));
    }

    /// Says that a reference would have to be fetched.
    pub(super) fn remote(&mut self, site: &RefSite<'_>, text: &str) {
        let message = format!("`{text}` is not among the documents");
        let help = (
            "put a copy below the root folder and reference that",
            "nothing is ever fetched; the value is kept as raw JSON",
        );
        self.report
            .push(Diagnostic::warning(Code::RemoteReference, site.text.span, message).help(help));
    }

    /// Says that a reference names no document below the root.
    pub(super) fn bad_path(&mut self, site: &RefSite<'_>, file: &str, error: PathError) {
        let code = match error {
            PathError::Absolute | PathError::Escapes => Code::EscapingReference,
            PathError::Empty | PathError::Backslash | PathError::Control | PathError::Percent => {
                Code::DanglingReference
            }
        };
        let message = format!("`{file}` is not a valid document path: {error}");
        let help =
            "write a path relative to this document, with `/`, that stays below the root folder";
        self.report
            .push(Diagnostic::error(code, site.text.span, message).help(help));
    }

    /// Says that a document that is referred to can't be read: once, with some of the places that refer to it.
    pub(super) fn unreadable(&mut self, link: &Link<'a>, path: &DocumentPath, why: &str) {
        let message = format!("the document `{}` can't be read: {why}", path.as_str());
        let help = "write a path relative to the document that contains the reference";
        let new = without_target(link, Code::Unreadable, message, help);
        match self.unreadable.get_mut(path) {
            None => {
                self.unreadable.insert(path.clone(), new);
            }
            Some(known) => {
                known.severity = known.severity.max(new.severity);
                if known.related.len() < PLACES_AT_MOST {
                    known.related.push((new.span, "and here".to_owned()));
                }
            }
        }
    }

    /// Says what could not be said before everything was looked at.
    pub(super) fn finish(self) {
        for finding in self.unreadable.into_values() {
            self.report.push(finding);
        }
    }

    /// Reports the inferred target of a reference.
    pub(super) fn loose(&mut self, link: &Link<'a>, meant: &str) {
        let text = link.site.text.as_str().unwrap_or_default();
        let message = format!("`{text}` does not exist as it is written");
        let help = (
            "correct the reference",
            format!("it is read as a reference to {meant}"),
        );
        let finding = Diagnostic::warning(Code::LooseReference, link.site.text.span, message);
        self.report.push(finding.help(help));
    }

    /// Says that references lead only to each other.
    pub(super) fn ring(&mut self, ring: &[&Link<'a>]) {
        let Some((first, others)) = ring.split_first() else {
            return;
        };
        let message = match others.len() {
            0 => "this reference refers to itself".to_owned(),
            others => format!("these {} references refer only to each other", others + 1),
        };
        let what = match first.site.place {
            ChildKind::One(kind) | ChildKind::List(kind) | ChildKind::Map(kind) => kind.word(),
        };
        let help = format!("define the {what} in one place");
        let mut finding =
            Diagnostic::error(Code::ReferenceCycle, first.site.text.span, message).help(help);
        for next in others.iter().take(PLACES_AT_MOST * 3) {
            finding = finding.related(next.site.text.span, "which refers here");
        }
        self.report.push(finding);
    }

    /// Says that a discriminator's mapping names no schema.
    pub(super) fn no_schema(&mut self, link: &Link<'a>, name: &str) {
        let message = format!("no schema is named `{name}`");
        let entry = self.documents.entry();
        let schemas = entry
            .root
            .get("components")
            .and_then(|components| components.get("schemas"));
        let help = schemas
            .and_then(|schemas| self.meant(schemas, name))
            .map_or_else(
                || "write the name of a schema below `components`, or a reference".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
        self.report
            .push(without_target(link, Code::DanglingReference, message, help));
    }

    /// Says that a reference leads to `at` in `document` but not to the next segment.
    pub(super) fn dangling(&mut self, link: &Link<'a>, document: &Document, lost: Lost<'_>) {
        let text = link.site.text.as_str().unwrap_or_default();
        let place = place(link, document, &lost);
        let message = format!("`{text}` does not exist: {place} has no `{}`", lost.segment);
        let help = self.help(document, &lost);
        self.report
            .push(without_target(link, Code::DanglingReference, message, help));
    }

    fn help(&mut self, document: &Document, lost: &Lost<'_>) -> String {
        if let Some(meant) = self.meant(lost.at, &lost.segment) {
            return format!("did you mean `{meant}`?");
        }
        let fragment = lost.fragment;
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let pointer = format!("/{fragment}");
            return if document.find(&pointer).is_some() {
                format!("write `#{pointer}`")
            } else {
                "write a JSON pointer behind `#`, which starts with `/`, or the name of an `$anchor`".to_owned()
            };
        }
        match (lost.at.entries().is_empty(), lost.at.items().len()) {
            (false, _) => "define it there, or correct the reference".to_owned(),
            (true, 0) => "correct the reference: its target has no members".to_owned(),
            (true, items) => format!("write a number below {items}: the target is a list"),
        }
    }

    fn meant(&mut self, node: &Node, wrong: &str) -> Option<String> {
        self.names = self.names.checked_sub(node.entries().len())?;
        let names = node.entries().iter().map(|entry| entry.key.text());
        nearest(wrong, names).map(str::to_owned)
    }
}

/// A finding about a reference without a target: a warning where the output can do without it.
fn without_target(
    link: &Link<'_>,
    code: Code,
    message: String,
    help: impl Into<Advice>,
) -> Diagnostic {
    let span = link.site.text.span;
    let is_needed =
        link.site.kind == RefKind::Reference && link.site.place != ChildKind::One(ObjectKind::Note);
    if is_needed {
        return Diagnostic::error(code, span, message).help(help);
    }
    Diagnostic::warning(code, span, format!("{message}, so it is left out")).help(help)
}

/// The extent to which a reference can be followed.
pub(super) struct Lost<'l> {
    /// The text of the reference behind `#`.
    pub(super) fragment: &'l str,
    /// The last node on the way.
    pub(super) at: &'l Node,
    /// The number of segments that lead to it.
    pub(super) depth: usize,
    /// The segment that it lacks.
    pub(super) segment: Cow<'l, str>,
}

fn place(link: &Link<'_>, document: &Document, lost: &Lost<'_>) -> String {
    let file = if link.document.id == document.id {
        ""
    } else {
        document.path.as_str()
    };
    if lost.depth == 0 {
        return if file.is_empty() {
            "this document".to_owned()
        } else {
            format!("`{file}`")
        };
    }
    let mut pointer = String::new();
    for segment in pointer::segments(lost.fragment).take(lost.depth).flatten() {
        pointer::push(&mut pointer, &segment);
    }
    format!("`{file}#{pointer}`")
}

/// The keywords beside a `$ref` that say something of what it leads to.
pub(super) fn beside<'a>(site: &RefSite<'a>) -> impl Iterator<Item = &'a Entry> {
    let entries = site.node.entries().iter();
    entries.filter(|entry| {
        let key = entry.key.text();
        !matches!(key, "$ref" | "description" | "summary") && !key.starts_with("x-")
    })
}

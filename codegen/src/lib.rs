//! From OpenAPI documents to Rust source.
//!
//! Documents are loaded (text to nodes with places), references resolved, everything lowered to an IR that knows
//! neither OpenAPI nor Rust syntax, and the IR emitted as tokens and written as formatted files. No stage does I/O.

pub mod audit;
mod check;
pub mod compare;
mod describe;
pub mod diagnostic;
mod document_index;
pub mod emit;
pub mod explain;
pub mod ir;
mod layout;
pub mod lint;
pub mod load;
pub mod lower;
pub mod names;
pub mod package;
pub mod propose;
pub mod resolve;
pub mod settings;
pub mod source;
pub mod specification;
pub mod write;

use check::Wanted;
use compare::{Comparison, Date, Described};
use diagnostic::{Code, Diagnostic, Report};
use ir::{Api, External};
use load::Documents;
use settings::{ApiSettings, Settings};
use source::{DocumentId, Sources, Span};
use write::Tree;

/// The effect of warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// They are said, and generation goes on: for documents that nobody here can fix.
    Lenient,
    /// They are errors: for documents of one's own.
    DenyWarnings,
}

/// The result of generating.
#[derive(Debug)]
pub struct Generated {
    /// The documents that were read.
    pub documents: Documents,
    /// The decision.
    pub api: Api,
    /// The files of both crates.
    pub tree: Tree,
}

impl Generated {
    /// The outline of the crates, a line for each item.
    pub fn outline(&self) -> String {
        emit::outline(&self.api)
    }
}

/// Generates the model and the client crate of the API that an entry document describes.
///
/// None if something in the documents forbids it; `report` says what, and what was guessed or left out otherwise.
pub fn generate(
    sources: &Sources<'_>,
    settings: &Settings,
    strictness: Strictness,
    report: &mut Report,
) -> Option<Generated> {
    let Lowered { documents, api } = lowered_of(sources, settings, strictness, report)?;
    let tree = match emit::crates(&api, settings, write::tree) {
        Ok(tree) => tree,
        Err(malformed) => {
            let start = Span {
                document: DocumentId::ENTRY,
                start: 0,
                end: 0,
            };
            let message = format!(
                "the generator produced invalid Rust: {}: {}",
                malformed.file, malformed.why
            );
            let help = (
                "report it together with the document",
                "nothing was written",
            );
            report.push(Diagnostic::error(Code::Internal, start, message).help(help));
            return None;
        }
    };
    Some(Generated {
        documents,
        api,
        tree,
    })
}

/// Compares an API with what it was: its documents, and the public items of its crates.
///
/// `today` decides whether the `x-sunset` of an operation that is removed has come.
pub fn compare<'a>(
    old: impl Into<Described<'a>>,
    new: impl Into<Described<'a>>,
    today: Date,
) -> Comparison {
    compare::described(old.into(), new.into(), today, &|api, settings, read| {
        emit::crates(api, settings, read);
    })
}

impl<'a> From<&'a Lowered> for Described<'a> {
    fn from(lowered: &'a Lowered) -> Self {
        let Lowered { documents, api } = lowered;
        Self { documents, api }
    }
}

impl<'a> From<&'a Generated> for Described<'a> {
    fn from(generated: &'a Generated) -> Self {
        let Generated { documents, api, .. } = generated;
        Self { documents, api }
    }
}

/// Documents, and the API that they describe.
#[derive(Debug)]
pub struct Lowered {
    /// The documents that were read.
    pub documents: Documents,
    /// The decision.
    pub api: Api,
}

/// Brings documents to the IR, all operations of them; none if something in them forbids it.
pub fn lowered(
    sources: &Sources<'_>,
    types: &[External],
    strictness: Strictness,
    report: &mut Report,
) -> Option<Lowered> {
    selected(sources, types, &ApiSettings::default(), strictness, report)
}

/// Brings documents to the IR as [`generate`] does by these settings; none if something in them forbids it.
pub fn lowered_of(
    sources: &Sources<'_>,
    settings: &Settings,
    strictness: Strictness,
    report: &mut Report,
) -> Option<Lowered> {
    let Settings { types, api, .. } = settings;
    selected(sources, types, api, strictness, report)
}

fn selected(
    sources: &Sources<'_>,
    types: &[External],
    settings: &ApiSettings,
    strictness: Strictness,
    report: &mut Report,
) -> Option<Lowered> {
    let documents = load::documents(sources, report)?;
    let resolved = resolve::references(&documents, report);
    let checked = check::documents(&documents, Wanted::Harm, report);
    let api = lower::selected(&documents, &resolved, types, settings, report);
    report.settle(checked);
    report.waive();
    report.deduplicate();
    match strictness {
        Strictness::DenyWarnings => report.deny_warnings(),
        // One loose end is no reason to refuse the rest of a document that nobody here can fix.
        Strictness::Lenient => {
            for code in [Code::DanglingReference, Code::Unreadable] {
                report.downgrade(code, "its target is read as raw JSON");
            }
        }
    }
    (!report.has_errors()).then_some(Lowered { documents, api })
}

/// Whether a text is Rust that means the same once it is laid out.
///
/// # Panics
/// If it means something else.
#[cfg(fuzzing)]
pub fn is_laid_out_alike(text: &str) -> bool {
    layout::differential::is_kept(text)
}

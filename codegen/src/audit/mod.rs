//! Fidelity: that nothing was lost between page, document and crate.
//!
//! Everything has a source, every deviation still applies, and every keyword is in the ledger.

mod keywords;
mod pages;
mod render;

use serde::Serialize;

use crate::check::{self, Wanted};
use crate::diagnostic::Report;
use crate::document_index::DocumentIndex;
use crate::source::Sources;
use crate::{load, lower, resolve};

pub use crate::specification::Support;

/// The part of documents that is audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything, as documents need it that are transcribed from pages.
    All,
    /// The keywords of any document.
    Keywords,
}

/// The result of the audit of an API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// The items of each page, in the order in which the document lists them.
    pub pages: Vec<Page>,
    /// Where the document departs from its pages, in the document's order.
    pub deviations: Vec<Deviation>,
    /// Each keyword of the documents.
    pub keywords: Vec<Keyword>,
}

/// The items of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Its key in `x-pages`.
    pub page: String,
    /// Its title.
    pub title: String,
    /// The number of its sections that items name.
    pub sections: usize,
    /// Operations.
    pub operations: usize,
    /// Schemas of components.
    pub schemas: usize,
    /// Properties.
    pub properties: usize,
    /// Named examples.
    pub examples: usize,
    /// Deviations.
    pub deviations: usize,
}

impl Page {
    fn is_unused(&self) -> bool {
        self.sections == 0 && self.operations + self.schemas + self.properties == 0
    }
}

/// A place where a document departs from its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deviation {
    /// The page, by its key; empty if none is known.
    pub page: String,
    /// The document.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The keyword that differs.
    pub keyword: String,
    /// The value on the page; none if the page has none.
    pub says: Option<String>,
    /// Why.
    pub reason: String,
}

/// A keyword, in the objects in which it means the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Keyword {
    /// The object.
    pub object: &'static str,
    /// The keyword.
    pub keyword: String,
    /// The number of times it is used in the documents.
    pub uses: usize,
    /// Its support by the generator.
    pub role: Support,
}

/// Audits the documents that an entry leads to. Where everything is audited, each fault is an error in `report`, the
/// generator's warnings among it. None if the documents can't be read.
pub fn check(sources: &Sources<'_>, extent: Extent, report: &mut Report) -> Option<Audit> {
    let documents = load::documents(sources, report)?;
    let resolved = resolve::references(&documents, report);
    let checked = check::documents(&documents, Wanted::All, report);
    // Lowering says which sources name no page and which deviations no longer apply.
    lower::api(&documents, &resolved, &[], report);
    report.settle(checked);
    let index = DocumentIndex::of(&documents, &resolved);
    let (pages, deviations) = match extent {
        Extent::All => pages::of(&index, report),
        Extent::Keywords => Default::default(),
    };
    let keywords = keywords::of(&documents, extent, report);
    report.waive();
    report.deduplicate();
    if extent == Extent::All {
        report.deny_warnings();
    }
    Some(Audit {
        pages,
        deviations,
        keywords,
    })
}

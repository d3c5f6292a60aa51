//! The source of each operation, schema and property: a page of its own or one that it inherits.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document_index::{DocumentIndex, Site};
use crate::load::Node;
use crate::load::walk::ObjectKind;
use crate::source::Span;

use super::{Deviation, Page};

/// Gathers what is from each page of `x-pages`, and the deviations from them.
pub(super) fn of(index: &DocumentIndex<'_>, report: &mut Report) -> (Vec<Page>, Vec<Deviation>) {
    let root = &index.documents.entry().root;
    let Some(listed) = root
        .get("x-pages")
        .filter(|pages| !pages.entries().is_empty())
    else {
        let start = Span {
            end: root.span.start,
            ..root.span
        };
        let what = "the document lists no pages, so nothing has a source";
        let help = "list the pages that it was transcribed from in `x-pages`";
        report.push(Diagnostic::error(Code::MissingSource, start, what).help(help));
        return (Vec::new(), Vec::new());
    };
    let title = |page: &Node| {
        page.get("title")
            .and_then(Node::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let pages = listed.entries().iter().map(|entry| Page {
        page: entry.key.text().to_owned(),
        title: title(&entry.value),
        ..Page::default()
    });
    let mut coverage = Coverage {
        index,
        pages: pages.collect(),
        sections: vec![BTreeSet::new(); listed.entries().len()],
        deviations: Vec::new(),
        report,
    };
    for site in index.sites() {
        coverage.enter(site);
    }
    for (page, sections) in coverage.pages.iter_mut().zip(&coverage.sections) {
        page.sections = sections.len();
    }
    let Coverage {
        pages, deviations, ..
    } = coverage;
    for (page, entry) in pages.iter().zip(listed.entries()) {
        if page.is_unused() {
            let what = format!("no item names the page `{}`", page.page);
            let help = "name it in an `x-source`, or remove it from the list";
            report.push(Diagnostic::error(Code::UnusedPage, entry.key_span, what).help(help));
        }
    }
    (pages, deviations)
}

struct Coverage<'a, 's> {
    index: &'s DocumentIndex<'a>,
    pages: Vec<Page>,
    /// The sections of each page that something is from.
    sections: Vec<BTreeSet<&'a str>>,
    deviations: Vec<Deviation>,
    report: &'s mut Report,
}

impl<'a> Coverage<'a, '_> {
    fn enter(&mut self, site: &Site<'a>) {
        let source = self.index.source(site);
        let at = source
            .and_then(|source| source.get("page")?.as_str())
            .and_then(|name| self.pages.iter().position(|page| page.page == name));
        if let (Some(at), Some(section)) = (at, source.and_then(|source| source.get("section")))
            && let (Some(sections), Some(section)) = (self.sections.get_mut(at), section.as_str())
        {
            sections.insert(section);
        }
        self.deviations(site, at);
        let page = at.and_then(|at| self.pages.get_mut(at));
        let Some(what) = self.index.counted(site) else {
            return;
        };
        let Some(page) = page else {
            self.without_source(site, what);
            return;
        };
        match what {
            Counted::Operation => page.operations += 1,
            Counted::Schema => page.schemas += 1,
            Counted::Property => page.properties += 1,
            Counted::Example => page.examples += 1,
        }
    }

    fn deviations(&mut self, site: &Site<'a>, at: Option<usize>) {
        let listed = site
            .node
            .get("x-deviation")
            .map(Node::items)
            .unwrap_or_default();
        for deviation in listed {
            let text = |key: &str| {
                let node = deviation.get(key)?;
                Some(
                    node.as_str()
                        .map_or_else(|| node.to_json().to_string(), str::to_owned),
                )
            };
            let document = self.index.documents.document(deviation.span.document);
            let page = at.and_then(|at| self.pages.get_mut(at));
            self.deviations.push(Deviation {
                page: page
                    .as_ref()
                    .map_or_else(String::new, |page| page.page.clone()),
                file: document.path.as_str().to_owned(),
                line: document.position(deviation.span).line,
                keyword: text("keyword").unwrap_or_default(),
                says: text("page"),
                reason: text("reason").unwrap_or_default(),
            });
            if let Some(page) = page {
                page.deviations += 1;
            }
        }
    }

    fn without_source(&mut self, site: &Site<'a>, what: Counted) {
        let message = match what {
            Counted::Operation => format!("the operation `{}` names no source page", site.key()),
            Counted::Schema => {
                format!("the schema `{}` names no source page", site.key())
            }
            Counted::Property => format!("the property `{}` names no source page", site.key()),
            // What it is an example of says so.
            Counted::Example => return,
        };
        let help = "add an `x-source` here, or to an object around it: it is inherited";
        self.report
            .push(Diagnostic::error(Code::MissingSource, site.place(), message).help(help));
    }
}

/// The columns of the table of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Operation,
    Schema,
    Property,
    Example,
}

impl<'a> DocumentIndex<'a> {
    /// As what a thing is counted, if at all.
    fn counted(&self, site: &Site<'a>) -> Option<Counted> {
        match site.kind {
            ObjectKind::Operation => Some(Counted::Operation),
            ObjectKind::Schema if self.is_component(site) => Some(Counted::Schema),
            ObjectKind::Schema if site.member == "properties" => Some(Counted::Property),
            ObjectKind::Note if site.member == "examples" => Some(Counted::Example),
            _ => None,
        }
    }
}

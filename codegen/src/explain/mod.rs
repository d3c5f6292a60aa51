//! Why an item is as it is: its page, its lines in the document, what was decided, the Rust of it, and the reasons.
//!
//! Reasons are found anew, from the documents and from what was decided about them: the lowering keeps none.

mod boxing;
mod constraints;
mod direction;
mod enumeration;
mod field;
mod find;
mod naming;
mod operation;
mod paging;
mod place;
mod polling;
mod render;
mod rust;
mod structure;
mod union;
mod words;

use std::collections::HashMap;

use crate::diagnostic::Report;
use crate::document_index::{DocumentIndex, Site};
use crate::ir::{Api, TypeDef, TypeId};
use crate::load::{self, Node};
use crate::package::Tree;
use crate::settings::Settings;
use crate::source::{Sources, Span};
use crate::{Strictness, resolve};

use find::Subject;

/// The explanation of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The item, as the outline has it.
    pub subject: String,
    /// Where it was read; none where the documents name no pages.
    pub page: Option<Source>,
    /// The decisions, in plain words: a sentence each.
    pub means: Vec<String>,
    /// The lines of the document that describe it.
    pub document: Option<Excerpt>,
    /// The lines of Rust that it became.
    pub rust: Vec<Excerpt>,
    /// Why each decision was taken.
    pub reasons: Vec<Reason>,
}

/// A page of the vendor's documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its key and its title.
    pub page: String,
    /// The section.
    pub section: Option<String>,
    /// `file:line` of the `x-source` that says so.
    pub said_at: String,
}

/// Lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The path of the file.
    pub file: String,
    /// The number of the first line, from 1.
    pub line: u32,
    /// The lines, without their common indentation.
    pub lines: Vec<String>,
}

/// A decision and its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The decision.
    pub what: String,
    /// Why.
    pub why: String,
    /// `file:line` of what it rests on; none where it rests on nothing in particular.
    pub at: Option<String>,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was meant for this item.
    Found(Box<Explanation>),
    /// There is no such item; what may have been meant.
    Unknown(Vec<String>),
}

/// Explains the items that paths name: `MfaProvider`, `MfaProvider.sharedSecret`, `Mode::Push`, `POST /mfa-providers`.
///
/// None if nothing can be generated from the documents; `report` says why.
pub fn explain(
    sources: &Sources<'_>,
    settings: &Settings,
    paths: &[&str],
    report: &mut Report,
) -> Option<Vec<Answer>> {
    let generated = crate::generate(sources, settings, Strictness::Lenient, report)?;
    let mut again = Report::default();
    let documents = load::documents(sources, &mut again)?;
    let resolved = resolve::references(&documents, &mut again);
    let index = DocumentIndex::of(&documents, &resolved);
    let context = Context::new(&index, &generated.api, settings, &generated.tree);
    let answer = |path: &&str| match find::subject(&context, path) {
        Ok(subject) => Answer::Found(Box::new(context.explain(subject))),
        Err(suggestions) => Answer::Unknown(suggestions),
    };
    Some(paths.iter().map(answer).collect())
}

/// All that a reason may rest on.
struct Context<'a> {
    index: &'a DocumentIndex<'a>,
    api: &'a Api,
    settings: &'a Settings,
    tree: &'a Tree,
    by_span: HashMap<Span, &'a Site<'a>>,
    /// The schemas that lists of alternatives stand in.
    by_list: HashMap<Span, &'a Site<'a>>,
}

impl<'a> Context<'a> {
    fn new(
        index: &'a DocumentIndex<'a>,
        api: &'a Api,
        settings: &'a Settings,
        tree: &'a Tree,
    ) -> Self {
        let mut by_span = HashMap::new();
        let mut by_list = HashMap::new();
        for site in index.sites() {
            let lists = ["oneOf", "anyOf"].into_iter();
            let lists = lists.filter_map(|key| site.node.get(key));
            by_list.extend(lists.map(|list| (list.span, site)));
            for span in [site.place(), site.node.span] {
                by_span.entry(span).or_insert(site);
            }
        }
        Self {
            index,
            api,
            settings,
            tree,
            by_span,
            by_list,
        }
    }

    /// The schema around the list of alternatives that an item comes from: what is flattened has no schema of its own.
    fn around_list(&self, span: Span) -> Option<&'a Site<'a>> {
        self.by_list.get(&span).copied()
    }

    /// The lines of the document that an item comes from.
    fn site(&self, span: Span) -> Option<&'a Site<'a>> {
        self.by_span.get(&span).copied()
    }

    /// The key of the component that a type was made of.
    fn component(&self, def: &TypeDef) -> Option<&'a str> {
        let site = self.site(def.origin.span)?;
        self.index.is_component(site).then(|| site.key())
    }

    /// The types that the same schema became, for requests and for responses.
    fn counterparts(&self, id: TypeId) -> Vec<TypeId> {
        let span = self.api.type_def(id).origin.span;
        let counterparts = self.api.types.iter();
        counterparts
            .filter(|(counterpart, def)| *counterpart != id && def.origin.span == span)
            .map(|(counterpart, _)| counterpart)
            .collect()
    }

    /// The schemas that speak of the values at a place.
    fn applicable(&self, span: Span) -> Vec<&'a Node> {
        self.site(span)
            .map(|site| self.index.applicable(site.node))
            .unwrap_or_default()
    }

    fn explain(&self, subject: Subject<'a>) -> Explanation {
        match subject {
            Subject::Type(id) => self.type_(id),
            Subject::Field(owner, field) => self.field(owner, field),
            Subject::Variant(owner, variant) => self.variant(owner, variant),
            Subject::Branch(owner, branch) => self.branch(owner, branch),
            Subject::Operation(operation) => self.operation(operation),
            Subject::Parameter(operation, parameter) => self.parameter(operation, parameter),
        }
    }
}

/// The first of some schemas that has a keyword, and its value.
fn said<'a>(nodes: &[&'a Node], key: &str) -> Option<&'a load::Entry> {
    nodes.iter().find_map(|node| node.as_mapping()?.entry(key))
}

/// The same where the value is `true`.
fn flagged<'a>(nodes: &[&'a Node], key: &str) -> Option<&'a load::Entry> {
    nodes
        .iter()
        .filter_map(|node| node.as_mapping()?.entry(key))
        .find(|entry| entry.value.as_bool() == Some(true))
}

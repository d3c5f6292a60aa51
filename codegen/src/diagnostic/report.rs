//! The findings of a run, and the documents that they are about.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Code, Diagnostic, Located, Severity, Waiver, render};
use crate::source::{DocumentId, Span};

/// The findings of a stage that explain what later stages find at the same places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Causes {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The number of findings that a report keeps; nobody reads more, and hostile documents could yield millions.
const KEPT_AT_MOST: usize = 10_000;

/// Everything found so far, and the documents it was found in.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    // How many findings were not kept, by severity.
    beyond: [usize; 3],
    // Places where findings are admitted, and the numbers of those that were needed.
    waivers: Box<[Waiver]>,
    used: BTreeSet<usize>,
    // Extensions that are not read, and how often each is used.
    #[expect(
        clippy::box_collection,
        reason = "a report is an error, and those are to be small"
    )]
    unread: Box<BTreeMap<String, usize>>,
    // By document. Kept here so that a run that failed half way can still show what it read.
    documents: Vec<Arc<dyn Located>>,
}

impl Report {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < KEPT_AT_MOST {
            self.diagnostics.push(diagnostic);
        } else if let Some(beyond) = self.beyond.get_mut(diagnostic.severity as usize) {
            *beyond += 1;
        }
    }

    /// Adds a document that findings may be about.
    pub(crate) fn add_document(&mut self, document: Arc<dyn Located>) {
        self.documents.push(document);
    }

    /// Puts a document in the place of what was known of it before.
    pub(crate) fn replace_document(&mut self, id: DocumentId, document: Arc<dyn Located>) {
        if let Some(known) = self.documents.get_mut(id.index()) {
            *known = document;
        }
    }

    /// Adds the findings of another report of the same run.
    pub fn merge(&mut self, other: Self) {
        for diagnostic in other.diagnostics {
            self.push(diagnostic);
        }
        for (beyond, more) in self.beyond.iter_mut().zip(other.beyond) {
            *beyond += more;
        }
        if other.documents.len() > self.documents.len() {
            self.documents = other.documents;
        }
        self.used.extend(other.used);
        for (key, uses) in *other.unread {
            self.unread(&key, uses);
        }
    }

    /// A report in which the findings that waivers admit are left out, once [`Report::waive`] is called.
    pub fn admitting(waivers: Vec<Waiver>) -> Self {
        Self {
            waivers: waivers.into(),
            ..Self::default()
        }
    }

    /// Leaves out what waivers admit. Errors stay.
    pub fn waive(&mut self) {
        if self.waivers.is_empty() {
            return;
        }
        let found = std::mem::take(&mut self.diagnostics);
        let (admitted, kept): (Vec<_>, Vec<_>) = found
            .into_iter()
            .map(|found| (self.waiver_of(&found), found))
            .partition(|(waiver, _)| waiver.is_some());
        self.used
            .extend(admitted.into_iter().filter_map(|(waiver, _)| waiver));
        self.diagnostics = kept.into_iter().map(|(_, found)| found).collect();
    }

    /// Leaves out what says the same as an earlier finding at the same place.
    pub(crate) fn deduplicate(&mut self) {
        let mut seen = BTreeSet::new();
        self.diagnostics
            .retain(|found| seen.insert((found.code, found.span, found.message.clone())));
    }

    /// Leaves out, of what followed the last `causes` findings, what they explain: findings at the same places.
    ///
    /// A cause becomes as bad as what it explains.
    pub(crate) fn settle(&mut self, causes: Causes) {
        let end = causes.end.min(self.diagnostics.len());
        let (before, consequences) = self.diagnostics.split_at_mut(end);
        let causes = before.get_mut(causes.start..).unwrap_or_default();
        if causes.is_empty() {
            return;
        }
        let mut places: FxHashMap<Span, usize> = FxHashMap::default();
        let mut rules: FxHashMap<Code, Vec<usize>> = FxHashMap::default();
        for (at, cause) in causes.iter().enumerate() {
            places.entry(cause.span).or_insert(at);
            rules.entry(cause.code).or_default().push(at);
        }
        let mut explained = Vec::with_capacity(consequences.len());
        for found in consequences.iter() {
            // At the same place, or by the same rule somewhere within.
            let of_rule = rules.get(&found.code).into_iter().flatten();
            let mut within = of_rule.filter(|at| {
                let cause = causes.get(**at);
                cause.is_some_and(|cause| found.span.contains(cause.span))
            });
            // What became of a part, or another part that it clashes with, is news.
            let is_news = matches!(
                found.code,
                Code::DuplicateKey | Code::LeftOut | Code::RawJson | Code::NotGenerated
            );
            let at = places.get(&found.span).or_else(|| within.next()).copied();
            let at = at.filter(|_| !is_news);
            let cause = at.and_then(|at| causes.get_mut(at));
            explained.push(cause.is_some());
            if let Some(cause) = cause {
                cause.severity = cause.severity.max(found.severity);
            }
        }
        let kept = before.len();
        let mut at = 0;
        self.diagnostics.retain(|_| {
            at += 1;
            at <= kept || !explained.get(at - kept - 1).copied().unwrap_or_default()
        });
    }

    /// The number of findings that are kept, to tell later ones from them.
    pub(crate) fn kept(&self) -> usize {
        self.diagnostics.len()
    }

    /// Counts an extension that is not read.
    pub(crate) fn unread(&mut self, key: &str, uses: usize) {
        *self.unread.entry(key.to_owned()).or_default() += uses;
    }

    /// The extensions of other tools that are not read, and how often each is used.
    pub fn unread_extensions(&self) -> &BTreeMap<String, usize> {
        &self.unread
    }

    /// The numbers of the waivers that were needed.
    pub fn used_waivers(&self) -> &BTreeSet<usize> {
        &self.used
    }

    fn waiver_of(&self, found: &Diagnostic) -> Option<usize> {
        if found.severity == Severity::Error {
            return None;
        }
        let document = self.document(found.span.document)?;
        let mut waivers = self.waivers.iter().filter(|waiver| {
            waiver.rule == found.code && waiver.file == document.text().path().as_str()
        });
        // The pointer is worth finding only where a waiver may be meant.
        let first = waivers.next()?;
        let pointer = document.pointer(found.span);
        std::iter::once(first)
            .chain(waivers)
            .find(|waiver| Some(&waiver.at) == pointer.as_ref())
            .map(|waiver| waiver.number)
    }

    /// Makes an error of each warning.
    pub fn deny_warnings(&mut self) {
        for found in &mut self.diagnostics {
            found.severity = found.severity.denied();
        }
        let [notes, warnings, errors] = self.beyond;
        self.beyond = [notes, 0, warnings + errors];
    }

    /// Makes warnings of the errors of one rule, with a note on how the document is read meanwhile.
    pub fn downgrade(&mut self, code: Code, instead: &str) {
        for found in self
            .diagnostics
            .iter_mut()
            .filter(|found| found.code == code)
        {
            found.severity = Severity::Warning;
            instead.clone_into(&mut found.note);
        }
    }

    /// Whether anything forbids to generate.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// The number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let found = self.diagnostics.iter();
        let beyond = self.beyond.get(severity as usize).copied();
        found.filter(|found| found.severity == severity).count() + beyond.unwrap_or_default()
    }

    /// The findings, in the order in which they were made: at most 10,000, those beyond are only counted.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The report as text for people, in the order of the documents and the places in them: errors first, each with an
    /// excerpt, then one block for each kind of warning. `prefix` stands before the path of each document.
    ///
    /// Whatever documents hold, the text has no control characters but line feeds and is at most 64 KiB long.
    pub fn render(&self, prefix: &str) -> String {
        render::report(self, prefix)
    }

    /// The document that a finding is about.
    pub fn document(&self, id: DocumentId) -> Option<&dyn Located> {
        self.documents.get(id.0 as usize).map(Arc::as_ref)
    }
}

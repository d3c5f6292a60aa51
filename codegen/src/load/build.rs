//! Puts trees together from the events of a parser: numbers nodes, bounds their count and depth, finds duplicate keys.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{Entry, Mapping, Node, NodeId, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{DocumentId, Span, SpecStr};

/// The greatest depth of values; no document that people write comes near.
pub(super) const DEPTH_AT_MOST: usize = 128;
/// The greatest number of nodes of a run, so that hostile text can't fill the memory.
pub(super) const NODES_AT_MOST: u32 = 2_000_000;
/// The number of duplicate keys of a document that are reported, and of further places of each.
const FINDINGS_AT_MOST: usize = 1000;
const PLACES_AT_MOST: usize = 8;
/// Longer texts rarely repeat.
const INTERN_AT_MOST: usize = 32;

/// Parsing this document can't go on; why has been found.
#[derive(Debug)]
pub(super) struct Stopped;

/// The data that the trees of a run share: the numbers of their nodes and the short texts that repeat.
pub(super) struct Arena {
    next: u32,
    // The last text for each of some hash values. A hash table of all texts would take longer to look into than the
    // repeated ones are worth, and hostile texts could make it slow.
    recent: Vec<Option<SpecStr>>,
}

const RECENT: usize = 4096;

impl Default for Arena {
    fn default() -> Self {
        Self {
            next: 0,
            recent: vec![None; RECENT],
        }
    }
}

impl Arena {
    /// The number of nodes so far; the next one gets this number.
    pub(super) fn count(&self) -> u32 {
        self.next
    }

    /// Forgets the nodes from `count` on, which nothing holds any longer.
    pub(super) fn rewind(&mut self, count: u32) {
        self.next = count;
    }

    /// A number for a new node.
    pub(super) fn id(&mut self) -> NodeId {
        let id = NodeId(self.next);
        self.next = self.next.saturating_add(1);
        id
    }

    /// The text, shared with equal ones if it is short.
    pub(super) fn text(&mut self, text: &str) -> SpecStr {
        if text.len() > INTERN_AT_MOST {
            return SpecStr::new(text);
        }
        let Some(slot) = self.recent.get_mut(hash(text) % RECENT) else {
            return SpecStr::new(text);
        };
        match slot {
            Some(known) if known.text() == text => known.clone(),
            _ => slot.insert(SpecStr::new(text)).clone(),
        }
    }
}

fn hash(text: &str) -> usize {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish() as usize
}

/// A finished node, with what an alias of it would cost.
pub(super) struct Built {
    pub(super) node: Node,
    /// The number of its nodes, itself included.
    pub(super) size: u32,
    /// The number of levels of values below it.
    pub(super) height: usize,
}

/// A list or an object that is not closed yet.
struct Frame {
    id: NodeId,
    start: usize,
    height: usize,
    // Where its children start in the builder's `items` or `entries`.
    first: usize,
    keys: Keys,
}

enum Keys {
    None,
    Awaited,
    Read(SpecStr, Span),
}

/// Builds one document's tree.
pub(super) struct Builder<'n> {
    pub(super) document: DocumentId,
    pub(super) arena: &'n mut Arena,
    /// The findings in the document.
    pub(super) findings: Vec<Diagnostic>,
    frames: Vec<Frame>,
    // The children of all open frames, innermost last: each closed frame takes its own off the end.
    items: Vec<Node>,
    entries: Vec<Entry>,
    root: Option<Node>,
    // Whether any reference may lead to another file.
    external: bool,
    // The nodes from this number on are the document's.
    first: u32,
}

impl<'n> Builder<'n> {
    pub(super) fn new(document: DocumentId, arena: &'n mut Arena) -> Self {
        Self {
            document,
            first: arena.count(),
            arena,
            findings: Vec::new(),
            frames: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
            root: None,
            external: false,
        }
    }

    /// Forgets everything: another parser reads the document.
    pub(super) fn begin_again(&mut self) {
        self.arena.rewind(self.first);
        self.findings.clear();
        self.frames.clear();
        self.items.clear();
        self.entries.clear();
        self.root = None;
        self.external = false;
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.document, start, end)
    }

    /// Records why parsing can't go on.
    pub(super) fn stop(&mut self, finding: Diagnostic) -> Stopped {
        self.findings.push(finding);
        Stopped
    }

    /// Whether the next value belongs to an object that still lacks the key for it.
    pub(super) fn awaits_key(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| matches!(frame.keys, Keys::Awaited))
    }

    /// Takes the key of the next entry.
    pub(super) fn key(&mut self, key: SpecStr, span: Span) {
        if let Some(frame) = self.frames.last_mut() {
            frame.keys = Keys::Read(key, span);
        }
    }

    /// Opens a list.
    pub(super) fn open_sequence(&mut self, start: usize) -> Result<(), Stopped> {
        self.open(start, self.items.len(), Keys::None)
    }

    /// Opens an object.
    pub(super) fn open_mapping(&mut self, start: usize) -> Result<(), Stopped> {
        self.open(start, self.entries.len(), Keys::Awaited)
    }

    fn open(&mut self, start: usize, first: usize, keys: Keys) -> Result<(), Stopped> {
        let span = self.span(start, start);
        self.check_depth(1, span)?;
        let id = self.new_id(span)?;
        self.frames.push(Frame {
            id,
            start,
            height: 0,
            first,
            keys,
        });
        Ok(())
    }

    /// Makes sure that `levels` more levels are allowed here.
    pub(super) fn check_depth(&mut self, levels: usize, span: Span) -> Result<(), Stopped> {
        if self.frames.len() + levels <= DEPTH_AT_MOST {
            return Ok(());
        }
        let message = format!("values are nested more than {DEPTH_AT_MOST} levels deep");
        Err(self.stop(
            Diagnostic::error(Code::Limit, span, message)
                .help("name inner schemas and refer to them with `$ref`"),
        ))
    }

    /// A number for a node at `span`, unless there are too many.
    pub(super) fn new_id(&mut self, span: Span) -> Result<NodeId, Stopped> {
        if self.arena.count() < NODES_AT_MOST {
            return Ok(self.arena.id());
        }
        let message = format!("the documents hold more than {NODES_AT_MOST} values");
        Err(self.stop(
            Diagnostic::error(Code::Limit, span, message)
                .help("generate from a part of the API, or split it into several"),
        ))
    }

    /// Adds a value without children.
    pub(super) fn leaf(&mut self, value: Value, span: Span) -> Result<NodeId, Stopped> {
        let id = self.new_id(span)?;
        self.add(Built {
            node: Node { id, span, value },
            size: 1,
            height: 0,
        });
        Ok(id)
    }

    /// Closes the innermost list or object, whose text ends before `end`; without an `end`, where its last child ends.
    pub(super) fn close(&mut self, end: Option<usize>) -> Option<Built> {
        let frame = self.frames.pop()?;
        let span = |document, last: Option<Span>| {
            let last = last.filter(|last| last.document == document);
            let end = end.or(last.map(|last| last.end as usize));
            Span::new(document, frame.start, end.unwrap_or(frame.start))
        };
        let (value, span) = if let Keys::None = frame.keys {
            let items = self.items.split_off(frame.first.min(self.items.len()));
            let last = items.last().map(|item| item.span);
            (Value::Sequence(items.into()), span(self.document, last))
        } else {
            let entries = self.entries.split_off(frame.first.min(self.entries.len()));
            let last = entries.last().map(|entry| entry.value.span);
            let entries = self.without_duplicates(entries);
            let value = Value::Mapping(Mapping::new(entries));
            (value, span(self.document, last))
        };
        Some(Built {
            node: Node {
                id: frame.id,
                span,
                value,
            },
            size: self.arena.count().saturating_sub(frame.id.0),
            height: frame.height,
        })
    }

    /// Adds a finished value to the innermost open one; the first outside of any is the document's root.
    pub(super) fn add(&mut self, built: Built) {
        let Some(frame) = self.frames.last_mut() else {
            self.root.get_or_insert(built.node);
            return;
        };
        frame.height = frame.height.max(built.height + 1);
        match std::mem::replace(&mut frame.keys, Keys::Awaited) {
            Keys::None => {
                frame.keys = Keys::None;
                self.items.push(built.node);
            }
            Keys::Read(key, key_span) => {
                self.external |= may_lead_outside(&key, &built.node);
                self.entries.push(Entry {
                    key,
                    key_span,
                    value: built.node,
                });
            }
            // A parser gives a key first.
            Keys::Awaited => {}
        }
    }

    /// The tree; what was read of it if parsing stopped early.
    pub(super) fn finish(mut self, state: State) -> Parsed {
        while let Some(built) = self.close(None) {
            self.add(built);
        }
        let root = self.root.take().unwrap_or_else(|| Node {
            id: self.arena.id(),
            span: Span::new(self.document, 0, 0),
            value: Value::Null,
        });
        Parsed {
            root,
            findings: self.findings,
            external: self.external,
            state,
        }
    }

    fn without_duplicates(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let repeated = Mapping::repeated(&entries);
        if repeated.is_empty() {
            return entries;
        }
        for same in &repeated {
            self.report_duplicate(&entries, same);
        }
        let mut dropped: Vec<usize> = repeated
            .into_iter()
            .flat_map(|same| same.into_iter().skip(1))
            .collect();
        dropped.sort_unstable();
        let mut at = 0..;
        let mut kept = entries;
        kept.retain(|_| {
            at.next()
                .is_some_and(|at| dropped.binary_search(&at).is_err())
        });
        kept
    }

    fn report_duplicate(&mut self, entries: &[Entry], same: &[usize]) {
        let mut places = same.iter().filter_map(|at| entries.get(*at));
        let (Some(first), Some(second)) = (places.next(), places.next()) else {
            return;
        };
        let message = format!("the key `{}` is repeated in one object", first.key.text());
        let mut finding = Diagnostic::error(Code::DuplicateKey, second.key_span, message)
            .related(first.key_span, "first defined here")
            .help("remove or rename all but one of them");
        for again in places.take(PLACES_AT_MOST) {
            finding = finding.related(again.key_span, "repeated here");
        }
        if self.findings.len() < FINDINGS_AT_MOST {
            self.findings.push(finding);
        }
    }
}

/// Whether `key: value` may be a reference to another file.
fn may_lead_outside(key: &SpecStr, value: &Node) -> bool {
    match key.text() {
        "$ref" => value.as_str().is_some_and(|to| !to.starts_with('#')),
        "mapping" => value.as_mapping().is_some(),
        _ => false,
    }
}

/// The extent to which a document could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Complete,
    /// Its text is broken: what is missing from the tree may stand further down.
    Broken,
}

/// The output of a parser for a text.
pub(super) struct Parsed {
    pub(super) root: Node,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether any reference in it may lead to another file.
    pub(super) external: bool,
    pub(super) state: State,
}

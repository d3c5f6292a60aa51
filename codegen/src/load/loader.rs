//! Reads the entry document and, transitively, what it refers to.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, OnceLock};

use super::build::{Arena, Builder, Parsed, State};
use super::document::{Document, Documents, Overlaid, Shape};
use super::reference;
use super::swagger2::{self, Defaults};
use super::walk::{ChildKind, ObjectKind, RefKind, RefSite, Seen, Siblings, Walk};
use super::{Node, Version, json, overlay, version, yaml};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{DocumentId, DocumentPath, Sources, Span, Text};

/// The greatest size of one document, in bytes.
const BYTES_AT_MOST: usize = 64 << 20;
/// The greatest size of all documents of a run together, in bytes.
const ALL_BYTES_AT_MOST: usize = 256 << 20;
/// The greatest number of documents of a run.
const DOCUMENTS_AT_MOST: usize = 10_000;
/// The names of files that a URI without an extension may mean.
const EXTENSIONS: [&str; 3] = [".yaml", ".yml", ".json"];
/// The greatest length of the path of a document, in bytes: links may give a folder ever longer ones.
const PATH_AT_MOST: usize = 4096;

/// Reads the entry document and each document that a reference names, directly or not.
///
/// Goes on after an error wherever something is left to look at; there are no documents only if the entry can't be
/// used. What could not be read but is referred to is said by [`references`](crate::resolve::references).
pub fn documents(sources: &Sources<'_>, report: &mut Report) -> Option<Documents> {
    let mut loader = Loader {
        sources,
        report,
        arena: Arena::default(),
        all: Vec::new(),
        by_path: HashMap::new(),
        unreadable: BTreeMap::new(),
        bytes: 0,
        external: false,
        defaults: None,
        shaping: Shaping::Now,
    };
    let entry = loader.entry();
    loader.follow();
    Some(Documents {
        entry: entry?,
        node_count: loader.arena.count(),
        overlays: sources.overlays.len(),
        all: loader.all,
        by_path: loader.by_path,
        unreadable: loader.unreadable,
    })
}

/// The tree of a text as it was written, for pointers into it.
pub(super) fn original(document: DocumentId, text: &Text) -> Node {
    parse(document, text, &mut Arena::default()).root
}

struct Loader<'s, 'r> {
    sources: &'s Sources<'s>,
    report: &'r mut Report,
    arena: Arena,
    all: Vec<Arc<Document>>,
    by_path: HashMap<DocumentPath, DocumentId>,
    // Why documents could not be read.
    unreadable: BTreeMap<DocumentPath, String>,
    bytes: usize,
    // Whether any reference may lead to another file.
    external: bool,
    // What the entry says for all of its operations, if it is in Swagger 2.0: then its parts are as well.
    defaults: Option<Defaults>,
    shaping: Shaping,
}

/// When a document is brought to the shape of OpenAPI 3.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shaping {
    Now,
    /// Once overlays are applied.
    Later,
}

impl Loader<'_, '_> {
    fn entry(&mut self) -> Option<Arc<Document>> {
        if !self.sources.overlays.is_empty() {
            self.shaping = Shaping::Later;
        }
        let mut entry = self.named(self.sources.entry)?;
        if self.shaping == Shaping::Later {
            let overlays = self.sources.overlays.iter();
            let overlays: Vec<_> = overlays.map(|path| self.named(path)).collect();
            self.shaping = Shaping::Now;
            entry = self.overlaid(&entry, &overlays.into_iter().collect::<Option<Vec<_>>>()?)?;
        }
        if entry.version == Version::Fragment {
            let (_, finding) = Version::of(&entry.root);
            self.report
                .push(finding.unwrap_or_else(|| version::missing(&entry.root)));
            return None;
        }
        Some(entry)
    }

    /// Reads a document that no reference names; none if not all of it can be read.
    fn named(&mut self, path: &DocumentPath) -> Option<Arc<Document>> {
        self.load(path);
        if let Some(why) = self.unreadable.get(path) {
            let message = format!("the document can't be read: {why}");
            let document = self.add(Text::new(path.clone(), String::new()), State::Broken);
            let span = Span::new(document.id, 0, 0);
            self.report.push(
                Diagnostic::error(Code::Unreadable, span, message)
                    .help("name a file that exists below the root folder"),
            );
            return None;
        }
        let document = self.all.get(self.by_path.get(path)?.index())?;
        document.is_complete().then(|| Arc::clone(document))
    }

    /// The entry document with overlays applied, and brought to the shape of OpenAPI 3; none if one can't be applied.
    fn overlaid(&mut self, entry: &Document, overlays: &[Arc<Document>]) -> Option<Arc<Document>> {
        let mut root = entry.root.clone();
        let mut findings = Vec::new();
        for document in overlays {
            findings.extend(overlay::apply(
                &mut root,
                &entry.path,
                document,
                &mut self.arena,
            ));
        }
        let is_applied = findings.is_empty();
        let original = OnceLock::from(root.clone());
        let (version, _) = Version::of(&root);
        self.all.clear();
        let (root, shape) = self.upgraded(root, version, &mut findings);
        for finding in findings {
            self.report.push(finding);
        }
        let document = Arc::new(Document {
            id: entry.id,
            path: entry.path.clone(),
            text: Text::new(entry.path.clone(), entry.text.content().to_owned()),
            root,
            version,
            state: entry.state,
            shape,
            original,
            overlaid: Overlaid::Yes(OnceLock::new()),
            anchors: OnceLock::new(),
            identifiers: OnceLock::new(),
        });
        self.all.push(Arc::clone(&document));
        self.all.extend(overlays.iter().cloned());
        self.report.replace_document(entry.id, document.clone());
        is_applied.then_some(document)
    }

    /// Reads a document unless that was tried before.
    fn load(&mut self, path: &DocumentPath) {
        if self.by_path.contains_key(path) || self.unreadable.contains_key(path) {
            return;
        }
        match self.read(path) {
            Ok(bytes) => self.decode(path, bytes),
            Err(why) => {
                self.unreadable.insert(path.clone(), why);
            }
        }
    }

    /// Reads the file that a URI without an extension stands for.
    fn load_with_extension(&mut self, path: &DocumentPath) {
        if !self.unreadable.contains_key(path)
            || EXTENSIONS.iter().any(|end| path.as_str().ends_with(end))
        {
            return;
        }
        for extension in EXTENSIONS {
            let Ok(file) = DocumentPath::new(&format!("{}{extension}", path.as_str())) else {
                continue;
            };
            self.load(&file);
            if let Some(id) = self.by_path.get(&file).copied() {
                self.unreadable.remove(path);
                self.by_path.insert(path.clone(), id);
                return;
            }
            self.unreadable.remove(&file);
        }
    }

    fn read(&mut self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        if path.as_str().len() > PATH_AT_MOST {
            return Err(format!("its path is longer than {PATH_AT_MOST} bytes"));
        }
        if self.all.len() >= DOCUMENTS_AT_MOST {
            return Err(format!("there are more than {DOCUMENTS_AT_MOST} documents"));
        }
        let bytes = self.sources.files.read(path)?;
        self.bytes = self.bytes.saturating_add(bytes.len());
        if bytes.len() > BYTES_AT_MOST {
            return Err(format!("it is larger than {} MiB", BYTES_AT_MOST >> 20));
        }
        if self.bytes > ALL_BYTES_AT_MOST {
            return Err(format!(
                "with it, all documents are larger than {} MiB",
                ALL_BYTES_AT_MOST >> 20
            ));
        }
        Ok(bytes)
    }

    fn decode(&mut self, path: &DocumentPath, mut bytes: Vec<u8>) {
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        match String::from_utf8(bytes) {
            Ok(content) => {
                self.add(Text::new(path.clone(), content), State::Complete);
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let is_utf16 = matches!(error.as_bytes(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
                let content = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let document = self.add(Text::new(path.clone(), content), State::Broken);
                let span = Span::new(document.id, at, at + char::REPLACEMENT_CHARACTER.len_utf8());
                let encoding = if is_utf16 {
                    "UTF-16"
                } else {
                    "another encoding"
                };
                self.report.push(
                    Diagnostic::error(
                        Code::NotUtf8,
                        span,
                        format!("byte {at} of the document is not UTF-8"),
                    )
                    .help(format!(
                        "save the document, which seems to be in {encoding}, as UTF-8"
                    )),
                );
            }
        }
    }

    /// Adds a document; parses its text unless that is broken already.
    fn add(&mut self, text: Text, state: State) -> Arc<Document> {
        let id = DocumentId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        let parsed = match state {
            State::Complete => parse(id, &text, &mut self.arena),
            State::Broken => Builder::new(id, &mut self.arena).finish(State::Broken),
        };
        let (version, finding) = Version::of(&parsed.root);
        self.external |= parsed.external;
        let mut findings = parsed.findings;
        let (root, shape) = match self.shaping {
            Shaping::Now => self.upgraded(parsed.root, version, &mut findings),
            Shaping::Later => (parsed.root, Shape::AsWritten),
        };
        let document = Arc::new(Document {
            id,
            path: text.path().clone(),
            text,
            root,
            version,
            state: parsed.state,
            shape,
            original: OnceLock::new(),
            overlaid: Overlaid::No,
            anchors: OnceLock::new(),
            identifiers: OnceLock::new(),
        });
        for finding in findings
            .into_iter()
            .chain(finding.filter(|_| version != Version::Fragment))
        {
            self.report.push(finding);
        }
        self.by_path.insert(document.path.clone(), id);
        self.report.add_document(document.clone());
        self.all.push(Arc::clone(&document));
        document
    }

    /// The tree in the shape of OpenAPI 3.
    fn upgraded(
        &mut self,
        root: Node,
        version: Version,
        findings: &mut Vec<Diagnostic>,
    ) -> (Node, Shape) {
        if version == Version::Swagger2 {
            if self.all.is_empty() {
                self.defaults = Some(Defaults::of(&root));
            }
            return (
                swagger2::document(root, &mut self.arena, findings),
                Shape::Reshaped,
            );
        }
        match &self.defaults {
            Some(defaults) if version == Version::Fragment => (
                swagger2::part(root, &mut self.arena, findings, defaults),
                Shape::Reshaped,
            ),
            _ => (root, Shape::AsWritten),
        }
    }

    /// Reads what the documents so far refer to, until nothing new is named.
    fn follow(&mut self) {
        let mut seen = Seen::default();
        let mut wanted = VecDeque::from([Wanted {
            document: DocumentId(0),
            fragment: String::new(),
            place: ChildKind::One(ObjectKind::Root),
        }]);
        // Most documents refer to no other: then there is nothing to look for.
        while let Some(next) = wanted.pop_front().filter(|_| self.external) {
            // What a part lacks is looked for in the entry document, as it is when references are followed.
            let places =
                [next.document, DocumentId(0)].map(|id| self.all.get(id.0 as usize).cloned());
            let mut places = places.into_iter().flatten();
            let Some(document) = places.find(|document| document.find(&next.fragment).is_some())
            else {
                continue;
            };
            let Some(node) = document.find(&next.fragment) else {
                continue;
            };
            let mut walk = Walk::new(&mut seen, 0);
            walk.visit(node, next.place, Siblings::Kept);
            let sites = walk.sites;
            wanted.extend(sites.iter().filter_map(|site| self.want(&document, site)));
        }
    }

    /// The place that a site in `document` names; the document there is read if it was not.
    fn want(&mut self, document: &Document, site: &RefSite<'_>) -> Option<Wanted> {
        let text = site.text.as_str()?;
        let is_reference = match site.kind {
            RefKind::Reference => true,
            RefKind::Mapping => reference::is_reference(text),
            RefKind::Identifier => false,
        };
        let (file, fragment) = document.taken_apart(text).filter(|_| is_reference)?;
        let path = match &*file {
            "" => document.path.clone(),
            file => document.path.join(file).ok()?,
        };
        self.load(&path);
        if document.identity().is_some() {
            self.load_with_extension(&path);
        }
        Some(Wanted {
            document: *self.by_path.get(&path)?,
            fragment: fragment.to_owned(),
            place: site.place,
        })
    }
}

/// A place whose references are to be looked at.
struct Wanted {
    document: DocumentId,
    fragment: String,
    place: ChildKind,
}

/// Builds the tree of a text: JSON if it starts like JSON and is, else YAML.
fn parse(document: DocumentId, text: &Text, arena: &mut Arena) -> Parsed {
    let content = text.content();
    let mut builder = Builder::new(document, arena);
    let mut not_json = None;
    if content.trim_start().starts_with(['{', '[']) {
        match json::parse(content, &mut builder) {
            Ok(()) => return builder.finish(State::Complete),
            Err(json::Failure::Stopped) => return builder.finish(State::Broken),
            // YAML's lists and objects may start like this too.
            Err(json::Failure::Syntax(finding)) => not_json = Some(finding),
        }
        builder.begin_again();
    }
    match (yaml::parse(content, &mut builder), not_json) {
        (Ok(()), _) => builder.finish(State::Complete),
        (Err(_), Some(finding)) if text.path().as_str().ends_with(".json") => {
            builder.findings = vec![finding];
            builder.finish(State::Broken)
        }
        (Err(_), _) => builder.finish(State::Broken),
    }
}

//! Diagnostics: the fault of a document, its place, and the advice.
//!
//! Stages collect [`Diagnostic`]s in a [`Report`] and go on, so that a user sees every mistake at once.

mod excerpt;
mod finding;
mod page;
mod policy;
mod render;
mod sarif;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::source::{DocumentId, Position, Span, Text};

pub(crate) use excerpt::printable;
pub use finding::Finding;
pub use policy::{Level, LevelTable, Levels, Mistakes, Policy, Waiver, WaiverTables};
pub use sarif::sarif;

/// A document that findings are about.
pub trait Located: fmt::Debug + Send + Sync {
    /// Its text.
    fn text(&self) -> &Text;

    /// The JSON pointer, with `#` before it, of the innermost node or key at `span`; none where not all of the text
    /// could be read.
    fn pointer(&self, span: Span) -> Option<String>;

    /// The line and column at which `span` starts.
    fn position(&self, span: Span) -> Position {
        self.text().position(span.start)
    }
}

/// The severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something could be better.
    Note,
    /// Something was guessed, left out or fell back; the message says which.
    Warning,
    /// Nothing can be generated.
    Error,
}

impl Severity {
    /// Every degree, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// As users see it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity where warnings are denied.
    fn denied(self) -> Self {
        match self {
            Self::Note => Self::Note,
            Self::Warning | Self::Error => Self::Error,
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Which rule was broken.
    pub code: Code,
    /// The severity.
    pub severity: Severity,
    /// The fault, in one sentence without a full stop. May hold document text: it is escaped when rendered.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Other places that matter, each with what it is.
    pub related: Vec<(Span, String)>,
    /// The advice: an imperative sentence without a full stop.
    pub help: String,
    /// The consequence: how the document is read meanwhile. Empty where nothing is.
    pub note: String,
}

/// Advice on a finding, and the note on how the document is read meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    help: String,
    note: String,
}

impl From<&str> for Advice {
    fn from(help: &str) -> Self {
        help.to_owned().into()
    }
}

impl From<String> for Advice {
    fn from(help: String) -> Self {
        Self {
            help,
            note: String::new(),
        }
    }
}

impl<H: Into<String>, N: Into<String>> From<(H, N)> for Advice {
    fn from((help, note): (H, N)) -> Self {
        Self {
            help: help.into(),
            note: note.into(),
        }
    }
}

impl Diagnostic {
    /// A finding that forbids to generate.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message.into())
    }

    /// A finding that says what was guessed, left out or fell back.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message.into())
    }

    pub(crate) fn new(code: Code, severity: Severity, span: Span, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            span,
            related: Vec::new(),
            help: String::new(),
            note: String::new(),
        }
    }

    /// The same with another place that matters and what it is.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// The same with advice: `help` alone, or `(help, note)`.
    #[must_use]
    pub fn help(mut self, advice: impl Into<Advice>) -> Self {
        let Advice { help, note } = advice.into();
        self.help = help;
        self.note = note;
        self
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal $(=> $level:ident)?,)*) => {
        /// The rules, by the names that users see, put in waivers and look up.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The rule's name as users see it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The fault that the rule finds, in a sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*).trim_ascii(),)* }
            }

            /// The usual level of a rule of lint, unless a workspace sets another; none for the generator's own
            /// rules.
            pub fn usual_level(self) -> Option<Level> {
                match self { $($(Self::$name => Some(Level::$level),)?)* _ => None }
            }
        }
    };
}

codes! {
    /// A document can't be read: missing, not a file, too large.
    Unreadable = "unreadable",
    /// Not UTF-8.
    NotUtf8 = "not-utf8",
    /// Not YAML or JSON.
    Syntax = "syntax",
    /// A key stands twice in one object.
    DuplicateKey = "duplicate-key",
    /// Nested too deeply, too many alias copies, or more than one document in a file.
    Limit = "limit",
    /// No version of OpenAPI that is supported.
    Version = "version",
    /// An overlay that can't be applied, or an action of it that changes nothing.
    Overlay = "overlay",
    /// Swagger 2.0 says something that OpenAPI 3 has no word for.
    UpgradeLoss = "upgrade-loss",
    /// A reference to a place that does not exist.
    DanglingReference = "dangling-reference",
    /// A reference that does not exist as it is written, and the target that it was read as.
    LooseReference = "loose-reference",
    /// References that only lead to each other, or a schema that no value can satisfy.
    ReferenceCycle = "reference-cycle",
    /// A reference out of the root folder.
    EscapingReference = "escaping-reference",
    /// A tag beyond YAML's core schema.
    Tag = "tag",
    /// A keyword beside a reference, which the specification tells readers to ignore.
    IgnoredSibling = "ignored-sibling",
    /// `$id`, `$dynamicRef` and `$dynamicAnchor`, which would make references depend on more than their text.
    SchemaIdentifier = "schema-identifier",
    /// A reference to another host; nothing is ever fetched.
    RemoteReference = "remote-reference",
    /// A value that is not a schema where one is expected.
    NotASchema = "not-a-schema",
    /// A name that is no JSON type.
    UnknownType = "unknown-type",
    /// A keyword that an object does not have.
    UnknownKeyword = "unknown-keyword",
    /// A keyword that the specification demands and that is missing.
    MissingKeyword = "missing-keyword",
    /// Keywords that exclude each other.
    Exclusive = "exclusive-keywords",
    /// A keyword that has no effect where it is.
    NoEffect = "no-effect",
    /// A value that is not one of those that the specification lists.
    UnknownValue = "unknown-value",
    /// A name that the specification does not allow where it is.
    InvalidName = "invalid-name",
    /// A value of an enum that is of another type than its schema, or listed twice.
    EnumValue = "enum-value",
    /// Limits that no value keeps.
    ImpossibleLimits = "impossible-limits",
    /// A format that is not known and looks like one that is.
    UnknownFormat = "unknown-format",
    /// A text that is not a URL where one is expected.
    InvalidUrl = "invalid-url",
    /// A mapping of a discriminator that leads to a schema that is not an alternative.
    Mapping = "mapping",
    /// A link to an operation that does not exist.
    Link = "link",
    /// An extension of another tool that changes what is called or read, and that is not generated.
    VendorExtension = "vendor-extension",
    /// A keyword whose value is of another type than the specification says.
    KeywordType = "keyword-type",
    /// A keyword that limits values in a way that no Rust type shows.
    NotExpressed = "not-expressed",
    /// A value that is kept as raw JSON though its schema says more.
    RawJson = "raw-json",
    /// Two alternatives that a reader can't tell apart.
    AmbiguousUnion = "ambiguous-union",
    /// A default that does not fit the type it is given for.
    DefaultMismatch = "default-mismatch",
    /// A required member that no property describes.
    UndefinedRequired = "undefined-required",
    /// A pattern that is not a regular expression.
    InvalidPattern = "invalid-pattern",
    /// A pattern that can't be checked in linear time.
    UncheckedPattern = "unchecked-pattern",
    /// An operation that can't be expressed and is left out.
    LeftOut = "left-out",
    /// A part of a document for which a client has no use.
    NotGenerated = "not-generated",
    /// An operationId that is used twice.
    RepeatedOperationId = "repeated-operation-id",
    /// A parameter of the path that is not declared, or a declared one that the path has no place for.
    UndeclaredParameter = "undeclared-parameter",
    /// Two paths that the same requests are for.
    AmbiguousPath = "ambiguous-path",
    /// A style that parameters of that place don't have.
    UnknownStyle = "unknown-style",
    /// A parameter that is nested more deeply than its style reaches.
    NestedParameter = "nested-parameter",
    /// A key of `content` that is not a media type.
    MediaType = "media-type",
    /// A name that no header can have.
    HeaderName = "header-name",
    /// A key of `responses` that is not a status.
    UnknownStatus = "unknown-status",
    /// XML, for which no types are made.
    Xml = "xml",
    /// A security scheme that is not defined or can't be used.
    SecurityScheme = "security-scheme",
    /// A server whose URL can't be used.
    Server = "server",
    /// A pagination that does not fit its operation.
    Pagination = "pagination",
    /// A source that names no page.
    UnknownSource = "unknown-source",
    /// An `x-deviation` that no longer departs from its page, or does not say what it is about.
    StaleDeviation = "stale-deviation",
    /// A keyword of the wrong shape.
    Malformed = "malformed",
    /// A fault of the generator itself.
    Internal = "internal",
    /// `countersign.toml` can't be understood.
    Configuration = "configuration",
    /// An unused waiver, or one that can't be understood.
    Waiver = "waiver",
    /// An operation without an `operationId`.
    MissingOperationId = "missing-operation-id" => Warning,
    /// An operation, a schema, a property, a parameter or a response that nothing describes.
    MissingDescription = "missing-description" => Note,
    /// A schema without a name of its own, whose type is called after its place.
    DerivedName = "derived-name" => Note,
    /// A name that had to be told apart from another.
    QualifiedName = "qualified-name" => Warning,
    /// A name that reads poorly in Rust.
    PoorName = "poor-name" => Note,
    /// An example that its schema does not allow.
    InvalidExample = "invalid-example" => Warning,
    /// A default that its schema does not allow.
    InvalidDefault = "invalid-default" => Warning,
    /// A component that no operation needs.
    UnusedComponent = "unused-component" => Warning,
    /// A tag of an operation that the document does not declare.
    UndeclaredTag = "undeclared-tag" => Warning,
    /// A declared tag that no operation has.
    UnusedTag = "unused-tag" => Warning,
    /// A text that is named like a secret and not marked as one.
    PlainSecret = "plain-secret" => Warning,
    /// A URL over which what is sent can be read by others.
    PlainHttp = "plain-http" => Warning,
    /// An operation, a schema or a property of which nothing says what page it is from.
    MissingSource = "missing-source",
    /// A page that is listed and that nothing is from.
    UnusedPage = "unused-page",
}

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

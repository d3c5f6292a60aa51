//! The rules: a sentence, a name and, for those of lint, a level.

use super::Level;

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
    /// An `x-polling` that does not fit its operation.
    Polling = "polling",
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
    /// A body that may be left out, though it has members that must be there.
    OptionalBody = "optional-body" => Note,
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

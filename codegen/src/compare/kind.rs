//! The rules of the doctrine, by name: every change falls under one of them.

macro_rules! kinds {
    ($($name:ident $code:literal $what:literal,)*) => {
        /// A rule of the doctrine. `docs/compatibility.md` has them all, and each has a test case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $what] $name,)*
        }

        impl Kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name, which never changes: `required-property-added`.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// The change, in a sentence.
            pub fn what(self) -> &'static str {
                match self {
                    $(Self::$name => $what,)*
                }
            }
        }
    };
}

kinds! {
    ApiAdded "api-added" "The API is new.",
    ApiRemoved "api-removed" "The API is gone.",
    ServerAdded "server-added" "A server is added.",
    ServerRemoved "server-removed" "A server is removed.",
    ServerChanged "server-changed" "A variable of a server has other values or another default, or another server is preferred.",
    SchemeAdded "scheme-added" "A security scheme is added.",
    SchemeRemoved "scheme-removed" "A security scheme is removed.",
    SchemeChanged "scheme-changed" "Credentials are sent in another way.",
    FlowChanged "flow-changed" "Tokens are got in another way: by another flow, from another URL, or with other scopes.",
    SignInChanged "sign-in-changed" "Another operation yields the credential of a security scheme.",
    AcceptChanged "accept-changed" "Requests have another `Accept` header.",
    VersionChanged "version-changed" "The document gives itself another version.",

    OperationAdded "operation-added" "An operation is added.",
    OperationRemoved "operation-removed" "An operation is removed.",
    DeprecatedOperationRemoved "deprecated-operation-removed" "A deprecated operation is removed, not before its `x-sunset`.",
    OperationRenamed "operation-renamed" "An operation has another name, and is called by the same method and path.",
    OperationMoved "operation-moved" "An operation is described in another module.",
    OperationPathChanged "operation-path-changed" "An operation has another method or path.",
    RequiredParameterAdded "required-parameter-added" "A parameter that must be sent is added.",
    OptionalParameterAdded "optional-parameter-added" "A parameter that may be sent is added.",
    RequiredParameterRemoved "required-parameter-removed" "A parameter that had to be sent is removed.",
    OptionalParameterRemoved "optional-parameter-removed" "A parameter that could be sent is removed.",
    ParameterSpellingChanged "parameter-spelling-changed" "A parameter is sent elsewhere or in another style.",
    PathParameterRenamed "path-parameter-renamed" "A parameter of the path has another name, at the same place of the path.",
    RequiredBodyAdded "required-body-added" "Requests must have a body.",
    OptionalBodyAdded "optional-body-added" "Requests may have a body.",
    BodyRemoved "body-removed" "Requests have no body any more.",
    BodyKindChanged "body-kind-changed" "A body is sent in another form: as JSON, a form, text, bytes.",
    RequestMediaTypeAdded "request-media-type-added" "Requests may have another media type too.",
    RequestMediaTypeRemoved "request-media-type-removed" "Requests may not have a media type any more.",
    RequestMediaTypeChanged "request-media-type-changed" "Requests have another media type, or other parameters of it.",
    AlikeSuccessStatusAdded "alike-success-status-added" "A status of success is added, with the body of another one.",
    SuccessStatusAdded "success-status-added" "A status of success is added.",
    SuccessStatusRemoved "success-status-removed" "A status of success is removed.",
    ErrorStatusAdded "error-status-added" "A status of failure is added.",
    ErrorStatusRemoved "error-status-removed" "A status of failure is removed.",
    ResponseBodyAdded "response-body-added" "A response that was empty has a body.",
    ResponseBodyRemoved "response-body-removed" "A response that had a body is empty.",
    ResponseMediaTypeAdded "response-media-type-added" "Responses may have another media type too.",
    ResponseMediaTypeRemoved "response-media-type-removed" "Responses do not have a media type any more.",
    ResponseMediaTypeChanged "response-media-type-changed" "Responses have another media type, or other parameters of it.",
    ResponseHeaderAdded "response-header-added" "A header of a response is added.",
    ResponseHeaderRemoved "response-header-removed" "A header of a response is removed.",
    SecurityNarrowed "security-narrowed" "A way to say who calls is gone, or asks for more.",
    SecurityWidened "security-widened" "There is another way to say who calls, or one asks for less.",
    ReplayChanged "replay-changed" "Whether an operation may be repeated has changed.",
    PagingChanged "paging-changed" "How a list is paged through has changed.",
    PollingChanged "polling-changed" "How an operation is waited with has changed.",

    TypeAdded "type-added" "A type is added.",
    TypeRemoved "type-removed" "A type is removed.",
    TypeRenamed "type-renamed" "A type was renamed; it is used where it was.",
    TypeMoved "type-moved" "A type is described in another module.",
    RustNameChanged "rust-name-changed" "Something has another name in Rust and the same on the wire.",
    OrderChanged "order-changed" "Required members or parameters are in another order.",

    RequiredPropertyAdded "required-property-added" "A property that is always there is added.",
    OptionalPropertyAdded "optional-property-added" "A property that may be absent is added.",
    RequiredPropertyRemoved "required-property-removed" "A property that was always there is removed.",
    OptionalPropertyRemoved "optional-property-removed" "A property that could be absent is removed.",
    BecameRequired "became-required" "An optional value became required.",
    BecameOptional "became-optional" "What had to be there may be absent.",
    BecameNullable "became-nullable" "What was never null may be null.",
    BecameNonNull "became-non-null" "What could be null never is.",
    BecameReadOnly "became-read-only" "A property that could be sent is read-only.",
    AccessChanged "access-changed" "A property is read-only or write-only, or is so no more.",
    AdditionalPropertiesOpened "additional-properties-opened" "An object may have members that the document does not name.",
    AdditionalPropertiesClosed "additional-properties-closed" "An object has no members but those that the document names.",

    TypeChanged "type-changed" "A value has another type or format.",
    TypeNarrowed "type-narrowed" "A value has a type or format that allows less.",
    TypeWidened "type-widened" "A value has a type or format that allows more.",
    SecretMarked "secret-marked" "A value is a secret.",
    SecretUnmarked "secret-unmarked" "A value is a secret no more.",
    ReadingChanged "reading-changed" "Other spellings of a number are accepted when it is read.",
    DefaultAdded "default-added" "What holds where a value is absent is documented.",
    DefaultChanged "default-changed" "Where a value is absent, something else holds.",
    DefaultRemoved "default-removed" "What holds where a value is absent is documented no more.",
    ConstantChanged "constant-changed" "The one value that something can have is another.",

    LimitNarrowed "limit-narrowed" "A limit on size, length or value allows less.",
    LimitWidened "limit-widened" "A limit on size, length or value allows more.",
    PatternAdded "pattern-added" "A text has to match a pattern.",
    PatternChanged "pattern-changed" "A text has to match another pattern.",
    PatternRemoved "pattern-removed" "A text need not match a pattern any more.",

    EnumValueAdded "enum-value-added" "An enumeration has one more value.",
    EnumValueRemoved "enum-value-removed" "An enumeration has one value less.",
    BranchAdded "branch-added" "A union has one more branch; what its readers do not know is kept.",
    BranchAddedToClosedUnion "branch-added-to-closed-union" "A union has one more branch; its readers refuse what they do not know.",
    BranchRemoved "branch-removed" "A union has one branch less.",
    TagsChanged "tags-changed" "The values that lead to a branch of a union are others.",
    DiscriminatorAdded "discriminator-added" "The alternatives of a union have a discriminator; they are the same values as before.",
    DiscriminatorRemoved "discriminator-removed" "The alternatives of a union have no discriminator; they are the same values as before.",
    TaggingChanged "tagging-changed" "The alternatives of a union are distinguished in another way.",

    KeywordNarrowed "keyword-narrowed" "A keyword that no Rust type shows allows less.",
    KeywordWidened "keyword-widened" "A keyword that no Rust type shows allows more.",
    KeywordChanged "keyword-changed" "A keyword that no Rust type shows has another value, which is not judged.",

    WebhookAdded "webhook-added" "A webhook or a callback is added.",
    WebhookRemoved "webhook-removed" "A webhook or a callback is removed.",
    SunsetAnnounced "sunset-announced" "`x-sunset` is added or moved to a later day.",
    SunsetShortened "sunset-shortened" "`x-sunset` is moved to an earlier day, is removed or is not a date.",
    StabilityLowered "stability-lowered" "`x-stability-level` promises less, or is not a known level.",
    Deprecated "deprecated" "Something is deprecated.",
    DeprecationWithdrawn "deprecation-withdrawn" "Something is deprecated no more.",
    DocsChanged "docs-changed" "Only descriptions or examples changed.",
    Consequence "consequence" "Other changes reach an item that did not change itself.",
}

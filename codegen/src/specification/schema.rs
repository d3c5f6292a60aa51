//! The keywords of a schema: one row for each.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Kinds, Support, Versions};

/// The objects below a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    /// Data, or names that are not keywords: nothing below it is a schema.
    None,
    /// A schema; in older drafts, for some keywords, a list of schemas.
    Schema,
    /// A list of schemas.
    List,
    /// A schema for each name.
    Map,
    /// A name for the schema itself, or of another schema, by other means than its place.
    Identifier,
}

/// The merging of several values of a keyword where schemas must hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// The first one counts, the outermost schema first.
    First,
    /// It is set if any schema sets it.
    Any,
    /// The union: whatever any schema lists.
    Union,
    /// The intersection: whatever all schemas allow.
    Narrowed,
    /// The greatest counts: a lower limit.
    Greatest,
    /// The least counts: an upper limit.
    Least,
    /// Each must hold, and none includes the others.
    Each,
}

/// The row of a keyword.
struct Row {
    name: &'static str,
    versions: Versions,
    child: Child,
    support: Support,
    limits: Kinds,
    merge: Merge,
}

macro_rules! keywords {
    ($($variant:ident $name:literal $versions:ident $child:ident $support:ident $limits:ident $merge:ident)+) => {
        /// A keyword of a schema.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Keyword {
            $(
                #[doc = concat!("`", $name, "`.")]
                $variant,
            )+
        }

        impl Keyword {
            /// Every keyword, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            const fn row(self) -> Row {
                match self {
                    $(Self::$variant => Row {
                        name: $name,
                        versions: Versions::$versions,
                        child: Child::$child,
                        support: Support::$support,
                        limits: Kinds::$limits,
                        merge: Merge::$merge,
                    },)+
                }
            }
        }
    };
}

// Limits are the kinds of value that a keyword limits; one that limits none is an annotation.
keywords! {
    // keyword              name                      versions child      support    limits  merge
    Ref                     "$ref"                    ALL      None       Modelled   ANY     Union
    Type                    "type"                    ALL      None       Modelled   ANY     Narrowed
    Nullable                "nullable"                ONLY_30  None       Modelled   NONE    Any
    Format                  "format"                  ALL      None       Modelled   ANY     First
    Enum                    "enum"                    ALL      None       Modelled   ANY     Narrowed
    Const                   "const"                   FROM_31  None       Modelled   ANY     Narrowed
    Properties              "properties"              ALL      Map        Modelled   OBJECT  Union
    PatternProperties       "patternProperties"       FROM_31  Map        Modelled   OBJECT  Union
    AdditionalProperties    "additionalProperties"    ALL      Schema     Modelled   OBJECT  Narrowed
    UnevaluatedProperties   "unevaluatedProperties"   FROM_31  Schema     Modelled   OBJECT  Narrowed
    Required                "required"                ALL      None       Modelled   OBJECT  Union
    Items                   "items"                   ALL      Schema     Modelled   ARRAY   First
    PrefixItems             "prefixItems"             FROM_31  List       Modelled   ARRAY   First
    AllOf                   "allOf"                   ALL      List       Modelled   ANY     Union
    OneOf                   "oneOf"                   FROM_30  List       Modelled   ANY     Union
    AnyOf                   "anyOf"                   FROM_30  List       Modelled   ANY     Union
    Discriminator           "discriminator"           ALL      None       Modelled   OBJECT  First
    ReadOnly                "readOnly"                ALL      None       Modelled   NONE    Any
    WriteOnly               "writeOnly"               FROM_30  None       Modelled   NONE    Any
    ContentEncoding         "contentEncoding"         FROM_31  None       Modelled   STRING  First
    ContentMediaType        "contentMediaType"        FROM_31  None       Modelled   STRING  First
    Defs                    "$defs"                   FROM_31  Map        Modelled   NONE    First
    Definitions             "definitions"             FROM_31  Map        Modelled   NONE    First

    MinLength               "minLength"               ALL      None       Checked    STRING  Greatest
    MaxLength               "maxLength"               ALL      None       Checked    STRING  Least
    Pattern                 "pattern"                 ALL      None       Checked    STRING  Each
    Minimum                 "minimum"                 ALL      None       Checked    NUMBER  Greatest
    ExclusiveMinimum        "exclusiveMinimum"        ALL      None       Checked    NUMBER  Greatest
    Maximum                 "maximum"                 ALL      None       Checked    NUMBER  Least
    ExclusiveMaximum        "exclusiveMaximum"        ALL      None       Checked    NUMBER  Least
    MultipleOf              "multipleOf"              ALL      None       Checked    NUMBER  Each
    MinItems                "minItems"                ALL      None       Checked    ARRAY   Greatest
    MaxItems                "maxItems"                ALL      None       Checked    ARRAY   Least
    UniqueItems             "uniqueItems"             ALL      None       Checked    ARRAY   Any
    MinProperties           "minProperties"           ALL      None       Checked    OBJECT  Greatest
    MaxProperties           "maxProperties"           ALL      None       Checked    OBJECT  Least

    Title                   "title"                   ALL      None       Documented NONE    First
    Summary                 "summary"                 FROM_31  None       Documented NONE    First
    Description             "description"             ALL      None       Documented NONE    First
    Default                 "default"                 ALL      None       Documented NONE    First
    Example                 "example"                 ALL      None       Documented NONE    First
    Examples                "examples"                FROM_31  None       Documented NONE    First
    Deprecated              "deprecated"              FROM_30  None       Documented NONE    Any
    ExternalDocs            "externalDocs"            ALL      None       Documented NONE    First
    Xml                     "xml"                     ALL      None       Documented NONE    First
    Comment                 "$comment"                FROM_31  None       Documented NONE    First
    Id                      "$id"                     FROM_31  Identifier Documented NONE    First
    SchemaDialect           "$schema"                 FROM_31  None       Documented NONE    First
    Anchor                  "$anchor"                 FROM_31  None       Documented NONE    First
    Vocabulary              "$vocabulary"             FROM_31  None       Documented NONE    First
    OldId                   "id"                      NONE     None       Documented NONE    First
    CollectionFormat        "collectionFormat"        ONLY_20  None       Documented NONE    First
    AllowEmptyValue         "allowEmptyValue"         ONLY_20  None       Documented NONE    First

    Not                     "not"                     FROM_30  Schema     Refused    ANY     Each
    If                      "if"                      FROM_31  Schema     Refused    ANY     Each
    Then                    "then"                    FROM_31  Schema     Refused    ANY     Each
    Else                    "else"                    FROM_31  Schema     Refused    ANY     Each
    DependentRequired       "dependentRequired"       FROM_31  None       Refused    OBJECT  Each
    DependentSchemas        "dependentSchemas"        FROM_31  Map        Refused    OBJECT  Each
    Dependencies            "dependencies"            FROM_31  None       Refused    OBJECT  Each
    PropertyNames           "propertyNames"           FROM_31  Schema     Refused    OBJECT  Each
    Contains                "contains"                FROM_31  Schema     Refused    ARRAY   Each
    MinContains             "minContains"             FROM_31  None       Refused    ARRAY   Greatest
    MaxContains             "maxContains"             FROM_31  None       Refused    ARRAY   Least
    UnevaluatedItems        "unevaluatedItems"        FROM_31  Schema     Refused    ARRAY   Each
    AdditionalItems         "additionalItems"         NONE     Schema     Refused    ARRAY   Each
    ContentSchema           "contentSchema"           FROM_31  Schema     Refused    STRING  Each
    DynamicRef              "$dynamicRef"             FROM_31  Identifier Refused    ANY     Each
    DynamicAnchor           "$dynamicAnchor"          FROM_31  Identifier Refused    ANY     Each
    RecursiveRef            "$recursiveRef"           FROM_31  Identifier Refused    ANY     Each
    RecursiveAnchor         "$recursiveAnchor"        FROM_31  None       Refused    ANY     Each

    RustName                "x-rust-name"             ALL      None       Modelled   NONE    First
    RustType                "x-rust-type"             ALL      None       Modelled   NONE    First
    EnumVarnames            "x-enum-varnames"         ALL      None       Modelled   NONE    First
    EnumDescriptions        "x-enum-descriptions"     ALL      None       Modelled   NONE    First
    OldEnumDescriptions     "x-enumDescriptions"      ALL      None       Modelled   NONE    First
    Secret                  "x-secret"                ALL      None       Modelled   NONE    Any
    WholeNumber             "x-whole-number"          ALL      None       Modelled   NONE    Any
    AcceptTypes             "x-accept-types"          ALL      None       Modelled   NONE    First
    Reading                 "x-reading"               ALL      None       Modelled   NONE    First
    UnknownFields           "x-unknown-fields"        ALL      None       Modelled   NONE    First
    OneOfNames              "x-one-of"                ALL      None       Modelled   NONE    First
    OldNullable             "x-nullable"              ALL      None       Modelled   NONE    Any
    Source                  "x-source"                ALL      None       Checked    NONE    First
    Deviation               "x-deviation"             ALL      None       Checked    NONE    First
}

static BY_NAME: LazyLock<FxHashMap<&'static str, Keyword>> = LazyLock::new(|| {
    let all = Keyword::ALL.iter();
    all.map(|keyword| (keyword.name(), *keyword)).collect()
});

/// Keywords, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keywords(u128);

// Each keyword has a bit.
const _: () = assert!(Keyword::ALL.len() <= 128);

impl Keywords {
    /// A set of these.
    pub const fn of(keywords: &[Keyword]) -> Self {
        let mut set = Self(0);
        let mut rest = keywords;
        while let [first, others @ ..] = rest {
            set = set.with(*first);
            rest = others;
        }
        set
    }

    /// The set with another one.
    pub const fn with(self, keyword: Keyword) -> Self {
        Self(self.0 | 1 << keyword as u32)
    }

    /// Whether a keyword is in it.
    pub const fn has(self, keyword: Keyword) -> bool {
        self.0 & (1 << keyword as u32) != 0
    }

    /// Whether any of `other` is in it.
    pub const fn has_any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Keyword {
    /// The keyword of a name.
    pub fn of(name: &str) -> Option<Self> {
        BY_NAME.get(name).copied()
    }

    /// As documents have it.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The versions of OpenAPI that have it.
    pub const fn versions(self) -> Versions {
        self.row().versions
    }

    /// The objects below it.
    pub const fn child(self) -> Child {
        self.row().child
    }

    /// Its support by the generator.
    pub const fn support(self) -> Support {
        self.row().support
    }

    /// The kinds of value that it limits; none for an annotation.
    pub const fn limits(self) -> Kinds {
        self.row().limits
    }

    /// The merging of several of them.
    pub const fn merge(self) -> Merge {
        self.row().merge
    }

    /// Those that set a limit that is checked before a value is sent, in the order of the table.
    pub fn checked() -> impl Iterator<Item = Self> {
        let checked = |keyword: &Self| {
            keyword.support() == Support::Checked && keyword.limits() != Kinds::NONE
        };
        Self::ALL.iter().copied().filter(checked)
    }

    /// Whether a keyword says nothing about which values fit: an annotation or an extension.
    pub fn is_annotation(name: &str) -> bool {
        match Self::of(name) {
            Some(keyword) => keyword.limits() == Kinds::NONE,
            None => name.starts_with("x-"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_their_rows_and_back() {
        for keyword in Keyword::ALL {
            assert_eq!(Keyword::of(keyword.name()), Some(*keyword));
        }
        assert_eq!(Keyword::of("maxlength"), None);
    }

    #[test]
    fn checked_keywords_limit_one_kind_and_say_how_they_merge() {
        for keyword in Keyword::checked() {
            assert!(keyword.limits().is_single(), "{}", keyword.name());
            assert_ne!(keyword.merge(), Merge::First, "{}", keyword.name());
        }
    }
}

//! The kinds of value that the keywords of a schema have, and the objects below them.

use std::sync::LazyLock;

use super::Support::Modelled;
use super::edition::{ALL, V3, V20, V32};
use super::extensions::READINGS;
use super::field::Kind::{
    self, Any, Boolean, BooleanOr, Choice, List, Map, MapOf, Number, One, OneOrList, Size, Text,
    TextMap, Texts, TextsMap, Type, Url, Values,
};
use super::field::Need::{Optional, Required};
use super::field::{Field, row};
use super::object::Object;
use super::{Child, Keyword, Versions};

/// The rows of a schema.
pub(super) fn schema() -> &'static [Field] {
    static ROWS: LazyLock<Vec<Field>> =
        LazyLock::new(|| Keyword::ALL.iter().copied().flat_map(rows).collect());
    &ROWS
}

/// The rows of a keyword: two, if later versions changed the kind of its value.
fn rows(keyword: Keyword) -> Vec<Field> {
    let name = keyword.name();
    let row = |kind, versions| row(name, kind, Optional, versions, keyword.support());
    match keyword {
        Keyword::ExclusiveMinimum | Keyword::ExclusiveMaximum => vec![
            row(Boolean, Versions::UNTIL_30),
            row(Number, Versions::FROM_31),
        ],
        Keyword::Discriminator => vec![row(Text, V20), row(One(Object::Discriminator), V3)],
        Keyword::Items => vec![
            row(OneOrList(Object::Schema), V20),
            row(One(Object::Schema), V3),
        ],
        _ => vec![row(kind(keyword), keyword.versions())],
    }
}

/// The kind of a keyword's value, where every version has the same.
fn kind(keyword: Keyword) -> Kind {
    match keyword.child() {
        Child::Schema => return inner(keyword),
        Child::List => return List(Object::Schema),
        Child::Map => return MapOf(Object::Schema),
        Child::None | Child::Identifier => {}
    }
    match keyword {
        Keyword::Ref | Keyword::Id | Keyword::SchemaDialect => Url,
        Keyword::Type => Type,
        Keyword::Enum | Keyword::Examples => Values,
        Keyword::Required | Keyword::EnumVarnames => Texts,
        Keyword::Nullable
        | Keyword::ReadOnly
        | Keyword::WriteOnly
        | Keyword::Deprecated
        | Keyword::UniqueItems
        | Keyword::AllowEmptyValue
        | Keyword::RecursiveAnchor
        | Keyword::Secret
        | Keyword::WholeNumber
        | Keyword::OldNullable => Boolean,
        Keyword::MinLength
        | Keyword::MaxLength
        | Keyword::MinItems
        | Keyword::MaxItems
        | Keyword::MinProperties
        | Keyword::MaxProperties
        | Keyword::MinContains
        | Keyword::MaxContains => Size,
        Keyword::Minimum | Keyword::Maximum | Keyword::MultipleOf => Number,
        Keyword::Vocabulary | Keyword::Dependencies => Map,
        Keyword::DependentRequired => TextsMap,
        Keyword::ExternalDocs => One(Object::ExternalDocs),
        Keyword::Xml => One(Object::Xml),
        Keyword::OneOfNames => One(Object::OneOf),
        Keyword::Reading => Choice(READINGS),
        Keyword::Source => One(Object::Source),
        Keyword::Deviation => List(Object::Deviation),
        Keyword::Format
        | Keyword::Pattern
        | Keyword::Title
        | Keyword::Summary
        | Keyword::Description
        | Keyword::Comment
        | Keyword::Anchor
        | Keyword::OldId
        | Keyword::ContentEncoding
        | Keyword::ContentMediaType
        | Keyword::CollectionFormat
        | Keyword::DynamicRef
        | Keyword::DynamicAnchor
        | Keyword::RecursiveRef
        | Keyword::RustName => Text,
        _ => Any,
    }
}

/// The kind of a keyword whose value is a schema; some took true or false long before other schemas could be that.
fn inner(keyword: Keyword) -> Kind {
    match keyword {
        Keyword::AdditionalProperties
        | Keyword::UnevaluatedProperties
        | Keyword::AdditionalItems
        | Keyword::UnevaluatedItems => BooleanOr(Object::Schema),
        _ => One(Object::Schema),
    }
}

#[rustfmt::skip]
pub(super) const DISCRIMINATOR: &[Field] = &[
    row("propertyName",   Text,    Required, V3,  Modelled),
    row("mapping",        TextMap, Optional, V3,  Modelled),
    row("defaultMapping", Text,    Optional, V32, Modelled),
];

const NODE_TYPES: &[&str] = &["element", "attribute", "text", "cdata", "none"];

#[rustfmt::skip]
pub(super) const XML: &[Field] = &[
    row("nodeType",  Choice(NODE_TYPES), Optional, V32, Modelled),
    row("name",      Text,               Optional, ALL, Modelled),
    row("namespace", Url,                Optional, ALL, Modelled),
    row("prefix",    Text,               Optional, ALL, Modelled),
    row("attribute", Boolean,            Optional, ALL, Modelled),
    row("wrapped",   Boolean,            Optional, ALL, Modelled),
];

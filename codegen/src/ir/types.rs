//! The types of an API.

use std::cmp::Ordering;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::{Constraints, Docs, Enum, External, Facts, MemberMode, Origin, Union};
use crate::names::{FieldName, TypeName};
use crate::source::SpecStr;

/// Identifies a type of an [`Api`](super::Api); only [`Types::add`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u32);

impl TypeId {
    /// Its position among the types.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All types of an API.
#[derive(Clone, Debug, Default)]
pub struct Types(Vec<TypeDef>);

impl Types {
    /// Adds a type.
    pub fn add(&mut self, def: TypeDef) -> TypeId {
        self.0.push(def);
        TypeId(self.0.len() as u32 - 1)
    }

    /// A type; ids come from `add`, so it is always there.
    pub fn get(&self, id: TypeId) -> &TypeDef {
        &self.0[id.index()]
    }

    /// A type, to be completed.
    pub fn get_mut(&mut self, id: TypeId) -> &mut TypeDef {
        &mut self.0[id.index()]
    }

    /// All, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.0
            .iter()
            .enumerate()
            .map(|(at, def)| (TypeId(at as u32), def))
    }

    /// All, in the order of their ids, to be completed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut TypeDef> {
        self.0.iter_mut()
    }

    /// Their number.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A named type.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Its name, unique in the crate.
    pub name: TypeName,
    /// The type that it stands for.
    pub docs: Docs,
    /// The fields, variants or alternatives.
    pub shape: Shape,
    /// The facts that passes found out about it.
    pub facts: Facts,
    /// Marked `deprecated`.
    pub deprecated: bool,
    /// Where it is described.
    pub origin: Origin,
}

/// The shape of a named type.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with known members.
    Struct(Struct),
    /// A choice among constants.
    Enum(Enum),
    /// A choice among types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
    /// A type of its own around another, where an alias would not be legal Rust (a list of itself).
    Newtype(Type),
}

/// An object with known members.
#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Members, in the document's order.
    pub fields: Vec<Field>,
    /// Members that the document doesn't name, kept in a map.
    pub additional: Option<Additional>,
    /// Limits on the number of members.
    pub constraints: Constraints,
}

/// The map of members that have no field.
#[derive(Clone, Debug)]
pub struct Additional {
    /// The field's name.
    pub name: FieldName,
    /// The type of each member.
    pub ty: Type,
    /// Limits on each member.
    pub constraints: Constraints,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its Rust name.
    pub name: FieldName,
    /// Its name on the wire; empty for a flattened field.
    pub wire: SpecStr,
    /// The type, without its presence.
    pub ty: Type,
    /// Whether it must be there, and whether it may be null.
    pub presence: Presence,
    /// Which way it travels.
    pub access: Access,
    /// The value that a server uses when it is absent.
    pub default: Option<Literal>,
    /// The one value that it can have: constructors fill it in.
    pub constant: Option<Literal>,
    /// Whether its constant tells an alternative of a union from the others: constructors fill it in although it may be
    /// absent.
    pub tells: bool,
    /// Limits on its value.
    pub constraints: Constraints,
    /// Its role among the members.
    pub role: FieldRole,
    /// Spellings that reading accepts beyond the documented one.
    pub reading: Reading,
    /// The reading where a server departs from the document.
    pub tolerance: Option<MemberMode>,
    /// Marked `deprecated`.
    pub deprecated: bool,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// The role of a field among the members of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldRole {
    /// One member.
    Member,
    /// A union whose branches each add a member beside the others.
    Flattened,
}

/// Whether a member must be there and whether it may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// May be absent.
    Optional,
    /// Always there, may be null.
    Nullable,
    /// May be absent or null.
    OptionalNullable,
}

impl Presence {
    /// Whether it may be left out altogether.
    pub fn may_be_absent(self) -> bool {
        matches!(self, Self::Optional | Self::OptionalNullable)
    }
}

/// Which way a member travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Both ways.
    ReadWrite,
    /// Only in responses.
    ReadOnly,
    /// Only in requests.
    WriteOnly,
}

/// Spellings that reading accepts beyond the documented one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// None.
    Exact,
    /// A whole number written with a fraction: `1812.0`.
    WholeNumber,
    /// That, and a number in quotation marks: `"30"`.
    NumericString,
}

/// A type as it is used.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int(IntWidth),
    /// A number.
    Float,
    /// Text.
    String,
    /// A UUID.
    Uuid,
    /// A date with a time, RFC 3339, its offset optional when read.
    DateTime,
    /// A date, RFC 3339.
    Date,
    /// An IPv4 or IPv6 address.
    IpAddr,
    /// An IPv4 address.
    Ipv4Addr,
    /// An IPv6 address.
    Ipv6Addr,
    /// Bytes, in Base64 on the wire.
    Base64,
    /// Any JSON value.
    Json,
    /// JSON `null` and nothing else.
    Null,
    /// A list.
    List(Box<Type>),
    /// A list of fixed length, each item of its own type.
    Tuple(Vec<Type>),
    /// An object whose keys are data.
    Map(Box<Type>),
    /// A value or null, inside a list, a map or a union.
    Nullable(Box<Type>),
    /// A value that must never be shown.
    Secret(Box<Type>),
    /// A type of this API.
    Named(TypeId),
    /// A type of this API on the heap, because it contains itself or is large in a union.
    Boxed(TypeId),
    /// A type that the caller put in place of a format.
    External(Arc<External>),
}

impl Type {
    /// Whether it is what ids are made of, so that a type of its own around it is one.
    pub fn is_plain(&self) -> bool {
        matches!(self, Self::String | Self::Int(_) | Self::Uuid)
    }
}

/// The width of a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each says what it is")]
pub enum IntWidth {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

impl IntWidth {
    /// The values that it holds.
    pub fn range(self) -> RangeInclusive<i128> {
        match self {
            Self::I8 => i8::MIN.into()..=i8::MAX.into(),
            Self::I16 => i16::MIN.into()..=i16::MAX.into(),
            Self::I32 => i32::MIN.into()..=i32::MAX.into(),
            Self::I64 => i64::MIN.into()..=i64::MAX.into(),
            Self::U8 => 0..=u8::MAX.into(),
            Self::U16 => 0..=u16::MAX.into(),
            Self::U32 => 0..=u32::MAX.into(),
            Self::U64 => 0..=u64::MAX.into(),
        }
    }
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A number.
    Float(f64),
    /// Text.
    String(SpecStr),
    /// A value of an enum of this API, by its position.
    Variant(TypeId, usize),
    /// Anything else, as JSON text: only for documentation.
    Json(SpecStr),
}

impl Literal {
    /// A number as a float; zero for what is not a number.
    pub fn as_float(&self) -> f64 {
        match self {
            Self::Int(value) => *value as f64,
            Self::Float(value) => *value,
            _ => 0.0,
        }
    }

    /// The order of two numbers.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Int(one), Self::Int(other)) => one.cmp(other),
            _ => self.as_float().total_cmp(&other.as_float()),
        }
    }
}

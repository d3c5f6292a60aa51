//! The specification as tables: the objects of OpenAPI 2.0, 3.0, 3.1 and 3.2 with our own extensions, the keys that
//! each may have, and the support of the generator for each.
//!
//! Every stage reads these tables instead of a list of its own, so that a keyword is known everywhere or nowhere. Rows
//! are in the order of the specification's own tables.

mod bodies;
mod document;
mod edition;
mod extensions;
mod field;
mod index;
mod kinds;
mod object;
mod operations;
mod schema;
mod security;
mod tables;
mod values;
mod vendors;

use serde::Serialize;

pub(crate) use edition::Edition;
#[cfg(test)]
pub(crate) use extensions::READINGS;
pub(crate) use field::{Field, Kind, Need};
pub(crate) use index::{field, field_of_any, field_since_30, keys, method_in_capitals, required};
pub use kinds::Kinds;
pub(crate) use object::{Names, Object};
pub use schema::{Child, Keyword, Keywords, Merge};
pub(crate) use security::{FLOW_URLS, is_http_url};
pub(crate) use vendors::{Harm, is_harmless, vendor};

/// Versions of OpenAPI, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions(u8);

impl Versions {
    /// No version: older drafts of JSON Schema have it.
    pub const NONE: Self = Self(0);
    /// Swagger 2.0 alone.
    pub const ONLY_20: Self = Self(1);
    /// OpenAPI 3.0 alone.
    pub const ONLY_30: Self = Self(2);
    /// Swagger 2.0 and OpenAPI 3.0.
    pub const UNTIL_30: Self = Self(1 | 2);
    /// OpenAPI 3.0 and later.
    pub const FROM_30: Self = Self(2 | 4 | 8);
    /// OpenAPI 3.1 and later.
    pub const FROM_31: Self = Self(4 | 8);
    /// OpenAPI 3.2 and later.
    pub const FROM_32: Self = Self(8);
    /// Every version.
    pub const ALL: Self = Self(1 | 2 | 4 | 8);

    /// Whether any version of `other` is in it.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The support of a keyword by the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Support {
    /// It decides what is generated.
    Modelled,
    /// It is checked: a value before it is sent, or the document itself.
    Checked,
    /// It says something to people, or something that generated code need not know.
    Documented,
    /// It is refused by its name, in a diagnostic.
    Refused,
}

impl Support {
    /// As users see it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Modelled => "modelled",
            Self::Checked => "checked",
            Self::Documented => "documented",
            Self::Refused => "refused",
        }
    }
}

#[cfg(test)]
mod agreement;

//! Open enumerations: the listed values as variants, any other kept as it came.
//!
//! A generated enum states its values once, as data. The macros add the trait impls, and what those do is shared.

mod index;
mod integer;
mod string;
mod value;

use std::fmt;

pub use self::index::Index;
pub use self::integer::{
    IntegerEnum, IntegerRepr, integer_name, integer_value, listed_integer, read_integer,
    write_integer,
};
pub use self::string::{StringEnum, listed, read_string, string_name};
pub use self::value::{Scalar, ValueEnum, listed_value, read_value, value_name, write_value};

/// Text that names none of an enumeration's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotListed {
    text: String,
    known: Vec<&'static str>,
}

impl NotListed {
    pub(crate) fn new(text: &str, known: impl Iterator<Item = &'static str>) -> Self {
        Self {
            text: text.to_owned(),
            known: known.collect(),
        }
    }

    /// The values that the enumeration lists.
    pub fn known(&self) -> &[&'static str] {
        &self.known
    }
}

impl fmt::Display for NotListed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 20;
        write!(f, "`{}` is not one of ", self.text.escape_debug())?;
        for (at, name) in self.known.iter().take(SHOWN).enumerate() {
            write!(f, "{}`{name}`", if at == 0 { "" } else { ", " })?;
        }
        match self.known.len().checked_sub(SHOWN) {
            Some(more) if more > 0 => write!(f, " and {more} more"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for NotListed {}

/// The parts that all open enumerations share once they have a text and `FromStr`.
#[doc(hidden)]
#[macro_export]
macro_rules! named_enum {
    ($ty:ident, $text:ident) => {
        impl ::core::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.$text().as_ref())
            }
        }

        impl ::core::convert::TryFrom<&str> for $ty {
            type Error = $crate::enumeration::NotListed;

            fn try_from(
                text: &str,
            ) -> ::core::result::Result<Self, $crate::enumeration::NotListed> {
                text.parse()
            }
        }

        impl $crate::Validate for $ty {}
    };
}

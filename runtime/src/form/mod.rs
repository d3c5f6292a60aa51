//! Types of other crates in the form that a document gives them, where their own serde form is another one.
//!
//! The wrappers go wherever a type goes: into lists, maps, unions, parameters and headers. A member of such a type is set
//! from the type itself, and read through the wrapper: it dereferences to it.

#[cfg(feature = "decimal")]
mod decimal;
#[cfg(feature = "decimal")]
mod number;
#[cfg(feature = "time")]
mod time;

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;

use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::validate::{Measure, Measured};

#[cfg(feature = "decimal")]
pub use self::number::{AsNumber, NumberForm};

/// A type with a text that stands for it in documents, such as RFC 3339 for a date. Implement it for a type of your own
/// to use it as [`AsText`].
pub trait TextForm: Sized {
    /// The words for what is expected: "a date by RFC 3339".
    const EXPECTED: &'static str;

    /// Whether a number is read as the text that it is written with.
    const READS_NUMBERS: bool = false;

    /// The value of a text, if it has one.
    fn read(text: &str) -> Option<Self>;

    /// Writes the text.
    ///
    /// # Errors
    /// Those of the formatter, and where the value has no such text.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// Text that does not stand for a value of the expected type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotInForm {
    expected: &'static str,
}

impl fmt::Display for NotInForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text is not {}", self.expected)
    }
}

impl std::error::Error for NotInForm {}

/// A value as text: in JSON, in parameters, in forms and in headers.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsText<T>(pub T);

/// Conversions, which all wrappers have.
macro_rules! wrapper {
    ($name:ident: $form:ident) => {
        impl<T> $name<T> {
            /// The value itself.
            pub fn into_inner(self) -> T {
                self.0
            }
        }

        impl<T: fmt::Debug> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<T: $form> fmt::Display for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.write(f)
            }
        }

        impl<T: $form> FromStr for $name<T> {
            type Err = NotInForm;

            fn from_str(text: &str) -> Result<Self, NotInForm> {
                let expected = T::EXPECTED;
                T::read(text).map(Self).ok_or(NotInForm { expected })
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(value: T) -> Self {
                Self(value)
            }
        }

        impl<T> crate::IntoNullable<$name<T>> for T {
            fn into_nullable(self) -> Option<$name<T>> {
                Some($name(self))
            }
        }

        impl<T> AsRef<T> for $name<T> {
            fn as_ref(&self) -> &T {
                &self.0
            }
        }

        impl<T> Deref for $name<T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> DerefMut for $name<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }

        impl<T: PartialEq> PartialEq<T> for $name<T> {
            fn eq(&self, other: &T) -> bool {
                self.0 == *other
            }
        }
    };
}
#[cfg(feature = "decimal")]
use wrapper;

wrapper!(AsText: TextForm);

impl<T: TextForm> Serialize for AsText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T: TextForm> Deserialize<'de> for AsText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[cfg(feature = "decimal")]
        if T::READS_NUMBERS {
            return number::read(deserializer).map(Self);
        }
        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: TextForm> Visitor<'_> for TextVisitor<T> {
    type Value = AsText<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<AsText<T>, E> {
        let read = T::read(text).map(AsText);
        read.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

impl<T: TextForm> Measured for AsText<T> {
    fn measure(&self) -> Measure<'_> {
        Measure::Text(self.to_string().into())
    }
}

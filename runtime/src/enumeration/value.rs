//! Enumerations that mix strings, numbers, booleans and `null`.

use std::borrow::Cow;
use std::mem::discriminant;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::NotListed;
use super::integer::text_of;
use crate::Unknown;

/// A constant of a document: a value of an enumeration, or what a member must equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// A string.
    Str(&'static str),
    /// An integer.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// `null`.
    Null,
}

impl Scalar {
    /// Whether a JSON value is this constant. `1` and `1.0` are the same number.
    pub fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Str(text), Value::String(other)) => text == other,
            (Self::Int(number), Value::Number(other)) => {
                other.as_i128() == Some(*number)
                    || (other.is_f64() && other.as_f64() == Some(*number as f64))
            }
            (Self::Float(number), Value::Number(other)) => other.as_f64() == Some(*number),
            (Self::Bool(truth), Value::Bool(other)) => truth == other,
            (Self::Null, Value::Null) => true,
            _ => false,
        }
    }

    /// The constant as text: a string as it is, anything else as JSON.
    pub fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Str(text) => (*text).into(),
            Self::Int(number) => number.to_string().into(),
            Self::Float(number) => number.to_string().into(),
            Self::Bool(true) => "true".into(),
            Self::Bool(false) => "false".into(),
            Self::Null => "null".into(),
        }
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Str(text) => serializer.serialize_str(text),
            Self::Int(number) => match (i64::try_from(number), u64::try_from(number)) {
                (Ok(number), _) => serializer.serialize_i64(number),
                (_, Ok(number)) => serializer.serialize_u64(number),
                _ => serializer.serialize_f64(number as f64),
            },
            Self::Float(number) => serializer.serialize_f64(number),
            Self::Bool(truth) => serializer.serialize_bool(truth),
            Self::Null => serializer.serialize_unit(),
        }
    }
}

/// An enumeration of mixed values. Implemented by generated code together with [`value_enum!`](crate::value_enum).
pub trait ValueEnum: Clone + Sized + 'static {
    /// The listed values, in the document's order, with their variants.
    const VALUES: &'static [(Scalar, Self)];

    /// The variant for a value that is not listed.
    fn unknown(value: Unknown<Value>) -> Self;

    /// The value, where it is not a listed one.
    fn as_unknown(&self) -> Option<&Unknown<Value>>;
}

/// The variant of a listed value, by its text.
///
/// # Errors
/// When the value is not listed; the error lists the strings that are.
pub fn listed_value<T: ValueEnum>(text: &str) -> Result<T, NotListed> {
    let row = T::VALUES.iter().find(|(value, _)| value.text() == text);
    row.map(|(_, variant)| variant.clone()).ok_or_else(|| {
        let strings = T::VALUES.iter().filter_map(|(value, _)| match value {
            Scalar::Str(text) => Some(*text),
            _ => None,
        });
        NotListed::new(text, strings)
    })
}

/// The value as text.
pub fn value_name<T: ValueEnum>(value: &T) -> Cow<'_, str> {
    match value.as_unknown() {
        Some(unknown) => text_of(unknown.get()),
        None => constant(value).text(),
    }
}

/// Writes the value with its own type.
///
/// # Errors
/// Those of the serializer.
pub fn write_value<S: Serializer, T: ValueEnum>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value.as_unknown() {
        Some(unknown) => unknown.serialize(serializer),
        None => constant(value).serialize(serializer),
    }
}

/// Reads any JSON value.
///
/// # Errors
/// Those of the deserializer.
pub fn read_value<'de, D: Deserializer<'de>, T: ValueEnum>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let row = T::VALUES.iter().find(|(constant, _)| constant.is(&value));
    Ok(row.map_or_else(
        || T::unknown(Unknown::new(value)),
        |(_, variant)| variant.clone(),
    ))
}

fn constant<T: ValueEnum>(value: &T) -> Scalar {
    let wanted = discriminant(value);
    let row = T::VALUES
        .iter()
        .find(|(_, variant)| discriminant(variant) == wanted);
    row.map_or(Scalar::Null, |(constant, _)| *constant)
}

/// Adds to a [`ValueEnum`]: `name`, `Serialize`, `Deserialize`, `Display`, `FromStr`, `TryFrom<&str>`,
/// [`Validate`](crate::Validate) and [`Measured`](crate::validate::Measured).
#[macro_export]
macro_rules! value_enum {
    ($ty:ident) => {
        const _: () = {
            impl $ty {
                /// The value as text.
                pub fn name(&self) -> ::std::borrow::Cow<'_, str> {
                    $crate::enumeration::value_name(self)
                }
            }

            impl $crate::private::serde::Serialize for $ty {
                fn serialize<S: $crate::private::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    $crate::enumeration::write_value(self, serializer)
                }
            }

            impl<'de> $crate::private::serde::Deserialize<'de> for $ty {
                fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    $crate::enumeration::read_value(deserializer)
                }
            }

            impl ::core::str::FromStr for $ty {
                type Err = $crate::enumeration::NotListed;

                fn from_str(
                    text: &str,
                ) -> ::core::result::Result<Self, $crate::enumeration::NotListed> {
                    $crate::enumeration::listed_value(text)
                }
            }

            impl $crate::validate::Measured for $ty {
                fn measure(&self) -> $crate::validate::Measure<'_> {
                    $crate::validate::Measure::Nothing
                }
            }

            $crate::named_enum!($ty, name);
        };
    };
}

#[cfg(test)]
#[allow(unreachable_pub)] // the macros write `pub`, as generated types are
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Limit {
        Off,
        Ten,
        Half,
        No,
        Unset,
        Unknown(Unknown<Value>),
    }

    impl ValueEnum for Limit {
        const VALUES: &'static [(Scalar, Self)] = &[
            (Scalar::Str("off"), Self::Off),
            (Scalar::Int(10), Self::Ten),
            (Scalar::Float(0.5), Self::Half),
            (Scalar::Bool(false), Self::No),
            (Scalar::Null, Self::Unset),
        ];

        fn unknown(value: Unknown<Value>) -> Self {
            Self::Unknown(value)
        }

        fn as_unknown(&self) -> Option<&Unknown<Value>> {
            match self {
                Self::Unknown(value) => Some(value),
                _ => None,
            }
        }
    }

    value_enum!(Limit);

    #[test]
    fn each_type_round_trips() {
        for json in [
            r#""off""#,
            "10",
            "0.5",
            "false",
            "null",
            r#"{"a":[1]}"#,
            r#""on""#,
        ] {
            let read: Limit = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
            assert_eq!(
                matches!(read, Limit::Unknown(_)),
                json.contains('o') && json != r#""off""# || json.contains('{')
            );
        }
        assert_eq!(serde_json::from_str::<Limit>("10.0").unwrap(), Limit::Ten);
        assert_eq!("0.5".parse(), Ok(Limit::Half));
        assert_eq!(Limit::No.to_string(), "false");
    }
}

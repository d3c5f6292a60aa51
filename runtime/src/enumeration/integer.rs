//! Enumerations of integers, whose values have names.

use std::borrow::Cow;
use std::fmt;
use std::hash::Hash;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};
use serde_json::{Number, Value};

use super::{Index, NotListed};
use crate::Unknown;

/// The integer type that an enumeration travels as.
pub trait IntegerRepr:
    Copy + Eq + Hash + fmt::Display + Serialize + TryFrom<i128> + Into<i128> + 'static
{
}

impl IntegerRepr for i32 {}
impl IntegerRepr for i64 {}
impl IntegerRepr for u64 {}

/// An enumeration of integers. Implemented by generated code together with [`integer_enum!`](crate::integer_enum).
///
/// Written as the integer. Read from an integer, a numeric string, a name, or `N = Name`, since servers were seen to
/// document one and send another.
pub trait IntegerEnum: Clone + Sized + 'static {
    /// The integer type.
    type Repr: IntegerRepr;

    /// The listed values, in the document's order, with their names and variants.
    const VALUES: &'static [(Self::Repr, &'static str, Self)];

    /// The variant for a value that is not listed: an integer or text.
    fn unknown(value: Unknown<Value>) -> Self;

    /// The value, where it is not a listed one.
    fn as_unknown(&self) -> Option<&Unknown<Value>>;
}

type Table<T> = Index<<T as IntegerEnum>::Repr, T>;

/// The variant that this text names.
///
/// # Errors
/// When no listed value has that name or number; the error lists the names.
pub fn listed_integer<T: IntegerEnum>(
    table: &'static Table<T>,
    text: &str,
) -> Result<T, NotListed> {
    by_text(table, text)
        .ok_or_else(|| NotListed::new(text, T::VALUES.iter().map(|(_, name, _)| *name)))
}

/// The value's name; that of an unlisted one is its own text.
pub fn integer_name<'a, T: IntegerEnum>(table: &'static Table<T>, value: &'a T) -> Cow<'a, str> {
    match value.as_unknown() {
        Some(unknown) => text_of(unknown.get()),
        None => row(table, value).map_or("", |(_, name, _)| name).into(),
    }
}

/// The integer; none if the server sent text that names no listed value.
pub fn integer_value<T: IntegerEnum>(table: &'static Table<T>, value: &T) -> Option<T::Repr> {
    match value.as_unknown() {
        Some(unknown) => whole(unknown.get().as_number()?)?.try_into().ok(),
        None => row(table, value).map(|(number, _, _)| *number),
    }
}

/// Writes the integer, or an unlisted value as it came.
///
/// # Errors
/// Those of the serializer.
pub fn write_integer<S: Serializer, T: IntegerEnum>(
    table: &'static Table<T>,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value.as_unknown() {
        Some(unknown) => unknown.serialize(serializer),
        None => row(table, value)
            .map(|(number, _, _)| number)
            .serialize(serializer),
    }
}

/// Reads an integer, a numeric string, a name, or `N = Name`.
///
/// # Errors
/// When the value is neither a number nor a string.
pub fn read_integer<'de, D: Deserializer<'de>, T: IntegerEnum>(
    table: &'static Table<T>,
    deserializer: D,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let found = match &value {
        Value::Number(number) => whole(number).and_then(|number| by_number(table, number)),
        Value::String(text) => by_text(table, text),
        _ => {
            return Err(D::Error::custom(
                "invalid type: expected an integer or the name of one",
            ));
        }
    };
    Ok(found.unwrap_or_else(|| T::unknown(Unknown::new(value))))
}

/// The integer that a JSON number is, however it is written.
fn whole(number: &Number) -> Option<i128> {
    let exact = number.as_i128();
    exact.or_else(|| {
        let decimal = number.as_f64()?;
        let exact = decimal.fract() == 0.0 && decimal.abs() < 9_007_199_254_740_992.0;
        exact.then_some(decimal as i128)
    })
}

fn row<T: IntegerEnum>(
    table: &'static Table<T>,
    value: &T,
) -> Option<&'static (T::Repr, &'static str, T)> {
    table.variant(T::VALUES, value, |(_, _, variant)| variant)
}

fn by_number<T: IntegerEnum>(table: &'static Table<T>, number: i128) -> Option<T> {
    let number = T::Repr::try_from(number).ok()?;
    table
        .row(T::VALUES, &number, |(number, _, _)| *number)
        .map(|(_, _, value)| value.clone())
}

fn by_text<T: IntegerEnum>(table: &'static Table<T>, text: &str) -> Option<T> {
    let named = T::VALUES.iter().find(|(_, name, _)| *name == text);
    if let Some((_, _, value)) = named {
        return Some(value.clone());
    }
    let number = text.split_once('=').map_or(text, |(number, _)| number);
    by_number(table, number.trim().parse().ok()?)
}

/// Text as it is, anything else as JSON.
pub(super) fn text_of(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => text.into(),
        other => other.to_string().into(),
    }
}

/// Adds to an [`IntegerEnum`]: `name`, `value`, `Serialize`, `Deserialize`, `Display` (the name), `FromStr`,
/// `TryFrom<&str>`, [`Validate`](crate::Validate) and [`Measured`](crate::validate::Measured).
#[macro_export]
macro_rules! integer_enum {
    ($ty:ident) => {
        const _: () = {
            static TABLE: $crate::enumeration::Index<
                <$ty as $crate::enumeration::IntegerEnum>::Repr,
                $ty,
            > = $crate::enumeration::Index::new();

            impl $ty {
                /// The value's name.
                pub fn name(&self) -> ::std::borrow::Cow<'_, str> {
                    $crate::enumeration::integer_name(&TABLE, self)
                }

                /// The integer that travels; none if the server sent text that names no listed value.
                pub fn value(
                    &self,
                ) -> ::core::option::Option<<$ty as $crate::enumeration::IntegerEnum>::Repr>
                {
                    $crate::enumeration::integer_value(&TABLE, self)
                }
            }

            impl $crate::private::serde::Serialize for $ty {
                fn serialize<S: $crate::private::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    $crate::enumeration::write_integer(&TABLE, self, serializer)
                }
            }

            impl<'de> $crate::private::serde::Deserialize<'de> for $ty {
                fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    $crate::enumeration::read_integer(&TABLE, deserializer)
                }
            }

            impl ::core::str::FromStr for $ty {
                type Err = $crate::enumeration::NotListed;

                fn from_str(
                    text: &str,
                ) -> ::core::result::Result<Self, $crate::enumeration::NotListed> {
                    $crate::enumeration::listed_integer(&TABLE, text)
                }
            }

            impl $crate::validate::Measured for $ty {
                fn measure(&self) -> $crate::validate::Measure<'_> {
                    let number = self.value().map(::core::convert::Into::into);
                    number.map_or(
                        $crate::validate::Measure::Nothing,
                        $crate::validate::Measure::Integer,
                    )
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
    enum MfaType {
        Deepnet,
        SafeNet,
        Unknown(Unknown<Value>),
    }

    impl IntegerEnum for MfaType {
        type Repr = i32;

        const VALUES: &'static [(i32, &'static str, Self)] =
            &[(1, "Deepnet", Self::Deepnet), (2, "SafeNet", Self::SafeNet)];

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

    integer_enum!(MfaType);

    #[test]
    fn every_spelling_is_read_and_the_integer_written() {
        for json in ["2", "2.0", r#""2""#, r#""SafeNet""#, r#""2 = SafeNet""#] {
            let read: MfaType = serde_json::from_str(json).unwrap();
            assert_eq!(read, MfaType::SafeNet, "{json}");
        }
        assert_eq!(serde_json::to_string(&MfaType::SafeNet).unwrap(), "2");
        assert_eq!(MfaType::Deepnet.to_string(), "Deepnet");
        assert_eq!(MfaType::Deepnet.value(), Some(1));
        assert_eq!("SafeNet".parse(), Ok(MfaType::SafeNet));
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Wide {
        Most,
        Unknown(Unknown<Value>),
    }

    impl IntegerEnum for Wide {
        type Repr = u64;

        const VALUES: &'static [(u64, &'static str, Self)] = &[(u64::MAX, "most", Self::Most)];

        fn unknown(value: Unknown<Value>) -> Self {
            Self::Unknown(value)
        }

        fn as_unknown(&self) -> Option<&Unknown<Value>> {
            match self {
                Self::Unknown(value) => Some(value),
                Self::Most => None,
            }
        }
    }

    integer_enum!(Wide);

    #[test]
    fn integers_beyond_those_with_a_sign_are_listed_too() {
        for json in ["18446744073709551615", "-1", "9223372036854775808"] {
            let read: Wide = serde_json::from_str(json).unwrap();
            assert_eq!(read == Wide::Most, json == "18446744073709551615");
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
        }
        assert_eq!(Wide::Most.value(), Some(u64::MAX));
    }

    #[test]
    fn unlisted_integers_and_names_round_trip() {
        for (json, value) in [("9", Some(9)), (r#""Fido2""#, None), ("9999999999", None)] {
            let read: MfaType = serde_json::from_str(json).unwrap();
            assert!(matches!(read, MfaType::Unknown(_)));
            assert_eq!(serde_json::to_string(&read).unwrap(), json);
            assert_eq!(read.value(), value);
        }
        assert!(serde_json::from_str::<MfaType>("[2]").is_err());
        assert!("Fido2".parse::<MfaType>().is_err());
    }
}

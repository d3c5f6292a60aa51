//! Enumerations of strings.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};

use super::{Index, NotListed};
use crate::Unknown;

/// An enumeration of strings. Implemented by generated code together with [`string_enum!`](crate::string_enum).
pub trait StringEnum: Clone + Sized + 'static {
    /// The listed values, in the document's order, with their variants.
    const VALUES: &'static [(&'static str, Self)];

    /// The variant for a value that is not listed.
    fn unknown(value: Unknown<String>) -> Self;

    /// The value, where it is not a listed one.
    fn as_unknown(&self) -> Option<&Unknown<String>>;
}

type Table<T> = Index<&'static str, T>;

/// The variant of a listed value.
///
/// # Errors
/// When the value is not listed; the error lists those that are.
pub fn listed<T: StringEnum>(table: &'static Table<T>, text: &str) -> Result<T, NotListed> {
    find(table, text).ok_or_else(|| NotListed::new(text, T::VALUES.iter().map(|(name, _)| *name)))
}

/// The value as it travels.
pub fn string_name<'a, T: StringEnum>(table: &'static Table<T>, value: &'a T) -> &'a str {
    if let Some(unknown) = value.as_unknown() {
        return unknown.get();
    }
    let row = table.variant(T::VALUES, value, |(_, variant)| variant);
    row.map_or("", |(name, _)| name)
}

/// Reads any string.
///
/// # Errors
/// When the value is not a string.
pub fn read_string<'de, D: Deserializer<'de>, T: StringEnum>(
    table: &'static Table<T>,
    deserializer: D,
) -> Result<T, D::Error> {
    struct Text<T: 'static>(&'static Table<T>, PhantomData<T>);

    impl<T: StringEnum> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            Ok(find(self.0, text).unwrap_or_else(|| T::unknown(Unknown::new(text.to_owned()))))
        }
    }

    deserializer.deserialize_str(Text(table, PhantomData))
}

fn find<T: StringEnum>(table: &'static Table<T>, text: &str) -> Option<T> {
    let row = table.row(T::VALUES, text, |(name, _)| *name);
    row.map(|(_, value)| value.clone())
}

/// Adds to a [`StringEnum`]: `as_str`, `Serialize`, `Deserialize`, `Display`, `FromStr`, `TryFrom<&str>`,
/// [`Validate`](crate::Validate) and [`Measured`](crate::validate::Measured).
#[macro_export]
macro_rules! string_enum {
    ($ty:ident) => {
        const _: () = {
            static TABLE: $crate::enumeration::Index<&str, $ty> = $crate::enumeration::Index::new();

            impl $ty {
                /// The value as it travels.
                pub fn as_str(&self) -> &str {
                    $crate::enumeration::string_name(&TABLE, self)
                }
            }

            impl $crate::private::serde::Serialize for $ty {
                fn serialize<S: $crate::private::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }

            impl<'de> $crate::private::serde::Deserialize<'de> for $ty {
                fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    $crate::enumeration::read_string(&TABLE, deserializer)
                }
            }

            impl ::core::str::FromStr for $ty {
                type Err = $crate::enumeration::NotListed;

                fn from_str(
                    text: &str,
                ) -> ::core::result::Result<Self, $crate::enumeration::NotListed> {
                    $crate::enumeration::listed(&TABLE, text)
                }
            }

            impl $crate::validate::Measured for $ty {
                fn measure(&self) -> $crate::validate::Measure<'_> {
                    $crate::validate::Measure::Text(self.as_str().into())
                }
            }

            $crate::named_enum!($ty, as_str);
        };
    };
}

#[cfg(test)]
#[allow(unreachable_pub)] // the macros write `pub`, as generated types are
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Mode {
        OneFactor,
        Push,
        Unknown(Unknown<String>),
    }

    impl StringEnum for Mode {
        const VALUES: &'static [(&'static str, Self)] =
            &[("OneFactor", Self::OneFactor), ("Push", Self::Push)];

        fn unknown(value: Unknown<String>) -> Self {
            Self::Unknown(value)
        }

        fn as_unknown(&self) -> Option<&Unknown<String>> {
            match self {
                Self::Unknown(value) => Some(value),
                _ => None,
            }
        }
    }

    string_enum!(Mode);

    #[test]
    fn listed_and_unlisted_values_round_trip() {
        for json in [r#""OneFactor""#, r#""Push""#, r#""Fido""#] {
            let mode: Mode = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&mode).unwrap(), json);
            assert_eq!(matches!(mode, Mode::Unknown(_)), json.contains("Fido"));
        }
        assert!(serde_json::from_str::<Mode>("1").is_err());
    }

    #[test]
    fn only_listed_values_can_be_made() {
        assert_eq!("Push".parse(), Ok(Mode::Push));
        assert_eq!(
            Mode::try_from("OneFactor").unwrap().to_string(),
            "OneFactor"
        );
        let error = "Fido".parse::<Mode>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`Fido` is not one of `OneFactor`, `Push`"
        );
    }
}

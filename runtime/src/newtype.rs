//! Ids and other plain values that are types of their own: what generated types around a text, a number or a UUID
//! implement.

/// Implements what a type around a text has: conversions, comparison with text, and serde's traits.
///
/// ```
/// /// The id of a pet.
/// #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub struct PetId(String);
///
/// countersign_runtime::text_newtype!(PetId);
///
/// let id = PetId::from("tom");
/// assert_eq!(id.as_str(), "tom");
/// assert_eq!(id, "tom");
/// assert_eq!("tom".parse(), Ok(id));
/// ```
#[macro_export]
macro_rules! text_newtype {
    ($name:ident) => {
        impl $name {
            /// A value from its text.
            pub fn new(text: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(text.into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Takes the text out.
            pub fn into_inner(self) -> ::std::string::String {
                self.0
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(::std::borrow::ToOwned::to_owned(text))
            }
        }

        impl ::core::convert::From<&::std::string::String> for $name {
            fn from(text: &::std::string::String) -> Self {
                Self(::core::clone::Clone::clone(text))
            }
        }

        impl $crate::IntoNullable<$name> for &str {
            fn into_nullable(self) -> ::core::option::Option<$name> {
                ::core::option::Option::Some(self.into())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::core::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self(::std::borrow::ToOwned::to_owned(text)))
            }
        }

        impl ::core::cmp::PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == *other
            }
        }

        impl ::core::cmp::PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == **other
            }
        }

        $crate::newtype!($name: ::std::string::String, $crate::read::plain);
    };
}

/// Implements what a type around a number or a UUID has: conversions and serde's traits. Numbers are read with
/// [`read::whole`](crate::read::whole).
///
/// ```
/// /// The id of a pet.
/// #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub struct PetId(i64);
///
/// countersign_runtime::copied_newtype!(PetId: i64, countersign_runtime::read::whole);
///
/// let id = PetId::from(7);
/// assert_eq!(i64::from(id), 7);
/// assert_eq!("7".parse(), Ok(id));
/// ```
#[macro_export]
macro_rules! copied_newtype {
    ($name:ident: $inner:ty, $read:path) => {
        impl $name {
            /// A value from what it holds.
            pub const fn new(value: $inner) -> Self {
                Self(value)
            }

            /// The value in it.
            pub const fn get(self) -> $inner {
                self.0
            }
        }

        impl ::core::convert::AsRef<$inner> for $name {
            fn as_ref(&self) -> &$inner {
                &self.0
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = <$inner as ::core::str::FromStr>::Err;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::map(::core::str::FromStr::from_str(text), Self)
            }
        }

        $crate::newtype!($name: $inner, $read);
    };
}

/// Conversions and serde's traits, which both have.
#[doc(hidden)]
#[macro_export]
macro_rules! newtype {
    ($name:ident: $inner:ty, $read:path) => {
        impl ::core::convert::From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl $crate::IntoNullable<$name> for $inner {
            fn into_nullable(self) -> ::core::option::Option<$name> {
                ::core::option::Option::Some($name(self))
            }
        }

        impl ::core::convert::From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::private::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::core::result::Result::map($read(deserializer), Self)
            }
        }

        impl $crate::validate::Measured for $name {
            fn measure(&self) -> $crate::validate::Measure<'_> {
                $crate::validate::Measured::measure(&self.0)
            }
        }
    };
}

#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "the macros make public items")]
mod tests {
    use std::collections::BTreeSet;

    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    struct Name(String);

    crate::text_newtype!(Name);

    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    struct Number(i32);

    crate::copied_newtype!(Number: i32, crate::read::whole);

    #[test]
    fn a_text_is_found_by_text() {
        let names = BTreeSet::from([Name::new("tom"), Name::from("kit")]);
        assert!(names.contains("tom") && !names.contains("puss"));
        let json = serde_json::to_string(&names).unwrap();
        assert_eq!(json, r#"["kit","tom"]"#);
        assert_eq!(
            serde_json::from_str::<BTreeSet<Name>>(&json).unwrap(),
            names
        );
        assert!(serde_json::from_str::<Name>("7").is_err());
        assert_eq!(String::from(Name::new("tom")), "tom");
    }

    #[test]
    fn a_number_is_read_as_numbers_are() {
        for json in ["7", "7.0"] {
            assert_eq!(
                serde_json::from_str::<Number>(json).unwrap(),
                Number::new(7)
            );
        }
        assert!(serde_json::from_str::<Number>("7.5").is_err());
        assert_eq!(
            (Number::new(7).to_string().as_str(), Number(7).get()),
            ("7", 7)
        );
        assert!("x".parse::<Number>().is_err());
    }
}

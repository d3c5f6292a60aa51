//! Generated types may have any name, those of the prelude and of serde included.
#![allow(missing_docs, dead_code, unreachable_pub)]

use countersign_runtime::{IntegerEnum, StringEnum, Unknown, ValueEnum};

macro_rules! strings {
    ($($name:ident)*) => {$(
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            A,
            Unknown(Unknown<::std::string::String>),
        }

        impl StringEnum for $name {
            const VALUES: &'static [(&'static str, Self)] = &[("a", Self::A)];

            fn unknown(value: Unknown<::std::string::String>) -> Self {
                Self::Unknown(value)
            }

            fn as_unknown(&self) -> ::std::option::Option<&Unknown<::std::string::String>> {
                match self {
                    Self::Unknown(value) => Some(value),
                    _ => None,
                }
            }
        }

        countersign_runtime::string_enum!($name);
    )*};
}

macro_rules! values {
    ($($kind:ident $name:ident [$($row:tt)*] $repr:tt)*) => {$(
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            A,
            Unknown(Unknown<countersign_runtime::Value>),
        }

        impl $kind for $name {
            values!($repr);

            const VALUES: &'static [($($row)*, Self)] = values!(rows $repr);

            fn unknown(value: Unknown<countersign_runtime::Value>) -> Self {
                Self::Unknown(value)
            }

            fn as_unknown(&self) -> ::std::option::Option<&Unknown<countersign_runtime::Value>> {
                match self {
                    Self::Unknown(value) => Some(value),
                    _ => None,
                }
            }
        }
    )*};
    (integer) => { type Repr = i64; };
    (mixed) => {};
    (rows integer) => { &[(1, "a", Self::A)] };
    (rows mixed) => { &[(countersign_runtime::Scalar::Bool(true), Self::A)] };
}

strings! { Result Option String Serialize Deserialize Serializer Deserializer Repr Error Box Vec Display FromStr }

values! {
    IntegerEnum Validate [i64, &'static str] integer
    ValueEnum Measured [countersign_runtime::Scalar] mixed
}

countersign_runtime::integer_enum!(Validate);
countersign_runtime::value_enum!(Measured);

#[test]
fn all_of_them_work() {
    assert_eq!(serde_json::to_string(&Result::A).unwrap(), r#""a""#);
    assert_eq!(serde_json::to_string(&Validate::A).unwrap(), "1");
    assert_eq!(serde_json::to_string(&Measured::A).unwrap(), "true");
    assert_eq!("a".parse(), Ok(Serializer::A));
}

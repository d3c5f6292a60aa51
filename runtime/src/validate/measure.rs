//! The measure of a value that constraints compare.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use zeroize::Zeroize;

use crate::{Base64, Presence, Secret};

/// The side of a value that its constraints look at.
#[derive(Clone)]
pub enum Measure<'a> {
    /// There is no value, or none that could be constrained.
    Nothing,
    /// Text: its length in characters, its pattern.
    Text(Cow<'a, str>),
    /// Text of which only the length is known, in characters.
    Length(usize),
    /// A whole number.
    Integer(i128),
    /// Any number.
    Float(f64),
    /// A list.
    Items(&'a dyn Items),
    /// An object with so many members.
    Properties(usize),
}

/// A list, without the type of its items.
pub trait Items {
    /// The number of items.
    fn count(&self) -> usize;

    /// The positions of two items that are equal.
    fn duplicate(&self) -> Option<(usize, usize)>;
}

impl<T: PartialEq> Items for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn duplicate(&self) -> Option<(usize, usize)> {
        self.iter().enumerate().find_map(|(at, item)| {
            let earlier = self.iter().take(at).position(|other| other == item)?;
            Some((earlier, at))
        })
    }
}

/// A value that constraints can be put on.
pub trait Measured {
    /// The measure that constraints compare.
    fn measure(&self) -> Measure<'_>;
}

/// The number of members that an object has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Members(pub usize);

impl Measured for Members {
    fn measure(&self) -> Measure<'_> {
        Measure::Properties(self.0)
    }
}

macro_rules! measured {
    ($($ty:ty => $value:ident $measure:expr;)*) => {$(
        impl Measured for $ty {
            fn measure(&self) -> Measure<'_> {
                let $value = self;
                $measure
            }
        }
    )*};
}

measured! {
    str => text Measure::Text(text.into());
    String => text Measure::Text(text.into());
    Base64 => bytes Measure::Length(bytes.text_len());
    bool => _truth Measure::Nothing;
    f32 => number Measure::Float(f64::from(*number));
    f64 => number Measure::Float(*number);
    isize => number i128::try_from(*number).map_or(Measure::Nothing, Measure::Integer);
    usize => number i128::try_from(*number).map_or(Measure::Nothing, Measure::Integer);
    u128 => number i128::try_from(*number).map_or(Measure::Float(*number as f64), Measure::Integer);
    Value => value match value {
        Value::String(text) => text.measure(),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => Measure::Integer(whole.into()),
            (_, Some(whole)) => Measure::Integer(whole.into()),
            _ => number.as_f64().map_or(Measure::Nothing, Measure::Float),
        },
        Value::Array(items) => Measure::Items(items),
        Value::Object(members) => Measure::Properties(members.len()),
        Value::Null | Value::Bool(_) => Measure::Nothing,
    };
    serde_json::Map<String, Value> => members Measure::Properties(members.len());
}

macro_rules! integers {
    ($($ty:ident)*) => {
        measured! { $($ty => number Measure::Integer(i128::from(*number));)* }
    };
}

integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64);

#[cfg(feature = "datetime")]
measured! {
    crate::DateTime => instant Measure::Text(instant.as_str().into());
    jiff::civil::Date => date Measure::Text(date.to_string().into());
    jiff::civil::Time => time Measure::Text(time.to_string().into());
}

#[cfg(feature = "uuid")]
measured! {
    uuid::Uuid => id Measure::Text(id.to_string().into());
}

impl<T: PartialEq> Measured for Vec<T> {
    fn measure(&self) -> Measure<'_> {
        Measure::Items(self)
    }
}

impl<K, V> Measured for BTreeMap<K, V> {
    fn measure(&self) -> Measure<'_> {
        Measure::Properties(self.len())
    }
}

impl<K, V, S> Measured for HashMap<K, V, S> {
    fn measure(&self) -> Measure<'_> {
        Measure::Properties(self.len())
    }
}

impl<T: Measured> Measured for Option<T> {
    fn measure(&self) -> Measure<'_> {
        self.as_ref().map_or(Measure::Nothing, T::measure)
    }
}

impl<T: Measured> Measured for Presence<T> {
    fn measure(&self) -> Measure<'_> {
        self.as_ref().map_or(Measure::Nothing, T::measure)
    }
}

impl<T: Measured + Zeroize> Measured for Secret<T> {
    fn measure(&self) -> Measure<'_> {
        self.expose().measure()
    }
}

impl<T: Measured + ?Sized> Measured for Box<T> {
    fn measure(&self) -> Measure<'_> {
        T::measure(self)
    }
}

impl<T: Measured + ?Sized> Measured for &T {
    fn measure(&self) -> Measure<'_> {
        T::measure(self)
    }
}

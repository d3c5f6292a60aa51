//! Values made of random bytes, for fuzzers and property tests: what generated impls of `Arbitrary` call.
//!
//! A value is of its type, and can be written and read. The limits of a document do not bind it: what a client refuses
//! to send is worth a test as well. Recursion ends with the bytes.

mod text;

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};
use zeroize::Zeroize;

use crate::{AsText, Base64, Presence, Secret, TextForm};

pub use ::arbitrary::{Arbitrary, Error, Result, Unstructured};

/// Types in types, beyond which only what must be there is made.
const DEEPEST: usize = 24;

/// Types in types, beyond which there is no value: one that has to contain itself has none.
const ENDLESS: usize = 128;

/// Most items of a list or a map.
const MOST: usize = 8;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Whether as little as possible is made.
fn is_short(u: &Unstructured<'_>) -> bool {
    u.is_empty() || DEPTH.get() > DEEPEST
}

/// A value of a type that says itself how it is made.
///
/// # Errors
/// Those of the type.
pub fn plain<'a, T: Arbitrary<'a>>(u: &mut Unstructured<'a>) -> Result<T> {
    T::arbitrary(u)
}

/// The same within another.
///
/// # Errors
/// Those of the type, and where it contains itself without end.
pub fn nested<'a, T: Arbitrary<'a>>(u: &mut Unstructured<'a>) -> Result<T> {
    struct Below;

    impl Drop for Below {
        fn drop(&mut self) {
            DEPTH.set(DEPTH.get().saturating_sub(1));
        }
    }

    if DEPTH.get() > ENDLESS {
        return Err(Error::NotEnoughData);
    }
    DEPTH.set(DEPTH.get().saturating_add(1));
    let _below = Below;
    T::arbitrary(u)
}

/// The same on the heap.
///
/// # Errors
/// Those of the type.
pub fn boxed<'a, T: Arbitrary<'a>>(u: &mut Unstructured<'a>) -> Result<Box<T>> {
    nested(u).map(Box::new)
}

/// A number that JSON has.
///
/// # Errors
/// None.
pub fn float(u: &mut Unstructured<'_>) -> Result<f64> {
    let value = f64::arbitrary(u)?;
    Ok(if value.is_finite() { value } else { 0.0 })
}

/// A list.
///
/// # Errors
/// Those of its items.
pub fn list<'a, T>(
    u: &mut Unstructured<'a>,
    item: impl Fn(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut items = Vec::new();
    while items.len() < MOST && !is_short(u) && bool::arbitrary(u)? {
        items.push(item(u)?);
    }
    Ok(items)
}

/// A map.
///
/// # Errors
/// Those of its values.
pub fn map<'a, T>(
    u: &mut Unstructured<'a>,
    value: impl Fn(&mut Unstructured<'a>) -> Result<T>,
) -> Result<BTreeMap<String, T>> {
    let entries = list(u, |u| Ok((String::arbitrary(u)?, value(u)?)))?;
    Ok(entries.into_iter().collect())
}

/// Members that have no field. Their names are those of no others.
///
/// # Errors
/// Those of their values.
pub fn rest<'a, T>(
    u: &mut Unstructured<'a>,
    value: impl Fn(&mut Unstructured<'a>) -> Result<T>,
) -> Result<BTreeMap<String, T>> {
    let entries = map(u, value)?.into_iter();
    Ok(entries
        .map(|(name, value)| (format!("~{name}"), value))
        .collect())
}

/// A value, or none.
///
/// # Errors
/// Those of the value.
pub fn option<'a, T>(
    u: &mut Unstructured<'a>,
    value: impl Fn(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Option<T>> {
    match !is_short(u) && bool::arbitrary(u)? {
        true => value(u).map(Some),
        false => Ok(None),
    }
}

/// A value, or `null`, or nothing.
///
/// # Errors
/// Those of the value.
pub fn presence<'a, T>(
    u: &mut Unstructured<'a>,
    value: impl Fn(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Presence<T>> {
    match option(u, value)? {
        Some(value) => Ok(Presence::Present(value)),
        None if bool::arbitrary(u)? => Ok(Presence::Null),
        None => Ok(Presence::Absent),
    }
}

/// A value out of sight.
///
/// # Errors
/// Those of the value.
pub fn secret<'a, T: Zeroize>(
    u: &mut Unstructured<'a>,
    value: impl Fn(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Secret<T>> {
    value(u).map(Secret::new)
}

/// One of some values.
///
/// # Errors
/// When there are none.
pub fn one_of<T, const N: usize>(u: &mut Unstructured<'_>, values: [T; N]) -> Result<T> {
    let at = u.choose_index(N)?;
    values.into_iter().nth(at).ok_or(Error::EmptyChoose)
}

/// The position of an alternative; that of the simplest where the bytes end.
///
/// # Errors
/// When there are none.
pub fn branch(u: &mut Unstructured<'_>, count: usize, simplest: usize) -> Result<usize> {
    match is_short(u) {
        true => Ok(simplest),
        false => u.choose_index(count),
    }
}

/// Any JSON value.
///
/// # Errors
/// None.
pub fn json(u: &mut Unstructured<'_>) -> Result<Value> {
    value(u, 0)
}

fn value(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    let kinds = if depth > 3 { 4 } else { 6 };
    Ok(match u.choose_index(kinds)? {
        0 => Value::Null,
        1 => Value::Bool(bool::arbitrary(u)?),
        2 => Value::String(String::arbitrary(u)?),
        3 => match bool::arbitrary(u)? {
            true => Value::from(i64::arbitrary(u)?),
            false => Number::from_f64(float(u)?).map_or(Value::Null, Value::Number),
        },
        4 => Value::Array(list(u, |u| value(u, depth.saturating_add(1)))?),
        _ => Value::Object(members(u, depth)?),
    })
}

fn members(u: &mut Unstructured<'_>, depth: usize) -> Result<Map<String, Value>> {
    let members = map(u, |u| value(u, depth.saturating_add(1)))?;
    Ok(members.into_iter().collect())
}

/// A value of a type that nothing is known of but how it is read: one of the texts that its format has.
///
/// # Errors
/// When the type takes none of them.
pub fn read<T: DeserializeOwned>(u: &mut Unstructured<'_>, format: &str) -> Result<T> {
    text::each(u, format, |text| {
        let quoted = serde_json::from_value(Value::String(text.to_owned()));
        quoted.or_else(|_| serde_json::from_str(text)).ok()
    })
}

/// A value of a type by its text.
///
/// # Errors
/// When the type takes none of those that are tried.
pub fn form<T: TextForm, W: From<T>>(u: &mut Unstructured<'_>) -> Result<W> {
    text::each(u, "", T::read).map(W::from)
}

/// A UUID.
///
/// # Errors
/// None.
#[cfg(feature = "uuid")]
pub fn uuid(u: &mut Unstructured<'_>) -> Result<uuid::Uuid> {
    u128::arbitrary(u).map(uuid::Uuid::from_u128)
}

/// A date.
///
/// # Errors
/// When the bytes are of none.
#[cfg(feature = "datetime")]
pub fn date(u: &mut Unstructured<'_>) -> Result<crate::Date> {
    let text = text::date(u)?;
    text.parse().map_err(|_| Error::IncorrectFormat)
}

#[cfg(feature = "datetime")]
impl<'a> Arbitrary<'a> for crate::DateTime {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let text = text::date_time(u)?;
        text.parse().map_err(|_| Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for Base64 {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Vec::<u8>::arbitrary(u).map(Self::from)
    }
}

impl<'a, T: Arbitrary<'a> + Zeroize> Arbitrary<'a> for Secret<T> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        secret(u, T::arbitrary)
    }
}

impl<'a, T: Arbitrary<'a>> Arbitrary<'a> for Presence<T> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        presence(u, T::arbitrary)
    }
}

impl<'a, T: TextForm> Arbitrary<'a> for AsText<T> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        form::<T, Self>(u)
    }
}

#[cfg(feature = "decimal")]
impl<'a, T: crate::NumberForm> Arbitrary<'a> for crate::AsNumber<T> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        form::<T, Self>(u)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list that contains itself.
    #[derive(Debug)]
    struct Tree(Vec<Self>);

    impl<'a> Arbitrary<'a> for Tree {
        fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
            list(u, nested).map(Self)
        }
    }

    impl Tree {
        fn depth(&self) -> usize {
            self.0.iter().map(Self::depth).max().unwrap_or(0) + 1
        }
    }

    #[test]
    fn recursion_ends_with_the_bytes_and_before_the_stack() {
        assert_eq!(
            Tree::arbitrary(&mut Unstructured::new(&[]))
                .unwrap()
                .depth(),
            1
        );
        let ones = vec![1; 1 << 20];
        let tree = Tree::arbitrary(&mut Unstructured::new(&ones)).unwrap();
        assert!(
            (2..=DEEPEST + 3).contains(&tree.depth()),
            "{}",
            tree.depth()
        );
    }

    #[test]
    fn types_of_others_are_read_from_texts_of_their_format() {
        let bytes: Vec<u8> = (0..=255).collect();
        let u = &mut Unstructured::new(&bytes);
        let _: std::net::SocketAddr = read(u, "socket").unwrap();
        let _: std::net::IpAddr = read(u, "ip").unwrap();
        let _: std::num::NonZeroU8 = read(u, "small").unwrap();
        let _: u16 = read(u, "").unwrap();
        let _: String = read(u, "email").unwrap();
        assert!(read::<Vec<String>>(u, "email").is_err());
    }

    #[test]
    fn any_json_is_valid() {
        let bytes: Vec<u8> = (0..4096_u32).map(|at| (at * 31 % 251) as u8).collect();
        let mut u = Unstructured::new(&bytes);
        while !u.is_empty() {
            let value = json(&mut u).unwrap();
            let text = serde_json::to_string(&value).unwrap();
            let again: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(again.to_string(), text);
        }
    }
}

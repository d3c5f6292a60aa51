//! Reading objects.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::places::Places;
use super::rest::Rest;
use crate::depth::Level;
use crate::exact::Kept;
use crate::read::{Notation, ReadNumber};
use crate::{json, tolerance};

/// A struct that is read from an object. Implemented by the derive macro.
pub trait Object: Sized {
    /// The members read so far: an option for each.
    type Slots;

    /// The name of the struct.
    const NAME: &'static str;

    /// The members that have fields, by their names on the wire.
    const MEMBERS: &'static [&'static str];

    /// Finds a member by its name.
    const PLACES: &'static Places = &Places::of(Self::MEMBERS);

    /// The members in the order in which they are likely to come, if their names can be compared with text.
    #[doc(hidden)]
    const EXPECTED: &'static [&'static str] = if json::plain(Self::MEMBERS) {
        Self::MEMBERS
    } else {
        &[]
    };

    /// Whether members that have no field are of interest.
    const KEEPS_REST: bool = false;

    /// Whether numbers among those may have more digits than a float has.
    const KEEPS_DIGITS: bool = false;

    /// The members that must be there.
    const REQUIRED: &'static [&'static str] = &[];

    /// The defaults that the document names for them, as JSON: a tolerant reading takes them for members that a server
    /// leaves out.
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[];

    /// Members of which the document says how they are read where they depart from it: `x-reading`.
    const READINGS: &'static [(&'static str, &'static str)] = &[];

    /// Nothing read yet.
    fn slots() -> Self::Slots;

    /// Reads the member at a position of [`MEMBERS`](Self::MEMBERS) into its slot.
    ///
    /// # Errors
    /// When the value does not fit.
    fn member<'de, A: MapAccess<'de>>(
        slots: &mut Self::Slots,
        at: usize,
        member: Member<'_, A>,
    ) -> Result<(), A::Error> {
        let _ = (slots, at);
        member.skip()
    }

    /// Makes the struct of what was read.
    ///
    /// # Errors
    /// When a member is missing, or what has no field does not fit.
    fn finish<E: de::Error>(slots: Self::Slots, rest: Rest) -> Result<Self, E>;
}

/// The slots of a struct without members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nothing;

/// Reads a struct from an object.
///
/// # Errors
/// When it is not an object, or a member is missing, twice there or of another type.
pub fn read<'de, D: Deserializer<'de>, T: Object>(deserializer: D) -> Result<T, D::Error> {
    let level = Level::enter()?;
    if level.tolerant {
        tolerance::expect(tolerance::Table {
            members: T::MEMBERS,
            required: T::REQUIRED,
            defaults: T::DEFAULTS,
            readings: T::READINGS,
        });
    }
    json::expect(T::EXPECTED);
    deserializer.deserialize_map(Reader(PhantomData))
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object: {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut slots = T::slots();
        let mut rest = Rest::default();
        let mut expected = 0;
        let mut has_others = false;
        while let Some(found) = next_key::<T, A>(&mut map, expected)? {
            match found {
                Found::Member(at) => {
                    expected = at.saturating_add(1);
                    let name = T::MEMBERS.get(at).copied().unwrap_or_default();
                    let map = &mut map;
                    T::member(&mut slots, at, Member { map, name })?;
                }
                Found::Other(name) if T::KEEPS_DIGITS => {
                    let kept: Kept = map.next_value()?;
                    rest.1.push(&name, kept.text);
                    rest.0.insert(name, kept.value);
                }
                Found::Other(name) => _ = rest.0.insert(name, map.next_value()?),
                Found::Ignored => {
                    has_others = true;
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let object = T::finish(slots, rest)?;
        // What has members, and none of those that it should have, may be something else.
        if has_others && expected == 0 && !T::MEMBERS.is_empty() {
            tolerance::strange(T::MEMBERS);
        }
        Ok(object)
    }
}

/// The meaning of a key.
enum Found {
    Member(usize),
    Other(String),
    Ignored,
}

/// Reads the next key. Text is only kept by structs that keep other members.
#[inline]
fn next_key<'de, T: Object, A: MapAccess<'de>>(
    map: &mut A,
    expected: usize,
) -> Result<Option<Found>, A::Error> {
    let key = Key {
        members: T::MEMBERS,
        places: T::PLACES,
        expected,
    };
    if T::KEEPS_REST {
        return map.next_key_seed(KeptKey(key));
    }
    let at = map.next_key_seed(key)?;
    Ok(at.map(|at| at.map_or(Found::Ignored, Found::Member)))
}

/// Looks a key up among the members.
struct Key {
    members: &'static [&'static str],
    places: &'static Places,
    /// The member behind the last one.
    expected: usize,
}

impl Key {
    #[inline]
    fn position(&self, key: &str) -> Option<usize> {
        // Most servers send members in the order of the document, and leave some out.
        match self.members.get(self.expected..).unwrap_or_default() {
            [next, ..] if std::ptr::eq(*next, key) => Some(self.expected),
            [_, next, ..] if std::ptr::eq(*next, key) => Some(self.expected.saturating_add(1)),
            _ => self.look_up(key),
        }
    }

    fn look_up(&self, key: &str) -> Option<usize> {
        let at = self.places.likely(key.as_bytes())?;
        if self.members.get(at).is_some_and(|member| *member == key) {
            return Some(at);
        }
        self.members.iter().position(|member| *member == key)
    }
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.position(key))
    }
}

/// The same, where members that have no field are kept.
struct KeptKey(Key);

impl<'de> DeserializeSeed<'de> for KeptKey {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeptKey {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Found, E> {
        let other = || Found::Other(key.to_owned());
        Ok(self.0.position(key).map_or_else(other, Found::Member))
    }
}

/// A member whose key has been read and whose value has not.
#[derive(Debug)]
pub struct Member<'m, A> {
    map: &'m mut A,
    name: &'static str,
}

impl<'de, A: MapAccess<'de>> Member<'_, A> {
    /// Reads the value into its slot.
    ///
    /// # Errors
    /// When it does not fit, or the member was there before.
    pub fn read<T: Deserialize<'de>>(self, slot: &mut Option<T>) -> Result<(), A::Error> {
        self.fresh(slot)?;
        match self.map.next_value() {
            Ok(value) => *slot = Some(value),
            Err(error) => return tolerance::leave_out(error),
        }
        Ok(())
    }

    /// Reads a value of which `null` is one: it is not taken for a member that is not there.
    ///
    /// # Errors
    /// When it does not fit, or the member was there before.
    pub fn read_any<T: Deserialize<'de>>(
        self,
        slot: &mut Option<Option<T>>,
    ) -> Result<(), A::Error> {
        self.fresh(slot)?;
        match self.map.next_value() {
            Ok(value) => *slot = Some(Some(value)),
            Err(error) => return tolerance::leave_out(error),
        }
        Ok(())
    }

    /// Reads a number that may have a decimal point, by [`read::whole`](crate::read::whole).
    ///
    /// # Errors
    /// When it does not fit, or the member was there before.
    pub fn read_whole<T: ReadNumber<'de>>(self, slot: &mut Option<T>) -> Result<(), A::Error> {
        self.read_number(slot, Notation::Whole)
    }

    /// Reads a number that may be text, by [`read::numeric`](crate::read::numeric).
    ///
    /// # Errors
    /// When it does not fit, or the member was there before.
    pub fn read_numeric<T: ReadNumber<'de>>(self, slot: &mut Option<T>) -> Result<(), A::Error> {
        self.read_number(slot, Notation::Numeric)
    }

    /// Passes over the value.
    ///
    /// # Errors
    /// Those of the format.
    pub fn skip(self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(|_| ())
    }

    fn read_number<T: ReadNumber<'de>>(
        self,
        slot: &mut Option<T>,
        notation: Notation,
    ) -> Result<(), A::Error> {
        self.fresh(slot)?;
        match self.map.next_value_seed(Number(notation, PhantomData)) {
            Ok(value) => *slot = Some(value),
            Err(error) => return tolerance::leave_out(error),
        }
        Ok(())
    }

    fn fresh<T>(&self, slot: &Option<T>) -> Result<(), A::Error> {
        if slot.is_some() {
            Err(de::Error::duplicate_field(self.name))
        } else {
            Ok(())
        }
    }
}

struct Number<T>(Notation, PhantomData<T>);

impl<'de, T: ReadNumber<'de>> DeserializeSeed<'de> for Number<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read_number(deserializer, self.0)
    }
}

/// The first of some members that is absent.
#[cold]
pub fn missing<E: de::Error>(members: &[(&'static str, bool)]) -> E {
    let absent = members.iter().find(|(_, absent)| *absent);
    E::missing_field(absent.map_or("", |(name, _)| name))
}

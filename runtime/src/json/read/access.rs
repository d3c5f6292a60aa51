//! Lists and objects.

use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::expected::Expected;
use super::key::{Key, Known};
use super::{Read, Reader, Stopped};

/// The items of a list.
pub(super) struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl<'a, 'de> Items<'a, 'de> {
    pub(super) const fn new(reader: &'a mut Reader<'de>) -> Self {
        let first = true;
        Self { reader, first }
    }

    /// Whether another item comes; the reader is before it then.
    #[inline]
    fn has_next(&mut self) -> Read<bool> {
        let first = std::mem::replace(&mut self.first, false);
        match self.reader.peek() {
            b']' => return Ok(false),
            b',' if !first => self.reader.advance(1),
            _ if first => return Ok(true),
            _ => return self.reader.stop(),
        }
        match self.reader.peek() {
            b']' => self.reader.stop(),
            _ => Ok(true),
        }
    }

    pub(super) fn skip(&mut self) -> Read<bool> {
        let has_next = self.has_next()?;
        if has_next {
            self.reader.skip()?;
        }
        Ok(has_next)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Stopped;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        match self.has_next()? {
            true => seed.deserialize(&mut *self.reader).map(Some),
            false => Ok(None),
        }
    }
}

/// The members of an object.
pub(super) struct Members<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
    expected: Expected,
}

impl<'a, 'de> Members<'a, 'de> {
    pub(super) const fn new(reader: &'a mut Reader<'de>, expected: Expected) -> Self {
        let first = true;
        Self {
            reader,
            first,
            expected,
        }
    }

    /// Whether another member comes; the reader is before its name then.
    #[inline]
    fn has_next(&mut self) -> Read<bool> {
        let first = std::mem::replace(&mut self.first, false);
        match self.reader.peek() {
            b'}' => return Ok(false),
            b'"' if first => return Ok(true),
            b',' if !first => self.reader.advance(1),
            _ => return self.reader.stop(),
        }
        match self.reader.peek() {
            b'"' => Ok(true),
            _ => self.reader.stop(),
        }
    }

    /// A key that was not expected.
    #[inline(never)]
    fn other_key<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<K::Value> {
        seed.deserialize(Key(&mut *self.reader))
    }

    pub(super) fn skip(&mut self) -> Read<bool> {
        let has_next = self.has_next()?;
        if has_next {
            self.reader.skip_string()?;
            self.reader.take(b':')?;
            self.reader.skip()?;
        }
        Ok(has_next)
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Stopped;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if !self.has_next()? {
            return Ok(None);
        }
        let key = match self.expected.found(self.reader.behind_quote()) {
            Some(name) => {
                // The quotes too.
                self.reader.advance(name.len().wrapping_add(2));
                seed.deserialize(Known(name))
            }
            None => self.other_key(seed),
        };
        key.map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        self.reader.take(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

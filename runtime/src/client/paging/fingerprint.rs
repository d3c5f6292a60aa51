//! A hash of the items of a page, by which a page that is sent twice is known.

use std::borrow::Cow;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A hash of the items in a body, which members lead to. What stands around them may be another at each call: a date, the
/// id of the request. Without them, a hash of the whole body.
pub(super) fn of(body: &[u8], items: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut json = serde_json::Deserializer::from_slice(body);
    let at = At {
        path: items,
        hasher: &mut hasher,
    };
    if at.deserialize(&mut json).is_ok() {
        return hasher.finish();
    }
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    hasher.finish()
}

/// The value that members lead to.
struct At<'p> {
    path: &'p [&'p str],
    hasher: &'p mut DefaultHasher,
}

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.path {
            [] => Hashed(self.hasher).deserialize(deserializer),
            _ => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((first, path)) = self.path.split_first() else {
            return Err(A::Error::custom("nothing to look for"));
        };
        let mut is_found = false;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if key == *first {
                is_found = true;
                let hasher = &mut *self.hasher;
                map.next_value_seed(At { path, hasher })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match is_found {
            true => Ok(()),
            false => Err(A::Error::custom("it is not there")),
        }
    }
}

/// A value that is hashed, whatever it is.
struct Hashed<'h>(&'h mut DefaultHasher);

impl<'de> DeserializeSeed<'de> for Hashed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Hashed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        0_u8.hash(self.0);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        (1_u8, value).hash(self.0);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        (2_u8, value).hash(self.0);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        (3_u8, value).hash(self.0);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        (4_u8, value.to_bits()).hash(self.0);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        (5_u8, value).hash(self.0);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        6_u8.hash(self.0);
        while seq.next_element_seed(Hashed(&mut *self.0))?.is_some() {}
        7_u8.hash(self.0);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        8_u8.hash(self.0);
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            key.hash(self.0);
            map.next_value_seed(Hashed(&mut *self.0))?;
        }
        9_u8.hash(self.0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {

    #[test]
    fn what_stands_around_the_items_does_not_count() {
        let of = |body: &str, items: &[&str]| super::of(body.as_bytes(), items);
        let one = of(
            r#"{"id":"a","data":{"items":[{"n":1},{"n":2}]}}"#,
            &["data", "items"],
        );
        let other = of(
            r#"{"data":{"more":1,"items":[ {"n":1}, {"n":2} ]},"id":"b"}"#,
            &["data", "items"],
        );
        assert_eq!(one, other);
        for different in [
            r#"[{"n":1},{"n":3}]"#,
            r#"[{"n":1}]"#,
            r#"[{"n":1},{"m":2}]"#,
            r#"[{"n":"1"},{"n":2}]"#,
        ] {
            let body = format!(r#"{{"data":{{"items":{different}}}}}"#);
            assert_ne!(of(&body, &["data", "items"]), one, "{different}");
        }
        assert_eq!(of("[1, 2]", &[]), of("[1,2]", &[]));
        assert_ne!(of("[[1],2]", &[]), of("[[1,2]]", &[]));
    }

    #[test]
    fn without_items_the_whole_body_counts() {
        let of = |body: &str| super::of(body.as_bytes(), &["items"]);
        assert_eq!(of("<a/>"), of("<a/>"));
        assert_ne!(of("<a/>"), of("<b/>"));
        assert_ne!(of(r#"{"a":1}"#), of(r#"{"a":2}"#));
        assert_ne!(of("[1]"), of("[2]"));
    }
}

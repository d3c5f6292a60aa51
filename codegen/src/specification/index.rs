//! The tables by key.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Edition, Field, Kind, Need, Object};

/// The fields of one object in one edition, by key.
type Keys = FxHashMap<&'static str, &'static Field>;

static INDEX: LazyLock<Vec<[Keys; 4]>> = LazyLock::new(|| {
    Object::ALL
        .into_iter()
        .map(|object| Edition::ALL.map(|edition| by_key(object, edition)))
        .collect()
});

fn by_key(object: Object, edition: Edition) -> Keys {
    object
        .tables()
        .into_iter()
        .flatten()
        .filter(|field| edition.is_in(field.editions))
        .map(|field| (field.key, field))
        .collect()
}

static REQUIRED: LazyLock<Vec<[Vec<&'static Field>; 4]>> = LazyLock::new(|| {
    let of = |object: Object, edition: Edition| {
        let fields = object.tables().into_iter().flatten();
        let required = fields.filter(|field| field.need == Need::Required);
        required
            .filter(|field| edition.is_in(field.editions))
            .collect()
    };
    Object::ALL
        .into_iter()
        .map(|object| Edition::ALL.map(|edition| of(object, edition)))
        .collect()
});

/// The keys that an object must have in an edition.
pub(crate) fn required(object: Object, edition: Edition) -> &'static [&'static Field] {
    let editions = REQUIRED.get(object as usize);
    editions
        .and_then(|editions| editions.get(edition as usize))
        .map_or(&[], Vec::as_slice)
}

/// The keys that an object may have in an edition, in the order of its tables.
pub(crate) fn keys(object: Object, edition: Edition) -> impl Iterator<Item = &'static str> {
    let fields = object.tables().into_iter().flatten();
    fields
        .filter(move |field| edition.is_in(field.editions))
        .map(|field| field.key)
}

/// The keys that an object may have in an edition.
pub(crate) fn field(object: Object, edition: Edition, key: &str) -> Option<&'static Field> {
    INDEX
        .get(object as usize)?
        .get(edition as usize)?
        .get(key)
        .copied()
}

static SINCE_30: LazyLock<Vec<Keys>> = LazyLock::new(|| {
    let merged = |object| {
        let mut keys = Keys::default();
        for edition in [Edition::V30, Edition::V31, Edition::V32] {
            keys.extend(by_key(object, edition));
        }
        keys
    };
    Object::ALL.into_iter().map(merged).collect()
});

/// The same in whichever edition of OpenAPI 3 has the key, as the newest one says.
pub(crate) fn field_since_30(object: Object, key: &str) -> Option<&'static Field> {
    SINCE_30.get(object as usize)?.get(key).copied()
}

/// The method that a key of a path item means, where it is written in capitals.
pub(crate) fn method_in_capitals(object: Object, key: &str) -> Option<&'static str> {
    if object != Object::PathItem || !key.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let field = field_since_30(object, &key.to_ascii_lowercase())?;
    (field.kind == Kind::One(Object::Operation)).then_some(field.key)
}

/// The same in whichever edition has the key, the newest first.
pub(crate) fn field_of_any(object: Object, key: &str) -> Option<&'static Field> {
    let mut editions = Edition::ALL.into_iter().rev();
    editions.find_map(|edition| field(object, edition, key))
}

//! The values of settings. Secrets are never among them, only the names of the variables that hold them.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::config;
use crate::problem::Problem;
use crate::product::Name;
use crate::runtime::{Check, Operation, Secret};

/// `{ env = "NAME" }`: the secret is the value of that variable of the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecretReference {
    name: String,
}

impl SecretReference {
    /// The secret.
    ///
    /// # Errors
    /// When there is no such variable.
    pub(crate) fn resolve(&self) -> Result<Secret<String>, Problem> {
        match config::variable(&self.name)? {
            Some(secret) => Ok(secret.into()),
            None => Err(Problem::Variable {
                name: self.name.clone(),
                why: "the file refers to it, and it is not set".to_owned(),
            }),
        }
    }

    /// The secret, where the file has one.
    pub(crate) fn resolve_if(reference: Option<&Self>) -> Result<Option<Secret<String>>, Problem> {
        reference.map(Self::resolve).transpose()
    }
}

impl Serialize for SecretReference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("env", &self.name)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for SecretReference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

/// Whoever wrote a secret into the file must not read it in the error: serde's own messages would quote it.
struct Reader;

const EXPECTED: &str =
    "a secret does not stand in the file; write `{ env = \"NAME\" }` and set that variable";

impl<'de> Visitor<'de> for Reader {
    type Value = SecretReference;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`{ env = \"NAME\" }`")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let entry = map.next_entry::<String, String>();
        let refused = || de::Error::custom(EXPECTED);
        let Ok(Some((key, name))) = entry else {
            return Err(refused());
        };
        let last = map.next_key::<String>()?.is_none();
        if key == "env" && last && !name.is_empty() {
            Ok(SecretReference { name })
        } else {
            Err(refused())
        }
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<Self::Value, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(E::custom(EXPECTED))
    }
}

/// Reads one of the values that an API documents; the error lists them.
pub(crate) fn listed<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err: fmt::Display>,
{
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(de::Error::custom)
}

/// Writes such a value by its name, also where it travels as a number.
pub(crate) fn named<S, T>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
where
    S: Serializer,
    T: fmt::Display,
{
    value.as_ref().map(T::to_string).serialize(serializer)
}

/// A setting that the product does not do without.
pub(crate) fn need<T>(product: Name, name: &'static str, value: Option<T>) -> Result<T, Problem> {
    value.ok_or(Problem::Setting { product, name })
}

/// Checks a request against the product's document, secrets included.
pub(crate) fn valid(operation: &impl Operation) -> Result<(), Problem> {
    let mut check = Check::new();
    operation.validate(&mut check);
    check.finish().map_err(Problem::Invalid)
}

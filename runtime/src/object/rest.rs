//! Members that no field of a struct is for: what is flattened takes them.

use serde::de::{self, DeserializeOwned};
use serde_json::{Map, Value};

use crate::exact::Texts;
use crate::read::with_whole_numbers;
use crate::{tolerance, wire};

/// Members that have no field of their own.
#[derive(Debug, Default)]
pub struct Rest(pub(super) Map<String, Value>, pub(super) Texts);

impl Rest {
    /// Reads a value of the members with these names, or of all if there are none; they are taken out.
    ///
    /// # Errors
    /// When they do not fit.
    pub fn take<T: DeserializeOwned, E: de::Error>(&mut self, names: &[&str]) -> Result<T, E> {
        if tolerance::is_active() {
            return self.take_tolerantly(names);
        }
        let members = self.members(names);
        let text = self.1.object(members.keys());
        let mut members = Value::Object(members);
        let exact = text.and_then(|text| serde_json::from_str(text.as_str()).ok());
        let read = exact.map_or_else(|| T::deserialize(&members), Ok);
        let read = read.or_else(|error| {
            // An integer may be written with a fraction of zero.
            let whole = with_whole_numbers(&members).ok_or(error)?;
            T::deserialize(whole)
        });
        wire::wipe(&mut members);
        read.map_err(E::custom)
    }

    /// The same, where none of them need be there.
    ///
    /// # Errors
    /// When there are some and they do not fit.
    pub fn take_optional<T: DeserializeOwned, E: de::Error>(
        &mut self,
        names: &[&str],
    ) -> Result<Option<T>, E> {
        if names.is_empty() {
            let mark = tolerance::mark();
            let taken = self.take::<_, E>(names).ok();
            if taken.is_none() {
                tolerance::rewind(&mark);
            }
            return Ok(taken);
        }
        if names.iter().any(|name| self.0.contains_key(*name)) {
            self.take(names).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Reads the members from the tree of the answer.
    #[cold]
    fn take_tolerantly<T: DeserializeOwned, E: de::Error>(
        &mut self,
        names: &[&str],
    ) -> Result<T, E> {
        let mut members = self.members(names);
        let names: Vec<String> = members.keys().cloned().collect();
        members.values_mut().for_each(wire::wipe);
        tolerance::rest(&names).map_err(E::custom)
    }

    fn members(&mut self, names: &[&str]) -> Map<String, Value> {
        if names.is_empty() {
            return std::mem::take(&mut self.0);
        }
        let taken = names.iter().filter_map(|name| self.0.remove_entry(*name));
        taken.collect()
    }
}

impl Drop for Rest {
    /// A value that nothing has taken may still be secret.
    fn drop(&mut self) {
        self.0.values_mut().for_each(wire::wipe);
    }
}

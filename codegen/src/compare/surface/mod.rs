//! The public items of the crates of an API, read from the tokens that would be written.

mod differ;
mod read;
mod resolve;
mod syntax;

use std::collections::HashMap;

use super::{CrateKind, Emit, Level};
use crate::ir::Api;
use crate::settings::{Manifest, Settings};

pub(super) use differ::{Difference, differences};

/// The public items of both crates.
#[derive(Debug, Default)]
pub(super) struct Surface {
    entries: Vec<Entry>,
    places: HashMap<Key, usize>,
}

/// The name of a public item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) krate: CrateKind,
    /// A type, a free function, a constant or a module.
    pub(super) owner: String,
    /// The part of it: `port`, `Radius`, `new()`, `impl Eq`; empty for the item itself.
    pub(super) member: String,
}

/// A public item.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: Key,
    /// The name that people use.
    pub(super) name: String,
    /// Its signature.
    pub(super) text: String,
    /// Its signature with the names from other crates written out.
    meaning: String,
    /// The feature that it is behind.
    gate: Option<String>,
    is_deprecated: bool,
    /// The verdict on its addition.
    added: Level,
    /// The content, if it is a variant.
    variant: Option<Holds>,
}

/// The content of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Nothing,
    Something,
}

impl Surface {
    /// Of the crates of an API.
    pub(super) fn of(api: &Api, emit: &Emit) -> Self {
        // The name of an API does not depend on its documents, so both sides take the same.
        let settings = Settings {
            name: "api".to_owned(),
            command: String::new(),
            manifest: Manifest::Member,
            ..Settings::of_documents(String::new())
        };
        let mut surface = Self::default();
        emit(api, &settings, &mut |crates| {
            for (krate, source) in [CrateKind::Model, CrateKind::Client]
                .into_iter()
                .zip(crates)
            {
                for file in source.files {
                    let (name, items) = file.into_items();
                    let module = name.trim_end_matches(".rs");
                    // A fake server has what its operations have: it never differs by itself.
                    if module == "fake" || module.starts_with("fake/") {
                        continue;
                    }
                    // Parts of a module are private.
                    let module = module.split('/').next().unwrap_or(module);
                    read::file(krate, module, items.into_iter().collect(), &mut surface);
                }
            }
        });
        surface
    }

    fn add(&mut self, entry: Entry) {
        let at = self.entries.len();
        self.places.insert(entry.key.clone(), at);
        self.entries.push(entry);
    }

    fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.get(*self.places.get(key)?)
    }

    /// Whether all variants of an enum hold nothing, so that it can be cast to a number.
    fn is_numeric(&self, key: &Key) -> bool {
        let of_enum = |entry: &&Entry| entry.key.krate == key.krate && entry.key.owner == key.owner;
        let mut variants = self
            .entries
            .iter()
            .filter(of_enum)
            .filter_map(|entry| entry.variant)
            .peekable();
        variants.peek().is_some() && variants.all(|holds| holds == Holds::Nothing)
    }

    /// Whether the item that has a member, if it is one, is there.
    fn has_owner(&self, key: &Key) -> bool {
        let owner = Key {
            member: String::new(),
            ..key.clone()
        };
        self.places.contains_key(&owner)
    }
}

impl Entry {
    /// Its signature as people read it, with the feature that it is behind.
    fn shown(&self) -> String {
        let mut text = String::new();
        if self.is_deprecated {
            text.push_str("#[deprecated] ");
        }
        text.push_str(&self.text);
        if let Some(gate) = &self.gate {
            text.push_str(&format!(" (feature `{gate}`)"));
        }
        text
    }
}

//! `[api.NAME.newtypes]`: plain values that are types of their own.

use std::collections::BTreeMap;

use countersign_codegen::diagnostic::Mistakes;
use countersign_codegen::settings::NewtypeSettings;
use serde::Deserialize;
use toml::Spanned;

/// The table.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct NewtypesTable {
    /// named schemas of text, whole numbers or UUIDs that become types of their own, by their names in the document, with
    /// `*` for any part of a name
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub(super) schemas: Vec<Spanned<String>>,
    /// names of types, each with the places of its values: JSON pointers of schemas, with `*` for any part of a key, and
    /// names of properties and parameters
    #[cfg_attr(test, schemars(with = "BTreeMap<String, Vec<String>>"))]
    pub(super) places: BTreeMap<String, Vec<Spanned<String>>>,
}

impl NewtypesTable {
    /// The settings that it makes.
    pub(super) fn settings(&self, mistakes: &mut Mistakes) -> NewtypeSettings {
        let own = |entries: &[Spanned<String>]| -> Vec<String> {
            let entries = entries.iter();
            entries.map(|entry| entry.get_ref().clone()).collect()
        };
        for (name, places) in &self.places {
            let is_name = name.starts_with(|first: char| first.is_ascii_uppercase())
                && name.chars().all(|c| c.is_ascii_alphanumeric());
            if !is_name {
                let place = places.first().map(Spanned::span).unwrap_or_default();
                let name = name.escape_debug();
                mistakes.add(
                    place,
                    &format!("`{name}` is not a name of a type in CamelCase"),
                );
            }
        }
        let places = self.places.iter();
        NewtypeSettings {
            schemas: own(&self.schemas),
            places: places.map(|(name, at)| (name.clone(), own(at))).collect(),
        }
    }

    /// The places of its entries, each with its list.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, &Spanned<String>)> {
        let schemas = self.schemas.iter();
        let schemas = schemas.map(|entry| ("newtypes.schemas", entry));
        let places = self.places.values().flatten();
        schemas.chain(places.map(|entry| ("newtypes.places", entry)))
    }
}

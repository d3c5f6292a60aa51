//! The source that belongs to a change: whole items, found by name in what both sides generate.

use std::collections::BTreeSet;

use countersign_codegen::compare::{Change, CrateKind};
use countersign_codegen::ir::{Api, Operation};
use countersign_codegen::settings::Half;
use countersign_codegen::write::Tree;
use syn::{Item, Type};

use super::diff::{Numbered, Rows};
use super::page::{Diff, Text};
use super::sides::{Compared, Side};

/// The number of items that are shown for one change.
const ITEMS_AT_MOST: usize = 8;

/// The differences of the items that a change touches.
pub(super) fn diffs(compared: &Compared, change: &Change) -> Vec<Diff> {
    let diff = |(krate, name): &(CrateKind, String)| {
        let old = on(compared.old.as_ref(), *krate, name);
        let new = on(compared.new.as_ref(), *krate, name);
        let path = new.first().or(old.first())?.path.clone();
        let blocks = Rows::of(&lines(&old), &lines(&new)).blocks();
        let names = vec![Text::new(format!(
            "{name} in {}{path}",
            compared.crates_shown
        ))];
        let diff = Diff { names, blocks };
        (!diff.is_unchanged()).then_some(diff)
    };
    let owners = owners(compared, change);
    owners.iter().filter_map(diff).take(ITEMS_AT_MOST).collect()
}

/// All that one side has of an item.
fn on<'a>(side: Option<&'a Side>, krate: CrateKind, name: &str) -> Vec<Cut<'a>> {
    let half = match krate {
        CrateKind::Model => Half::Model,
        CrateKind::Client => Half::Client,
    };
    side.map_or_else(Vec::new, |side| {
        cuts(&side.generated.tree, &side.settings.sources(half), name)
    })
}

/// The items that a change touches: those whose signatures differ, and the one that it is about.
fn owners(compared: &Compared, change: &Change) -> BTreeSet<(CrateKind, String)> {
    let mut owners = BTreeSet::new();
    for surface in &change.rust {
        // `impl Default for Pet`, `Pet::name`, `pets::Pet`: the item is what begins with a capital letter first.
        let item = surface.item.rsplit(" for ").next().unwrap_or_default();
        let item = item
            .split("::")
            .find(|part| part.starts_with(char::is_uppercase));
        // All operations share the client; each has a type of its own that says more.
        owners.extend(
            item.filter(|item| *item != "Client")
                .map(|item| (surface.krate, item.to_owned())),
        );
    }
    let counterparts = change
        .also
        .iter()
        .map(|counterpart| counterpart.item.as_str());
    for item in std::iter::once(change.item.as_str()).chain(counterparts) {
        for side in [&compared.old, &compared.new].into_iter().flatten() {
            owners.extend(described(&side.generated.api, item));
        }
    }
    owners
}

/// The Rust items of an item of the outline.
fn described(api: &Api, item: &str) -> Vec<(CrateKind, String)> {
    let name = item.split(['.', ':', ' ']).next().unwrap_or_default();
    let is_type = api.types.iter().any(|(_, def)| def.name.as_str() == name);
    let mut operations = api.modules.iter().flat_map(|module| &module.operations);
    let is_called = |operation: &&Operation| {
        let mut words = item.split(' ');
        let is_sent = words.next() == Some(operation.method.as_str())
            && words.next() == Some(operation.path.text());
        is_sent || operation.name.as_str() == name
    };
    let operation = operations.find(is_called);
    let named = |name: &str| (CrateKind::Client, name.to_owned());
    let mut found: Vec<_> = operation
        .into_iter()
        .flat_map(|operation| {
            [
                named(operation.name.as_str()),
                named(operation.error_name.as_str()),
            ]
        })
        .collect();
    if is_type {
        found.push((CrateKind::Model, name.to_owned()));
    }
    found
}

/// An item as it stands in a file.
struct Cut<'a> {
    path: String,
    first: usize,
    lines: Vec<&'a str>,
}

/// All that a crate has of an item: its definition and what is implemented for it.
fn cuts<'a>(tree: &'a Tree, folder: &str, name: &str) -> Vec<Cut<'a>> {
    let files = tree
        .iter()
        .filter(|(path, text)| path.starts_with(folder) && text.contains(name));
    files
        .flat_map(|(path, text)| {
            let items = items(text).into_iter();
            let own = items.filter(|(_, lines)| is_of(&lines.join("\n"), name));
            own.map(|(first, lines)| Cut {
                path: path.clone(),
                first,
                lines,
            })
        })
        .collect()
}

/// The items of a file, each with the number of its first line.
///
/// The writer puts a blank line between items and lets nothing within one begin at the margin but what closes it.
fn items(text: &str) -> Vec<(usize, Vec<&str>)> {
    let mut items: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut is_after_blank = true;
    for (at, line) in text.lines().enumerate() {
        let starts = is_after_blank && !line.starts_with([' ', '}', ')', ']']);
        is_after_blank = line.is_empty();
        match items.last_mut() {
            Some((_, lines)) if !starts || line.is_empty() => lines.push(line),
            _ => items.push((at + 1, vec![line])),
        }
    }
    items
}

/// Whether source is an item of that name, or is implemented for it.
fn is_of(source: &str, name: &str) -> bool {
    if !source.contains(name) {
        return false;
    }
    let Ok(file) = syn::parse_file(source) else {
        return false;
    };
    file.items.iter().any(|item| match item {
        Item::Struct(item) => item.ident == name,
        Item::Enum(item) => item.ident == name,
        Item::Type(item) => item.ident == name,
        Item::Const(item) => item.ident == name,
        Item::Impl(item) => match &*item.self_ty {
            Type::Path(of) => of
                .path
                .segments
                .last()
                .is_some_and(|segment| segment.ident == name),
            _ => false,
        },
        _ => false,
    })
}

fn lines<'a>(cuts: &[Cut<'a>]) -> Vec<Numbered<'a>> {
    let lines = cuts.iter().flat_map(|cut| {
        let lines = cut.lines.iter().enumerate();
        lines.map(|(at, line)| (Some(cut.first + at), *line))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
//! Pets.

use std::fmt;

/// A pet.
///
/// Source: `pets.yaml:1`
pub struct Pet {
    /// Its name.
    pub name: String,

    /// Its kind.
    pub kind: Kind,
}

impl Pet {
    pub fn new() -> Self {
        let text = 1;

        Self { text }
    }
}

impl fmt::Display for pets::Pet {
    fn fmt(&self) {}
}

pub struct Pets {
    pub all: Vec<Pet>,
}
";

    #[test]
    fn items_are_found_with_all_that_is_implemented_for_them() {
        let tree = Tree::from([("a-model/src/pets.rs".to_owned(), FILE.to_owned())]);
        let of = |name: &str| -> Vec<(usize, usize)> {
            let cuts = cuts(&tree, "a-model/src/", name).into_iter();
            cuts.map(|cut| (cut.first, cut.lines.len())).collect()
        };
        assert_eq!(of("Pet"), [(5, 11), (16, 8), (24, 4)]);
        assert_eq!(of("Pets"), [(28, 3)]);
        assert_eq!(of("Pe"), []);
        assert!(cuts(&tree, "a-client/src/", "Pet").is_empty());
    }
}

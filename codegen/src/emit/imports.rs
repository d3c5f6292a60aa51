//! The imports at the head of a file, in the order that rustfmt wants.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::api_facts::Roots;
use super::ident;
use super::known::{Known, Origin};

/// Names, by the paths that have them.
type Group<'a> = BTreeMap<Vec<&'a str>, BTreeSet<&'a str>>;

/// Names in three groups: `std`, crates, this crate.
pub(super) struct Imports<'a> {
    roots: &'a Roots,
    std: Group<'a>,
    crates: Group<'a>,
    here: Group<'a>,
    others: Vec<Line>,
}

/// An import, and by what it is put among others.
type Line = (Vec<Segment>, TokenStream);

impl<'a> Imports<'a> {
    /// None yet, where the roots are at these paths.
    pub(super) fn new(roots: &'a Roots) -> Self {
        Self {
            roots,
            std: Group::new(),
            crates: Group::new(),
            here: Group::new(),
            others: Vec::new(),
        }
    }

    /// Adds a name from outside.
    pub(super) fn add(&mut self, known: Known) {
        let mut path: Vec<&str> = known.path_below(&self.roots.client).collect();
        let short = path.pop();
        let group = match known.origin() {
            Origin::Std | Origin::Prelude => &mut self.std,
            Origin::Crate => &mut self.crates,
            Origin::Local => &mut self.here,
        };
        group.entry(path).or_default().extend(short);
    }

    /// Adds types of another module of this crate.
    pub(super) fn add_types(&mut self, module: &'a str, names: impl Iterator<Item = &'a str>) {
        let root = self.roots.model.split("::");
        let path = root.chain([module]).collect();
        self.here.entry(path).or_default().extend(names);
    }

    /// Adds the model, under the name `model`.
    pub(super) fn add_model(&mut self, model: &'a str) {
        if let Some((path, name)) = model.rsplit_once("::") {
            let path = path.split("::").collect();
            self.here.entry(path).or_default().extend([name]);
            return;
        }
        let name = ident::plain(model);
        let line = quote!(use #name as model;);
        self.others.push((vec![Segment::of(model)], line));
    }

    /// Adds a name of a crate that is only used behind the feature for tests and fake servers.
    pub(super) fn add_gated(&mut self, known: Known, gate: &TokenStream) {
        let mut path: Vec<&str> = known.path().split("::").collect();
        let names = path.pop().into_iter().collect();
        let line = line(&path, &names);
        let line = quote!(#gate #line);
        self.others.push((key(&path, &names), line));
    }

    /// The imports.
    pub(super) fn into_tokens(self) -> TokenStream {
        let mut imports = sorted(&self.std, Vec::new());
        imports.extend(sorted(&self.crates, self.others));
        imports.extend(sorted(&self.here, Vec::new()));
        imports
    }
}

fn sorted(group: &Group<'_>, others: Vec<Line>) -> TokenStream {
    let mut lines: Vec<Line> = group
        .iter()
        .map(|(path, names)| (key(path, names), line(path, names)))
        .chain(others)
        .collect();
    lines.sort_by(|(one, _), (other, _)| one.cmp(other));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// A segment of a path as rustfmt compares it: digits as the number that they are, a list after all names.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Segment {
    /// A name, cut after each number.
    Name(Vec<(String, u64)>),
    /// `{a, b}`
    List,
}

impl Segment {
    /// A name.
    pub(super) fn of(name: &str) -> Self {
        let mut parts = vec![(String::new(), 0_u64)];
        let mut in_digits = false;
        for letter in name.chars() {
            match (letter.to_digit(10), parts.last_mut()) {
                (Some(digit), Some((_, number))) => {
                    in_digits = true;
                    *number = number.saturating_mul(10).saturating_add(digit.into());
                }
                (None, Some((text, _))) if !in_digits => text.push(letter),
                _ => {
                    in_digits = false;
                    parts.push((letter.to_string(), 0));
                }
            }
        }
        Self::Name(parts)
    }
}

fn key(path: &[&str], names: &BTreeSet<&str>) -> Vec<Segment> {
    let last = match (names.first(), names.len()) {
        (Some(only), 1) => Segment::of(only),
        _ => Segment::List,
    };
    path.iter()
        .map(|name| Segment::of(name))
        .chain([last])
        .collect()
}

fn line(path: &[&str], names: &BTreeSet<&str>) -> TokenStream {
    let path = path.iter().map(|segment| match *segment {
        "crate" => ident::plain("crate"),
        segment => ident::verbatim(segment),
    });
    let mut names: Vec<&&str> = names.iter().collect();
    names.sort_by_key(|name| Segment::of(name));
    let names = names.into_iter().map(|name| ident::verbatim(name));
    if names.len() == 1 {
        quote!(use #(#path::)* #(#names)*;)
    } else {
        quote!(use #(#path::)* {#(#names),*};)
    }
}

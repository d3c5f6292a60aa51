//! Arrows go down: what each part of the generator may name, and no ring of files that name each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::{sources, without_comments};

/// The parts of the generator, each of which may name those before it. Those of one line don't name each other.
const PARTS: [&[&str]; 18] = [
    &["source"],
    &["specification"],
    &["diagnostic"],
    &["load"],
    &["resolve"],
    &["check"],
    &["document_index"],
    &["names"],
    &["ir"],
    &["settings"],
    &["lower"],
    &["describe"],
    &["layout"],
    &["package"],
    &["emit", "compare", "explain", "lint", "audit"],
    &["propose"],
    &["write"],
    &["lib"],
];

/// The number of files that may name each other in a ring.
const LONGEST_RING: usize = 3;

/// A printer's own recursion: statements hold expressions, and expressions statements.
const RECURSIVE: &str = "layout";

/// The path of a module: `["emit", "client", "body"]`; empty for the root of the crate.
type Module = Vec<String>;

/// Each module of a crate, and those that it names.
fn modules(folder: &str) -> BTreeMap<Module, BTreeSet<Module>> {
    let root = countersign_tests::root().join(folder);
    let texts: BTreeMap<Module, String> = sources(folder)
        .into_iter()
        .map(|(path, text)| {
            let path = path.strip_prefix(&root).expect("a file of the crate");
            let path = path.with_extension("");
            let parts = path.iter().map(|part| part.to_string_lossy().into_owned());
            let mut module: Module = parts.collect();
            module.pop_if(|name| matches!(name.as_str(), "mod" | "lib" | "main"));
            let code = without_comments(&text);
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            (module, code.to_owned())
        })
        .collect();
    let named = |module: &Module, code: &str| {
        let paths = paths(module, code).into_iter();
        let known = paths.filter_map(|mut path| {
            while !path.is_empty() && !texts.contains_key(&path) {
                path.pop();
            }
            (!path.is_empty() && path != *module).then_some(path)
        });
        known.collect::<BTreeSet<Module>>()
    };
    let all = texts.iter();
    all.map(|(module, code)| (module.clone(), named(module, code)))
        .collect()
}

/// The paths that a file names, by `crate`, by `super` or by a name of its own.
fn paths(module: &Module, code: &str) -> Vec<Module> {
    let mut found = Vec::new();
    let starts = code.match_indices("::").map(|(at, _)| at);
    for at in starts {
        let before = &code[..at];
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let start = before.trim_end_matches(is_word).len();
        if before[..start].ends_with("::") {
            continue;
        }
        let mut rest = &code[start..];
        let mut base = Module::new();
        if let Some(after) = rest.strip_prefix("crate::") {
            rest = after;
        } else {
            base.clone_from(module);
            while let Some(after) = rest.strip_prefix("super::") {
                rest = after;
                base.pop();
            }
        }
        tree(rest, &base, &mut found);
    }
    found
}

/// Reads a path, or a tree of them in braces, and gives what follows.
fn tree<'t>(text: &'t str, base: &Module, found: &mut Vec<Module>) -> &'t str {
    let text = text.trim_start();
    if let Some(mut inner) = text.strip_prefix('{') {
        loop {
            inner = inner.trim_start_matches([',', ' ', '\n']);
            match inner.strip_prefix('}') {
                Some(rest) => return rest,
                None if inner.is_empty() => return inner,
                None => {}
            }
            let rest = tree(inner, base, found);
            // What is not a path: `as Name`, `*`.
            inner = match rest.len() == inner.len() {
                true => rest.get(1..).unwrap_or_default(),
                false => rest,
            };
        }
    }
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let end = text.find(|letter| !is_word(letter)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return rest;
    }
    let mut path = base.clone();
    path.push(name.to_owned());
    match rest.strip_prefix("::") {
        Some(rest) => tree(rest, &path, found),
        None => {
            found.push(path);
            rest
        }
    }
}

#[test]
fn each_part_names_only_those_below_it() {
    let level = |module: &Module| {
        let part = module.first().map_or("lib", String::as_str);
        let level = PARTS.iter().position(|parts| parts.contains(&part));
        (
            part.to_owned(),
            level.unwrap_or_else(|| panic!("{part} has no place")),
        )
    };
    let mut count = 0;
    for (module, named) in modules("codegen/src") {
        let (part, own) = level(&module);
        for other in named {
            let (named, below) = level(&other);
            assert!(
                below < own || part == named,
                "{} names {}: {part} is not above {named}",
                module.join("/"),
                other.join("/")
            );
            count += 1;
        }
    }
    assert!(count > 500, "{count}");
}

#[test]
fn no_ring_of_files_is_long() {
    for folder in ["codegen/src", "command/src", "xtask/src"] {
        for ring in rings(&modules(folder)) {
            let is_recursive = ring.iter().all(|module| module[0] == RECURSIVE);
            let names: Vec<String> = ring.iter().map(|module| module.join("/")).collect();
            assert!(
                ring.len() <= LONGEST_RING || is_recursive,
                "{folder}: a ring of {}",
                names.join(", ")
            );
        }
    }
}

/// Files that lead to each other. A child may name its parents, whose names it shares.
fn rings(modules: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<Vec<Module>> {
    let reached: BTreeMap<&Module, BTreeSet<&Module>> = modules
        .keys()
        .map(|module| (module, reach(modules, module)))
        .collect();
    let mut found: BTreeSet<Vec<Module>> = BTreeSet::new();
    for (module, all) in &reached {
        let back = all.iter().filter(|other| reached[**other].contains(module));
        let ring: Vec<Module> = back.map(|other| (*other).clone()).collect();
        if ring.len() > 1 {
            found.insert(ring);
        }
    }
    found.into_iter().collect()
}

/// All files that one leads to.
fn reach<'m>(
    modules: &'m BTreeMap<Module, BTreeSet<Module>>,
    from: &'m Module,
) -> BTreeSet<&'m Module> {
    let mut reached = BTreeSet::new();
    let mut work = vec![from];
    while let Some((module, named)) = work.pop().and_then(|at| modules.get_key_value(at)) {
        let named = named.iter().filter(|other| !module.starts_with(other));
        work.extend(named.filter(|other| reached.insert(*other)));
    }
    reached
}

#[test]
fn rings_and_paths_are_seen() {
    let module = |text: &str| text.split('/').map(str::to_owned).collect::<Module>();
    let code = "use crate::a::{b, c::{self, D}};\nuse super::e;\nlet x = child::f();";
    let found = paths(&module("m/n"), code);
    for path in ["a/b", "a/c/self", "a/c/D", "m/e", "m/n/child/f"] {
        assert!(found.contains(&module(path)), "{path}: {found:?}");
    }
    let names = |text: &str| text.split(' ').map(module).collect::<BTreeSet<Module>>();
    let ring = BTreeMap::from([
        (module("a"), names("b a/child")),
        (module("b"), names("c")),
        (module("c"), names("a")),
        (module("a/child"), names("a")),
    ]);
    assert_eq!(rings(&ring), [[module("a"), module("b"), module("c")]]);
}

//! The same documents as one crate, and as modules of a crate that is there already.

use std::collections::{BTreeMap, BTreeSet};

use countersign_codegen::settings::{Layout, ModulePath};
use countersign_codegen::write::Tree;

/// Cases with something of every kind of file.
const CASES: [&str; 8] = [
    "completions",
    "links",
    "multipart",
    "receivers",
    "security",
    "untagged",
    "xml",
    "zoo",
];

/// The crate with the modules.
pub(crate) const MODULES: &str = "modules";

/// The files of all: crates called `NAME-one`, and the crate [`MODULES`].
pub(crate) fn files(text: impl Fn(&str) -> String) -> Tree {
    let mut tree = Tree::new();
    let mut needed = BTreeMap::new();
    for name in CASES {
        let text = text(name);
        let one = super::generate_with(name, &text, |settings| {
            settings.name.push_str("-one");
            settings.layout = Layout::Crate;
        });
        assert_eq!(folders(&one.tree), BTreeSet::from([format!("{name}-one")]));
        tree.extend(one.tree);
        let modules = super::generate_with(name, &text, |settings| {
            let path = ModulePath::new(["apis", name]).expect("a path");
            settings.layout = Layout::Module(path);
        });
        assert_eq!(folders(&modules.tree), BTreeSet::from([name.to_owned()]));
        for (path, text) in modules.tree {
            if path.ends_with("/mod.rs") {
                depend(&text, &mut needed);
            }
            tree.insert(format!("{MODULES}/src/apis/{path}"), text);
        }
    }
    let declared: String = CASES.map(|name| format!("pub mod {name};\n")).concat();
    tree.insert(format!("{MODULES}/src/apis.rs"), declared);
    tree.insert(format!("{MODULES}/src/lib.rs"), "mod apis;\n".to_owned());
    tree.insert(format!("{MODULES}/Cargo.toml"), manifest(&needed));
    tree
}

/// Dependencies by their tables: the features of each, and the rest of its line.
type Needed = BTreeMap<String, BTreeMap<String, (BTreeSet<String>, toml::Table)>>;

/// Takes in the dependencies that the head of a module lists.
fn depend(text: &str, needed: &mut Needed) {
    let lines = text.lines().map(|line| line.trim_start_matches("//!"));
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let block: Vec<&str> = lines
        .skip_while(|line| *line != "```toml")
        .skip(1)
        .take_while(|line| *line != "```")
        .collect();
    let block: toml::Table = block.join("\n").parse().expect("lines of a manifest");
    assert!(block.contains_key("dependencies"));
    for (table, dependencies) in block {
        let all = needed.entry(table).or_default();
        for (name, dependency) in dependencies.as_table().expect("a table").clone() {
            let mut dependency = dependency.as_table().expect("a table").clone();
            let features = dependency.remove("features");
            let known = all.entry(name).or_default();
            let features = features.iter().flat_map(|features| features.as_array());
            let features = features.flatten().filter_map(toml::Value::as_str);
            known.0.extend(features.map(str::to_owned));
            known.1 = dependency;
        }
    }
}

fn manifest(needed: &Needed) -> String {
    let mut text =
        format!("[package]\nname = \"{MODULES}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n");
    for (table, dependencies) in needed {
        text.push_str(&format!("\n[{table}]\n"));
        for (name, (features, rest)) in dependencies {
            let mut rest = rest.clone();
            let features: Vec<String> = features.iter().cloned().collect();
            rest.insert("features".to_owned(), features.into());
            text.push_str(&format!("{name} = {}\n", toml::Value::Table(rest)));
        }
    }
    text
}

fn folders(tree: &Tree) -> BTreeSet<String> {
    let folders = tree.keys().filter_map(|path| path.split('/').next());
    folders.map(str::to_owned).collect()
}

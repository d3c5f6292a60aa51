//! The source of the runtime, for repositories that have it beside their generated crates.

mod manifest;

use countersign_codegen::write::Tree;

use crate::failure::Failure;

/// The files below `sources/`; none in a command that was built without the feature `vendored`.
static SOURCES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// The crates, each with its folder below `sources/`.
const CRATES: [(&str, &str); 3] = [
    ("countersign-runtime", "runtime"),
    ("countersign-derive", "derive"),
    ("countersign-fake", "fake"),
];

/// Files that each crate has a copy of.
const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Where the source goes, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vendored {
    /// The folder of the crates, relative to that of the project.
    pub(crate) folder: String,
    /// Whether fake servers are wanted as well.
    pub(crate) fake: bool,
}

impl Vendored {
    /// The names of the crates.
    pub(crate) fn crates(&self) -> impl Iterator<Item = &'static str> {
        self.parts().map(|(name, _)| name)
    }

    fn parts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let fake = self.fake;
        let parts = CRATES.into_iter();
        parts.filter(move |(_, folder)| fake || *folder != "fake")
    }

    /// The files of the crates, by their paths below the folder of the output; `command` writes them.
    ///
    /// # Errors
    /// If this command has no source in it.
    pub(crate) fn tree(&self, command: &str) -> Result<Tree, Failure> {
        let workspace = text("workspace.toml").ok_or_else(|| {
            let what = "this command was built without the feature `vendored`: it has no source of the runtime in it";
            Failure::Failed(what.to_owned())
        })?;
        let mut tree = Tree::new();
        for (name, folder) in self.parts() {
            let own = text(&format!("{folder}/manifest.toml")).unwrap_or_default();
            let manifest = manifest::standalone(own, workspace, command).map_err(|error| {
                Failure::Failed(format!("the manifest of {name} is broken: {error}"))
            })?;
            tree.insert(format!("{name}/Cargo.toml"), manifest);
            for licence in LICENCES {
                let text = text(licence).unwrap_or_default();
                tree.insert(format!("{name}/{licence}"), text.to_owned());
            }
            let start = format!("{folder}/src/");
            for (path, text) in SOURCES {
                if let Some(path) = path.strip_prefix(&start) {
                    tree.insert(format!("{name}/src/{path}"), (*text).to_owned());
                }
            }
        }
        Ok(tree)
    }
}

fn text(path: &str) -> Option<&'static str> {
    let mut sources = SOURCES.iter();
    sources
        .find(|(known, _)| *known == path)
        .map(|(_, text)| *text)
}

#[cfg(all(test, feature = "vendored"))]
mod tests {
    use super::*;

    fn tree(fake: bool) -> Tree {
        let vendored = Vendored {
            folder: "generated".to_owned(),
            fake,
        };
        vendored.tree("countersign gen").expect("the source")
    }

    #[test]
    fn crates_are_whole_and_stand_alone() {
        let tree = tree(true);
        for (name, _) in CRATES {
            for file in ["Cargo.toml", "src/lib.rs", "LICENSE-MIT", "LICENSE-APACHE"] {
                let path = format!("{name}/{file}");
                assert!(
                    tree.get(&path).is_some_and(|text| !text.is_empty()),
                    "{path}"
                );
            }
            let manifest: toml::Table = tree[&format!("{name}/Cargo.toml")].parse().expect("TOML");
            let text = manifest.to_string();
            assert!(!text.contains("workspace"), "{text}");
            assert!(!manifest.contains_key("dev-dependencies"), "{text}");
            assert_eq!(manifest["lib"]["test"].as_bool(), Some(false));
        }
        let runtime: toml::Table = tree["countersign-runtime/Cargo.toml"]
            .parse()
            .expect("TOML");
        let dependencies = &runtime["dependencies"];
        assert_eq!(
            dependencies["countersign-derive"]["path"].as_str(),
            Some("../countersign-derive")
        );
        assert_eq!(
            dependencies["serde_json"]["features"][0].as_str(),
            Some("float_roundtrip")
        );
        let fake: toml::Table = tree["countersign-fake/Cargo.toml"].parse().expect("TOML");
        let of_fake = &fake["dependencies"]["countersign-runtime"];
        assert_eq!(of_fake["default-features"].as_bool(), Some(false));
        assert_eq!(of_fake["features"][0].as_str(), Some("inbound"));
    }

    #[test]
    fn fakes_are_left_out_where_nobody_wants_them() {
        let tree = tree(false);
        assert!(
            tree.keys()
                .all(|path| !path.starts_with("countersign-fake"))
        );
        assert!(tree.contains_key("countersign-derive/src/lib.rs"));
    }
}

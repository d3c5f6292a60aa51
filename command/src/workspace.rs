//! The workspace of cargo around a folder.

use std::fs;
use std::path::{Path, PathBuf};

use countersign_codegen::settings::Inherited;
use toml::{Table, Value};

/// A workspace: the folder of its root, and its table.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) folder: PathBuf,
    table: Table,
}

/// The nearest workspace whose root is a folder or above it, unless it leaves the folder out.
pub(crate) fn around(folder: &Path) -> Option<Workspace> {
    let found = folder.ancestors().find_map(of);
    found.filter(|workspace| !workspace.excludes(folder))
}

/// The workspace whose root is a folder.
pub(crate) fn of(folder: &Path) -> Option<Workspace> {
    let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let mut manifest: Table = toml::from_str(&text).ok()?;
    match manifest.remove("workspace")? {
        Value::Table(table) => Some(Workspace {
            folder: folder.to_owned(),
            table,
        }),
        _ => None,
    }
}

impl Workspace {
    /// Whether a folder below is left out of it.
    fn excludes(&self, folder: &Path) -> bool {
        let list = self.table.get("exclude").and_then(Value::as_array);
        let mut excluded = list.into_iter().flatten().filter_map(Value::as_str);
        excluded.any(|excluded| folder.starts_with(self.folder.join(excluded)))
    }

    /// The path of a dependency in its own table.
    pub(crate) fn path_of(&self, dependency: &str) -> Option<&str> {
        let dependencies = self.table.get("dependencies")?;
        dependencies.get(dependency)?.get("path")?.as_str()
    }

    /// The keys and tables that its members can take. Generated code needs an edition of its own.
    pub(crate) fn inherited(&self) -> Inherited {
        let table = |key: &str| self.table.get(key).and_then(Value::as_table);
        let package = table("package").into_iter().flatten();
        let package = package.filter(|(key, value)| {
            key.as_str() != "edition" || value.as_str().is_some_and(|edition| edition >= "2024")
        });
        let dependencies = table("dependencies").into_iter().flatten();
        Inherited {
            package: package.map(|(key, _)| key.clone()).collect(),
            dependencies: Some(dependencies.map(|(name, _)| name.clone()).collect()),
            lints: table("lints").is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_take_what_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        assert!(of(root).is_none());
        let text = "[workspace]\nexclude = ['target']\n[workspace.package]\nversion = '7.0.0'\nedition = '2021'\n\
                    [workspace.dependencies]\nserde = '1'\n";
        fs::write(root.join("Cargo.toml"), text).expect("written");
        assert!(around(&root.join("target/x")).is_none());
        let found = around(&root.join("a/b")).expect("a workspace");
        assert_eq!(found.folder, root);
        let inherited = found.inherited();
        assert!(inherited.package.contains("version"));
        assert!(!inherited.package.contains("edition"));
        assert!(
            inherited
                .dependencies
                .is_some_and(|names| names.contains("serde"))
        );
        assert!(!inherited.lints);
    }
}

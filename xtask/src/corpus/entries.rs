//! Which documents of a folder of foreign documents are entries.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use countersign::failure::Failure;
use countersign::name;

/// The list of entries that a folder may have: their paths are its first column.
const INDEX: &str = "INDEX.tsv";

/// A document to generate crates from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path below the folder, with `/` between its parts.
    pub(super) path: String,
    /// The name of its crates; no two of a folder have the same name.
    pub(super) name: String,
}

impl Entry {
    /// The folder that its references may not leave: the outermost one that it is in.
    pub(super) fn root(&self, folder: &Path) -> PathBuf {
        match self.path.split_once('/') {
            Some((first, _)) => folder.join(first),
            None => folder.to_owned(),
        }
    }
}

/// The entries of a folder whose paths contain `only`, in the order of their paths.
pub(super) fn entries(folder: &Path, only: &str) -> Result<Vec<Entry>, Failure> {
    let index = folder.join(INDEX);
    let mut paths = if index.is_file() {
        listed(&index)?
    } else {
        found(folder)?
    };
    paths.sort();
    paths.dedup();
    let named = named(&paths);
    Ok(named
        .into_iter()
        .filter(|entry| entry.path.contains(only))
        .collect())
}

fn listed(index: &Path) -> Result<Vec<String>, Failure> {
    let text = fs::read_to_string(index)
        .map_err(|error| Failure::Failed(format!("{}: {error}", index.display())))?;
    let first = |line: &str| {
        line.split('\t')
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    // The first line names the columns.
    let paths = text.lines().skip(1).map(first);
    Ok(paths.filter(|path| !path.is_empty()).collect())
}

/// Each YAML or JSON file that says which version of OpenAPI it is in.
fn found(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut paths = Vec::new();
    let mut waiting = vec![String::new()];
    while let Some(below) = waiting.pop() {
        let place = folder.join(&below);
        let unreadable = |error| Failure::Failed(format!("{}: {error}", place.display()));
        for entry in fs::read_dir(&place).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = if below.is_empty() {
                name
            } else {
                format!("{below}/{name}")
            };
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() && is_entry(&entry.path()) {
                paths.push(path);
            }
        }
    }
    Ok(paths)
}

fn is_entry(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    if !matches!(extension, Some("yaml" | "yml" | "json")) {
        return false;
    }
    // Unreadable or not UTF-8: a document nonetheless, if it looks like one.
    let bytes = fs::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    if text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{')
    {
        let keys = ["\"openapi\"", "\"swagger\""];
        return keys.iter().any(|key| text.contains(key));
    }
    let keys = [
        "openapi:",
        "swagger:",
        "\"openapi\":",
        "\"swagger\":",
        "'openapi':",
        "'swagger':",
    ];
    text.lines()
        .any(|line| keys.iter().any(|key| line.starts_with(key)))
}

/// A name for each path. Where two would be alike, each says its whole path and, if that is not enough, its hash.
fn named(paths: &[String]) -> Vec<Entry> {
    let mut taken = BTreeSet::new();
    let entry = |path: &String| {
        let stem = path
            .rsplit_once('.')
            .map_or(path.as_str(), |(stem, _)| stem);
        let mut name = name::made_of(stem);
        if name.is_empty() || !taken.insert(name.clone()) {
            // With what is put around it, as long as a name may be.
            let short: String = name.chars().take(28).collect();
            name =
                format!("api-{}-{:016x}", short.trim_matches('-'), hash(path)).replace("--", "-");
            taken.insert(name.clone());
        }
        Entry {
            path: path.clone(),
            name,
        }
    };
    paths.iter().map(entry).collect()
}

/// FNV-1a: the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_say_their_version() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            fs::write(path, text).expect("written");
        };
        put("a/openapi.yaml", "# A\nopenapi: 3.0.3\n");
        put("a/part.yaml", "type: object\nproperties:\n  openapi: {}\n");
        put("b.json", "{\"swagger\": \"2.0\"}");
        put("c.txt", "openapi: 3.0.3\n");
        let found = entries(folder.path(), "").expect("found");
        let paths: Vec<_> = found.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(paths, ["a/openapi.yaml", "b.json"]);
        assert_eq!(found[0].root(folder.path()), folder.path().join("a"));
        put("INDEX.tsv", "document\tsize\nd/x.yaml\t7\n");
        let listed = entries(folder.path(), "x").expect("listed");
        assert_eq!(
            listed,
            [Entry {
                path: "d/x.yaml".to_owned(),
                name: "d-x".to_owned()
            }]
        );
    }

    #[test]
    fn no_two_names_are_alike() {
        let long = "long/".repeat(20);
        let mut paths = ["a/b.json", "a/b.yaml", "a-b.yaml", "\u{9322}.yaml"]
            .map(str::to_owned)
            .to_vec();
        paths.extend(["json", "yaml"].map(|kind| format!("{long}b.{kind}")));
        let entries = named(&paths);
        let names: BTreeSet<_> = entries.iter().map(|entry| &entry.name).collect();
        assert_eq!(names.len(), 6);
        for name in names {
            assert!(name::checked(name).is_ok(), "{name}");
        }
    }
}

//! Why files are not what they are to be, by the record among them.

use std::path::PathBuf;

use countersign_codegen::write::Tree;

use super::WritePlan;
use crate::lock::{self, Lock};
use crate::project::Api;

/// The folders of an API.
#[derive(Debug)]
pub(crate) struct FoldersOf {
    /// The API.
    pub(crate) api: String,
    out: PathBuf,
    names: Vec<String>,
}

impl FoldersOf {
    /// Those of an API.
    pub(crate) fn new(api: &Api) -> Self {
        Self {
            api: api.name().to_owned(),
            out: api.out().to_owned(),
            names: api.settings().folders(),
        }
    }

    fn has(&self, path: &str) -> bool {
        let folder = path.split('/').next().unwrap_or(path);
        self.names.iter().any(|name| name == folder)
    }

    fn own(&self, tree: &Tree) -> Tree {
        let files = tree.iter().filter(|(path, _)| self.has(path));
        files
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect()
    }
}

impl WritePlan {
    /// The reasons why files of an API differ; none if they do not, or if there is no record.
    pub(crate) fn reasons(&self, of: &FoldersOf) -> Vec<String> {
        let drift = &self.drift;
        let mut differing = [&drift.missing, &drift.stale, &drift.orphaned]
            .into_iter()
            .flatten();
        if self.folder != of.out || !differing.any(|path| of.has(path)) {
            return Vec::new();
        }
        let record = |tree: &Tree| {
            let path = format!("{}/{}", of.names.first()?, lock::FILE);
            Lock::parse(tree.get(&path)?)
        };
        match (record(&self.on_disk.files), record(&self.expected)) {
            (Some(old), Some(new)) => old.reasons(&new, &of.own(&self.on_disk.files)),
            _ => Vec::new(),
        }
    }
}

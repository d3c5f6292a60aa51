//! The documents that a run reads, each with a hash of its text.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use countersign_codegen::source::{DocumentPath, Files};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A hash of some bytes: SHA-256, in hexadecimal.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Digest(String);

impl Digest {
    /// Of some bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let hash = Sha256::digest(bytes);
        let mut text = String::with_capacity(64);
        for byte in hash {
            // Writing to a string can't fail.
            _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// Its first digits, as people compare them.
    pub(crate) fn short(&self) -> &str {
        self.0.get(..16).unwrap_or(&self.0)
    }
}

/// The documents that a run asked for, with the hash of each text; none where it could not be read.
pub(crate) type Documents = BTreeMap<DocumentPath, Option<Digest>>;

/// Documents that remember which of them were asked for.
pub(crate) struct Recorded<'a> {
    files: &'a dyn Files,
    asked: RefCell<Documents>,
}

impl<'a> Recorded<'a> {
    /// The same documents as `files`.
    pub(crate) fn new(files: &'a dyn Files) -> Self {
        Self {
            files,
            asked: RefCell::default(),
        }
    }

    /// Those that were asked for.
    pub(crate) fn into_documents(self) -> Documents {
        self.asked.into_inner()
    }
}

impl Files for Recorded<'_> {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        let read = self.files.read(path);
        let digest = read.as_ref().ok().map(|bytes| Digest::of(bytes));
        self.asked.borrow_mut().insert(path.clone(), digest);
        read
    }
}

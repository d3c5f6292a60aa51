//! Tokens in a file that nobody but its owner can read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::store::TokenStore;
use super::tokens::Tokens;
use crate::client::BoxError;
use crate::wire;

/// Tokens in a file. On Unix it has the mode 0600, and one that others can read is not read.
#[derive(Clone, Debug)]
pub struct TokenFile(PathBuf);

impl TokenFile {
    /// Tokens in the file of this path. Its folder is there already.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where a new text is written before it takes the place of the old one.
    fn beside(&self) -> PathBuf {
        let mut name = self.0.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.new", std::process::id()));
        self.0.with_file_name(name)
    }
}

impl TokenStore for TokenFile {
    fn load(&self) -> Result<Option<Tokens>, BoxError> {
        let mut text = match fs::read(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        check(&self.0)?;
        let tokens = serde_json::from_slice(&text);
        zeroize::Zeroize::zeroize(&mut text);
        // The words of the error could quote a token.
        tokens
            .map(Some)
            .map_err(|_| "the file holds no tokens".into())
    }

    fn save(&self, tokens: &Tokens) -> Result<(), BoxError> {
        let mut text = wire::to_vec(tokens)?;
        let beside = self.beside();
        let written = write(&beside, &text).and_then(|()| fs::rename(&beside, &self.0));
        zeroize::Zeroize::zeroize(&mut text);
        if written.is_err() {
            // What is left of it is of no use to anyone.
            drop(fs::remove_file(&beside));
        }
        Ok(written?)
    }

    fn clear(&self) -> Result<(), BoxError> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

#[cfg(unix)]
fn check(path: &Path) -> Result<(), BoxError> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path)?.permissions());
    match mode & 0o077 {
        0 => Ok(()),
        _ => Err("others can read the file of tokens: give it the mode 0600".into()),
    }
}

#[cfg(not(unix))]
fn check(_: &Path) -> Result<(), BoxError> {
    Ok(())
}

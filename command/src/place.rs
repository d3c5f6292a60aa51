//! Paths that people give, made comparable with each other.

use std::io;
use std::path::{Component, Path, PathBuf};

/// A path without links; the last folders may be missing yet.
///
/// # Errors
/// If a folder that is there can't be looked into, or the way leads back out of one that is not.
pub(crate) fn absolute(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        found => return found,
    }
    // Also not found: a dangling link. What would be written would not be where it seems.
    if path.is_symlink() {
        return Err(io::Error::other("it is a dangling link"));
    }
    let full = std::path::absolute(path)?;
    match (full.parent(), full.components().next_back()) {
        (Some(folder), Some(Component::Normal(name))) => Ok(absolute(folder)?.join(name)),
        _ => Err(io::Error::from(io::ErrorKind::NotFound)),
    }
}

/// The way from the folder `from` to `to`, both absolute, with `/` between its parts; none if it is not text.
pub(crate) fn relative(from: &Path, to: &Path) -> Option<String> {
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    if from.peek() != to.peek() {
        return None;
    }
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| Some(".."));
    let down = to.map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    Some(parts?.join("/"))
}

/// The way from one folder to another, both written with `/` from the same root.
pub(crate) fn between(from: &str, to: &str) -> String {
    let parts = |path: &str| -> Vec<String> {
        let parts = path.split('/').filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (from, to) = (parts(from), parts(to));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other);
    let shared = shared.count();
    let up = from.iter().skip(shared).map(|_| "..");
    let down = to.iter().skip(shared).map(String::as_str);
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// A folder as people named it, so that a path can be appended: nothing, or something with `/` at its end.
pub(crate) fn prefix(folder: &Path) -> String {
    let text = folder.to_string_lossy();
    match text.as_ref() {
        "" | "." => String::new(),
        text if text.ends_with('/') => text.to_owned(),
        text => format!("{text}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn ways_between_folders() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(
            way("/a/b/c", "/a/d/runtime").as_deref(),
            Some("../../d/runtime")
        );
        assert_eq!(way("/a", "/a/b").as_deref(), Some("b"));
    }

    #[test]
    fn ways_between_folders_of_a_project() {
        assert_eq!(between("/crates/a-model", "/runtime"), "../../runtime");
        assert_eq!(between("/a-model", "/a/../../x"), "../a/../../x");
    }

    #[test]
    fn folders_may_be_missing_but_not_left_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("there");
        assert_eq!(
            absolute(&root.join("a/b")).expect("a path"),
            root.join("a/b")
        );
        assert!(absolute(&root.join("a/../b")).is_err());
    }
}

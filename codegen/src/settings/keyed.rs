//! Choices for operations, each by an id, or by a path that begins with `/` and may have `*` and `**` in it.

use super::selection::is_path;

/// The choice for an operation, with its key. An id is nearer than a path.
pub(super) fn choice<'s, C>(
    choices: &'s [(String, C)],
    id: Option<&str>,
    path: &str,
) -> Option<(&'s str, &'s C)> {
    let by = |is: &dyn Fn(&str) -> bool| {
        let mut entries = choices.iter();
        let found = entries.find(|(key, _)| is(key));
        found.map(|(key, choice)| (key.as_str(), choice))
    };
    by(&|key| id == Some(key)).or_else(|| by(&|key| matches(key, path)))
}

/// The keys that name none of these operations, each an id and a path.
pub(super) fn unmatched<'s, C>(
    choices: &'s [(String, C)],
    operations: &[(Option<&str>, &str)],
) -> Vec<&'s str> {
    let keys = choices.iter().map(|(key, _)| key.as_str());
    let is_known = |key: &str| {
        let mut all = operations.iter();
        all.any(|(id, path)| *id == Some(key) || matches(key, path))
    };
    keys.filter(|key| !is_known(key)).collect()
}

fn matches(key: &str, path: &str) -> bool {
    let segments = |path| -> Vec<&str> { str::split(path, '/').collect() };
    key.starts_with('/') && is_path(&segments(key), &segments(path))
}

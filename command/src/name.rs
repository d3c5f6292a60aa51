//! The names of crates of other documents. No text of a document decides them, only its file's name or the caller.

use std::path::Path;

use crate::failure::Failure;

/// The greatest length of a name: the two crates add a word to it.
const BYTES_AT_MOST: usize = 50;
/// Files that are called after what they are rather than what they describe.
const WORDLESS: &[&str] = &["api", "index", "openapi", "schema", "spec", "swagger"];

/// The name that a caller chose, if a crate can have it.
pub fn checked(name: &str) -> Result<String, Failure> {
    if is_legal(name) {
        return Ok(name.to_owned());
    }
    Err(Failure::Usage(format!(
        "`{}` can't be the name of crates: at most {BYTES_AT_MOST} of a-z, 0-9 and single hyphens between them, \
         a letter first",
        name.escape_debug()
    )))
}

/// The name of crates for the document in a file: of the file, or of its folder where the file's name says nothing.
pub fn of_file(file: &Path) -> Result<String, Failure> {
    let stem = file
        .file_stem()
        .map(|stem| made_of(&stem.to_string_lossy()));
    let folder = file.parent().and_then(Path::file_name);
    let folder = folder.map(|folder| made_of(&folder.to_string_lossy()));
    let says_something = |name: &String| !WORDLESS.contains(&name.as_str());
    let mut names = stem
        .iter()
        .filter(|name| says_something(name))
        .chain(&folder)
        .chain(&stem);
    names.find(|name| is_legal(name)).cloned().ok_or_else(|| {
        Failure::Usage(
            "no name for crates can be made from the file's; choose one with --name".to_owned(),
        )
    })
}

/// Text in the letters of names.
pub fn made_of(text: &str) -> String {
    let lower = text.chars().map(|c| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() => c,
        _ => '-',
    });
    let lower: String = lower.collect();
    let words: Vec<_> = lower.split('-').filter(|word| !word.is_empty()).collect();
    let mut name = words.join("-");
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "api-");
    }
    name.truncate(BYTES_AT_MOST);
    name.trim_end_matches('-').to_owned()
}

fn is_legal(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= BYTES_AT_MOST
        && !name.ends_with('-')
        && !name.contains("--")
        && name
            .bytes()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(file: &str) -> Option<String> {
        of_file(Path::new(file)).ok()
    }

    #[test]
    fn names_are_made_of_files() {
        assert_eq!(of("Pet_Store v2.yaml").as_deref(), Some("pet-store-v2"));
        assert_eq!(
            of("plaid/2020-09-14.yaml").as_deref(),
            Some("api-2020-09-14")
        );
        assert_eq!(
            of("launchdarkly/openapi.yaml").as_deref(),
            Some("launchdarkly")
        );
        assert_eq!(of("openapi.yaml").as_deref(), Some("openapi"));
        assert_eq!(of("\u{9322}.yaml"), None);
        assert_eq!(made_of(&"a-".repeat(60)).len(), 49);
    }

    #[test]
    fn names_of_callers_are_checked() {
        assert!(checked("pet-store2").is_ok());
        for name in [
            "",
            "2pets",
            "Pets",
            "pets-",
            "a--b",
            "../pets",
            "pets\n",
            "p\u{e9}ts",
        ] {
            assert!(checked(name).is_err(), "{name}");
        }
        assert!(checked(&"a".repeat(51)).is_err());
    }
}

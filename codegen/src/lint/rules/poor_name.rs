#![doc = include_str!("../../diagnostic/rules/poor-name.md")]

use crate::lint::names::Given;
use crate::names::{Words, hides_std};

/// The message about a name that reads poorly, if it does.
pub(in crate::lint) fn poor_name(given: &Given<'_>) -> Option<String> {
    let Given {
        name, what, plain, ..
    } = given;
    if Words::of(given.text).is_too_long() {
        return Some(format!(
            "the {what} name `{plain}` is too long: it is shortened to `{name}`"
        ));
    }
    if matches!(*what, "field" | "parameter") && hides_std(name) {
        return Some(format!(
            "the {what} name `{name}` is that of a method of std: its setter is called `with_{name}`"
        ));
    }
    let why = poor(name, given.text).filter(|why| *what != "variant" || *why != TWICE)?;
    Some(format!("the {what} name `{name}` reads poorly: {why}"))
}

/// The values of an enum may well say a word twice: `fr-FR`.
const TWICE: &str = "it repeats a word";

/// Why a name reads poorly, if it does.
pub(super) fn poor(name: &str, text: &str) -> Option<&'static str> {
    let words = Words::of(name);
    let words: Vec<&str> = words.iter().collect();
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        Some("it begins with a digit, so a letter was added in front")
    } else if !text.chars().any(|c| c.is_alphanumeric()) {
        Some("it has no letters, so its symbols are named")
    } else if name.ends_with('_') {
        Some("it is a keyword of Rust, so an underscore was added")
    } else if repeats(&words) {
        Some(TWICE)
    } else {
        None
    }
}

/// Whether words are repeated at once: `provider provider`, `mfa server mfa server`.
fn repeats(words: &[&str]) -> bool {
    let telling = |word: &&str| word.len() > 1 && !word.bytes().all(|byte| byte.is_ascii_digit());
    (1..=words.len() / 2).any(|length| {
        words.windows(2 * length).any(|pair| {
            let (one, other) = pair.split_at(length);
            one == other && one.iter().any(telling)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::poor;

    #[test]
    fn poor_names_are_known() {
        for (name, text) in [
            ("ProviderProvider", "ProviderProvider"),
            ("mfa_server_mfa_server", "mfaServerMfaServer"),
            ("n2fa", "2fa"),
            ("less", "<"),
            ("self_", "self"),
        ] {
            assert!(poor(name, text).is_some(), "{name}");
        }
        for (name, text) in [
            ("MfaProvider", "MfaProvider"),
            ("oauth2_token", "OAuth2Token"),
            ("N2024_01_01", "v2024_01_01"),
        ] {
            assert!(poor(name, text).is_none(), "{name}");
        }
    }
}

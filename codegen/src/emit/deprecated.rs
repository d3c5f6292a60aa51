//! Deprecation, with the reason that the author gives.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::split;
use super::types::text;
use crate::describe::visible;
use crate::ir::{Docs, Operation};
use crate::source::SpecStr;

/// The longest reason, in bytes: compilers print it in one line.
const LONGEST: usize = 200;

/// The attribute of a deprecated item.
pub(super) fn deprecated(docs: &Docs) -> TokenStream {
    match reason(docs) {
        Some(reason) => {
            let note = text(&visible(&reason));
            quote!(#[deprecated(note = #note)])
        }
        None => quote!(#[deprecated]),
    }
}

/// The permission for what belongs to an operation to name it, and its parameters, where any of it is deprecated.
pub(super) fn allowed(operation: &Operation) -> Option<TokenStream> {
    let mut parameters = operation.parameters.iter();
    let is_any = operation.deprecated || parameters.any(|parameter| parameter.deprecated);
    is_any.then(|| quote!(#[allow(deprecated, reason = "what is deprecated is sent all the same")]))
}

/// Whether the author says that it is deprecated, so that there is no need to say it again.
pub(super) fn is_told(docs: &Docs) -> bool {
    said(docs).any(|text| find(text).is_some())
}

fn said(docs: &Docs) -> impl Iterator<Item = &str> {
    docs.summary
        .iter()
        .chain(&docs.description)
        .map(SpecStr::text)
}

/// Where a text speaks of deprecation.
fn find(text: &str) -> Option<usize> {
    let at = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes());
    at("eprecated")
        .or_else(|| at("DEPRECATED"))
        .or_else(|| at("eprecation"))
}

/// The sentence that speaks of deprecation, or the next one where that sentence is the word alone.
fn reason(docs: &Docs) -> Option<String> {
    let text = said(docs).find(|text| find(text).is_some())?;
    let paragraph = text.split("\n\n").find(|text| find(text).is_some())?;
    let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = paragraph.as_str();
    let mut is_found = false;
    while !rest.is_empty() {
        let (sentence, after) = split(rest);
        is_found |= find(sentence).is_some();
        let reason = if is_found {
            without_the_word(sentence)
        } else {
            String::new()
        };
        if (1..=LONGEST).contains(&reason.len()) {
            return Some(reason);
        }
        rest = after;
    }
    None
}

/// A sentence without the `Deprecated:` that it opens with, markup and the full stop.
fn without_the_word(sentence: &str) -> String {
    let plain: String = sentence
        .chars()
        .filter(|letter| !matches!(letter, '*' | '_' | '[' | ']'))
        .collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let opening = ["Deprecated", "DEPRECATED", "deprecated"];
    let rest = opening
        .iter()
        .find_map(|word| words.strip_prefix(word))
        .map_or(words.as_str(), |rest| {
            rest.trim_start_matches([':', ',', '.', '!', ';', '-', '–', '—', ')', ' '])
        });
    rest.trim_end_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_what_the_author_gives() {
        for (text, wanted) in [
            ("Deprecated, use `a:b` instead.", Some("use `a:b` instead")),
            (
                "Lists flags.\n\n**Deprecated**: Use\nv2.5. More.",
                Some("Use v2.5"),
            ),
            ("Deprecated. Use the other.", Some("Use the other")),
            (
                "This is deprecated since v2",
                Some("This is deprecated since v2"),
            ),
            ("Deprecated.", None),
            ("A flag.", None),
        ] {
            let docs = Docs {
                description: Some(SpecStr::new(text)),
                ..Docs::default()
            };
            assert_eq!(reason(&docs).as_deref(), wanted, "{text}");
        }
    }
}

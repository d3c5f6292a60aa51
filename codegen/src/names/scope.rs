//! Who may have which name, wherever names meet: fields of a struct, variants of an enum, types of a crate.
//!
//! All that want a name say so first, then all are judged together: the outcome depends on the texts and not on
//! their order. Texts whose plain names collide are written out further until they differ.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::short::Forms;
use super::words::{Words, fingerprint};

/// The names that an item could have, from the plainest to the one that nobody else can have.
#[derive(Clone, Debug)]
pub struct NameRequest {
    /// The text that the name comes from; equal texts are the same item.
    pub text: String,
    /// Names in order of preference.
    pub names: Vec<Words>,
    /// Whether the text may be written out further where these are taken.
    pub fallback: Fallback,
}

/// The fallback for an item whose names are all taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// Its text is written out, symbol by symbol and with its case.
    Verbatim,
    /// It is told apart by a fingerprint of its text.
    Fingerprint,
}

impl NameRequest {
    /// The spellings of a text by itself.
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            names: vec![Words::of(text)],
            fallback: Fallback::Verbatim,
        }
    }

    /// The spellings of an item that its author named.
    pub fn overridden(text: &str, name: &str) -> Self {
        Self::named(text, vec![Words::of(name)])
    }

    /// An item with names of the caller's making.
    pub fn named(text: impl Into<String>, names: Vec<Words>) -> Self {
        Self {
            text: text.into(),
            names,
            fallback: Fallback::Fingerprint,
        }
    }

    /// The name that it wants in a round; none once it has no more.
    fn preference(&self, round: usize) -> Option<Cow<'_, Words>> {
        let mut round = round;
        for name in &self.names {
            let forms = Forms::of(name);
            let count = forms.count();
            match (forms, round.checked_sub(count)) {
                (_, Some(rest)) => round = rest,
                (Forms::Whole(words), None) => return Some(Cow::Borrowed(words)),
                (forms, None) => return forms.get(round).cloned().map(Cow::Owned),
            }
        }
        if self.fallback == Fallback::Fingerprint {
            return None;
        }
        let verbatim = || Words::verbatim(&self.text);
        let words = match round {
            0 => verbatim(),
            1 => Words::of(&self.text).then(&Words::of(case_word(&self.text)?)),
            2 => verbatim().then(&Words::of(case_word(&self.text)?)),
            _ => return None,
        };
        Some(Cow::Owned(Forms::of(&words).get(0)?.clone()))
    }

    fn rounds(&self) -> usize {
        let forms = self.names.iter().map(|name| Forms::of(name).count());
        let verbatim = match self.fallback {
            Fallback::Verbatim => 3,
            Fallback::Fingerprint => 0,
        };
        forms.sum::<usize>() + verbatim
    }
}

/// A word for how a text is cased, by which texts that differ in nothing else are told apart.
pub fn case_word(text: &str) -> Option<&'static str> {
    let upper = text.chars().any(|c| c.is_uppercase());
    let lower = text.chars().any(|c| c.is_lowercase());
    match (upper, lower) {
        (true, false) => Some("upper"),
        (false, true) => Some("lower"),
        (true, true) => Some(if text.starts_with(|c: char| c.is_uppercase()) {
            "capital"
        } else {
            "mixed"
        }),
        (false, false) => None,
    }
}

/// A place where names must differ.
#[derive(Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
    /// The number of names that were told apart by each fingerprint.
    told_apart: HashMap<u32, usize>,
}

impl Scope {
    /// A scope in which `reserved` names are taken already.
    pub fn new(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|name| (*name).to_owned()).collect(),
            told_apart: HashMap::new(),
        }
    }

    /// Gives each item a name of its own; `identifier` says what Rust makes of words.
    ///
    /// In each round, of those that want the same free name only a lone one gets it, or the one that is written so in
    /// the document; the others go on to their next spelling. What is left at the end is told apart by a fingerprint of its text.
    pub fn assign(
        &mut self,
        items: &[NameRequest],
        identifier: impl Fn(&Words) -> String,
    ) -> Vec<Words> {
        let mut given: Vec<Option<Words>> = vec![None; items.len()];
        let mut open: Vec<usize> = (0..items.len()).collect();
        let rounds = items.iter().map(NameRequest::rounds).max().unwrap_or(0);
        for round in 0..rounds {
            if open.is_empty() {
                break;
            }
            let preferences: Vec<Option<(Cow<'_, Words>, String)>> = open
                .iter()
                .map(|at| {
                    let words = items.get(*at)?.preference(round)?;
                    let name = identifier(&words);
                    Some((words, name))
                })
                .collect();
            let mut wanted: HashMap<&str, usize> = HashMap::with_capacity(preferences.len());
            for (_, name) in preferences.iter().flatten() {
                *wanted.entry(name).or_default() += 1;
            }
            let mut still = Vec::new();
            for (at, preference) in open.iter().zip(&preferences) {
                let item = items.get(*at);
                let got = preference.as_ref().filter(|(_, name)| {
                    let lone = wanted.get(name.as_str()) == Some(&1)
                        || item.is_some_and(|item| item.text == *name);
                    lone && !self.taken.contains(name)
                });
                match (got, given.get_mut(*at)) {
                    (Some((words, name)), Some(slot)) => {
                        *slot = Some(words.clone().into_owned());
                        self.taken.insert(name.clone());
                    }
                    _ => still.push(*at),
                }
            }
            open = still;
        }
        items
            .iter()
            .zip(given)
            .map(|(item, given)| given.unwrap_or_else(|| self.told_apart(item, &identifier)))
            .collect()
    }

    fn told_apart(&mut self, item: &NameRequest, identifier: impl Fn(&Words) -> String) -> Words {
        let plain = item
            .names
            .last()
            .cloned()
            .unwrap_or_else(|| Words::of(&item.text));
        let first = fingerprint(&item.text);
        loop {
            // Equal texts are told apart by their number, and none of them tries those of the others again.
            let count = self.told_apart.entry(first).or_default();
            let print = match *count {
                0 => first,
                count => fingerprint(&format!("{}\u{0}{count}", item.text)),
            };
            *count += 1;
            let words = plain.then(&Words::of(&format!("x{print:08x}")));
            let words = Forms::of(&words).get(0).cloned().unwrap_or(words);
            let name = identifier(&words);
            if self.taken.insert(name) {
                return words;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NameRequest, Scope};
    use crate::names::TypeName;

    fn assigned(texts: &[&str]) -> Vec<String> {
        let name_requests: Vec<NameRequest> =
            texts.iter().map(|text| NameRequest::of(text)).collect();
        let words = Scope::new(&["Self"]).assign(&name_requests, |words| {
            TypeName::new(words).as_str().to_owned()
        });
        words
            .iter()
            .map(|words| TypeName::new(words).as_str().to_owned())
            .collect()
    }

    #[test]
    fn names_do_not_depend_on_order() {
        let texts = [
            "asc", "ASC", "a-b", "a_b", "Pet", "pet", "<", "<=", "", "empty",
        ];
        let mut forwards: Vec<_> = texts.iter().zip(assigned(&texts)).collect();
        let reversed: Vec<&str> = texts.iter().rev().copied().collect();
        let mut backwards: Vec<_> = reversed.iter().zip(assigned(&reversed)).collect();
        forwards.sort();
        backwards.sort();
        assert_eq!(forwards, backwards);
    }

    #[test]
    fn every_item_has_a_name_of_its_own() {
        let texts = [
            "foo", "Foo", "FOO", "f-oo", "f_oo", "f oo", "f.oo", "😀", "😁", "a", "A", "é", "e",
        ];
        let mut names = assigned(&texts);
        names.sort();
        names.dedup();
        assert_eq!(names.len(), texts.len(), "{names:?}");
    }

    #[test]
    fn what_is_spelt_so_in_the_document_keeps_its_name() {
        assert_eq!(assigned(&["Pet", "pet"]), ["Pet", "PetLower"]);
    }
}

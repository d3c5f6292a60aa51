//! Who may have which name, wherever names meet: fields of a struct, variants of an enum, types of a crate.
//!
//! All that want a name say so first, then all are judged together: the outcome depends on the texts and not on
//! their order. Texts whose plain names collide are spelt out further until they differ.

use std::collections::HashMap;

use super::words::{Words, fingerprint};

/// What an item could be called, from the plainest to the one that nobody else can have.
#[derive(Clone, Debug)]
pub struct Spelling {
    /// The text that the name comes from; equal texts are the same item.
    pub text: String,
    /// Names in order of preference.
    pub names: Vec<Words>,
}

impl Spelling {
    /// The spellings of a text by itself.
    pub fn of(text: &str) -> Self {
        let plain = Words::of(text);
        let spelt = Words::spelt(text);
        let mut names = vec![plain.clone()];
        if spelt != plain {
            names.push(spelt.clone());
        }
        if let Some(case) = case_word(text) {
            names.push(plain.then(&Words::of(case)));
            names.push(spelt.then(&Words::of(case)));
        }
        Self {
            text: text.to_owned(),
            names,
        }
    }

    /// The spellings of an item that its author named.
    pub fn pinned(text: &str, name: &str) -> Self {
        Self {
            text: text.to_owned(),
            names: vec![Words::of(name)],
        }
    }
}

fn case_word(text: &str) -> Option<&'static str> {
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
    taken: HashMap<String, ()>,
}

impl Scope {
    /// A scope in which `reserved` names are taken already.
    pub fn new(reserved: &[&str]) -> Self {
        Self {
            taken: reserved
                .iter()
                .map(|name| ((*name).to_owned(), ()))
                .collect(),
        }
    }

    /// Gives each item a name of its own; `identifier` says what Rust makes of words.
    ///
    /// In each round, of those that want the same free name only a lone one gets it, or the one that is spelt so in
    /// the document; the others go on to their next spelling. What is left at the end is told apart by a fingerprint of its text.
    pub fn judge(
        &mut self,
        items: &[Spelling],
        identifier: impl Fn(&Words) -> String,
    ) -> Vec<Words> {
        let mut given: Vec<Option<Words>> = vec![None; items.len()];
        let rounds = items.iter().map(|item| item.names.len()).max().unwrap_or(0);
        for round in 0..rounds {
            let mut wanted: HashMap<String, usize> = HashMap::new();
            let wish = |at: usize, given: &[Option<Words>]| -> Option<String> {
                let item = items.get(at)?;
                given
                    .get(at)?
                    .is_none()
                    .then(|| item.names.get(round))
                    .flatten()
                    .map(&identifier)
            };
            for at in 0..items.len() {
                if let Some(name) = wish(at, &given) {
                    *wanted.entry(name).or_default() += 1;
                }
            }
            for (at, item) in items.iter().enumerate() {
                let Some(name) = wish(at, &given) else {
                    continue;
                };
                let lone = wanted.get(&name) == Some(&1) || item.text == name;
                if lone && !self.taken.contains_key(&name) {
                    if let (Some(slot), Some(words)) = (given.get_mut(at), item.names.get(round)) {
                        *slot = Some(words.clone());
                        self.taken.insert(name, ());
                    }
                }
            }
        }
        items
            .iter()
            .zip(given)
            .map(|(item, given)| given.unwrap_or_else(|| self.told_apart(item, &identifier)))
            .collect()
    }

    fn told_apart(&mut self, item: &Spelling, identifier: impl Fn(&Words) -> String) -> Words {
        let plain = item
            .names
            .last()
            .cloned()
            .unwrap_or_else(|| Words::of(&item.text));
        let mut text = item.text.clone();
        loop {
            let words = plain.then(&Words::of(&format!("x{:08x}", fingerprint(&text))));
            let name = identifier(&words);
            if self.taken.insert(name, ()).is_none() {
                return words;
            }
            text.push('\u{0}');
        }
    }
}

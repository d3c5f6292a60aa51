//! The results of samples, counted.
#![cfg_attr(
    not(feature = "samples"),
    allow(dead_code, reason = "there is nothing to count")
)]

use std::collections::BTreeMap;

use super::table::shape;

/// The results of the samples of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Component schemas.
    pub(super) components: usize,
    /// Those for which there is no type, or of which no sample could be made that is valid.
    pub(super) without: BTreeMap<&'static str, usize>,
    /// Samples that were made and are not valid after all; they count for nothing.
    pub(super) invalid: usize,
    /// Schema-valid samples.
    pub(super) valid: usize,
    /// Those that came back whole and valid.
    pub(super) survived: usize,
    /// Why others did not: how often, and the first of them.
    pub(super) lost: BTreeMap<String, Lost>,
    /// Why the document has no samples at all.
    pub(super) failure: Option<String>,
}

/// Samples that were lost for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lost {
    /// The parameter of the page size.
    pub(super) times: usize,
    /// Some of them: the document's path once it is known, the type, what is wrong, and the sample.
    pub(super) examples: Vec<[String; 4]>,
}

/// The length of a sample that is shown.
const SHOWN_AT_MOST: usize = 2000;
/// The number of samples of a document that are shown for each reason.
const EXAMPLES_AT_MOST: usize = 20;

impl Tally {
    /// Counts a component without samples.
    pub(super) fn without(&mut self, why: &'static str) {
        *self.without.entry(why).or_default() += 1;
    }

    /// Counts a sample that was lost.
    pub(super) fn lose(&mut self, name: &str, what: &str, why: &str, sample: &str) {
        let lost = self
            .lost
            .entry(format!("{what}{}", general(why)))
            .or_default();
        lost.times += 1;
        if lost.examples.len() < EXAMPLES_AT_MOST {
            let shown: String = sample.chars().take(SHOWN_AT_MOST).collect();
            let example = [String::new(), name.to_owned(), why.to_owned(), shown];
            lost.examples.push(example);
        }
    }

    /// Adds another document's.
    pub(super) fn add(&mut self, other: &Self, document: &str) {
        self.components += other.components;
        self.invalid += other.invalid;
        self.valid += other.valid;
        self.survived += other.survived;
        for (why, times) in &other.without {
            *self.without.entry(why).or_default() += times;
        }
        for (why, lost) in &other.lost {
            let known = self.lost.entry(why.clone()).or_default();
            known.times += lost.times;
            for [_, name, why, sample] in lost.examples.clone() {
                known
                    .examples
                    .push([document.to_owned(), name, why, sample]);
            }
        }
    }
}

/// A reason without what differs from sample to sample: what is quoted, numbers, places.
fn general(why: &str) -> String {
    let mut quoted = false;
    let mut plain = String::new();
    for part in shape(why).split('"') {
        plain.push_str(if quoted { "\".\"" } else { part });
        quoted = !quoted;
    }
    let plain = plain.split(" at line ").next().unwrap_or_default();
    let mut out = String::new();
    for letter in plain.chars().take(120) {
        let letter = if letter.is_ascii_digit() { '0' } else { letter };
        if letter != '0' || !out.ends_with('0') {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_reasons_are_counted_together() {
        let mut tally = Tally::default();
        tally.lose(
            "A",
            "not decoded: ",
            "missing field `a` at line 1 column 7",
            "{}",
        );
        tally.lose(
            "B",
            "not decoded: ",
            "missing field `b` at line 1 column 12",
            "{}",
        );
        let mut all = Tally::default();
        all.add(&tally, "x.yaml");
        let (why, lost) = all.lost.first_key_value().expect("a reason");
        assert_eq!(why, "not decoded: missing field `..`");
        assert_eq!(lost.times, 2);
        let why = "missing field `a` at line 1 column 7";
        assert_eq!(
            lost.examples.first(),
            Some(&["x.yaml", "A", why, "{}"].map(str::to_owned))
        );
    }
}

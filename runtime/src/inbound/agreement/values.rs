//! Random values of all kinds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Random values, the same ones in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    pub(super) fn text(&mut self) -> String {
        const CHARACTERS: &str = "ab01 ,;:.=&+%/\\?#[]{}|\"'<>~-_!$()*@^`éß日😀";
        let characters: Vec<char> = CHARACTERS.chars().collect();
        let length = 1 + self.below(6);
        (0..length)
            .map(|_| characters[self.below(characters.len())])
            .collect()
    }

    pub(super) fn number(&mut self) -> f64 {
        let digits = self.below(1_000_000) as f64;
        match self.below(3) {
            0 => digits,
            1 => digits / 100.0,
            _ => -digits / 3.0,
        }
    }

    pub(super) fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = 1 + self.below(3);
        (0..length).map(|_| item(self)).collect()
    }

    pub(super) fn member(&mut self) -> Member {
        Member {
            text: self.text(),
            number: self.number(),
            flag: (self.below(2) == 0).then_some(self.below(2) == 0),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) text: String,
    pub(super) number: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) flag: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Lists {
    pub(super) texts: Vec<String>,
    pub(super) numbers: Vec<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Tree {
    pub(super) member: Member,
    pub(super) lists: Lists,
    pub(super) members: Vec<Member>,
    pub(super) words: BTreeMap<String, String>,
}

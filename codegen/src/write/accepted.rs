//! Which forms syn has read already, so that a file of ten thousand like items need not be parsed ten thousand times.
//!
//! Tokens take a form: a field with documentation, an attribute and a type, say. What text their names and literals
//! have makes no difference to syn. A form is what an element of a list is made of, groups within it by their
//! delimiters alone, and where the list stands; what is in the groups are forms of their own. An item whose forms syn
//! has all read in other items is one that syn would read.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};

use super::layout::{Kind, Tree};

/// The forms that syn has read.
#[derive(Debug, Default)]
pub(super) struct Accepted(FxHashSet<u64>);

impl Accepted {
    /// Has syn read the text that `trees` became, unless it has read their like.
    ///
    /// # Errors
    /// What syn objects to.
    pub(super) fn check(&mut self, trees: &[Tree], text: &str) -> Result<(), syn::Error> {
        let mut new = Vec::new();
        self.forms(trees, 0, &mut new);
        if !new.is_empty() || cfg!(debug_assertions) {
            syn::parse_file(text)?;
        }
        self.0.extend(new);
        Ok(())
    }

    /// Adds the forms that have not been read; `place` is where the list stands.
    fn forms(&self, trees: &[Tree], place: u64, new: &mut Vec<u64>) {
        let ends = |tree: &Tree| match tree {
            Tree::Mark(mark) => matches!(*mark, "," | ";"),
            Tree::Group(group) => group.kind == Kind::Brace,
            _ => false,
        };
        for element in trees.split_inclusive(ends) {
            let mut form = FxHasher::default();
            place.hash(&mut form);
            for tree in element {
                feed(tree, &mut form);
            }
            let form = form.finish();
            if !self.0.contains(&form) {
                new.push(form);
            }
            for (at, tree) in element.iter().enumerate() {
                if let Tree::Group(group) = tree {
                    self.forms(&group.trees, form.wrapping_add(at as u64 + 1), new);
                }
            }
        }
    }
}

/// Takes a tree into a form.
fn feed(tree: &Tree, form: &mut FxHasher) {
    match tree {
        Tree::Word(word) => {
            if word.keyword {
                word.text.hash(form);
            } else {
                form.write_u8(0);
            }
        }
        // What kind of literal it is shows in how it begins.
        Tree::Literal(literal) => match literal.text.bytes().next() {
            Some(first) if first.is_ascii_digit() => form.write_u8(b'0'),
            first => first.hash(form),
        },
        Tree::Mark(mark) => mark.hash(form),
        Tree::Group(group) => form.write_u8(1 + group.kind as u8),
        Tree::Doc(..) => form.write_u8(9),
    }
}

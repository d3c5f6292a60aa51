//! Which forms syn has read already, so that a file of ten thousand like items need not be parsed ten thousand times.
//!
//! Tokens take a form: a field with documentation, an attribute and a type, say. What text their names and literals
//! have makes no difference to syn, nor does how long a path is. A form is what an element of a list is made of, and
//! where the list stands; what is between delimiters or angle brackets are forms of their own. An item whose forms syn
//! has all read in other items is one that syn would read.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};

use super::layout::{self, Kind, Mark, Tree};

/// The forms that syn has read.
#[derive(Debug, Default)]
pub(super) struct Accepted(FxHashSet<u64>);

impl Accepted {
    /// Has syn read `trees`, unless it has read their like. A debug build has it read the whole `text` that they
    /// became; else documentation is left out, which is most of it and can't be wrong.
    ///
    /// # Errors
    /// What syn objects to.
    pub(super) fn check(&mut self, trees: &[Tree], text: &str) -> Result<(), syn::Error> {
        let mut new = Vec::new();
        self.forms(trees, 0, &mut new);
        if cfg!(debug_assertions) {
            syn::parse_file(text)?;
        } else if !new.is_empty() {
            let mut line = String::new();
            layout::line(trees, &mut line);
            syn::parse_file(&line)?;
        }
        self.0.extend(new);
        Ok(())
    }

    /// Adds the forms that have not been read; `place` is where the list stands.
    fn forms(&self, mut trees: &[Tree], place: u64, new: &mut Vec<u64>) {
        while !trees.is_empty() {
            let (element, rest) = trees.split_at(element_end(trees));
            self.form(element, place, new);
            trees = rest;
        }
    }

    /// Adds the form of an element, and those within it.
    fn form(&self, element: &[Tree], place: u64, new: &mut Vec<u64>) {
        let mut form = FxHasher::default();
        place.hash(&mut form);
        let mut rest = element;
        while let [tree, others @ ..] = rest {
            feed(tree, &mut form);
            rest = match tree {
                Tree::Word(_) => after_path(others),
                Tree::Mark(Mark::Lt) => match angle_end(others) {
                    Some(end) => {
                        let (arguments, others) = others.split_at(end);
                        self.forms(arguments, ARGUMENTS, new);
                        others
                    }
                    None => others,
                },
                _ => others,
            };
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

/// The place of arguments between angle brackets: they are the same wherever they stand.
const ARGUMENTS: u64 = 1;

/// Where the first element of a list ends: after its comma, semicolon or braces.
fn element_end(trees: &[Tree]) -> usize {
    let mut angles = 0_usize;
    let ends = |tree: &Tree| {
        match tree {
            Tree::Mark(Mark::Lt) => angles += 1,
            Tree::Mark(Mark::Gt) => angles = angles.saturating_sub(1),
            Tree::Mark(Mark::Comma) => return angles == 0,
            Tree::Mark(Mark::Semi) => return true,
            Tree::Group(group) => return group.kind == Kind::Brace,
            _ => {}
        }
        false
    };
    let end = trees.iter().position(ends);
    end.map_or(trees.len(), |at| at + 1)
}

/// Where the angle bracket is closed that was opened before `trees`.
fn angle_end(trees: &[Tree]) -> Option<usize> {
    let mut open = 1_usize;
    trees.iter().position(|tree| {
        match tree {
            Tree::Mark(Mark::Lt) => open += 1,
            Tree::Mark(Mark::Gt) => open -= 1,
            _ => {}
        }
        open == 0
    })
}

/// What follows a path whose first segment was before `trees`.
fn after_path(mut trees: &[Tree]) -> &[Tree] {
    while let [Tree::Mark(Mark::PathSep), Tree::Word(_), rest @ ..] = trees {
        trees = rest;
    }
    trees
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

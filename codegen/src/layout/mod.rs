//! Source text from tokens, laid out as rustfmt would.
//!
//! # Contract
//!
//! *Input.* The tokens of items that are Rust. The engine does not check that: `write` has syn read what it makes.
//!
//! *Output.* Text that means what the tokens mean. No token is added, dropped, changed or moved, but for what rustfmt
//! does as well:
//! - a comma before a closing delimiter comes and goes with the line break;
//! - the body of a closure or of an arm gets braces where it takes several lines;
//! - documentation of several lines becomes a comment for each.
//!
//! *Layout.* Lines are at most 100 columns wide, items of several lines have a blank line between them, and imports
//! stand in groups: a reader can't tell the text from one that rustfmt wrote. This is not a formatter for any Rust: it
//! knows the forms that the emitters use, and writes what it doesn't know on one line. A form that is laid out
//! differently by rustfmt is a fault of the layout, never of the meaning.
//!
//! *Cost.* Linear in the number of tokens; nothing is written twice to find out whether it fits, since each tree knows
//! its width.
//!
//! *What holds it.* `tests/emit` compares the tokens of every case and of every API of `spec/` before and after;
//! `differential` compares what prettyplease makes of both, on forms beyond those of the emitters, and is a fuzz
//! target; CI runs `cargo fmt --check` on the generated crates; `cargo xtask corpus --clippy` counts the files that
//! rustfmt would change.

mod attribute;
mod block;
#[cfg(any(test, fuzzing))]
pub(crate) mod differential;
mod example;
mod expression;
mod item;
mod mark;
mod page;
mod spacing;
mod split;
mod statement;
mod tree;

use proc_macro2::TokenStream;

pub(crate) use example::{example, program};
pub(crate) use item::items;
pub(crate) use mark::Mark;
pub(crate) use page::Page;
pub(crate) use spacing::write as line;
pub(crate) use tree::{Kind, Tree, Trees};

/// Tokens on one line, spaced as rustfmt would.
pub(crate) fn one_line(tokens: TokenStream) -> String {
    let mut text = String::new();
    line(&Trees::default().of(tokens), &mut text);
    text
}

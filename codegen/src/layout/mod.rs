//! Source text from tokens, laid out as rustfmt would.
//!
//! This is not a formatter for any Rust: it knows the forms that the emitters use, and writes what it doesn't know on one
//! line. It takes tokens as they are (none is added, dropped or changed but a comma before a closing delimiter), so
//! that a file means what its tokens mean. That they are Rust is seen to elsewhere.

mod attribute;
mod block;
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

pub(crate) use example::example;
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

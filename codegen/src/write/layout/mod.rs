//! Source text from tokens, laid out as rustfmt would.
//!
//! This is no formatter for any Rust: it knows the forms that the emitters use, and writes what it doesn't know on one
//! line. It takes tokens as they are (none is added, dropped or changed but a comma before a closing delimiter), so
//! that a file means what its tokens mean. That they are Rust is seen to elsewhere.

mod attribute;
mod block;
mod expression;
mod item;
mod page;
mod spacing;
mod split;
mod statement;
mod tree;

use proc_macro2::TokenStream;

pub(super) use page::Page;

/// Adds items to a file.
pub(super) fn items(stream: TokenStream, last: &mut Option<Stand>, page: &mut Page) {
    item::items(&tree::trees(stream), last, page);
}

pub(super) use item::Stand;

//! Source text from tokens, laid out as rustfmt would.
//!
//! This is no formatter for any Rust: it knows the forms that the emitters use, and writes what it doesn't know on one
//! line. It takes tokens as they are (none is added, dropped or changed but a comma before a closing delimiter), so
//! that a file means what its tokens mean. That they are Rust is seen to elsewhere.

mod attribute;
mod block;
mod expression;
mod item;
mod mark;
mod page;
mod spacing;
mod split;
mod statement;
mod tree;

pub(super) use item::items;
pub(super) use mark::Mark;
pub(super) use page::{Page, WIDTH};
pub(super) use spacing::write as line;
pub(super) use tree::{Kind, Tree, Trees};

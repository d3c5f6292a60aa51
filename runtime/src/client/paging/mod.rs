//! Lists that come in pages.

mod pager;
mod pages;

use super::operation::Operation;

pub use self::pages::{Items, Pages};

/// An operation whose answer is one page of a list.
pub trait Paginated: Operation + Clone {
    /// The type of a listed item.
    type Item: Send;

    /// The page that the operation asks for.
    fn position(&self) -> Position;

    /// Makes the operation ask for another page. There is nothing to do for [`Position::Link`].
    fn turn_to(&mut self, position: Position);

    /// The summary of a page, and the position of the next one.
    fn summary(page: &Self::Success) -> Summary;

    /// The items of a page.
    fn items(page: Self::Success) -> Vec<Self::Item>;
}

/// Which page an operation asks for, in its own style of paging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// The number of items to skip.
    Offset {
        /// The number of items to skip; none: from the start.
        offset: Option<u64>,
        /// The number of items to return; none: as many as the server likes.
        limit: Option<u64>,
    },
    /// From the first to the last, both included: `0-10`. None: what the server likes, from the start.
    Range(Option<String>),
    /// The server's name of the page. None: the first.
    Cursor(Option<String>),
    /// The URL that the server gave. None: the operation's own.
    Link(Option<String>),
}

/// The summary of a page, and the position of the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The number of its items.
    pub items: usize,
    /// The number of all items, where the page has it.
    pub total: Option<u64>,
    /// The cursor of, or the link to, the next page.
    pub next: Option<String>,
}

impl Summary {
    /// A page with so many items.
    pub const fn new(items: usize) -> Self {
        Self {
            items,
            total: None,
            next: None,
        }
    }

    /// Says how many items there are in all; negative numbers say nothing.
    #[must_use]
    pub fn total(mut self, total: Option<impl TryInto<u64>>) -> Self {
        self.total = total.and_then(|total| total.try_into().ok());
        self
    }

    /// Gives the cursor of, or the link to, the next page.
    #[must_use]
    pub fn next(mut self, next: Option<impl Into<String>>) -> Self {
        self.next = next.map(Into::into);
        self
    }
}

//! Lists that come in pages.

mod count;
mod fingerprint;
mod links;
mod list_spec;
mod pager;
mod pages;

use super::operation::Operation;

pub use self::count::Count;
pub use self::list_spec::ListSpec;
pub use self::pages::{Items, Pages};

/// An operation whose answer is one page of a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to be a list in pages",
    label = "this has no pages",
    note = "its document does not say how the next page is asked for; `countersign explain` says what was looked at",
    note = "`[api.NAME.paging]` in countersign.toml says how, or `x-pagination` in the document"
)]
pub trait Paginated: Operation + Clone {
    /// The type of a listed item.
    type Item: Send;

    /// The document's description of the list.
    const LIST: ListSpec = ListSpec::new();

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
#[non_exhaustive]
pub enum Position {
    /// The number of items to skip.
    Offset {
        /// The number of items to skip, or of the first item; none: from the start.
        offset: Option<u64>,
        /// The number of items to return; none: as many as the server likes.
        limit: Option<u64>,
    },
    /// The number of the page.
    Page {
        /// The number of the page; none: the first.
        page: Option<u64>,
        /// The number of items to return; none: as many as the server likes.
        size: Option<u64>,
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
#[non_exhaustive]
pub struct Summary {
    /// The number of its items.
    pub items: usize,
    /// The number of all items, where the page has it.
    pub total: Option<u64>,
    /// The number of all pages, where the page has it.
    pub pages: Option<u64>,
    /// Its own number, where the page has it.
    pub number: Option<u64>,
    /// Whether there are more pages, where the page says so.
    pub more: Option<bool>,
    /// The cursor of, or the link to, the next page.
    pub next: Option<String>,
}

impl Summary {
    /// A page with so many items.
    pub const fn new(items: usize) -> Self {
        Self {
            items,
            total: None,
            pages: None,
            number: None,
            more: None,
            next: None,
        }
    }

    /// Says how many items there are in all; a number that is negative or has a fraction says nothing.
    #[must_use]
    pub fn total(mut self, total: Option<impl Count>) -> Self {
        self.total = total.and_then(Count::count);
        self
    }

    /// Says how many pages there are in all; a number that is negative or has a fraction says nothing.
    #[must_use]
    pub fn pages(mut self, pages: Option<impl Count>) -> Self {
        self.pages = pages.and_then(Count::count);
        self
    }

    /// Says which page it is; a number that is negative or has a fraction says nothing.
    #[must_use]
    pub fn number(mut self, number: Option<impl Count>) -> Self {
        self.number = number.and_then(Count::count);
        self
    }

    /// Says whether there are more pages.
    #[must_use]
    pub const fn more(mut self, more: Option<bool>) -> Self {
        self.more = more;
        self
    }

    /// Gives the cursor of, or the link to, the next page.
    #[must_use]
    pub fn next(mut self, next: Option<impl Into<String>>) -> Self {
        self.next = next.map(Into::into);
        self
    }
}

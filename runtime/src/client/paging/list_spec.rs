//! The document's description of a list in pages.

/// The document's description of a list in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListSpec {
    /// The members that lead from the body to the items. None: the items are the body, or it is not known where they are.
    pub items: &'static [&'static str],
    /// Whether the header `Link` has the URL of the next page, by RFC 8288.
    pub link_header: bool,
    /// Whether a page that has fewer items than were asked for is the last. Not every server gives as many as it is asked
    /// for.
    pub fills_pages: bool,
    /// The number of the first page or item, which a server takes where none is sent. None: it is not documented.
    pub first: Option<u64>,
}

impl ListSpec {
    /// A list whose pages are full but for the last.
    pub const fn new() -> Self {
        Self {
            items: &[],
            link_header: false,
            fills_pages: true,
            first: None,
        }
    }

    /// Sets the members that lead from the body to the items.
    #[must_use]
    pub const fn items(mut self, items: &'static [&'static str]) -> Self {
        self.items = items;
        self
    }

    /// Says that the header `Link` has the URL of the next page.
    #[must_use]
    pub const fn link_header(mut self) -> Self {
        self.link_header = true;
        self
    }

    /// Says that a page may have fewer items than were asked for, also where more follow.
    #[must_use]
    pub const fn partly_filled(mut self) -> Self {
        self.fills_pages = false;
        self
    }

    /// Sets the number of the first page or item.
    #[must_use]
    pub const fn first(mut self, first: u64) -> Self {
        self.first = Some(first);
        self
    }
}

impl Default for ListSpec {
    fn default() -> Self {
        Self::new()
    }
}

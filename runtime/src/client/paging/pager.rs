//! Which page comes next, and when something is wrong with that.

use std::collections::HashSet;

use url::Url;

use super::{Position, Summary};
use crate::client::error::PagingError;

/// Keeps account of pages, so that paging ends.
#[derive(Debug)]
pub(super) struct Pager {
    pages: usize,
    pub(super) most: usize,
    named: HashSet<String>,
}

/// The next page: where, and for a link its URL.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Next {
    pub(super) position: Position,
    pub(super) url: Option<Url>,
}

impl Pager {
    pub(super) fn new() -> Self {
        Self {
            pages: 0,
            most: 10_000,
            named: HashSet::new(),
        }
    }

    /// The page after a page; `here` is the URL of the page at hand.
    pub(super) fn next(
        &mut self,
        at: Position,
        page: Summary,
        here: &Url,
    ) -> Result<Option<Next>, PagingError> {
        self.pages = self.pages.saturating_add(1);
        let empty = page.items == 0;
        let next = match at {
            Position::Offset { offset, limit } => {
                let start = offset.unwrap_or(0);
                let next = counted(start, limit, &page)?;
                next.map(|offset| Position::Offset {
                    offset: Some(offset),
                    limit,
                })
                .map(Next::at)
            }
            Position::Range(range) => after_range(range.as_deref(), &page)?,
            Position::Cursor(_) => {
                let cursor = self.named(page.next, empty)?;
                cursor.map(|cursor| Next::at(Position::Cursor(Some(cursor))))
            }
            Position::Link(_) => match self.named(page.next, empty)? {
                Some(link) => Some(follow(link, here)?),
                None => None,
            },
        };
        if next.is_some() && self.pages >= self.most {
            return Err(PagingError::TooManyPages(self.most));
        }
        Ok(next)
    }

    /// A cursor or link, if there is one, that has not been named before.
    fn named(&mut self, next: Option<String>, empty: bool) -> Result<Option<String>, PagingError> {
        let Some(next) = next.filter(|next| !next.is_empty()) else {
            return Ok(None);
        };
        if empty {
            return Err(PagingError::EmptyPage);
        }
        if !self.named.insert(next.clone()) {
            return Err(PagingError::Repeated);
        }
        Ok(Some(next))
    }
}

impl Next {
    const fn at(position: Position) -> Self {
        Self {
            position,
            url: None,
        }
    }
}

/// Where the next page starts. Without a total, a page that is not full is the last one.
fn counted(start: u64, limit: Option<u64>, page: &Summary) -> Result<Option<u64>, PagingError> {
    let items = u64::try_from(page.items).unwrap_or(u64::MAX);
    let end = start.saturating_add(items);
    match page.total {
        Some(total) if end >= total => Ok(None),
        Some(_) if items == 0 => Err(PagingError::EmptyPage),
        Some(_) => Ok(Some(end)),
        None if items == 0 || limit.is_some_and(|limit| items < limit) => Ok(None),
        None => Ok(Some(end)),
    }
}

fn after_range(range: Option<&str>, page: &Summary) -> Result<Option<Next>, PagingError> {
    let asked = range.and_then(|range| {
        let (first, last) = range.split_once('-')?;
        let (first, last) = (
            first.trim().parse::<u64>().ok()?,
            last.trim().parse::<u64>().ok()?,
        );
        Some((first, last.checked_sub(first)?.saturating_add(1)))
    });
    let start = asked.map_or(0, |(first, _)| first);
    let next = counted(start, asked.map(|(_, span)| span), page)?;
    Ok(next.map(|first| {
        let span = asked.map_or(u64::try_from(page.items).unwrap_or(1), |(_, span)| span);
        let last = first.saturating_add(span).saturating_sub(1);
        Next::at(Position::Range(Some(format!("{first}-{last}"))))
    }))
}

/// A link may leave the page, not the server.
fn follow(link: String, here: &Url) -> Result<Next, PagingError> {
    let url = here.join(&link).map_err(|_| PagingError::BadLink)?;
    if url.origin() != here.origin() || !url.username().is_empty() || url.password().is_some() {
        return Err(PagingError::ForeignLink {
            host: url.host_str().unwrap_or_default().to_owned(),
        });
    }
    Ok(Next {
        position: Position::Link(Some(link)),
        url: Some(url),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() -> Url {
        Url::parse("https://h.example/v1/list?page=1").unwrap()
    }

    fn after(at: Position, page: Summary) -> Result<Option<Position>, PagingError> {
        Pager::new()
            .next(at, page, &here())
            .map(|next| next.map(|next| next.position))
    }

    fn offset(offset: u64, limit: impl Into<Option<u64>>) -> Position {
        Position::Offset {
            offset: Some(offset),
            limit: limit.into(),
        }
    }

    #[test]
    fn offsets_count_what_came() {
        let page = |items, total: Option<u64>| Summary::new(items).total(total);
        assert_eq!(
            after(offset(0, 2), page(2, Some(3))),
            Ok(Some(offset(2, 2)))
        );
        assert_eq!(after(offset(2, 2), page(1, Some(3))), Ok(None));
        assert_eq!(
            after(offset(0, 9), page(2, Some(3))),
            Ok(Some(offset(2, 9)))
        );
        assert_eq!(after(offset(0, 2), page(2, None)), Ok(Some(offset(2, 2))));
        assert_eq!(after(offset(0, 2), page(1, None)), Ok(None));
        assert_eq!(
            after(offset(0, None), page(1, None)),
            Ok(Some(offset(1, None)))
        );
        assert_eq!(after(offset(9, None), page(0, None)), Ok(None));
        assert_eq!(
            after(offset(2, 2), page(0, Some(3))),
            Err(PagingError::EmptyPage)
        );
    }

    #[test]
    fn ranges_include_both_ends() {
        let range = |text: &str| Position::Range(Some(text.to_owned()));
        assert_eq!(
            after(range("0-10"), Summary::new(11).total(Some(30))),
            Ok(Some(range("11-21")))
        );
        assert_eq!(
            after(range("22-32"), Summary::new(8).total(Some(30))),
            Ok(None)
        );
        assert_eq!(
            after(Position::Range(None), Summary::new(5).total(Some(7))),
            Ok(Some(range("5-9")))
        );
    }

    #[test]
    fn cursors_must_not_repeat_nor_name_more_than_nothing() {
        let mut pager = Pager::new();
        let mut next = |name: &str, items| {
            pager
                .next(
                    Position::Cursor(None),
                    Summary::new(items).next(Some(name)),
                    &here(),
                )
                .map(|next| next.is_some())
        };
        assert_eq!(next("a", 1), Ok(true));
        assert_eq!(next("b", 1), Ok(true));
        assert_eq!(next("a", 1), Err(PagingError::Repeated));
        assert_eq!(next("c", 0), Err(PagingError::EmptyPage));
        assert_eq!(next("", 1), Ok(false));
    }

    #[test]
    fn links_stay_at_the_server() {
        let next = |link: &str| {
            Pager::new().next(
                Position::Link(None),
                Summary::new(1).next(Some(link)),
                &here(),
            )
        };
        let url = |link| next(link).unwrap().unwrap().url.unwrap().to_string();
        assert_eq!(url("?page=2"), "https://h.example/v1/list?page=2");
        assert_eq!(url("https://h.example:443/v2"), "https://h.example/v2");
        for foreign in [
            "https://evil.example/",
            "//evil.example/",
            "http://h.example/",
            "https://u:p@h.example/",
        ] {
            assert!(
                matches!(next(foreign), Err(PagingError::ForeignLink { .. })),
                "{foreign}"
            );
        }
    }

    #[test]
    fn pages_are_counted() {
        let mut pager = Pager {
            most: 2,
            ..Pager::new()
        };
        assert!(pager.next(offset(0, 1), Summary::new(1), &here()).is_ok());
        assert_eq!(
            pager.next(offset(1, 1), Summary::new(1), &here()),
            Err(PagingError::TooManyPages(2))
        );
    }
}

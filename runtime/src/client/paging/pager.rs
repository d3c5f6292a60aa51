//! Which page comes next, and when something is wrong with that.

use std::collections::HashSet;

use url::Url;

use super::{ListSpec, Position, Summary};
use crate::client::error::PagingError;

/// Keeps account of pages, so that paging ends.
#[derive(Debug)]
pub(super) struct Pager {
    spec: ListSpec,
    pages: u64,
    pub(super) most: usize,
    named: HashSet<String>,
    /// Whether a page may be like another.
    pub(super) may_equal: bool,
    /// The items of the first page and of the last one, as hashes.
    first_items: Option<u64>,
    last_items: Option<u64>,
    /// The items that came so far.
    seen: u64,
    /// The items of the fullest page.
    fullest: u64,
    /// Whether the first page of the list was the first to be asked for.
    is_from_start: bool,
    /// The number of the first page.
    first: Option<u64>,
    /// Whether page 1 was asked for to learn whether that is the first page or the second.
    is_probing: bool,
}

/// A page that came, compared with those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// Another page.
    New,
    /// The first page, which was asked for by its number.
    First,
    /// A page that was there before.
    Repeated,
}

/// The next page: where, and for a link its URL.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Next {
    pub(super) position: Position,
    pub(super) url: Option<Url>,
}

impl Pager {
    pub(super) fn new(spec: ListSpec) -> Self {
        Self {
            spec,
            pages: 0,
            most: 10_000,
            named: HashSet::new(),
            may_equal: false,
            first_items: None,
            last_items: None,
            seen: 0,
            fullest: 0,
            is_from_start: true,
            first: spec.first,
            is_probing: false,
        }
    }

    /// Takes note of the items of a page, as a hash; none: it has no items.
    ///
    /// A server that does not know the parameter of the next page sends the first again, and one that is asked for more
    /// pages than there are may send the last again.
    pub(super) fn arrived(&mut self, items: Option<u64>) -> Arrival {
        let is_probe = std::mem::take(&mut self.is_probing);
        if is_probe {
            let is_first = items.is_some() && items == self.first_items;
            self.first = Some(u64::from(is_first));
            if is_first {
                return Arrival::First;
            }
        }
        let Some(items) = items else {
            return Arrival::New;
        };
        let known = [self.first_items, self.last_items];
        if known.contains(&Some(items)) && !self.may_equal {
            return Arrival::Repeated;
        }
        self.first_items.get_or_insert(items);
        self.last_items = Some(items);
        Arrival::New
    }

    /// The page after the first one, which came twice.
    pub(super) fn after_first(&self, at: Position) -> Position {
        match at {
            Position::Page { size, .. } => Position::Page {
                page: Some(2),
                size,
            },
            other => other,
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
        let items = u64::try_from(page.items).unwrap_or(u64::MAX);
        self.seen = self.seen.saturating_add(items);
        self.fullest = self.fullest.max(items);
        let next = match at {
            Position::Offset { offset, limit } => {
                let first = self.spec.first.unwrap_or(0);
                let next = self.counted(offset.unwrap_or(first), first, limit, &page)?;
                next.map(|offset| Position::Offset {
                    offset: Some(offset),
                    limit,
                })
                .map(Next::at)
            }
            Position::Page { page: number, size } => {
                let next = self.numbered(number, size, &page)?;
                next.map(|page| Position::Page {
                    page: Some(page),
                    size,
                })
                .map(Next::at)
            }
            Position::Range(range) => self.after_range(range.as_deref(), &page)?,
            Position::Cursor(_) => {
                let cursor = self.named(page)?;
                cursor.map(|cursor| Next::at(Position::Cursor(Some(cursor))))
            }
            Position::Link(_) => match self.named(page)? {
                Some(link) => Some(follow(link, here)?),
                None => None,
            },
        };
        if next.is_some() && self.pages >= u64::try_from(self.most).unwrap_or(u64::MAX) {
            return Err(PagingError::TooManyPages(self.most));
        }
        Ok(next)
    }

    /// A cursor or link, if there is one, that has not been named before.
    fn named(&mut self, page: Summary) -> Result<Option<String>, PagingError> {
        let next = page.next.filter(|next| !next.is_empty());
        let Some(next) = next.filter(|_| page.more != Some(false)) else {
            return match page.more {
                Some(true) if page.items == 0 => Err(PagingError::EmptyPage),
                Some(true) => Err(PagingError::NoNext),
                _ => Ok(None),
            };
        };
        if page.items == 0 {
            return Err(PagingError::EmptyPage);
        }
        if !self.named.insert(next.clone()) {
            return Err(PagingError::Repeated);
        }
        Ok(Some(next))
    }

    /// Where the page after one that starts at `start` starts.
    fn counted(
        &self,
        start: u64,
        first: u64,
        limit: Option<u64>,
        page: &Summary,
    ) -> Result<Option<u64>, PagingError> {
        let items = u64::try_from(page.items).unwrap_or(u64::MAX);
        let end = start.saturating_add(items);
        let is_all = page.total.map(|total| end.saturating_sub(first) >= total);
        let is_last = self.is_last(limit, is_all, page)?;
        Ok((!is_last).then_some(end))
    }

    /// The number of the page after one of this number; none was sent for the first.
    fn numbered(
        &mut self,
        number: Option<u64>,
        size: Option<u64>,
        page: &Summary,
    ) -> Result<Option<u64>, PagingError> {
        if self.pages == 1 {
            self.is_from_start = number.is_none() || number == self.first;
        }
        let number = number.or(self.first).or(page.number);
        let pages = page.pages.and_then(|pages| match (number, self.first) {
            (Some(number), Some(first)) => {
                Some(number.saturating_sub(first).saturating_add(1) >= pages)
            }
            _ => self.is_from_start.then_some(self.pages >= pages),
        });
        let total = page.total.filter(|_| self.is_from_start);
        let is_all = pages.or(total.map(|total| self.seen >= total));
        if self.is_last(size, is_all, page)? {
            return Ok(None);
        }
        // Nobody says whether the first page is page 0 or page 1: page 1 tells.
        self.is_probing = number.is_none();
        Ok(Some(number.map_or(1, |number| number.saturating_add(1))))
    }

    /// Whether a page is the last, by all that is known of it.
    fn is_last(
        &self,
        limit: Option<u64>,
        is_all: Option<bool>,
        page: &Summary,
    ) -> Result<bool, PagingError> {
        let items = u64::try_from(page.items).unwrap_or(u64::MAX);
        match page.more.map(|more| !more).or(is_all) {
            Some(false) if items == 0 => Err(PagingError::EmptyPage),
            Some(is_last) => Ok(is_last),
            None => {
                // A server that gave so many once has no lower limit of its own.
                let fills = |limit: u64| self.spec.fills_pages || self.fullest >= limit;
                Ok(items == 0 || limit.is_some_and(|limit| items < limit && fills(limit)))
            }
        }
    }

    fn after_range(
        &self,
        range: Option<&str>,
        page: &Summary,
    ) -> Result<Option<Next>, PagingError> {
        let asked = range.and_then(|range| {
            let (first, last) = range.split_once('-')?;
            let (first, last) = (
                first.trim().parse::<u64>().ok()?,
                last.trim().parse::<u64>().ok()?,
            );
            Some((first, last.checked_sub(first)?.saturating_add(1)))
        });
        let start = asked.map_or(0, |(first, _)| first);
        let next = self.counted(start, 0, asked.map(|(_, span)| span), page)?;
        Ok(next.map(|first| {
            let span = asked.map_or(u64::try_from(page.items).unwrap_or(1), |(_, span)| span);
            let last = first.saturating_add(span).saturating_sub(1);
            Next::at(Position::Range(Some(format!("{first}-{last}"))))
        }))
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

/// A link may leave the page, not the server.
fn follow(link: String, here: &Url) -> Result<Next, PagingError> {
    let mut url = here.join(&link).map_err(|_| PagingError::BadLink)?;
    url.set_fragment(None);
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
mod tests;

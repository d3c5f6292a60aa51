//! Paging where nobody declares it: what a request asks for, and what an answer says, have to agree.

use crate::ir::{
    NextCursor, Operation, Paging, PagingBasis, PagingEnd, PagingFlag, PagingStyle, Type, Unpaged,
    UnpagedReason,
};

use super::super::super::Lowering;
use super::super::Found;
use super::answer::{Answered, Said};
use super::cursor::{self, Cursor};
use super::link::{self, Addresses};
use super::request::{Asked, first_of};
use super::words::{LAST, LAST_PAGE, MORE, NUMBER, PAGES, TOTAL, folded};

impl<'a> Lowering<'a> {
    /// The pagination of an operation that does not declare any, or why there is none though it asks for a page.
    pub(super) fn inferred(
        &self,
        found: &Found<'a>,
        operation: &Operation,
    ) -> Result<Paging, Option<Unpaged>> {
        // What changes something is not done again for the next page.
        if operation.method.as_str() != "GET" || operation.body.is_some() {
            return Err(None);
        }
        // OData answers with a number here, whatever the document says.
        if operation.path.text().ends_with("/$count") {
            return Err(None);
        }
        let asked = Asked::of(self, operation);
        let Some(answered) = Answered::of(self, operation) else {
            return Err(asked.unpaged(|_| UnpagedReason::NoList));
        };
        let style = self.style(found, operation, &asked, &answered);
        let style = style.ok_or_else(|| asked.unpaged(Asked::without_style))?;
        let end = end(operation, &answered, &style);
        Ok(Paging {
            style,
            items: answered.items,
            item: answered.item,
            end,
            basis: PagingBasis::Inferred,
        })
    }

    fn style(
        &self,
        found: &Found<'a>,
        operation: &Operation,
        asked: &Asked,
        answered: &Answered,
    ) -> Option<PagingStyle> {
        let addresses = Addresses::of(self, found);
        let cursor = cursor::cursor(asked, answered, &addresses);
        let by = |Cursor { parameter, next }: Cursor| PagingStyle::Cursor {
            cursor: parameter,
            next,
        };
        // Where pages have numbers as well, a cursor may be there only for those who began with one.
        let is_counted = asked.page.is_some() || asked.offset.is_some();
        if let Some(cursor) = cursor.filter(|_| !is_counted) {
            return Some(by(cursor));
        }
        if let Some(link) = link::link(asked, answered, &addresses) {
            return Some(linked(link));
        }
        if link::is_in_header(asked, operation) {
            return Some(PagingStyle::LinkHeader);
        }
        if let Some(cursor) = cursor::last_item(self, asked, answered) {
            return Some(by(cursor));
        }
        match (asked.page, asked.offset) {
            (Some(page), None) => numbered(operation, asked, answered, page),
            (None, Some(offset)) => self.counted(operation, asked, offset),
            _ => None,
        }
    }

    /// By an offset and the number of items.
    fn counted(&self, operation: &Operation, asked: &Asked, offset: usize) -> Option<PagingStyle> {
        let parameter = operation.parameters.get(offset)?;
        let sizes = asked.sizes.iter().filter(|size| **size != offset);
        let sizes: Vec<usize> = sizes.copied().collect();
        let is_index = folded(parameter.wire.text()).contains("index");
        let first = match first_of(parameter) {
            Some(first) => first,
            // An index counts from 0 or from 1, and nobody says which.
            None if is_index => return None,
            None => 0,
        };
        Some(PagingStyle::Offset {
            offset,
            limit: match sizes.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
            first,
        })
    }
}

/// Members: the number of the items that a filter lets through. Beside one, the number of all items is of those as well
/// that no page has.
const FOUND: &[&str] = &[
    "filtercount",
    "filteredcount",
    "filteredtotal",
    "totalfiltered",
    "totalfilteredcount",
    "recordsfiltered",
    "filteredrecords",
    "matchcount",
    "matchedcount",
    "totalmatched",
    "totalmatches",
    "foundcount",
    "totalfound",
];

fn linked(said: &Said) -> PagingStyle {
    PagingStyle::Link {
        next: said.fields.clone(),
    }
}

/// By the number of the page: the number of items can be asked for, or the answer says how many pages there are.
fn numbered(
    operation: &Operation,
    asked: &Asked,
    answered: &Answered,
    page: usize,
) -> Option<PagingStyle> {
    let parameter = operation.parameters.get(page)?;
    let counts = |names| answered.only(names, is_count).is_some();
    let is_told = counts(TOTAL) || counts(PAGES) || flag(answered).is_some();
    if asked.sizes.is_empty() && !is_told {
        return None;
    }
    Some(PagingStyle::Page {
        page,
        size: asked.size(),
        first: first_of(parameter),
    })
}

/// The signs of the last page in an answer.
fn end(operation: &Operation, answered: &Answered, style: &PagingStyle) -> PagingEnd {
    let number = |names: &[&str]| {
        let found = answered.only(names, is_count);
        found.map(|said| said.fields.clone())
    };
    let more = flag(answered);
    let size = match style {
        PagingStyle::Page { size, .. } => *size,
        PagingStyle::Offset { limit, .. } => *limit,
        PagingStyle::Cursor { next, .. } => {
            // A page that names the next one by itself needs no flag; one that does not has nothing else.
            let is_last_item = matches!(next, NextCursor::LastItem(_));
            return PagingEnd {
                more: more.filter(|_| is_last_item || is_by_id(next, answered)),
                ..PagingEnd::default()
            };
        }
        _ => return PagingEnd::default(),
    };
    let size = size.and_then(|size| operation.parameters.get(size));
    // A server that documents the most that it gives, gives as much.
    let is_kept = size.is_some_and(|size| {
        size.constraints.maximum.is_some() || size.constraints.exclusive_maximum.is_some()
    });
    let is_numbered = matches!(style, PagingStyle::Page { .. });
    let from_one = matches!(style, PagingStyle::Page { first: Some(1), .. });
    PagingEnd {
        total: number(FOUND).or_else(|| number(TOTAL)),
        pages: number(PAGES)
            .or_else(|| number(LAST_PAGE).filter(|_| from_one))
            .filter(|_| is_numbered),
        number: number(NUMBER).filter(|_| is_numbered),
        more,
        partly_filled: !is_kept,
    }
}

/// Whether the cursor is the id of an item, which is there on the last page as well.
fn is_by_id(next: &NextCursor, answered: &Answered) -> bool {
    let NextCursor::Body(fields) = next else {
        return false;
    };
    let mut said = answered.said.iter();
    said.any(|said| said.fields == *fields && ["lastid", "endcursor"].contains(&&*said.name))
}

/// The flag of a page.
fn flag(answered: &Answered) -> Option<PagingFlag> {
    let is_bool = |ty: &Type| matches!(ty, Type::Bool);
    let found = |names: &[&str], says_last| {
        let said = answered.only(names, is_bool)?;
        Some(PagingFlag {
            fields: said.fields.clone(),
            says_last,
        })
    };
    found(MORE, false).or_else(|| found(LAST, true))
}

fn is_count(ty: &Type) -> bool {
    matches!(ty, Type::Int(_) | Type::Float)
}

//! Lists that come in pages.

use super::{Field, Shape, Type, Types};
use crate::names::FieldName;

/// The pagination of an operation. Positions are those of parameters; names of fields lead from the success body.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// The way to the next page.
    pub style: PagingStyle,
    /// Fields that lead to the items. None: the body is the list.
    pub items: Vec<FieldName>,
    /// The type of a listed item.
    pub item: Type,
    /// The signs of the last page.
    pub end: PagingEnd,
    /// Who says so.
    pub basis: PagingBasis,
}

/// The way to the next page.
#[derive(Clone, Debug, PartialEq)]
pub enum PagingStyle {
    /// By offset and limit.
    Offset {
        /// The parameter of the offset.
        offset: usize,
        /// The parameter of the limit.
        limit: Option<usize>,
        /// The offset of the first item: 0 or 1.
        first: u64,
    },
    /// By the number of the page.
    Page {
        /// The parameter of the number.
        page: usize,
        /// The parameter of the number of items.
        size: Option<usize>,
        /// The number of the first page, if it is known.
        first: Option<u64>,
    },
    /// By a range `first-last`.
    Range {
        /// The parameter of the range.
        range: usize,
    },
    /// By a cursor that each page gives for the next.
    Cursor {
        /// The parameter of the cursor.
        cursor: usize,
        /// Where the cursor of the next page is.
        next: NextCursor,
    },
    /// By the URL of the next page.
    Link {
        /// Fields that lead to the URL.
        next: Vec<FieldName>,
    },
    /// By the URL of the next page, in the header `Link`.
    LinkHeader,
}

/// Where the cursor of the next page is.
#[derive(Clone, Debug, PartialEq)]
pub enum NextCursor {
    /// In the body: fields that lead there.
    Body(Vec<FieldName>),
    /// In the last item: its field.
    LastItem(FieldName),
}

/// The signs of the last page, beside those of its style.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PagingEnd {
    /// Fields that lead to the number of all items.
    pub total: Option<Vec<FieldName>>,
    /// Fields that lead to the number of all pages.
    pub pages: Option<Vec<FieldName>>,
    /// Fields that lead to the page's own number.
    pub number: Option<Vec<FieldName>>,
    /// Fields that lead to a flag.
    pub more: Option<PagingFlag>,
    /// Whether a page may have fewer items than were asked for, also where more follow.
    pub partly_filled: bool,
}

/// A flag of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct PagingFlag {
    /// Fields that lead there.
    pub fields: Vec<FieldName>,
    /// Whether it says that the page is the last, and not that there are more.
    pub says_last: bool,
}

/// Who says that an operation pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingBasis {
    /// An extension of the operation.
    Extension(&'static str),
    /// The settings.
    Settings,
    /// Its parameters and its answer agree.
    Inferred,
}

/// A request that asks for a page, of an operation that is not known to be a list in pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpaged {
    /// The parameters that ask, by their positions.
    pub asked: Vec<usize>,
    /// The reason.
    pub why: UnpagedReason,
}

/// Why paging could not be inferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnpagedReason {
    /// The answer has no list that is certainly the one of the pages.
    NoList,
    /// A number of a page and an offset.
    TwoWays,
    /// The number of a page alone: nothing says when there are no more.
    NoEnd,
    /// An index of which nobody says whether it begins at 0 or at 1.
    NoFirst,
    /// A cursor that no member of the answer is.
    NoNext,
    /// The number of items alone.
    SizeAlone,
}

impl Types {
    /// The struct that a type is, aliases followed, and its fields.
    pub fn fields_of<'t>(&'t self, ty: &Type) -> Option<&'t [Field]> {
        let mut id = ty.named()?;
        // As many steps as there are types, so that a mistake elsewhere can't hang it.
        for _ in 0..self.len() {
            match &self.get(id).shape {
                Shape::Alias(inner) => id = inner.named()?,
                _ => break,
            }
        }
        match &self.get(id).shape {
            Shape::Struct(body) => Some(&body.fields),
            _ => None,
        }
    }

    /// The fields on a way from a type; none where there is no such field.
    pub fn along<'t>(&'t self, from: &Type, names: &[FieldName]) -> Option<Vec<&'t Field>> {
        let mut fields: Vec<&'t Field> = Vec::with_capacity(names.len());
        for name in names {
            let of = fields.last().map_or(from, |field| &field.ty);
            let mut all = self.fields_of(of)?.iter();
            fields.push(all.find(|field| field.name == *name)?);
        }
        Some(fields)
    }
}

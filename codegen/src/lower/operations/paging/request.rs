//! Requests for a page.

use crate::ir::{Literal, Location, Operation, Parameter, Presence, Type, Unpaged, UnpagedReason};

use super::super::super::Lowering;
use super::words::{
    CURSOR, NOT_A_PAGE, NOT_AN_OFFSET, NOT_ITEMS, OFFSET, PAGE, RANGE_END, SIZE, TIME, WEAK_OFFSET,
    folded, has_word, words,
};

/// The parameters of an operation that ask for a page, by their positions.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The number of the page.
    pub(super) page: Option<usize>,
    /// The number of items before it.
    pub(super) offset: Option<usize>,
    /// The numbers of items; it is known which counts where there is one.
    pub(super) sizes: Vec<usize>,
    /// The server's names of pages, each with its folded name.
    pub(super) cursors: Vec<(usize, String)>,
}

impl Asked {
    pub(super) fn of(lowering: &Lowering<'_>, operation: &Operation) -> Self {
        let mut asked = Self::default();
        let (mut pages, mut offsets) = (Vec::new(), Vec::new());
        let parameters = || operation.parameters.iter().enumerate();
        let is_open = parameters()
            .all(|(_, parameter)| !RANGE_END.contains(&folded(parameter.wire.text()).as_str()));
        for (at, parameter) in parameters() {
            let is_query = matches!(parameter.location, Location::Query { .. });
            if !is_query || parameter.deprecated || parameter.constant.is_some() {
                continue;
            }
            let folded = folded(parameter.wire.text());
            let name = folded.as_str();
            match lowering.unaliased(&parameter.ty) {
                // TypeScript knows numbers alone, so that its frameworks write no integers.
                ty @ (Type::Int(_) | Type::Float) => {
                    let says =
                        |known: &[&str]| said_of(parameter).any(|text| has_word(text, known));
                    if PAGE.contains(&name) && !says(NOT_A_PAGE) {
                        pages.push(at);
                    }
                    if SIZE.contains(&name) {
                        asked.sizes.push(at);
                    }
                    let is_plain = OFFSET.contains(&name) && !says(NOT_AN_OFFSET);
                    // A number may be a time as well.
                    let is_weak = WEAK_OFFSET.contains(&name)
                        && *ty != Type::Float
                        && is_open
                        && (is_numbered(parameter) || !says(NOT_ITEMS));
                    if is_plain || is_weak {
                        offsets.push(at);
                    }
                }
                Type::String | Type::Uuid if parameter.presence == Presence::Optional => {
                    let is_time = said_of(parameter).any(|text| has_word(text, TIME));
                    if CURSOR.contains(&name) && !is_time {
                        asked.cursors.push((at, folded));
                    }
                }
                _ => {}
            }
        }
        let only = |found: Vec<usize>| match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        asked.page = only(pages);
        // An offset alone may be of anything.
        asked.offset = only(offsets).filter(|at| asked.sizes.iter().any(|size| size != at));
        asked
    }

    /// Whether it asks for a page in some way.
    pub(super) fn is_paged(&self) -> bool {
        self.page.is_some()
            || self.offset.is_some()
            || !self.sizes.is_empty()
            || !self.cursors.is_empty()
    }

    /// The parameters that ask for a page which can't be given, and why.
    pub(super) fn unpaged(&self, why: impl Fn(&Self) -> UnpagedReason) -> Option<Unpaged> {
        let mut asked: Vec<usize> = self.offset.into_iter().chain(self.page).collect();
        if asked.is_empty() {
            asked.extend(self.cursors.iter().map(|(at, _)| *at));
        }
        if asked.is_empty() {
            asked.extend(&self.sizes);
        }
        let why = why(self);
        (!asked.is_empty()).then_some(Unpaged { asked, why })
    }

    /// Why an answer that has a list can't be asked for its next page.
    pub(super) fn without_style(&self) -> UnpagedReason {
        match (self.page, self.offset) {
            (Some(_), Some(_)) => UnpagedReason::TwoWays,
            (Some(_), None) => UnpagedReason::NoEnd,
            (None, Some(_)) => UnpagedReason::NoFirst,
            (None, None) if self.cursors.is_empty() => UnpagedReason::SizeAlone,
            (None, None) => UnpagedReason::NoNext,
        }
    }

    /// The number of items, where one parameter alone can be meant.
    pub(super) fn size(&self) -> Option<usize> {
        match self.sizes.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// Whether a number is called one of items in so many words.
fn is_numbered(parameter: &Parameter) -> bool {
    const ITEMS: &[&str] = &[
        "offset",
        "skip",
        "index",
        "paging",
        "pagination",
        "zero",
        "items",
        "results",
        "records",
    ];
    said_of(parameter).any(|text| has_word(text, ITEMS))
}

/// The author's words on a parameter.
pub(super) fn said_of(parameter: &Parameter) -> impl Iterator<Item = &str> {
    let docs = &parameter.docs;
    let texts = docs.summary.iter().chain(&docs.description);
    texts.map(|text| text.text())
}

/// The number of the first page or item, if a parameter says it: 0 or 1.
pub(super) fn first_of(parameter: &Parameter) -> Option<u64> {
    let is = |literal: Option<&Literal>, wanted: i128| match literal {
        Some(Literal::Int(found)) => *found == wanted,
        Some(Literal::Float(found)) => *found == wanted as f64,
        _ => false,
    };
    let default = parameter.default.as_ref();
    if let Some(first) = [0, 1].into_iter().find(|first| is(default, *first)) {
        return u64::try_from(first).ok();
    }
    // A least value of nought says no more than that it is not negative.
    let limits = &parameter.constraints;
    if is(limits.minimum.as_ref(), 1) || is(limits.exclusive_minimum.as_ref(), 0) {
        return Some(1);
    }
    let mut said = said_of(parameter).filter_map(first_said);
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// The first number by a text: "zero-based", "starts at 1", "default: 0".
fn first_said(text: &str) -> Option<u64> {
    let words: Vec<String> = words(text).collect();
    let number = |word: &String| match word.as_str() {
        "0" | "zero" => Some(0),
        "1" | "one" => Some(1),
        _ => None,
    };
    let found = words.iter().enumerate().filter_map(|(at, word)| {
        let number = number(word)?;
        let before = |back: usize| {
            at.checked_sub(back)
                .and_then(|at| words.get(at))
                .map_or("", String::as_str)
        };
        let after = words.get(at.saturating_add(1)).map_or("", String::as_str);
        let says = matches!(after, "based" | "indexed")
            || matches!(before(1), "default" | "defaults")
            || (matches!(before(1), "at" | "from" | "with" | "to" | "is" | "value")
                && matches!(
                    before(2),
                    "start"
                        | "starts"
                        | "starting"
                        | "begin"
                        | "begins"
                        | "beginning"
                        | "counting"
                        | "page"
                        | "default"
                        | "defaults"
                        | "indexed"
                ));
        says.then_some(number)
    });
    let found: Vec<u64> = found.collect();
    let first = found.first().copied()?;
    found.iter().all(|other| *other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::first_said;

    #[test]
    fn texts_say_which_page_is_the_first() {
        for (text, first) in [
            ("Zero-based page index (0..N)", Some(0)),
            ("page number of results to return (1-based)", Some(1)),
            ("The page, starting at 1.", Some(1)),
            ("Pages start from 0", Some(0)),
            ("Defaults to `1`.", Some(1)),
            ("Default: 0", Some(0)),
            ("The first page is 1", Some(1)),
            ("The page to return.", None),
            ("Page 1 of 10", None),
            ("1-based, or 0-based", None),
        ] {
            assert_eq!(first_said(text), first, "{text}");
        }
    }
}

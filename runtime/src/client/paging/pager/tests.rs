//! The ends of lists, in each style.

use super::*;

fn here() -> Url {
    Url::parse("https://h.example/v1/list?page=1").unwrap()
}

fn after(at: Position, page: Summary) -> Result<Option<Position>, PagingError> {
    Pager::new(ListSpec::new())
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
    let mut pager = Pager::new(ListSpec::new());
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
        Pager::new(ListSpec::new()).next(
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
        ..Pager::new(ListSpec::new())
    };
    assert!(pager.next(offset(0, 1), Summary::new(1), &here()).is_ok());
    assert_eq!(
        pager.next(offset(1, 1), Summary::new(1), &here()),
        Err(PagingError::TooManyPages(2))
    );
}

fn page_of(page: impl Into<Option<u64>>, size: impl Into<Option<u64>>) -> Position {
    Position::Page {
        page: page.into(),
        size: size.into(),
    }
}

/// Asks for page after page; what comes is told by its number of items.
fn asked(spec: ListSpec, mut at: Position, pages: &[Summary]) -> Vec<Option<u64>> {
    let mut pager = Pager::new(spec);
    let mut numbers = Vec::new();
    for page in pages {
        let Some(next) = pager.next(at, page.clone(), &here()).unwrap() else {
            numbers.push(None);
            break;
        };
        at = next.position;
        numbers.push(match at {
            Position::Page { page, .. } => page,
            Position::Offset { offset, .. } => offset,
            _ => None,
        });
    }
    numbers
}

#[test]
fn numbers_of_pages_count_from_the_first() {
    let one = ListSpec::new().first(1);
    let full = || Summary::new(2);
    let last = || Summary::new(1);
    let empty = || Summary::new(0);
    assert_eq!(
        asked(one, page_of(None, 2), &[full(), full(), last()]),
        [Some(2), Some(3), None]
    );
    assert_eq!(
        asked(one, page_of(4, None), &[full(), last(), empty()]),
        [Some(5), Some(6), None]
    );
    let zero = ListSpec::new().first(0);
    assert_eq!(
        asked(zero, page_of(None, 2), &[full(), last()]),
        [Some(1), None]
    );
    // The page says its number where the document does not.
    let told = || full().number(Some(1));
    assert_eq!(
        asked(ListSpec::new(), page_of(None, 2), &[told(), last()]),
        [Some(2), None]
    );
}

#[test]
fn totals_and_flags_end_pages() {
    let one = ListSpec::new().first(1);
    let total = |items, total: u64| Summary::new(items).total(Some(total));
    assert_eq!(
        asked(one, page_of(None, 5), &[total(2, 4), total(2, 4)]),
        [Some(2), None]
    );
    // Who starts in the middle has not seen what was before.
    assert_eq!(
        asked(one, page_of(2, 2), &[total(2, 4), total(0, 4)][..1]),
        [Some(3)]
    );
    let pages = |items, pages: u64| Summary::new(items).pages(Some(pages));
    assert_eq!(
        asked(one, page_of(2, 2), &[pages(2, 3), pages(2, 3)]),
        [Some(3), None]
    );
    let more = |items, more| Summary::new(items).more(Some(more));
    assert_eq!(
        asked(one, page_of(None, 5), &[more(1, true), more(5, false)]),
        [Some(2), None]
    );
    let after = |page| {
        Pager::new(one)
            .next(page_of(None, 5), page, &here())
            .unwrap_err()
    };
    assert_eq!(after(more(0, true)), PagingError::EmptyPage);
    assert_eq!(after(pages(0, 3)), PagingError::EmptyPage);
}

#[test]
fn a_server_may_give_fewer_than_it_is_asked_for() {
    let capped = ListSpec::new().first(1).partly_filled();
    let page = Summary::new;
    assert_eq!(
        asked(
            capped,
            page_of(None, 100),
            &[page(50), page(50), page(7), page(0)]
        ),
        [Some(2), Some(3), Some(4), None]
    );
    assert_eq!(
        asked(capped, page_of(None, 50), &[page(50), page(7)]),
        [Some(2), None]
    );
    assert_eq!(
        asked(capped, offset(0, 100), &[page(50), page(0)]),
        [Some(50), None]
    );
}

#[test]
fn lists_may_count_their_items_from_one() {
    let one = ListSpec::new().first(1);
    let start = Position::Offset {
        offset: None,
        limit: Some(5),
    };
    let page = |items| Summary::new(items).total(Some(11_u64));
    assert_eq!(
        asked(one, start, &[page(5), page(5), page(1)]),
        [Some(6), Some(11), None]
    );
}

#[test]
fn page_one_tells_whether_it_is_the_first() {
    let ask = |second: u64| {
        let mut pager = Pager::new(ListSpec::new());
        assert_eq!(pager.arrived(Some(7)), Arrival::New);
        let next = pager.next(page_of(None, 2), Summary::new(2), &here());
        assert_eq!(next.unwrap().unwrap().position, page_of(1, 2));
        let arrival = pager.arrived(Some(second));
        (arrival, pager)
    };
    let (arrival, pager) = ask(7);
    assert_eq!(arrival, Arrival::First);
    assert_eq!(pager.after_first(page_of(1, 2)), page_of(2, 2));
    let (arrival, mut pager) = ask(8);
    assert_eq!(arrival, Arrival::New);
    let next = pager.next(page_of(1, 2), Summary::new(2), &here());
    assert_eq!(next.unwrap().unwrap().position, page_of(2, 2));
}

#[test]
fn a_page_that_comes_twice_is_an_error() {
    let mut pager = Pager::new(ListSpec::new());
    for (items, expected) in [
        (Some(1), Arrival::New),
        (Some(2), Arrival::New),
        (None, Arrival::New),
        (Some(2), Arrival::Repeated),
        (Some(1), Arrival::Repeated),
    ] {
        assert_eq!(pager.arrived(items), expected);
    }
    pager.may_equal = true;
    assert_eq!(pager.arrived(Some(2)), Arrival::New);
}

#[test]
fn a_flag_without_a_cursor_is_an_error() {
    let next =
        |page: Summary| Pager::new(ListSpec::new()).next(Position::Cursor(None), page, &here());
    let page = |next: Option<&str>| Summary::new(1).next(next);
    assert_eq!(next(page(None).more(Some(true))), Err(PagingError::NoNext));
    assert_eq!(next(page(Some("a")).more(Some(false))), Ok(None));
    assert_eq!(next(page(None)), Ok(None));
    let empty = Summary::new(0).more(Some(true));
    assert_eq!(next(empty), Err(PagingError::EmptyPage));
}

//! Expressions: on one line where that reads well, else broken where rustfmt breaks them.

use super::attribute::attributes;
use super::mark::Mark;
use super::page::{Page, WIDTH};
use super::tree::{Group, Kind, Tree};
use super::{block, spacing, split, statement};

/// The widest that arguments, elements and chains are on one line, and the fields of a struct.
const SHORT: usize = 60;
const SHORT_FIELDS: usize = 18;
/// Elements up to this width share lines.
const TINY: usize = 10;

/// Writes an expression; `tail` columns of something follow on its last line.
pub(super) fn expression(trees: &[Tree], tail: usize, page: &mut Page) {
    if is_flat(trees) && spacing::width(trees) + tail <= page.room() {
        return page.flat(trees);
    }
    broken(trees, tail, page);
}

/// Writes an expression over several lines.
fn broken(trees: &[Tree], tail: usize, page: &mut Page) {
    match trees {
        [Tree::Group(group)] if group.kind == Kind::Brace => {
            page.opened(group, |page| statement::block(&group.trees, page));
        }
        [Tree::Word(word), ..] if split::is_block_keyword(&word.text) => block::blocks(trees, page),
        [Tree::Word(word), rest @ ..] if &*word.text == "return" => {
            page.put("return ");
            broken(rest, tail, page);
        }
        [Tree::Mark(Mark::And), Tree::Word(word), rest @ ..] if &*word.text == "mut" => {
            page.put("&mut ");
            broken(rest, tail, page);
        }
        [Tree::Mark(Mark::And), rest @ ..] => {
            page.put("&");
            broken(rest, tail, page);
        }
        _ if is_closure(trees) => block::closure(trees, page),
        _ => chain(trees, tail, page),
    }
}

/// Whether an expression reads well on one line, if that is long enough.
pub(super) fn is_flat(trees: &[Tree]) -> bool {
    if split::has_more_links(trees, 2) && spacing::width(trees) > SHORT {
        return false;
    }
    let mut before: Option<&Tree> = None;
    for tree in trees {
        if let Tree::Group(group) = tree {
            let fits = group.flat && group.width <= widest(group, before);
            if !fits || !split::commas(&group.trees).all(is_flat) {
                return false;
            }
        }
        before = Some(tree);
    }
    true
}

/// The greatest width of a group's content on one line.
fn widest(group: &Group, before: Option<&Tree>) -> usize {
    match (group.kind, before) {
        (Kind::Brace, Some(Tree::Word(word))) if &*word.text == "const" => SHORT,
        (Kind::Brace, before) if is_block(before) => 0,
        (Kind::Brace, _) => SHORT_FIELDS + 2,
        (Kind::Paren, Some(Tree::Mark(Mark::Not))) => usize::MAX,
        // What can't be broken gains nothing by being alone on a line.
        (Kind::Paren, _) if is_whole(&group.trees) => usize::MAX,
        // Nor does what could only be broken too far to the right.
        (Kind::Paren, Some(_)) if begins_with(&group.trees) > SHORT && is_only(&group.trees) => {
            usize::MAX
        }
        // Parentheses around one are no list.
        (Kind::Paren, None) if !group.trees.iter().any(|tree| tree.is_mark(Mark::Comma)) => {
            usize::MAX
        }
        _ => SHORT,
    }
}

/// Whether it is one element of a list.
fn is_only(trees: &[Tree]) -> bool {
    split::commas(trees).count() == 1
}

/// Whether it is one thing that can't go over several lines.
fn is_whole(trees: &[Tree]) -> bool {
    let breaks =
        |tree: &Tree| is_breakable(tree) || tree.is_mark(Mark::Comma) || tree.is_mark(Mark::Dot);
    !trees.iter().any(breaks)
}

/// Whether braces after a token are a block's and not a struct's.
fn is_block(before: Option<&Tree>) -> bool {
    match before {
        Some(Tree::Word(word)) => {
            split::is_block_keyword(&word.text) || matches!(&*word.text, "const" | "else" | "move")
        }
        Some(Tree::Mark(Mark::Gt)) => false,
        _ => true,
    }
}

/// A chain of calls: each on a line of its own, unless only the last takes several and gains nothing by it.
fn chain(trees: &[Tree], tail: usize, page: &mut Page) {
    let links: Vec<&[Tree]> = split::links(trees).collect();
    let ([first, rest @ ..], Some(last)) = (links.as_slice(), links.last()) else {
        return;
    };
    if rest.is_empty() {
        return call(trees, tail, page);
    }
    if let Some(overflowing) = overflowing(trees, &links, tail, page) {
        return page.accept(&overflowing);
    }
    let begun = page.length();
    // What begins a line with less than an indentation keeps its first link.
    let kept = usize::from(spacing::width(first) <= 4 && page.column() == page.indent());
    link(first, tail, page);
    let below = |page: &mut Page| {
        for next in rest.iter().skip(kept) {
            page.end_line();
            link(next, if std::ptr::eq(next, last) { tail } else { 0 }, page);
        }
    };
    // What follows a call of several lines stands below its beginning.
    if page.has_broken(begun) {
        return below(page);
    }
    for next in rest.iter().take(kept) {
        page.flat(next);
    }
    page.indented(below);
}

/// A link of a chain, on one line if it reads well there.
fn link(trees: &[Tree], tail: usize, page: &mut Page) {
    if is_flat(trees) && spacing::width(trees) + tail <= page.room() {
        page.flat(trees);
    } else {
        call(trees, tail, page);
    }
}

/// A chain on one line but for the arguments of its last call; none if that reads worse than link by link.
fn overflowing(trees: &[Tree], links: &[&[Tree]], tail: usize, page: &mut Page) -> Option<String> {
    let (last, before) = links.split_last()?;
    let most = if before.len() > 1 {
        page.room().min(SHORT)
    } else {
        page.room()
    };
    let fits = spacing::width(trees.get(..trees.len() - last.len())?) <= most;
    if !fits || !before.iter().all(|link| is_flat(link)) {
        return None;
    }
    let here = page.attempt(|page| page.narrowed(most, |page| call(trees, tail, page)));
    let lines = here.lines().count();
    if first_width(&here, page) > most || lines < 2 || is_vertical(last, lines) {
        return None;
    }
    let below = page.attempt(|page| {
        page.end_line();
        page.indented(|page| link(last, tail, page));
    });
    let lines_below = below.trim_start().lines().count();
    (lines_below > 1 && (lines >= 5 || lines_below >= lines)).then_some(here)
}

/// A call, a literal of a struct, an array: what is between the last delimiters is broken.
fn call(trees: &[Tree], tail: usize, page: &mut Page) {
    let at = trees.iter().rposition(is_breakable);
    let parts = at.and_then(|at| Some((trees.get(..at)?, trees.get(at)?, trees.get(at + 1..)?)));
    let Some((head, Tree::Group(group), end)) = parts else {
        return page.flat(trees);
    };
    let in_macro = head.last().is_some_and(|last| last.is_mark(Mark::Not));
    if in_macro && spacing::width(trees) + tail <= page.room() {
        return page.flat(trees);
    }
    page.flat(head);
    page.put(if group.kind == Kind::Brace && !head.is_empty() {
        " "
    } else {
        ""
    });
    if group.kind == Kind::Brace && is_block(head.last()) {
        page.opened(group, |page| statement::block(&group.trees, page));
    } else {
        list(group, head.is_empty(), tail + spacing::width(end), page);
    }
    page.flat(end);
}

/// Whether a tree can go over several lines.
fn is_breakable(tree: &Tree) -> bool {
    matches!(tree, Tree::Group(group) if !group.trees.is_empty())
}

/// The width of the first line of an attempt.
fn first_width(attempt: &str, page: &Page) -> usize {
    let line = attempt.lines().next().unwrap_or("");
    // An attempt at the beginning of a line has its indentation.
    let line = if page.column() == page.indent() {
        line.trim_start()
    } else {
        line
    };
    line.chars().count()
}

/// Whether so many lines are those of a call whose only argument has a line of its own.
fn is_vertical(link: &[Tree], lines: usize) -> bool {
    let arguments = link.iter().find_map(|tree| tree.group(Kind::Paren));
    lines == 3
        && arguments
            .is_some_and(|arguments| is_only(&arguments.trees) && !is_closure(&arguments.trees))
}

/// The elements of a group: below each other, or an only one opened up where it stands.
fn list(group: &Group, bare: bool, tail: usize, page: &mut Page) {
    let elements: Vec<&[Tree]> = split::commas(&group.trees).collect();
    if let Some(opened) = opened_in_place(group, &elements, tail, page) {
        return page.accept(&opened);
    }
    let short = |element: &&[Tree]| spacing::width(element) <= TINY && is_whole(element);
    match (group.kind, elements.as_slice()) {
        (Kind::Bracket | Kind::Paren, elements)
            if elements.len() > 1 && elements.iter().all(short) =>
        {
            page.opened(group, |page| filled(elements, page));
        }
        // One in parentheses that are not a call's is not a tuple: a comma would make it one.
        (Kind::Paren, [only]) if bare => page.opened(group, |page| {
            expression(only, 0, page);
            page.end_line();
        }),
        (_, elements) => page.opened(group, |page| {
            for element in elements {
                self::element(element, page);
            }
        }),
    }
}

/// The elements with the last opened up where it stands, if rustfmt would: an only one, or a closure after others.
fn opened_in_place(
    group: &Group,
    elements: &[&[Tree]],
    tail: usize,
    page: &mut Page,
) -> Option<String> {
    let (last, others) = elements.split_last()?;
    let opens = match (group.kind, others) {
        (Kind::Paren | Kind::Bracket, []) => opens_in_place(last),
        (Kind::Paren, others) => is_closure(last) && others.iter().all(|other| is_flat(other)),
        _ => false,
    };
    if !opens {
        return None;
    }
    let opened = page.attempt(|page| {
        page.put(group.kind.open());
        for other in others {
            page.flat(other);
            page.put(", ");
        }
        if others.is_empty() && is_closure(last) {
            expression(last, tail + 1, page);
        } else {
            broken(last, tail + 1, page);
        }
        page.put(group.kind.close());
    });
    let first = first_width(&opened, page);
    let closure = others.is_empty() && is_closure(last);
    let fits = first <= page.room() && (closure || first <= SHORT + 1 && opened.contains('\n'));
    fits.then_some(opened)
}

fn element(trees: &[Tree], page: &mut Page) {
    match attributes(trees, page) {
        [Tree::Word(name), Tree::Mark(Mark::Colon), value @ ..] => {
            page.put(&name.text);
            page.put(":");
            if begins_with(value) + 1 > page.room() {
                page.end_line();
                page.indented(|page| expression(value, 1, page));
            } else {
                page.put(" ");
                expression(value, 1, page);
            }
        }
        // `..Self::DEFAULT` ends a literal, and no comma may follow.
        rest @ [Tree::Mark(Mark::DotDot), ..] => {
            page.flat(rest);
            return page.end_line();
        }
        value => expression(value, 1, page),
    }
    page.put(",");
    page.end_line();
}

/// The least that the first line of an expression needs.
fn begins_with(trees: &[Tree]) -> usize {
    let is_chain = split::has_more_links(trees, 1);
    match trees.iter().rposition(is_breakable).filter(|_| !is_chain) {
        Some(at) => trees.get(..at).map_or(0, spacing::width) + 1,
        None => {
            let first = split::links(trees).next().unwrap_or_default();
            spacing::width(first) + usize::from(!is_chain)
        }
    }
}

/// Whether it is a closure.
pub(super) fn is_closure(trees: &[Tree]) -> bool {
    match trees {
        [Tree::Mark(Mark::Or | Mark::OrOr), ..] => true,
        [word, Tree::Mark(Mark::Or | Mark::OrOr), ..] => word.is_word("move"),
        _ => false,
    }
}

/// Whether an only argument is opened up where it stands: calls, literals, closures.
fn opens_in_place(trees: &[Tree]) -> bool {
    let chained = split::has_more_links(trees, 2);
    let constant = trees.iter().any(|tree| tree.is_word("const"));
    is_closure(trees) || !chained && !constant && trees.last().is_some_and(is_breakable)
}

/// Fills lines with elements.
pub(super) fn filled(elements: &[&[Tree]], page: &mut Page) {
    let last = elements.len().saturating_sub(1);
    for (at, element) in elements.iter().enumerate() {
        // One that is followed by others must leave a column.
        let width = spacing::width(element) + 1 + usize::from(at < last);
        if at > 0 {
            if page.column() + 1 + width > WIDTH {
                page.end_line();
            } else {
                page.put(" ");
            }
        }
        page.flat(element);
        page.put(",");
    }
    page.end_line();
}

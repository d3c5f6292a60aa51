//! Expressions: on one line where that reads well, else broken where rustfmt breaks them.

use super::attribute::attributes;
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
    match trees {
        [Tree::Group(group)] if group.kind == Kind::Brace => {
            page.opened(group, |page| statement::block(&group.trees, page));
        }
        [Tree::Word(word), ..] if split::is_block_keyword(&word.text) => block::blocks(trees, page),
        [Tree::Word(word), rest @ ..] if &*word.text == "return" => {
            page.put("return ");
            expression(rest, tail, page);
        }
        [Tree::Mark("&"), Tree::Word(word), rest @ ..] if &*word.text == "mut" => {
            page.put("&mut ");
            expression(rest, tail, page);
        }
        [Tree::Mark("&"), rest @ ..] => {
            page.put("&");
            expression(rest, tail, page);
        }
        _ if is_closure(trees) => block::closure(trees, page),
        _ => chain(trees, tail, page),
    }
}

/// Whether an expression reads well on one line, if that is long enough.
pub(super) fn is_flat(trees: &[Tree]) -> bool {
    if split::links(trees).len() > 2 && spacing::width(trees) > SHORT {
        return false;
    }
    let mut before: Option<&Tree> = None;
    for tree in trees {
        if let Tree::Group(group) = tree {
            let fits = group.flat && group.width <= widest(group, before);
            if !fits || !split::commas(&group.trees).into_iter().all(is_flat) {
                return false;
            }
        }
        before = Some(tree);
    }
    true
}

/// How wide the content of a group may be on one line.
fn widest(group: &Group, before: Option<&Tree>) -> usize {
    match (group.kind, before) {
        (Kind::Brace, Some(Tree::Word(word))) if &*word.text == "const" => SHORT,
        (Kind::Brace, before) if is_block(before) => 0,
        (Kind::Brace, _) => SHORT_FIELDS + 2,
        (Kind::Paren, Some(Tree::Mark("!"))) => usize::MAX,
        // Parentheses around one are no list.
        (Kind::Paren, None) if !group.trees.iter().any(|tree| tree.is_mark(",")) => usize::MAX,
        _ => SHORT,
    }
}

/// Whether braces after a token are a block's and not a struct's.
fn is_block(before: Option<&Tree>) -> bool {
    match before {
        Some(Tree::Word(word)) => {
            split::is_block_keyword(&word.text) || matches!(&*word.text, "const" | "else" | "move")
        }
        Some(Tree::Mark(">")) => false,
        _ => true,
    }
}

/// A chain of calls: each on a line of its own, unless only the last takes several and gains nothing by it.
fn chain(trees: &[Tree], tail: usize, page: &mut Page) {
    let links = split::links(trees);
    let ([first, rest @ ..], Some(last)) = (links.as_slice(), links.last()) else {
        return;
    };
    if rest.is_empty() || last_overflows(trees, &links, tail, page) {
        return call(trees, tail, page);
    }
    let begun = page.length();
    // What begins a line with less than an indentation keeps its first link.
    let kept = usize::from(spacing::width(first) <= 4 && page.column() == page.indent());
    call(first, tail, page);
    let below = |page: &mut Page| {
        for link in rest.iter().skip(kept) {
            page.end_line();
            call(link, if std::ptr::eq(link, last) { tail } else { 0 }, page);
        }
    };
    // What follows a call of several lines stands below its beginning.
    if page.has_broken(begun) {
        return below(page);
    }
    for link in rest.iter().take(kept) {
        page.flat(link);
    }
    page.indented(below);
}

/// Whether a chain stays on one line but for the arguments of its last call.
fn last_overflows(trees: &[Tree], links: &[&[Tree]], tail: usize, page: &mut Page) -> bool {
    let [before @ .., last] = links else {
        return true;
    };
    let width: usize = before.iter().map(|link| spacing::width(link)).sum();
    let most = if before.len() > 1 {
        page.room().min(SHORT)
    } else {
        page.room()
    };
    let Some(room) = most
        .checked_sub(width)
        .filter(|_| before.iter().all(|link| is_flat(link)))
    else {
        return false;
    };
    let here = page.attempt(|page| call(trees, tail, page));
    let first = here
        .lines()
        .next()
        .map_or(0, |line| line.trim_start().chars().count());
    let lines = here.lines().count();
    if first.saturating_sub(width) > room || lines < 2 {
        return first.saturating_sub(width) <= room;
    }
    let below = page.attempt(|page| {
        page.end_line();
        page.indented(|page| call(last, tail, page));
    });
    lines >= 5 || below.trim_start().lines().count() >= lines
}

/// A call, a literal of a struct, an array: what is between the last delimiters is broken.
fn call(trees: &[Tree], tail: usize, page: &mut Page) {
    let at = trees.iter().rposition(is_breakable);
    let parts = at.and_then(|at| Some((trees.get(..at)?, trees.get(at)?, trees.get(at + 1..)?)));
    let Some((head, Tree::Group(group), end)) = parts else {
        return page.flat(trees);
    };
    let in_macro = head.last().is_some_and(|last| last.is_mark("!"));
    if (in_macro || is_flat(trees)) && spacing::width(trees) + tail <= page.room() {
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
        broken(group, head.is_empty(), page);
    }
    page.flat(end);
}

/// Whether a tree can go over several lines.
fn is_breakable(tree: &Tree) -> bool {
    matches!(tree, Tree::Group(group) if !group.trees.is_empty())
}

/// The elements of a group: below each other, or an only one opened up where it stands.
fn broken(group: &Group, bare: bool, page: &mut Page) {
    let elements = split::commas(&group.trees);
    match (group.kind, elements.as_slice()) {
        (Kind::Paren | Kind::Bracket, [only]) if opens_in_place(only) => {
            page.put(group.kind.open());
            expression(only, 1, page);
            page.put(group.kind.close());
        }
        (Kind::Paren, [others @ .., last])
            if is_closure(last) && others.iter().all(|other| is_flat(other)) =>
        {
            page.put("(");
            for other in others {
                page.flat(other);
                page.put(", ");
            }
            block::closure(last, page);
            page.put(")");
        }
        (Kind::Bracket, elements) if elements.iter().all(|one| spacing::width(one) <= TINY) => {
            page.opened(group, |page| filled(elements, page));
        }
        // One in parentheses that are no call's is no tuple: a comma would make it one.
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

fn element(trees: &[Tree], page: &mut Page) {
    match attributes(trees, page) {
        [Tree::Word(name), Tree::Mark(":"), value @ ..] => {
            page.put(&name.text);
            page.put(":");
            let links = split::links(value);
            let whole = links.len() < 2 && !value.iter().any(is_breakable);
            let begins = links.first().map_or(0, |first| spacing::width(first));
            let needs = if whole {
                spacing::width(value) + 1
            } else {
                begins.min(SHORT)
            };
            if needs + 1 > page.room() {
                page.end_line();
                page.indented(|page| expression(value, 1, page));
            } else {
                page.put(" ");
                expression(value, 1, page);
            }
        }
        // `..Self::DEFAULT` ends a literal, and no comma may follow.
        rest @ [Tree::Mark(".."), ..] => {
            page.flat(rest);
            return page.end_line();
        }
        value => expression(value, 1, page),
    }
    page.put(",");
    page.end_line();
}

/// Whether it is a closure.
pub(super) fn is_closure(trees: &[Tree]) -> bool {
    match trees {
        [Tree::Mark("|" | "||"), ..] => true,
        [word, Tree::Mark("|" | "||"), ..] => word.is_word("move"),
        _ => false,
    }
}

/// Whether an only argument is opened up where it stands: calls, literals, closures.
fn opens_in_place(trees: &[Tree]) -> bool {
    let chained = split::links(trees).len() > 2;
    is_closure(trees)
        || !chained && matches!(trees.last(), Some(Tree::Group(group)) if !group.trees.is_empty())
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

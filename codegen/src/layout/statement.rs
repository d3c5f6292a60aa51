//! Statements, and values that are given to a name.

use super::attribute::{self, attributes};
use super::mark::Mark;
use super::page::{Page, WIDTH};
use super::tree::Tree;
use super::{expression, item, spacing, split};

/// Writes the statements of a block, each on lines of its own.
pub(super) fn block(mut trees: &[Tree], page: &mut Page) {
    while !trees.is_empty() {
        let attributes_end = attribute::count(trees);
        let body = trees.get(attributes_end..).unwrap_or_default();
        if body.first().is_some_and(begins_item) {
            let (whole, rest) = trees.split_at(attributes_end + split::item_end(body));
            item::item(whole, page);
            trees = rest;
            continue;
        }
        let body = attributes(trees, page);
        let (statement, rest) = body.split_at(split::statement_end(body));
        match statement {
            [value @ .., Tree::Mark(Mark::Semi)] => {
                assigned(value, page);
                page.put(";");
            }
            value => expression::expression(value, 0, page),
        }
        page.end_line();
        trees = rest;
    }
}

fn begins_item(tree: &Tree) -> bool {
    ["static", "const", "use", "fn", "impl", "struct", "enum"]
        .iter()
        .any(|word| tree.is_word(word))
}

/// Writes `let x = value`, `const X: T = value`, `self.x = value`, or a mere value; a semicolon follows.
pub(super) fn assigned(trees: &[Tree], page: &mut Page) {
    let at = trees.iter().position(|tree| tree.is_mark(Mark::Eq));
    let parts = at.and_then(|at| Some((trees.get(..=at)?, trees.get(at + 1..)?)));
    let Some((name, value)) = parts else {
        return expression::expression(trees, 1, page);
    };
    page.flat(name);
    match value {
        [value @ .., word, Tree::Group(otherwise)]
            if word.is_word("else") && name.first().is_some_and(|first| first.is_word("let")) =>
        {
            self::value(value, page);
            page.put(" else ");
            page.opened(otherwise, |page| block(&otherwise.trees, page));
        }
        value => self::value(value, page),
    }
}

/// Writes a value after the mark that gives it to a name: beside it or, where that reads better, below.
pub(super) fn value(value: &[Tree], page: &mut Page) {
    let width = spacing::width(value);
    let flat = expression::is_flat(value);
    if flat && width + 2 <= page.room() {
        page.put(" ");
        page.flat(value);
    } else if flat && page.indent() + 4 + width < WIDTH || reads_better_below(value, page) {
        page.end_line();
        page.indented(|page| expression::expression(value, 1, page));
    } else {
        page.put(" ");
        expression::expression(value, 1, page);
    }
}

/// Whether a value that takes several lines should begin on the next: when its first line would end in an open
/// delimiter here and wouldn't there.
fn reads_better_below(value: &[Tree], page: &mut Page) -> bool {
    if !split::has_more_links(value, 1) {
        return false;
    }
    let here = page.attempt(|page| {
        page.put(" ");
        expression::expression(value, 1, page);
    });
    let Some(open) = opened(&here) else {
        return false;
    };
    let below = page.attempt(|page| {
        page.end_line();
        page.indented(|page| expression::expression(value, 1, page));
    });
    opened(below.trim_start()) != Some(open)
}

/// The delimiter that the first line ends in.
fn opened(text: &str) -> Option<char> {
    let end = text.lines().next()?.chars().next_back()?;
    matches!(end, '(' | '[' | '{').then_some(end)
}

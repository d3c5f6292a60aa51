//! Expressions that end with a block: `match`, `if`, closures and their like.

use super::expression::{expression, is_flat};
use super::mark::Mark;
use super::page::{Page, WIDTH};
use super::tree::{Kind, Tree};
use super::{spacing, split, statement};

/// `match x { .. }`, `if x { .. } else { .. }` and their like.
pub(super) fn blocks(trees: &[Tree], page: &mut Page) {
    let arms = trees.first().is_some_and(|first| first.is_word("match"));
    let mut start = 0;
    for (at, tree) in trees.iter().enumerate().skip(split::after_pattern(trees)) {
        let Some(group) = tree.group(Kind::Brace) else {
            continue;
        };
        page.put(if start > 0 { " " } else { "" });
        page.flat(trees.get(start..at).unwrap_or_default());
        page.put(" ");
        page.opened(group, |page| {
            if arms {
                self::arms(&group.trees, page);
            } else {
                statement::block(&group.trees, page);
            }
        });
        start = at + 1;
    }
    page.flat(trees.get(start..).unwrap_or_default());
}

/// The arms of a match.
fn arms(mut trees: &[Tree], page: &mut Page) {
    while let Some(arrow) = trees.iter().position(|tree| tree.is_mark(Mark::FatArrow)) {
        let (pattern, rest) = trees.split_at(arrow);
        let rest = rest.get(1..).unwrap_or_default();
        let block = rest
            .first()
            .is_some_and(|first| first.group(Kind::Brace).is_some());
        let comma = rest.iter().position(|tree| tree.is_mark(Mark::Comma));
        let (body, rest) = rest.split_at(if block {
            1
        } else {
            comma.unwrap_or(rest.len())
        });
        alternatives(pattern, page);
        page.put(" => ");
        arm(body, page);
        page.end_line();
        trees = match rest {
            [Tree::Mark(Mark::Comma), rest @ ..] => rest,
            rest => rest,
        };
    }
}

fn arm(body: &[Tree], page: &mut Page) {
    if let [Tree::Group(group)] = body
        && group.kind == Kind::Brace
    {
        return page.opened(group, |page| statement::block(&group.trees, page));
    }
    let width = spacing::width(body);
    let flat = is_flat(body);
    if flat && width + 1 > page.room() && page.indent() + 4 + width <= WIDTH {
        enclosed(body, page);
    } else {
        expression(body, 1, page);
        page.put(",");
    }
}

/// An expression in braces of its own.
fn enclosed(body: &[Tree], page: &mut Page) {
    page.put("{");
    page.end_line();
    page.indented(|page| {
        expression(body, 0, page);
        page.end_line();
    });
    page.put("}");
}

/// A pattern, its alternatives below each other where there are too many for a line.
fn alternatives(pattern: &[Tree], page: &mut Page) {
    if spacing::width(pattern) + 5 <= page.room() {
        return page.flat(pattern);
    }
    for (at, alternative) in pattern.split(|tree| tree.is_mark(Mark::Or)).enumerate() {
        if at > 0 {
            page.end_line();
            page.put("| ");
        }
        page.flat(alternative);
    }
}

/// A closure whose body is on lines of its own.
pub(super) fn closure(trees: &[Tree], page: &mut Page) {
    let mut bars = trees
        .iter()
        .enumerate()
        .filter(|(_, tree)| tree.is_mark(Mark::Or));
    let empty = trees.iter().position(|tree| tree.is_mark(Mark::OrOr));
    let close = match (bars.next(), bars.next(), empty) {
        (_, _, Some(close)) | (Some(_), Some((close, _)), _) => close + 1,
        _ => trees.len(),
    };
    let (parameters, body) = trees.split_at(close);
    page.flat(parameters);
    page.put(" ");
    match body {
        [Tree::Group(group)] if group.kind == Kind::Brace => {
            page.opened(group, |page| statement::block(&group.trees, page));
        }
        [Tree::Word(word), ..] if matches!(&*word.text, "match" | "async" | "loop") => {
            blocks(body, page)
        }
        body => enclosed(body, page),
    }
}

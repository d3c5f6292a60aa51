//! Items: imports, types, impls, functions and constants.

use super::attribute::{self, attributes};
use super::mark::Mark;
use super::page::{Page, WIDTH};
use super::tree::{Group, Kind, Tree};
use super::{expression, spacing, split, statement};

/// The spacing of an item: some items are close to their like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// An import, by where from.
    Import(Source),
    /// The items that are exported from elsewhere.
    Export,
    /// A module in a file of its own.
    Module,
    /// A constant or a type of an impl, short and without documentation.
    Short,
    /// Anything else.
    Apart,
}

/// Where an import is from; each kind is a group of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Std,
    Crates,
    Here,
}

/// Writes items, with blank lines where a reader wants them.
pub(crate) fn items(mut trees: &[Tree], last: &mut Option<Stand>, page: &mut Page) {
    while !trees.is_empty() {
        let attributes = attribute::count(trees);
        let body = trees.get(attributes..).unwrap_or_default();
        let (whole, rest) = trees.split_at(attributes + split::item_end(body));
        let stand = stand(body, attributes);
        let close = *last == Some(stand) && stand != Stand::Apart;
        if last.is_some() && !close {
            page.blank();
        }
        item(whole, page);
        *last = Some(stand);
        trees = rest;
    }
}

fn stand(body: &[Tree], attributes: usize) -> Stand {
    let public = body.first().is_some_and(|first| first.is_word("pub"));
    let Some(Tree::Word(keyword)) = body.get(usize::from(public)) else {
        return Stand::Apart;
    };
    match &*keyword.text {
        "mod" => Stand::Module,
        "use" if public => Stand::Export,
        "use" => Stand::Import(source(body)),
        "type" | "const" if attributes == 0 && !public => {
            let end = split::item_end(body);
            let short = body
                .get(..end)
                .is_some_and(|item| spacing::width(item) < WIDTH / 2);
            let function = body.get(1).is_some_and(|second| second.is_word("fn"));
            if short && !function {
                Stand::Short
            } else {
                Stand::Apart
            }
        }
        _ => Stand::Apart,
    }
}

fn source(import: &[Tree]) -> Source {
    match import.get(1) {
        Some(root) if root.is_word("std") => Source::Std,
        Some(root)
            if ["crate", "super", "self"]
                .iter()
                .any(|word| root.is_word(word)) =>
        {
            Source::Here
        }
        _ => Source::Crates,
    }
}

/// Writes an item with its attributes.
pub(super) fn item(trees: &[Tree], page: &mut Page) {
    match attributes(trees, page) {
        [] => return,
        [head @ .., Tree::Group(body)] if body.kind == Kind::Brace => match declares(head) {
            Some("fn") => function(head, body, page),
            Some("struct" | "enum") => {
                header(head, page);
                page.opened(body, |page| fields(body, page));
            }
            Some("impl" | "trait" | "mod") => {
                header(head, page);
                page.opened(body, |page| items(&body.trees, &mut None, page));
            }
            _ => {
                page.flat(head);
                page.put(" ");
                page.opened(body, |page| statement::block(&body.trees, page));
            }
        },
        [head @ .., Tree::Group(names), Tree::Mark(Mark::Semi)] if is_import(head) => {
            import(head, names, page)
        }
        [value @ .., Tree::Mark(Mark::Semi)] => {
            statement::assigned(value, page);
            page.put(";");
        }
        trees => page.flat(trees),
    }
    page.end_line();
}

fn is_import(head: &[Tree]) -> bool {
    let public = head.first().is_some_and(|first| first.is_word("pub"));
    head.get(usize::from(public))
        .is_some_and(|tree| tree.is_word("use"))
}

/// The keyword of an item with a body.
fn declares(head: &[Tree]) -> Option<&str> {
    head.iter().find_map(|tree| match tree {
        Tree::Word(word) => ["fn", "struct", "enum", "impl", "trait", "mod"]
            .into_iter()
            .find(|keyword| *keyword == &*word.text),
        _ => None,
    })
}

/// The text before a body; `for` begins a line if the rest is too long for one.
fn header(head: &[Tree], page: &mut Page) {
    let wide = spacing::width(head) + 2 > page.room();
    match head
        .iter()
        .position(|tree| tree.is_word("for"))
        .filter(|_| wide)
    {
        Some(at) => {
            let (first, second) = head.split_at(at);
            page.flat(first);
            page.end_line();
            page.indented(|page| page.flat(second));
            page.end_line();
        }
        None => {
            page.flat(head);
            page.put(" ");
        }
    }
}

/// The fields of a struct or the variants of an enum.
fn fields(group: &Group, page: &mut Page) {
    for field in split::commas(&group.trees) {
        let body = attributes(field, page);
        let colon = body.iter().position(|tree| tree.is_mark(Mark::Colon));
        let wide = spacing::width(body) + 1 > page.room();
        match colon.filter(|_| wide).map(|at| body.split_at(at + 1)) {
            Some((name, ty)) if page.indent() + 4 + spacing::width(ty) < WIDTH => {
                page.flat(name);
                page.end_line();
                page.indented(|page| page.flat(ty));
            }
            _ => match body {
                [name @ .., Tree::Group(held)] if wide => {
                    page.flat(name);
                    page.opened(held, |page| fields(held, page));
                }
                body => typed(body, page),
            },
        }
        page.put(",");
        page.end_line();
    }
}

/// Tokens that end in a type: the arguments of a type that is too wide are below each other.
fn typed(trees: &[Tree], page: &mut Page) {
    let angle = trees.iter().position(|tree| tree.is_mark(Mark::Lt));
    let wide = spacing::width(trees) > page.room();
    let parts = angle.filter(|_| wide).map(|at| trees.split_at(at + 1));
    let Some((head, [arguments @ .., Tree::Mark(Mark::Gt)])) = parts else {
        return page.flat(trees);
    };
    page.flat(head);
    page.end_line();
    page.indented(|page| {
        for argument in split::commas(arguments) {
            typed(argument, page);
            page.put(",");
            page.end_line();
        }
    });
    page.put(">");
}

fn import(head: &[Tree], names: &Group, page: &mut Page) {
    // `{` and `};`: an import has no spaces inside of its braces.
    let width = spacing::width(head) + spacing::width(&names.trees) + 3;
    page.flat(head);
    if width <= page.room() + spacing::width(head) {
        page.put("{");
        page.flat(&names.trees);
        page.put("};");
    } else {
        page.opened(names, |page| {
            let names: Vec<&[Tree]> = split::commas(&names.trees).collect();
            expression::filled(&names, page);
        });
        page.put(";");
    }
}

fn function(head: &[Tree], body: &Group, page: &mut Page) {
    let end = if body.trees.is_empty() { 3 } else { 2 };
    let wide = spacing::width(head) + end > page.room();
    let at = head
        .iter()
        .position(|tree| tree.group(Kind::Paren).is_some());
    match at.and_then(|at| {
        Some((
            head.get(..at)?,
            head.get(at)?.group(Kind::Paren)?,
            head.get(at + 1..)?,
        ))
    }) {
        Some((name, parameters, result)) if wide => {
            page.flat(name);
            page.opened(parameters, |page| {
                for parameter in split::commas(&parameters.trees) {
                    typed(parameter, page);
                    page.put(",");
                    page.end_line();
                }
            });
            page.put(if result.is_empty() { "" } else { " " });
            page.flat(result);
        }
        _ => page.flat(head),
    }
    page.put(" ");
    page.opened(body, |page| statement::block(&body.trees, page));
}

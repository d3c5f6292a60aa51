//! Attributes and documentation.

use super::mark::Mark;
use super::page::{Page, WIDTH};
use super::split;
use super::tree::{Group, Tree};

/// The widest arguments of an attribute that stand on one line.
const ARGUMENTS: usize = 70;

/// Writes the attributes and the documentation that trees begin with; what is left is what they belong to.
pub(super) fn attributes<'t>(mut trees: &'t [Tree], page: &mut Page) -> &'t [Tree] {
    loop {
        trees = match trees {
            [Tree::Doc(text, place), rest @ ..] => {
                page.doc(text, *place);
                rest
            }
            [Tree::Mark(Mark::Pound), Tree::Group(group), rest @ ..] => {
                attribute("#", group, page);
                rest
            }
            [
                Tree::Mark(Mark::Pound),
                Tree::Mark(Mark::Not),
                Tree::Group(group),
                rest @ ..,
            ] => {
                attribute("#!", group, page);
                rest
            }
            rest => return rest,
        };
    }
}

/// The number of trees of the attributes.
pub(super) fn count(trees: &[Tree]) -> usize {
    let mut at = 0;
    loop {
        at += match trees.get(at..) {
            Some([Tree::Doc(..), ..]) => 1,
            Some([Tree::Mark(Mark::Pound), Tree::Group(_), ..]) => 2,
            Some(
                [
                    Tree::Mark(Mark::Pound),
                    Tree::Mark(Mark::Not),
                    Tree::Group(_),
                    ..,
                ],
            ) => 3,
            _ => return at,
        };
    }
}

fn attribute(marker: &str, group: &Group, page: &mut Page) {
    page.put(marker);
    page.put("[");
    match group.trees.as_slice() {
        [head @ .., Tree::Group(arguments)]
            if arguments.width > ARGUMENTS || page.column() + group.width >= WIDTH =>
        {
            page.flat(head);
            page.opened(arguments, |page| {
                let arguments: Vec<&[Tree]> = split::commas(&arguments.trees).collect();
                let last = arguments.len().saturating_sub(1);
                for (at, argument) in arguments.into_iter().enumerate() {
                    page.flat(argument);
                    page.put(if at < last { "," } else { "" });
                    page.end_line();
                }
            });
        }
        trees => page.flat(trees),
    }
    page.put("]");
    page.end_line();
}

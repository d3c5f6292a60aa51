//! Spaces between tokens on one line.

use super::mark::Mark;
use super::tree::{Kind, Tree};

/// Where in a line the spacing has come to.
#[derive(Default)]
struct Flow<'t> {
    before: Option<&'t Tree>,
    /// Between the bars of a closure's parameters.
    bars: bool,
    /// After a mark that belongs to what follows: `&`, a minus sign, the first bar of a closure.
    prefix: bool,
    /// The number of open angle brackets.
    angles: usize,
}

impl<'t> Flow<'t> {
    /// Whether a space goes before `tree`, which is next.
    fn space(&mut self, tree: &'t Tree) -> bool {
        let before = self.before.replace(tree);
        let closing = self.bars && tree.is_mark(Mark::Or);
        let after_prefix = self.prefix;
        self.prefix = self.opens(before, tree);
        let Some(before) = before.filter(|_| !after_prefix && !closing) else {
            return false;
        };
        match (before, tree) {
            (Tree::Mark(Mark::Comma | Mark::Semi), _) => true,
            (
                Tree::Mark(
                    Mark::PathSep
                    | Mark::Dot
                    | Mark::DotDot
                    | Mark::DotDotEq
                    | Mark::Lt
                    | Mark::Not
                    | Mark::Pound
                    | Mark::Dollar,
                ),
                _,
            ) => false,
            (
                _,
                Tree::Mark(
                    Mark::Comma
                    | Mark::Semi
                    | Mark::Dot
                    | Mark::Question
                    | Mark::Colon
                    | Mark::DotDot
                    | Mark::DotDotEq
                    | Mark::Gt,
                ),
            ) => false,
            (Tree::Word(word), Tree::Mark(Mark::PathSep)) if &*word.text == "impl" => true,
            (_, Tree::Mark(Mark::PathSep | Mark::Lt | Mark::Not)) => stands_apart(before),
            (Tree::Mark(Mark::Gt | Mark::Question), Tree::Group(group)) => {
                group.kind == Kind::Brace
            }
            (Tree::Mark(_), _) => true,
            (_, Tree::Group(group)) => group.kind == Kind::Brace || stands_apart(before),
            _ => true,
        }
    }

    /// Whether `tree` belongs to what follows it; keeps account of angle brackets and closures' bars.
    fn opens(&mut self, before: Option<&Tree>, tree: &Tree) -> bool {
        match tree {
            Tree::Mark(Mark::Lt) => {
                self.angles += 1;
                false
            }
            Tree::Mark(Mark::Gt) => {
                self.angles = self.angles.saturating_sub(1);
                false
            }
            Tree::Mark(Mark::Or) => {
                self.bars = !self.bars && is_operand_due(before);
                self.bars
            }
            Tree::Mark(Mark::And | Mark::Minus | Mark::Star) => {
                self.angles > 0 || is_operand_due(before)
            }
            _ => false,
        }
    }
}

/// Whether an operand is expected after a token, so that a mark which follows is a prefix.
fn is_operand_due(before: Option<&Tree>) -> bool {
    match before {
        None => true,
        Some(Tree::Mark(mark)) => !matches!(mark, Mark::Question | Mark::Gt),
        Some(Tree::Word(word)) => word.operator,
        Some(Tree::Literal(_) | Tree::Group(_) | Tree::Doc(..)) => false,
    }
}

/// Whether a group or a path after a token stands by itself: `match (a, b)` but `f(a, b)`.
fn stands_apart(before: &Tree) -> bool {
    match before {
        Tree::Word(word) => word.operator || word.text.starts_with('\''),
        Tree::Mark(mark) => !matches!(
            mark,
            Mark::Not
                | Mark::Pound
                | Mark::Question
                | Mark::Gt
                | Mark::And
                | Mark::PathSep
                | Mark::Dot
        ),
        Tree::Literal(_) | Tree::Group(_) | Tree::Doc(..) => false,
    }
}

/// Whether a keyword is followed by something that stands by itself.
pub(super) fn is_operator(word: &str) -> bool {
    const OPERATORS: &[&str] = &[
        "as", "async", "await", "break", "const", "dyn", "else", "for", "if", "in", "let", "match",
        "move", "mut", "ref", "return", "static", "type", "unsafe", "use", "where", "while",
    ];
    OPERATORS.contains(&word)
}

/// The width of the content of a group on one line, and whether it can be on one line.
pub(super) fn measure(trees: &[Tree], kind: Kind) -> (usize, bool) {
    let (width, flat) = line(trees);
    if kind != Kind::Brace || trees.is_empty() {
        return (width, flat);
    }
    let block = trees
        .iter()
        .any(|tree| tree.is_mark(Mark::Semi) || tree.is_mark(Mark::FatArrow));
    // `{ a, b }` but `(a, b)`.
    (width + 2, flat && !block)
}

/// The width of trees on one line, and whether they can be on one line.
pub(super) fn line(trees: &[Tree]) -> (usize, bool) {
    let mut flow = Flow::default();
    let (mut width, mut flat) = (0, true);
    for tree in trees {
        width += usize::from(flow.space(tree));
        match tree {
            Tree::Word(word) => width += word.width,
            Tree::Literal(text) => width += text.width,
            Tree::Mark(mark) => width += mark.text().len(),
            Tree::Group(group) => {
                width += group.width + 2;
                flat &= group.flat;
            }
            Tree::Doc(..) => flat = false,
        }
    }
    (width, flat)
}

/// The width of trees on one line.
pub(super) fn width(trees: &[Tree]) -> usize {
    line(trees).0
}

/// Adds trees on one line.
pub(crate) fn write(trees: &[Tree], out: &mut String) {
    let mut flow = Flow::default();
    for tree in trees {
        let after_path = flow
            .before
            .is_some_and(|before| before.is_mark(Mark::PathSep));
        if flow.space(tree) {
            out.push(' ');
        }
        match tree {
            Tree::Word(word) => out.push_str(&word.text),
            Tree::Literal(text) => out.push_str(&text.text),
            Tree::Mark(mark) => out.push_str(mark.text()),
            Tree::Group(group) => {
                let spaced = group.kind == Kind::Brace && !group.trees.is_empty() && !after_path;
                let pad = if spaced { " " } else { "" };
                out.push_str(group.kind.open());
                out.push_str(pad);
                write(&group.trees, out);
                out.push_str(pad);
                out.push_str(group.kind.close());
            }
            Tree::Doc(..) => {}
        }
    }
}

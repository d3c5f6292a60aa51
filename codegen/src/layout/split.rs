//! Where a list of elements, a chain of calls or a block of statements comes apart.

use super::mark::Mark;
use super::tree::{Kind, Tree};

/// The elements between commas, without the commas; commas between angle brackets, and between the bars of a closure,
/// don't count.
pub(super) fn commas(trees: &[Tree]) -> impl Iterator<Item = &[Tree]> {
    let mut rest = trees;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut angles = 0_usize;
        // Whether the next bar opens a closure, and whether one is open.
        let (mut opens, mut is_open) = (true, false);
        let is_end = |tree: &Tree| {
            match tree {
                Tree::Mark(Mark::Lt) => angles += 1,
                Tree::Mark(Mark::Gt) => angles = angles.saturating_sub(1),
                Tree::Mark(Mark::Or) => is_open = opens && !is_open,
                Tree::Mark(Mark::Comma) => return angles == 0 && !is_open,
                _ => {}
            }
            opens = is_open || tree.is_word("move");
            false
        };
        let end = rest.iter().position(is_end).unwrap_or(rest.len());
        let element = rest.get(..end)?;
        rest = rest.get(end + 1..).unwrap_or_default();
        Some(element)
    })
}

/// Where an item ends: after its `;` or its body.
pub(super) fn item_end(trees: &[Tree]) -> usize {
    // What has a value may have braces that are no body.
    let mut valued = false;
    let mut declared = false;
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            Tree::Mark(Mark::Semi) => return at + 1,
            Tree::Group(group) if group.kind == Kind::Brace && !valued => return at + 1,
            Tree::Word(word) if !declared => match &*word.text {
                // `const fn` has a body.
                "fn" | "struct" | "enum" | "impl" | "trait" | "mod" => {
                    valued = false;
                    declared = true;
                }
                "const" | "static" | "type" | "use" => valued = true,
                _ => {}
            },
            _ => {}
        }
    }
    trees.len()
}

/// Where a statement ends: after its `;`, or after its block if it needs none.
pub(super) fn statement_end(trees: &[Tree]) -> usize {
    let block = match trees.first() {
        Some(Tree::Word(word)) => is_block_keyword(&word.text),
        Some(Tree::Group(group)) => group.kind == Kind::Brace,
        _ => false,
    };
    for (at, tree) in trees.iter().enumerate().skip(after_pattern(trees)) {
        match (tree, trees.get(at + 1)) {
            (Tree::Mark(Mark::Semi), _) => return at + 1,
            (Tree::Group(group), next) if group.kind == Kind::Brace && block => match next {
                Some(Tree::Mark(Mark::Dot | Mark::Question)) => {}
                Some(next) if next.is_word("else") => {}
                Some(Tree::Mark(Mark::Semi)) => return at + 2,
                _ => return at + 1,
            },
            _ => {}
        }
    }
    trees.len()
}

/// Whether what begins with this keyword ends with a block.
pub(super) fn is_block_keyword(word: &str) -> bool {
    matches!(
        word,
        "match" | "if" | "while" | "for" | "loop" | "unsafe" | "async"
    )
}

/// Where the braces of a pattern can't be met any more: at the `=` of an `if let`.
pub(super) fn after_pattern(trees: &[Tree]) -> usize {
    match trees {
        [_, second, ..] if second.is_word("let") => trees
            .iter()
            .position(|tree| tree.is_mark(Mark::Eq))
            .unwrap_or_default(),
        _ => 0,
    }
}

/// The links of a chain: what it begins with, then each `.name(..)` with what belongs to it.
pub(super) fn links(trees: &[Tree]) -> impl Iterator<Item = &[Tree]> {
    let mut rest = Some(trees);
    std::iter::from_fn(move || {
        let trees = rest?;
        let others = trees.iter().skip(1);
        let dot = others.take_while(|tree| !tree.is_mark(Mark::Dot)).count() + 1;
        let (link, others) = trees.split_at(dot.min(trees.len()));
        rest = Some(others).filter(|others| !others.is_empty());
        Some(link)
    })
}

/// Whether a chain has more links than so many.
pub(super) fn has_more_links(trees: &[Tree], than: usize) -> bool {
    links(trees).nth(than).is_some()
}

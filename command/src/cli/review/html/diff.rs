//! Two texts side by side; below each other where there is no room.

use maud::{Markup, html};

use super::text::Piece;
use crate::cli::review::page::{Block, Diff, Line};

/// The layout of two texts where there is room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Side by side.
    Columns,
    /// Removed lines above added ones: for long lines.
    Stacked,
}

/// A box with both texts, that scrolls by itself.
pub(super) fn boxed(diff: &Diff, layout: Layout) -> Markup {
    let is_numbered = diff.blocks.iter().any(|block| match block {
        Block::Same(pairs) => pairs.iter().any(|(old, _)| old.number.is_some()),
        Block::Changed { old, new } => old.iter().chain(new).any(|line| line.number.is_some()),
        Block::Skipped(_) => false,
    });
    html! {
        figure.diff.one[diff.is_one_sided() || diff.is_unchanged()].stacked[layout == Layout::Stacked]
            .bare[!is_numbered]
        {
            @if !diff.names.is_empty() { (names(diff)) }
            div.scroll tabindex="0" {
                div.sides { @for block in &diff.blocks { (self::block(block, diff.is_unchanged())) } }
            }
        }
    }
}

fn names(diff: &Diff) -> Markup {
    html! {
        figcaption {
            @for (at, name) in diff.names.iter().enumerate() {
                @if at > 0 { span.arrow role="img" aria-label="now" { "→" } }
                code { (name) }
            }
            @if diff.is_unchanged() { span.note { "as it was: the change comes from elsewhere" } }
        }
    }
}

/// Lines that did not change stand on both sides, unless no line did.
fn block(block: &Block, is_unchanged: bool) -> Markup {
    match block {
        Block::Same(pairs) => html! {
            @if !is_unchanged { div.side.old.same { @for (old, _) in pairs { (line(old, " ")) } } }
            div.side.new.same { @for (_, new) in pairs { (line(new, " ")) } }
        },
        Block::Changed { old, new } => html! {
            div.side.old.gone.void[old.is_empty()] { @for one in old { (line(one, "−")) } }
            div.side.new.come.void[new.is_empty()] { @for one in new { (line(one, "+")) } }
        },
        Block::Skipped(count) => html! {
            div.skipped { "⋯ " (count) @if *count == 1 { " line" } @else { " lines" } }
        },
    }
}

fn line(line: &Line, sign: &str) -> Markup {
    let text = line.text.raw();
    let mark = line.mark.clone().unwrap_or(0..0);
    let parts = (
        text.get(..mark.start).unwrap_or(text),
        text.get(mark.clone()).unwrap_or_default(),
        text.get(mark.end..).unwrap_or_default(),
    );
    html! {
        div.line {
            span.number { @if let Some(number) = line.number { (number) } }
            span.sign { (sign) }
            code {
                (Piece(parts.0))
                @if !parts.1.is_empty() { mark { (Piece(parts.1)) } }
                (Piece(parts.2))
            }
        }
    }
}

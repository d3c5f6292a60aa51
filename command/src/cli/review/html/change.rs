//! A change: what it is, what it does, and the texts before and after.

use countersign_codegen::compare::{Effect, Level, Wire};
use maud::{Markup, html};

use super::diff::{self, Layout};
use super::{code, effect, level, name, wire};
use crate::cli::review::page::{Change, Diff, Signature, Text};

/// The number of other items that are named before the rest is folded away.
const NAMED: usize = 6;
/// The number of lines of source that are shown at first.
const UNFOLDED: usize = 60;

/// All that is known of a change.
pub(super) fn card(change: &Change) -> Markup {
    let anchor = change.anchor.as_str();
    let asks = change.asks().to_string();
    let lines: usize = change.rust.iter().map(Diff::len).sum();
    html! {
        article.change.(effect(change.wire.effect())) id=(anchor) data-effect=(effect(change.wire.effect())) data-level=(asks) {
            header {
                p.rule { (wire(change.wire)) code.name { (change.code) } a.self href={ "#" (anchor) } aria-label="# (link to this change)" { "#" } }
                h3 { (name(&change.item)) }
                (also(&change.also))
                p.what { span.sentence { (change.what) } (values(change)) }
            }
            dl.facts {
                dt { "On the wire" }
                dd { (sides(change.wire)) @for says in &change.meaning { p { (says) } } }
                dt { "Crates" }
                dd.crates { (asked("model", change.crates.model)) (asked("client", change.crates.client)) }
                @if let Some(place) = &change.new { dt { "Now at" } dd { (code(place)) } }
                @if let Some(place) = &change.old { dt { "Was at" } dd { (code(place)) } }
            }
            @if let Some(document) = &change.document {
                (part("Document", true, &diff::boxed(document, Layout::Columns)))
            }
            @if let Some(outline) = &change.outline {
                (part("Outline", true, &diff::boxed(outline, Layout::Stacked)))
            }
            @if !change.surface.is_empty() {
                (part("Public items", true, &surface(&change.surface)))
            }
            @if !change.rust.is_empty() {
                (part("Rust source", lines <= UNFOLDED, &html! {
                    @for one in &change.rust { (diff::boxed(one, Layout::Columns)) }
                }))
            }
        }
    }
}

fn part(title: &str, is_open: bool, inside: &Markup) -> Markup {
    html! { details.part open[is_open] { summary { (title) } (inside) } }
}

fn also(items: &[Text]) -> Markup {
    html! {
        @if !items.is_empty() {
            p.also {
                "and alike: "
                @for (at, item) in items.iter().take(NAMED).enumerate() {
                    @if at > 0 { ", " }
                    (code(item))
                }
                @if items.len() > NAMED { " and " (items.len() - NAMED) " more" }
            }
        }
    }
}

fn values(change: &Change) -> Markup {
    html! {
        @match (&change.was, &change.is) {
            (None, None) => {},
            (Some(was), None) => { span.values { code.gone { (was) } } },
            (None, Some(is)) => { span.values { code.come { (is) } } },
            (Some(was), Some(is)) => {
                span.values { code.gone { (was) } span.arrow role="img" aria-label="becomes" { "→" } code.come { (is) } }
            },
        }
    }
}

fn sides(wire: Wire) -> Markup {
    let side = |who: &str, of: Effect| {
        let words = match of {
            Effect::None => "no effect",
            of => effect(of),
        };
        html! { span.pill.(effect(of)) { b { (who) } " " (words) } }
    };
    html! { (side("callers", wire.callers)) (side("servers", wire.servers)) }
}

fn asked(krate: &str, of: Level) -> Markup {
    html! { span.pill.(of.to_string()) { b { (krate) } " " (of.to_string()) } }
}

fn surface(signatures: &[Signature]) -> Markup {
    html! {
        div.scroll tabindex="0" {
            table.surface {
                @for signature in signatures {
                    @for (at, line) in signature.lines.iter().enumerate() {
                        tr.gone[line.raw().starts_with('-')].come[line.raw().starts_with('+')] {
                            td { code { (line) } }
                            td.asks {
                                @if at + 1 == signature.lines.len() {
                                    span.krate { (signature.krate) } (level(signature.level))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

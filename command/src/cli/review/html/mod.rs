//! The page as HTML: one file that asks for nothing else and runs nothing but what is written here.
//!
//! Text reaches it through [`Text`] alone, which is escaped. Should that fail some day, the policy in the head lets no
//! script and no style run but the two whose hashes it names, and nothing be fetched.

mod change;
mod diff;
mod policy;
mod summary;
mod text;

use countersign_codegen::compare::{Effect, Level, Wire};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::page::{Page, Text};
use text::Piece;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The whole file.
pub(super) fn render(page: &Page) -> String {
    let changes = page.apis.iter().flat_map(|api| &api.changes);
    let is_empty = changes.clone().next().is_none();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::of(STYLE, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { "Review since " (page.since) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (summary::head(page))
                @if !is_empty {
                    (summary::bar(page))
                    div.layout {
                        (summary::contents(page))
                        main { (all(page)) }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

fn all(page: &Page) -> Markup {
    html! {
        @for api in &page.apis {
            @if !api.changes.is_empty() {
                section.api {
                    h2 { (api.name) }
                    @for one in &api.changes { (change::card(one)) }
                }
            }
        }
        p.nothing hidden { "No change matches." }
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::None => "none",
        Effect::Additive => "additive",
        Effect::Breaking => "breaking",
    }
}

/// The effect of a change on the wire, as a badge.
fn wire(wire: Wire) -> Markup {
    let words = match wire.effect() {
        Effect::None => "no effect",
        effect => self::effect(effect),
    };
    html! { span.badge.(effect(wire.effect())) { (words) } }
}

/// The verdict for a crate, as a badge.
fn level(level: Level) -> Markup {
    html! { span.badge.(level.to_string()) { (level.to_string()) } }
}

/// A path or a name, set in the type of code.
fn code(text: &Text) -> Markup {
    html! { code { (text) } }
}

/// A name that breaks between its parts where it has no room.
fn name(text: &Text) -> Markup {
    html! {
        code {
            @for part in text.raw().split_inclusive(['.', ':', '/', ' ']) { (Piece(part)) wbr; }
        }
    }
}

//! The head of the page: the verdict, the versions to set, and links to the parts.

use countersign_codegen::compare::{Effect, Level};
use maud::{Markup, html};

use super::{code, effect, level, name};
use crate::cli::review::page::{Api, Change, Page, Release};

/// The verdicts.
pub(super) fn head(page: &Page) -> Markup {
    let changes: Vec<&Change> = page.apis.iter().flat_map(|api| &api.changes).collect();
    html! {
        header.top {
            p.since { "Documents in " code { "spec/" } ", compared with " (code(&page.since)) }
            h1.(effect(worst(&changes))) { (verdict(&changes)) }
            @for sentence in sentences(&changes) { p.lead { (sentence) } }
            div.apis { @for api in &page.apis { (self::api(api)) } }
        }
    }
}

fn worst(changes: &[&Change]) -> Effect {
    let effects = changes.iter().map(|change| change.wire.effect());
    effects.max().unwrap_or_default()
}

fn verdict(changes: &[&Change]) -> &'static str {
    let effect = |of: fn(&Change) -> Effect| changes.iter().map(|change| of(change)).max();
    let callers = effect(|change| change.wire.callers) == Some(Effect::Breaking);
    let servers = effect(|change| change.wire.servers) == Some(Effect::Breaking);
    match (callers, servers) {
        (true, true) => "Breaks callers and servers",
        (true, false) => "Breaks callers",
        (false, true) => "Breaks servers",
        (false, false) if changes.is_empty() => "Nothing has changed",
        (false, false) if worst(changes) == Effect::Additive => "Breaks nothing on the wire",
        (false, false) => "Nothing changes on the wire",
    }
}

/// The meaning of the numbers.
fn sentences(changes: &[&Change]) -> Vec<String> {
    let count = |is: fn(&Change) -> bool| changes.iter().filter(|change| is(change)).count();
    let breaking = count(|change| change.wire.effect() == Effect::Breaking);
    let additive = count(|change| change.wire.effect() == Effect::Additive);
    let code_only = count(|change| {
        let crates = change.crates.model.max(change.crates.client);
        change.wire.effect() != Effect::Breaking && crates == Level::Major
    });
    let none = changes.len() - breaking - additive;
    let mut sentences = Vec::new();
    if !changes.is_empty() {
        let parts = [
            (breaking, "breaking"),
            (additive, "additive"),
            (none, "without effect"),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let all = match changes.len() {
            1 => "1 change".to_owned(),
            count => format!("{count} changes"),
        };
        sentences.push(format!("{all}; on the wire, {}.", parts.join(", ")));
    }
    if code_only > 0 {
        let have = if code_only == 1 {
            "one of these is"
        } else {
            "some of these are"
        };
        sentences.push(format!(
            "For code that is built against the crates, {have} breaking all the same: names or types differ in Rust."
        ));
    }
    sentences
}

fn api(api: &Api) -> Markup {
    let count = match api.changes.len() {
        0 => "no changes".to_owned(),
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    html! {
        div.summary.quiet[api.changes.is_empty()] {
            h2 { (api.name) span.count { (count) } }
            @if !api.changes.is_empty() {
                table {
                    caption { "Versions to set" }
                    @for release in &api.releases { (self::release(release)) }
                }
            }
        }
    }
}

fn release(release: &Release) -> Markup {
    html! {
        tr {
            th scope="row" { (code(&release.name)) }
            td { (level(release.level)) }
            td.version {
                @match (&release.now, &release.next) {
                    (Some(now), Some(next)) if now != next => { (now) " → " strong { (next) } },
                    (Some(now), _) => { (now) },
                    (None, _) => {},
                }
            }
        }
    }
}

/// The search for changes.
pub(super) fn bar(page: &Page) -> Markup {
    let changes: Vec<&Change> = page.apis.iter().flat_map(|api| &api.changes).collect();
    let count = |of: Effect| {
        changes
            .iter()
            .filter(|change| change.wire.effect() == of)
            .count()
    };
    let filters = [
        ("all", "All", changes.len()),
        ("breaking", "Breaking", count(Effect::Breaking)),
        ("additive", "Additive", count(Effect::Additive)),
        ("none", "No effect", count(Effect::None)),
    ];
    let asks = |of: Level| {
        let levels = changes.iter().map(|change| change.asks());
        levels.filter(|level| *level == of).count()
    };
    let levels = [
        ("all", "Any version", changes.len()),
        ("major", "Major", asks(Level::Major)),
        ("minor", "Minor", asks(Level::Minor)),
        ("patch", "Patch", asks(Level::Patch)),
    ];
    html! {
        div.bar role="search" {
            label.find {
                span.unseen { "Search changes" }
                input #find type="search" placeholder="Search items, rules, lines…" autocomplete="off" spellcheck="false";
            }
            (group("effect", "Effect on the wire", &filters))
            (group("level", "Versions of the crates", &levels))
            p.shown aria-live="polite" { (changes.len()) " of " (changes.len()) }
            button.copy type="button" hidden { "Copy as Markdown" }
        }
    }
}

/// Buttons of which one is pressed.
fn group(kind: &str, label: &str, filters: &[(&str, &str, usize)]) -> Markup {
    html! {
        div.filters role="group" aria-label=(label) data-group=(kind) {
            @for (name, label, count) in filters {
                button type="button" data-filter=(name) aria-pressed=(*name == "all") disabled[*count == 0] {
                    (label) " " span.count { (count) }
                }
            }
        }
    }
}

/// The way to each change.
pub(super) fn contents(page: &Page) -> Markup {
    html! {
        nav.contents aria-label="Changes" {
            details open {
                summary { "Changes" }
                @for api in &page.apis {
                    @if !api.changes.is_empty() {
                        h3 { (api.name) }
                        ol {
                            @for change in &api.changes {
                                li data-for=(change.anchor) {
                                    a href={ "#" (change.anchor) } {
                                        span.dot.(effect(change.wire.effect())) {}
                                        span { (name(&change.item)) small { (change.code) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

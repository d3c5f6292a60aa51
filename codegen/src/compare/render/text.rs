//! For a terminal.

use std::fmt::Write as _;

use super::{Subject, items, meanings, ordered, surface_lines, twin_places, values, wire};
use crate::compare::{Change, CrateKind, Level};

/// The number of differences of public items that are shown for one change.
const SHOWN_AT_MOST: usize = 12;

/// A comparison as text.
pub fn text(subject: Subject<'_>) -> String {
    let mut out = String::new();
    let changes = ordered(subject.comparison);
    let count = match changes.len() {
        0 => "no changes".to_owned(),
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    // Writing to a string can't fail.
    _ = writeln!(out, "{}: {count}", subject.name);
    for release in subject.releases() {
        _ = writeln!(out, "  {}  {}", release.name, release.said());
    }
    for change in changes {
        out.push('\n');
        one(subject, change, &mut out);
    }
    out
}

fn one(subject: Subject<'_>, change: &Change, out: &mut String) {
    _ = writeln!(out, "{}  {}", change.what.code(), items(change));
    let mut line = |label: &str, text: &str| {
        _ = writeln!(out, "  {label:6}  {text}");
    };
    line("what", change.what.what());
    if let Some(values) = values(change) {
        line("", &values);
    }
    if let Some(place) = &change.old {
        line("old", &subject.old_place(place));
    }
    if let Some(place) = &change.new {
        line("new", &subject.place(place));
    }
    for (item, place) in twin_places(subject, change) {
        line("also", &format!("{place} ({item})"));
    }
    line("wire", &wire(change.wire));
    for says in meanings(change) {
        line("", &says);
    }
    let lines = change.rust.iter().flat_map(|surface| {
        let krate = match surface.krate {
            CrateKind::Model => "model",
            CrateKind::Client => "client",
        };
        let lines = surface_lines(surface);
        let last = lines.len().saturating_sub(1);
        lines.into_iter().enumerate().map(move |(at, text)| {
            if at == last {
                format!("{text}  [{krate}: {}]", surface.level)
            } else {
                text
            }
        })
    });
    let lines: Vec<String> = lines.collect();
    for (at, text) in lines.iter().take(SHOWN_AT_MOST).enumerate() {
        line(if at == 0 { "rust" } else { "" }, text);
    }
    if lines.len() > SHOWN_AT_MOST {
        line(
            "",
            &format!("and {} lines more", lines.len() - SHOWN_AT_MOST),
        );
    }
    let asks = [(CrateKind::Model, "model"), (CrateKind::Client, "client")]
        .into_iter()
        .filter(|(krate, _)| change.crates.of(*krate) > Level::None)
        .map(|(krate, name)| format!("{name} {}", change.crates.of(krate)));
    let asks: Vec<String> = asks.collect();
    if !asks.is_empty() {
        line("asks", &asks.join(", "));
    }
}

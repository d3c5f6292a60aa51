//! For a pull request.

use std::fmt::Write as _;

use super::{Subject, items, meanings, ordered, surface_lines, twin_places, values, wire};
use crate::compare::{Change, Level};

/// A comparison as Markdown.
pub fn markdown(subject: Subject<'_>) -> String {
    let mut out = String::new();
    // Writing to a string can't fail.
    _ = writeln!(out, "## {}\n", code(subject.name));
    _ = writeln!(out, "| crate | verdict | version |\n|---|---|---|");
    for release in subject.releases() {
        let version = match (release.level, release.now, &release.next) {
            (Level::None, Some(now), _) => now.to_owned(),
            (_, Some(now), Some(next)) => format!("{now} → **{next}**"),
            _ => String::new(),
        };
        _ = writeln!(
            out,
            "| {} | {} | {version} |",
            code(&release.name),
            release.level
        );
    }
    let changes = ordered(subject.comparison);
    if changes.is_empty() {
        out.push_str("\nNothing has changed.\n");
        return out;
    }
    out.push_str("\n| change | of | on the wire | model | client |\n|---|---|---|---|---|\n");
    for change in &changes {
        _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            code(change.what.code()),
            cell(&items(change)),
            wire(change.wire),
            change.crates.model,
            change.crates.client
        );
    }
    for change in changes {
        out.push('\n');
        one(subject, change, &mut out);
    }
    out
}

fn one(subject: Subject<'_>, change: &Change, out: &mut String) {
    _ = writeln!(
        out,
        "<details><summary><code>{}</code> <code>{}</code></summary>\n",
        escaped(change.what.code()),
        escaped(&items(change))
    );
    out.push_str(change.what.what());
    if let Some(values) = values(change) {
        _ = write!(out, " {}", code(&values));
    }
    _ = write!(out, "\n\nOn the wire: {}.", wire(change.wire));
    for says in meanings(change) {
        _ = write!(out, " {says}");
    }
    out.push_str("\n\n");
    let old = change.old.as_ref().map(|place| subject.old_place(place));
    let new = change.new.as_ref().map(|place| subject.place(place));
    for (label, place) in [("old", old), ("new", new)] {
        if let Some(place) = place {
            _ = writeln!(out, "- {label}: {}", code(&place));
        }
    }
    for (item, place) in twin_places(subject, change) {
        _ = writeln!(out, "- also: {} ({})", code(&place), code(item));
    }
    if !change.rust.is_empty() {
        let lines: Vec<String> = change.rust.iter().flat_map(surface_lines).collect();
        let fence = fence(&lines);
        _ = writeln!(out, "\n{fence}diff\n{}\n{fence}", lines.join("\n"));
    }
    out.push_str("\n</details>\n");
}

/// Text between backticks in a table, whose cells end at a bar.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Text between backticks, more of them than it has itself.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest(text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn fence(lines: &[String]) -> String {
    let most = lines.iter().map(|line| longest(line)).max();
    "`".repeat(most.unwrap_or(0).max(2) + 1)
}

/// The longest row of backticks in a text.
fn longest(text: &str) -> usize {
    let rows = text.split(|letter| letter != '`');
    rows.map(str::len).max().unwrap_or(0)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

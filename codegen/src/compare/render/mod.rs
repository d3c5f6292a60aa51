//! Comparisons as people and machines read them: text, Markdown and JSON.

mod json;
mod markdown;
mod text;

use super::{Change, Comparison, CrateKind, Effect, Level, Place, SurfaceChange, Wire};

pub use json::json;
pub use markdown::markdown;
pub use text::text;

/// A comparison of one API, and what it is called in what people read.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The stem of its crates: `appgate-sdp`.
    pub name: &'a str,
    /// The prefix of the paths of documents: `spec/appgate-sdp/`.
    pub prefix: &'a str,
    /// The prefix of the paths of the old documents.
    pub old_prefix: &'a str,
    /// The findings.
    pub comparison: &'a Comparison,
    /// The version of the model now, if there is such a crate.
    pub model: Option<&'a str>,
    /// The version of the client now, if there is such a crate.
    pub client: Option<&'a str>,
}

/// A crate, its version, and what follows for it.
#[derive(Clone, Debug)]
pub struct Release<'a> {
    /// Its name.
    pub name: String,
    /// Which part of its version has to grow.
    pub level: Level,
    /// The version that it has.
    pub now: Option<&'a str>,
    /// The version to set.
    pub next: Option<String>,
}

impl<'a> Subject<'a> {
    /// Both crates.
    pub fn releases(self) -> [Release<'a>; 2] {
        let release = |suffix: &str, krate: CrateKind, now: Option<&'a str>| {
            let level = self.comparison.verdict.of(krate);
            Release {
                name: format!("{}-{suffix}", self.name),
                level,
                now,
                next: now.and_then(|now| level.after(now)),
            }
        };
        [
            release("model", CrateKind::Model, self.model),
            release("client", CrateKind::Client, self.client),
        ]
    }

    /// A place in the new documents as people read it: `spec/appgate-sdp/login.yaml:12:5`.
    pub fn place(self, place: &Place) -> String {
        located(self.prefix, place)
    }

    /// A place in the old documents.
    pub fn old_place(self, place: &Place) -> String {
        located(self.old_prefix, place)
    }
}

fn located(prefix: &str, place: &Place) -> String {
    let (document, line, column) = (place.document.as_str(), place.line, place.column);
    format!("{prefix}{document}:{line}:{column}")
}

impl Release<'_> {
    /// The version to set, and why.
    fn said(&self) -> String {
        match (self.level, self.now, &self.next) {
            (Level::None, Some(now), _) => format!("{now} stays"),
            (level, Some(now), Some(next)) => format!("{now} -> {next} ({level})"),
            (level, _, _) => level.to_string(),
        }
    }
}

/// The effect of a change on the wire, for callers and for servers.
pub fn wire(wire: Wire) -> String {
    let effect = |effect: Effect| match effect {
        Effect::None => None,
        Effect::Additive => Some("additive"),
        Effect::Breaking => Some("breaking"),
    };
    match (effect(wire.callers), effect(wire.servers)) {
        (None, None) => "none".to_owned(),
        (Some(callers), None) => format!("{callers} for callers"),
        (None, Some(servers)) => format!("{servers} for servers"),
        (Some(callers), Some(servers)) if callers == servers => {
            format!("{callers} for callers and servers")
        }
        (Some(callers), Some(servers)) => {
            format!("{callers} for callers, {servers} for servers")
        }
    }
}

/// The number of items of the same kind that are named beside the first.
const NAMED_AT_MOST: usize = 4;

/// The change, and the other items that have it from the same place.
fn items(change: &Change) -> String {
    let mut text = change.item.clone();
    for counterpart in change.also.iter().take(NAMED_AT_MOST) {
        text.push_str(&format!(", {}", counterpart.item));
    }
    let more = change.also.len().saturating_sub(NAMED_AT_MOST);
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

/// Where else it changed alike, as far as these are named.
fn twin_places<'a>(subject: Subject<'a>, change: &'a Change) -> Vec<(&'a str, String)> {
    let others = change
        .also
        .iter()
        .filter(|counterpart| counterpart.new != change.new);
    let places = others.filter_map(|counterpart| {
        let new = counterpart.new.as_ref().map(|place| subject.place(place));
        let old = || {
            counterpart
                .old
                .as_ref()
                .map(|place| subject.old_place(place))
        };
        Some((counterpart.item.as_str(), new.or_else(old)?))
    });
    places.take(NAMED_AT_MOST).collect()
}

/// The meaning of a change: a sentence for each direction in which it is sent.
pub fn meanings(change: &Change) -> Vec<String> {
    match change.meaning.as_slice() {
        [sent, received] => vec![
            format!("In requests: {sent}"),
            format!("In responses: {received}"),
        ],
        meanings => meanings.iter().map(|says| (*says).to_owned()).collect(),
    }
}

/// The old and the new value.
fn values(change: &Change) -> Option<String> {
    match (&change.was, &change.is) {
        (None, None) => None,
        (Some(was), None) => Some(was.clone()),
        (None, Some(is)) => Some(is.clone()),
        (Some(was), Some(is)) => Some(format!("{was} -> {is}")),
    }
}

/// A change of a public item, in lines: what is gone with a minus sign, what has come with a plus sign.
pub fn surface_lines(change: &SurfaceChange) -> Vec<String> {
    let line = |mark: char, text: &String| format!("{mark} {}", signature(&change.item, text));
    let old = change.old.iter().map(|text| line('-', text));
    old.chain(change.new.iter().map(|text| line('+', text)))
        .collect()
}

/// A signature with the whole name of its item in it: `pub fn MfaProvider::new() -> Self`.
fn signature(item: &str, text: &str) -> String {
    let name = item.rsplit("::").next().unwrap_or(item);
    if text == "derived" || text == "impl" {
        return item.to_owned();
    }
    if item == name {
        return match text.contains(name) {
            true => text.to_owned(),
            false => format!("{item}: {text}"),
        };
    }
    for keyword in [
        "",
        "#[deprecated] ",
        "pub fn ",
        "#[deprecated] pub fn ",
        "type ",
    ] {
        let rest = text
            .strip_prefix(keyword)
            .and_then(|text| text.strip_prefix(name));
        if let Some(rest) = rest {
            return format!("{keyword}{item}{rest}");
        }
    }
    format!("{item}: {text}")
}

/// The changes, those that break first, else as they were found; each with its number.
pub fn ordered(comparison: &Comparison) -> Vec<&Change> {
    let mut changes: Vec<&Change> = comparison.changes.iter().collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.wire.effect()));
    changes
}

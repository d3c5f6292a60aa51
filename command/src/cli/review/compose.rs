//! The page of a comparison.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use countersign_codegen::compare::render::{Release, Subject, meanings, ordered, surface_lines};
use countersign_codegen::compare::{self, CrateKind};
use sha2::{Digest as _, Sha256};

use super::outline::Outline;
use super::page::{Api, Change, Page, Signature, Text};
use super::sides::{Compared, Side};
use super::{document, outline, page, rust};
use crate::cli::diff::Versions;

/// Puts together what is shown.
pub(super) fn page(versions: &Versions, since: &str, all: &[Compared]) -> Page {
    let apis = all.iter().map(|compared| {
        let comparison = &compared.comparison;
        let prefixes = (compared.old_prefix.as_str(), compared.prefix.as_str());
        versions.subject(&compared.name, prefixes, comparison, |subject| {
            api(compared, subject)
        })
    });
    Page {
        since: Text::new(since),
        apis: apis.collect(),
    }
}

fn api(compared: &Compared, subject: Subject<'_>) -> Api {
    let outline = |side: &Option<Side>| {
        let text = side.as_ref().map(|side| side.generated.outline());
        Outline::read(&text.unwrap_or_default())
    };
    let mut changes = ordered(subject.comparison);
    changes.sort_by_key(|change| {
        let asked = change.crates.model.max(change.crates.client);
        Reverse((change.wire.effect(), asked))
    });
    let outlines = match changes.is_empty() {
        true => (Outline::default(), Outline::default()),
        false => (outline(&compared.old), outline(&compared.new)),
    };
    let mut anchors = BTreeSet::new();
    let changes = changes.into_iter().map(|change| {
        let anchor = anchor(subject.name, change, &mut anchors);
        let old = |place: &compare::Place| Text::new(subject.old_place(place));
        let new = |place: &compare::Place| Text::new(subject.place(place));
        Change {
            anchor,
            old: change.old.as_ref().map(old),
            new: change.new.as_ref().map(new),
            document: document::diff(compared, change),
            outline: outline::diff(&outlines.0, &outlines.1, change),
            rust: rust::diffs(compared, change),
            ..told(change)
        }
    });
    Api {
        name: Text::new(subject.name),
        releases: subject.releases().into_iter().map(release).collect(),
        changes: changes.collect(),
    }
}

fn release(release: Release<'_>) -> page::Release {
    page::Release {
        name: Text::new(release.name),
        level: release.level,
        now: release.now.map(Text::new),
        next: release.next.map(Text::new),
    }
}

/// The statements about a change, without the texts around it.
fn told(change: &compare::Change) -> Change {
    let signature = |surface: &compare::SurfaceChange| Signature {
        krate: match surface.krate {
            CrateKind::Model => "model",
            CrateKind::Client => "client",
        },
        level: surface.level,
        lines: surface_lines(surface).into_iter().map(Text::new).collect(),
    };
    let also = change
        .also
        .iter()
        .map(|counterpart| Text::new(counterpart.item.as_str()));
    Change {
        anchor: String::new(),
        code: change.what.code(),
        what: change.what.what(),
        item: Text::new(change.item.as_str()),
        also: also.collect(),
        was: change.was.as_deref().map(Text::new),
        is: change.is.as_deref().map(Text::new),
        wire: change.wire,
        meaning: meanings(change).into_iter().map(Text::new).collect(),
        crates: change.crates,
        old: None,
        new: None,
        surface: change.rust.iter().map(signature).collect(),
        document: None,
        outline: None,
        rust: Vec::new(),
    }
}

/// The name of a change in the page, by what changed and not by where it stands, so that links to it last. Names come
/// from documents: of them only letters and digits are taken, and a hash tells the rest apart.
fn anchor(api: &str, change: &compare::Change, taken: &mut BTreeSet<String>) -> String {
    let whole = format!("{api} {} {}", change.what.code(), change.item);
    let mut name = String::new();
    for letter in whole.chars().take(ANCHOR_AT_MOST) {
        match letter.is_ascii_alphanumeric() {
            true => name.push(letter.to_ascii_lowercase()),
            false if !name.ends_with('-') => name.push('-'),
            false => {}
        }
    }
    let hash: String = Sha256::digest(whole.as_bytes())
        .iter()
        .take(3)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let name = format!("change-{}-{hash}", name.trim_matches('-'));
    let mut anchor = name.clone();
    let mut count = 1;
    while !taken.insert(anchor.clone()) {
        count += 1;
        anchor = format!("{name}-{count}");
    }
    anchor
}

/// The length of a name in an anchor.
const ANCHOR_AT_MOST: usize = 80;

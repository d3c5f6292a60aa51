//! For machines.

use serde_json::{Value, json as object};

use super::Subject;
use crate::compare::{Audience, Change, CrateKind, Effect, Place, SurfaceChange};

/// A comparison as a JSON value.
pub fn json(subject: Subject<'_>) -> Value {
    let changes = subject.comparison.changes.iter();
    let changes: Vec<Value> = changes.map(|change| one(subject, change)).collect();
    let crates = subject.releases().map(|release| {
        object!({
            "name": release.name,
            "verdict": release.level.to_string(),
            "version": release.now,
            "next": release.next,
        })
    });
    object!({ "api": subject.name, "crates": crates, "changes": changes })
}

fn one(subject: Subject<'_>, change: &Change) -> Value {
    let place = |prefix: &str, at: &Option<Place>| {
        at.as_ref().map(|at| {
            object!({
                "file": format!("{prefix}{}", at.document.as_str()),
                "line": at.line,
                "column": at.column,
            })
        })
    };
    let old = |at: &Option<Place>| place(subject.old_prefix, at);
    let new = |at: &Option<Place>| place(subject.prefix, at);
    let also = change.also.iter().map(
        |counterpart| object!({ "item": counterpart.item, "old": old(&counterpart.old), "new": new(&counterpart.new) }),
    );
    let also: Vec<Value> = also.collect();
    let surface: Vec<Value> = change.rust.iter().map(surface).collect();
    object!({
        "code": change.what.code(),
        "what": change.what.what(),
        "item": change.item,
        "also": also,
        "old": old(&change.old),
        "new": new(&change.new),
        "was": change.was,
        "is": change.is,
        "travels": { "sent": change.direction.sent, "received": change.direction.received },
        "wire": {
            "effect": effect(change.wire.effect()),
            "for": match change.wire.audience() {
                Audience::Nobody => Value::Null,
                Audience::Callers => "callers".into(),
                Audience::Servers => "servers".into(),
                Audience::Both => "both".into(),
            },
            "callers": effect(change.wire.callers),
            "servers": effect(change.wire.servers),
            "meaning": change.meaning,
        },
        "rust": surface,
        "crates": {
            "model": change.crates.model.to_string(),
            "client": change.crates.client.to_string(),
        },
    })
}

fn surface(change: &SurfaceChange) -> Value {
    object!({
        "crate": match change.krate {
            CrateKind::Model => "model",
            CrateKind::Client => "client",
        },
        "item": change.item,
        "old": change.old,
        "new": change.new,
        "level": change.level.to_string(),
    })
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::None => "none",
        Effect::Additive => "additive",
        Effect::Breaking => "breaking",
    }
}

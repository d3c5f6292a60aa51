//! The result of a comparison: changes, the effect of each on the wire and in Rust, and a verdict for each crate.

use super::{Kind, Level, Verdict};
use crate::ir::{Api, Origin};
use crate::source::{DocumentPath, Span};

/// The differences between two states of an API.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The changes: those of operations and of the API first, then those of types, each in the document's order.
    pub changes: Vec<Change>,
    /// The verdict on all of them, for each crate.
    pub verdict: Verdict,
}

/// One change of a document.
#[derive(Clone, Debug)]
pub struct Change {
    /// The rule of the doctrine that it falls under.
    pub what: Kind,
    /// The item, named as in the outline: `MfaProvider.sharedSecret`, `POST /mfa-providers`.
    pub item: String,
    /// Other items that changed alike: types that include the same property, parameters with the same limit.
    pub also: Vec<Counterpart>,
    /// Where it stood.
    pub old: Option<Place>,
    /// Where it stands.
    pub new: Option<Place>,
    /// The old value, in a few words: a type, a limit, a value.
    pub was: Option<String>,
    /// The new value.
    pub is: Option<String>,
    /// In which direction it travels.
    pub direction: Direction,
    /// The effect on those who keep to the old document.
    pub wire: Wire,
    /// The meaning: a sentence for each direction in which it is sent.
    pub meaning: Vec<&'static str>,
    /// The changes of the public items of the crates.
    pub rust: Vec<SurfaceChange>,
    /// The verdict for each crate.
    pub crates: Verdict,
}

/// An item that changed like another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterpart {
    /// The name.
    pub item: String,
    /// Where it stood.
    pub old: Option<Place>,
    /// Where it stands.
    pub new: Option<Place>,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The document, below the root of the run.
    pub document: DocumentPath,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The stretch of text, in bytes of the document.
    pub span: Span,
}

impl Place {
    /// The place of an item of an API.
    pub(super) fn of(api: &Api, origin: Origin) -> Option<Self> {
        let document = api.documents.get(origin.span.document.index())?.clone();
        Some(Self {
            document,
            line: origin.line,
            column: origin.column,
            span: origin.span,
        })
    }
}

/// In which direction a value travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Direction {
    /// It is part of requests.
    pub sent: bool,
    /// It is part of responses.
    pub received: bool,
}

impl Direction {
    /// Part of requests.
    pub(super) const SENT: Self = Self {
        sent: true,
        received: false,
    };
    /// Part of responses.
    pub(super) const RECEIVED: Self = Self {
        sent: false,
        received: true,
    };

    /// Either way that one of both has.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            sent: self.sent || other.sent,
            received: self.received || other.received,
        }
    }
}

/// The effect of a change on the wire, for callers and for servers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wire {
    /// To a caller that keeps to the old document, when the server keeps to the new one.
    pub callers: Effect,
    /// To a server that keeps to the old document, when the caller keeps to the new one.
    pub servers: Effect,
}

impl Wire {
    /// The worse of both for each.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            callers: self.callers.max(other.callers),
            servers: self.servers.max(other.servers),
        }
    }

    /// The worst that it does to anyone.
    pub fn effect(self) -> Effect {
        self.callers.max(self.servers)
    }

    /// Those to whom it does its worst.
    pub fn audience(self) -> Audience {
        match (self.callers, self.servers) {
            (Effect::None, Effect::None) => Audience::Nobody,
            (callers, servers) if callers > servers => Audience::Callers,
            (callers, servers) if callers < servers => Audience::Servers,
            _ => Audience::Both,
        }
    }
}

/// The effect of a change on one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing: what was understood still is, and there is no more of it.
    #[default]
    None,
    /// All that was understood still is, and there is more to use.
    Additive,
    /// Something that was understood may be refused, misread or missed.
    Breaking,
}

/// To whom a change does its worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// It does nothing on the wire.
    Nobody,
    /// Callers that keep to the old document.
    Callers,
    /// Servers that keep to the old document.
    Servers,
    /// Both alike.
    Both,
}

/// One of the two crates of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CrateKind {
    /// The types.
    Model,
    /// The operations.
    Client,
}

/// A change of a public item of a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurfaceChange {
    /// The crate.
    pub krate: CrateKind,
    /// The item: `MfaProvider::shared_secret`, `impl Default for MfaProvider`.
    pub item: String,
    /// Its signature as it was; none if it was not there.
    pub old: Option<String>,
    /// Its signature as it is; none if it is gone.
    pub new: Option<String>,
    /// The verdict for the crate.
    pub level: Level,
}

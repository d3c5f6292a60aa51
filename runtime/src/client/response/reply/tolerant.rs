//! Bodies that are read once more, because they are not what the document says at first sight.

use serde::de::DeserializeOwned;

use super::Reply;
use crate::client::departures::Rereading;
use crate::client::error::{Trouble, locate};
use crate::tolerance::{self, Departure, Failure, Held, Outcome, Rules};

/// A body that has been read once more.
pub(super) enum Reread<T> {
    Read(T),
    /// It has these departures, and these places that can't be read.
    Failed(Vec<Departure>, Vec<Failure>),
    /// It is not JSON.
    NotJson,
}

impl Reply {
    /// The rules for reading this answer once more.
    pub(in crate::client::response) fn rules(&self) -> Rules {
        match self.exact {
            true => Rules::default(),
            false => self.rereading.rules(self.spec),
        }
    }

    /// Reads a tree; what was corrected is kept with the reply.
    pub(super) fn reread<T: DeserializeOwned>(
        &mut self,
        tree: Option<&Held>,
        rules: &Rules,
    ) -> Reread<T> {
        let Some(tree) = tree else {
            return Reread::NotJson;
        };
        match tolerance::read(tree, rules) {
            Outcome::Read(value, departures) => {
                self.departures = self.own(departures);
                Reread::Read(value)
            }
            Outcome::Failed(departures, failures) => Reread::Failed(self.own(departures), failures),
        }
    }

    /// The departures, as those of this call.
    fn own(&self, departures: Vec<Departure>) -> Vec<Departure> {
        if departures.is_empty() {
            return departures;
        }
        Rereading::own(self.spec, self.status(), departures)
    }

    /// Why a body can't be read: the first place that no rule could help, or what a strict reading says.
    pub(super) fn trouble<T: DeserializeOwned>(
        body: &[u8],
        rules: &Rules,
        failures: &[Failure],
    ) -> Trouble {
        match failures.first() {
            Some(failure) if rules.may_correct() => Trouble {
                path: dotted(failure.departure.path()),
                message: format!("{}; {}", failure.message, failure.departure.help()),
                position: position(body, failure.at),
                rust_type: std::any::type_name::<T>(),
            },
            _ => locate::<T>(body),
        }
    }
}

/// A JSON pointer as paths are written in errors: `$.data[3].port`.
fn dotted(pointer: &str) -> String {
    let mut path = "$".to_owned();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        match part.parse::<usize>() {
            Ok(at) => path.push_str(&format!("[{at}]")),
            Err(_) => {
                path.push('.');
                path.push_str(&part);
            }
        }
    }
    path
}

/// The line and the column of a byte, from one.
fn position(body: &[u8], at: usize) -> (usize, usize) {
    let before = body.get(..at).unwrap_or(body);
    let line = before.iter().filter(|byte| **byte == b'\n').count();
    let column = before.rsplit(|byte| *byte == b'\n').next();
    let column = column.map(<[u8]>::len).unwrap_or_default();
    (line.saturating_add(1), column.saturating_add(1))
}

/// The tree of a body; none if it is not JSON.
pub(super) fn tree(body: &[u8]) -> Option<Held> {
    tolerance::parse(std::str::from_utf8(body).ok()?)
}

/// Text that stands for itself.
pub(super) fn bare<T: DeserializeOwned>(text: &str) -> Option<T> {
    let tree = tolerance::Node::text(text);
    match tolerance::read(&tree, &Rules::default()) {
        Outcome::Read(value, _) => Some(value),
        Outcome::Failed(..) => None,
    }
}

//! Bodies that are read once more, because they are not what the document says at first sight.

use serde::de::DeserializeOwned;

use super::Reply;
use crate::client::departures::Rereading;
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
}

/// Text that stands for itself.
pub(super) fn bare<T: DeserializeOwned>(text: &str) -> Option<T> {
    let tree = tolerance::Node::text(text);
    match tolerance::read(&tree, &Rules::default()) {
        Outcome::Read(value, _) => Some(value),
        Outcome::Failed(..) => None,
    }
}

//! Answers that depart from their document: how they are read, and who is told.

use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::error::{Trouble, locate};
use super::operation::{ApiSpec, OperationSpec};
use crate::tolerance::{self, Departure, Failure, Held, MemberReading, Outcome, Reading, Rules};

/// A hook that is told of each departure.
pub(crate) type Hook = Arc<dyn Fn(&Departure) + Send + Sync>;

/// The settings of a client for reading answers.
#[derive(Clone, Default)]
pub(crate) struct ReadingSettings {
    /// Of the client.
    pub(crate) reading: Option<Reading>,
    pub(crate) members: Vec<(String, MemberReading)>,
    pub(crate) hook: Option<Hook>,
}

/// The settings of one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallReading {
    pub(crate) reading: Option<Reading>,
    pub(crate) members: Vec<(String, MemberReading)>,
}

/// The way in which the answers of a call are read where they depart.
#[derive(Clone, Default)]
pub(crate) struct Rereading {
    /// Of the document.
    documented: Reading,
    documented_members: &'static [(&'static str, MemberReading)],
    client: Option<Reading>,
    call: Option<Reading>,
    members: Arc<[(String, MemberReading)]>,
    hook: Option<Hook>,
}

impl Rereading {
    pub(crate) fn new(api: &ApiSpec, settings: ReadingSettings) -> Self {
        Self {
            documented: api.reading,
            documented_members: api.members,
            client: settings.reading,
            call: None,
            members: settings.members.into(),
            hook: settings.hook,
        }
    }

    /// The same for one call.
    pub(crate) fn of_call(&self, call: &CallReading) -> Self {
        let mut own = self.clone();
        own.call = call.reading;
        if !call.members.is_empty() {
            let members = self.members.iter().chain(&call.members);
            own.members = members.cloned().collect();
        }
        own
    }

    /// The rules: what is said of the call goes before the operation's setting, that before the client's, and that
    /// before the document's. What is said of a member goes before all.
    pub(crate) fn rules(&self, spec: &OperationSpec) -> Rules {
        let reading = self.call.or(spec.reading).or(self.client);
        Rules {
            reading: reading.unwrap_or(self.documented),
            documented: self.documented_members,
            operation: spec.members,
            members: Arc::clone(&self.members),
        }
    }

    /// Departures as those of a call.
    pub(crate) fn own(
        spec: &OperationSpec,
        status: u16,
        departures: Vec<Departure>,
    ) -> Vec<Departure> {
        let document: Arc<str> = spec.described(status).into();
        let departures = departures.into_iter();
        let departures =
            departures.map(|departure| departure.of_call(spec.name, status, &document));
        departures.collect()
    }

    /// Reads an item of a stream that is not what the document says at first sight.
    #[cold]
    pub(crate) fn item<T: DeserializeOwned>(
        &self,
        spec: &OperationSpec,
        status: u16,
        item: &[u8],
    ) -> Result<T, Trouble> {
        let rules = self.rules(spec);
        let Some(tree) = tree(item) else {
            return Err(locate::<T>(item));
        };
        match tolerance::read(&tree, &rules) {
            Outcome::Read(value, departures) => {
                self.tell(&Self::own(spec, status, departures));
                Ok(value)
            }
            Outcome::Failed(departures, failures) => {
                self.tell(&Self::own(spec, status, departures));
                Err(trouble::<T>(item, &rules, &failures))
            }
        }
    }

    /// Tells of departures: the hook, and whoever listens to `tracing`.
    pub(crate) fn tell(&self, departures: &[Departure]) {
        for departure in departures {
            super::trace::departure(departure);
            if let Some(hook) = &self.hook {
                hook(departure);
            }
        }
    }
}

impl fmt::Debug for Rereading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rereading")
            .field("documented", &self.documented)
            .field("client", &self.client)
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

/// Why a body can't be read: the first place that no rule could help, or what a strict reading says.
pub(crate) fn trouble<T: DeserializeOwned>(
    body: &[u8],
    rules: &Rules,
    failures: &[Failure],
) -> Trouble {
    match failures.first() {
        Some(failure) if rules.may_correct() => Trouble {
            path: dotted(failure.departure.path()),
            message: format!(
                "{}; {}",
                failure.message,
                failure.departure.help_where(rules.reading)
            ),
            position: position(body, failure.at),
            rust_type: std::any::type_name::<T>(),
        },
        _ => locate::<T>(body),
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
pub(crate) fn tree(body: &[u8]) -> Option<Held> {
    tolerance::parse(std::str::from_utf8(body).ok()?)
}

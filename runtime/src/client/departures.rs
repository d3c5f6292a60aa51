//! Answers that depart from their document: how they are read, and who is told.

use std::fmt;
use std::sync::Arc;

use super::operation::{ApiSpec, OperationSpec};
use crate::tolerance::{Departure, MemberReading, Reading, Rules};

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
    pub(crate) fn of_call(&self, call: Option<Reading>) -> Self {
        Self {
            call,
            ..self.clone()
        }
    }

    /// The rules: what is said of the call goes before the operation's setting, that before the client's, and that
    /// before the document's. What is said of a member goes before all.
    pub(crate) fn rules(&self, spec: &OperationSpec) -> Rules {
        let reading = self.call.or(spec.reading).or(self.client);
        Rules {
            reading: reading.unwrap_or(self.documented),
            documented: self.documented_members,
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

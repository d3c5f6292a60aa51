//! A stream of events, opened again.

use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderName, HeaderValue};

use super::exchange;
use super::prepare::Prepared;
use crate::client::BoxFuture;
use crate::client::core::Core;
use crate::client::error::{Fault, TransportError};
use crate::client::reconnect::{Ends, Reconnect};
use crate::client::response::Reply;
use crate::client::retry::Budget;

/// The means to open a stream again: the request, and the number of attempts.
pub(crate) struct Reopen {
    core: Core,
    prepared: Prepared,
    policy: Reconnect,
}

/// The header that tells a server the last event that was received.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

impl Reopen {
    /// None where the body of the request can't be sent again.
    pub(super) fn new(core: &Core, prepared: &Prepared, policy: Reconnect) -> Option<Arc<Self>> {
        prepared.is_replayable().then(|| {
            Arc::new(Self {
                core: core.clone(),
                prepared: prepared.clone(),
                policy,
            })
        })
    }

    /// The next connection after some that brought nothing; none where it is not to be opened.
    pub(crate) fn open(
        reopen: &Arc<Self>,
        failures: u32,
        error: Option<&TransportError>,
        last_id: &str,
        wait: Option<Duration>,
    ) -> Option<BoxFuture<'static, Result<Box<Reply>, Fault>>> {
        let Self {
            core,
            prepared,
            policy,
        } = &**reopen;
        let wanted = error.is_some() || policy.ends == Ends::Connection;
        if !wanted || failures >= policy.attempts {
            return None;
        }
        if error.is_some() && !core.inner().budget.take(Budget::cost(error)) {
            return None;
        }
        let mut prepared = prepared.clone();
        if let Some(id) = Some(last_id).filter(|id| !id.is_empty()) {
            let id = HeaderValue::from_bytes(id.as_bytes()).ok()?;
            prepared.set_header(LAST_EVENT_ID, id);
        }
        let delay = policy.delay(failures, wait, core.clock().fraction());
        let core = core.clone();
        Some(Box::pin(async move {
            core.clock().pause(delay).await;
            exchange::run(&core, prepared).await
        }))
    }
}

impl std::fmt::Debug for Reopen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reopen")
            .field("operation", &self.prepared.spec.name)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

//! The three servers, over the fakes that come with the clients.

mod appgate;
mod ras;
mod strata;

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use appgate_sdp_client::fake::Server as Appgate;
use parallels_ras_client::fake::Server as Ras;
use strata_cloud_manager_client::fake::Server as Strata;

/// Who may sign in.
pub(crate) const USERNAME: &str = "auditor";

/// The password, and the secret of the service account.
pub(crate) const PASSWORD: &str = "demo-password";

/// The tenant.
pub(crate) const TENANT: &str = "1234567890";

/// The greatest number of items of a page: few, so that there are pages.
const PAGE: usize = 2;

/// The state of the servers, as long as they run.
type Kept<T> = Arc<Mutex<Vec<T>>>;

/// The servers. They end when this is dropped.
pub(crate) struct Demo {
    environment: Vec<(&'static str, String)>,
    _servers: (Appgate, Ras, Strata),
}

impl Demo {
    /// Starts the servers, each with some providers.
    ///
    /// # Errors
    /// When no port can be had.
    pub(crate) async fn start() -> io::Result<Self> {
        let (appgate, ras, strata) = (appgate::server(), ras::server(), strata::server());
        let tenant = strata.listen().await?;
        let environment = vec![
            ("APPGATE_URL", appgate.listen().await?.url()),
            ("APPGATE_USERNAME", USERNAME.to_owned()),
            ("APPGATE_PASSWORD", PASSWORD.to_owned()),
            ("RAS_URL", ras.listen().await?.url()),
            ("RAS_USERNAME", USERNAME.to_owned()),
            ("RAS_PASSWORD", PASSWORD.to_owned()),
            ("STRATA_URL", tenant.url()),
            (
                "STRATA_TOKEN_URL",
                format!("{}/oauth2/access_token", tenant.origin()),
            ),
            ("STRATA_TSG_ID", TENANT.to_owned()),
            ("STRATA_CLIENT_ID", USERNAME.to_owned()),
            ("STRATA_CLIENT_SECRET", PASSWORD.to_owned()),
        ];
        Ok(Self {
            environment,
            _servers: (appgate.lenient(), ras.lenient(), strata.lenient()),
        })
    }

    /// The environment that `mfa-audit` needs to find the servers.
    pub(crate) fn environment(&self) -> &[(&'static str, String)] {
        &self.environment
    }
}

/// Works on what is kept.
fn with<T, R>(kept: &Kept<T>, work: impl FnOnce(&mut Vec<T>) -> R) -> R {
    work(&mut kept.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A page of what is kept, from an item on.
fn page<T: Clone>(all: &[T], first: usize, most: usize) -> Vec<T> {
    all.iter()
        .skip(first)
        .take(most.min(PAGE))
        .cloned()
        .collect()
}

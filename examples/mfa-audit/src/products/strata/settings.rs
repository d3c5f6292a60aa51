//! `[strata]` in a file: an MFA server profile.

mod vendor;

use serde::{Deserialize, Serialize};
use strata_cloud_manager_client::model::{MfaServer, MfaServerContainer, MfaServerInput};

use self::vendor::Vendor;
use super::NAME;
use crate::problem::Problem;
use crate::product::{Provider, Update};
use crate::settings::need;

/// A profile of one vendor's service, in a folder, a snippet or a device.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    name: Option<String>,
    folder: Option<String>,
    snippet: Option<String>,
    device: Option<String>,
    certificate_profile: Option<String>,
    vendor: Option<Vendor>,
}

impl Settings {
    pub(super) fn new_body(&self) -> Result<MfaServerInput, Problem> {
        need(NAME, "vendor", self.vendor.as_ref())?;
        self.body()
    }

    /// The whole profile. The service gives secrets in encrypted form, and may not take them back as such.
    pub(super) fn amendment(update: &Update<Self>) -> Result<MfaServerInput, Problem> {
        if update.whole.vendor.is_some() && update.change.vendor.is_none() {
            return Problem::lacks(
                NAME,
                "replaces a profile as a whole and does not tell its secrets: \
                 write the table of its vendor as well, with the secrets",
            );
        }
        if update.whole.container()? != update.current.container()? {
            return Problem::lacks(
                NAME,
                "moves no profile: create another, and delete this one",
            );
        }
        update.whole.body()
    }

    fn body(&self) -> Result<MfaServerInput, Problem> {
        let mut body = MfaServerInput::new(
            need(NAME, "name", self.name.as_deref())?,
            need(
                NAME,
                "certificate-profile",
                self.certificate_profile.as_deref(),
            )?,
            self.container()?,
        );
        body.vendor = self.vendor.as_ref().map(Vendor::settings).transpose()?;
        Ok(body)
    }

    fn container(&self) -> Result<MfaServerContainer, Problem> {
        match (&self.folder, &self.snippet, &self.device) {
            (Some(folder), None, None) => Ok(MfaServerContainer::Folder(folder.clone())),
            (None, Some(snippet), None) => Ok(MfaServerContainer::Snippet(snippet.clone())),
            (None, None, Some(device)) => Ok(MfaServerContainer::Device(device.clone())),
            _ => Problem::lacks(
                NAME,
                "has a profile in one place: write one of `folder`, `snippet` and `device`",
            ),
        }
    }

    /// The facts about the profile in the file alone.
    pub(super) fn sent(&self) -> Provider {
        let vendor = self.vendor.as_ref().map(Vendor::facts);
        let (kind, server) = vendor.unwrap_or_default();
        let place = self.container().ok();
        Provider {
            product: NAME,
            name: self.name.clone().unwrap_or_default(),
            kind: kind.to_owned(),
            enabled: None,
            servers: server.into_iter().map(str::to_owned).collect(),
            scope: place.as_ref().and_then(super::scope),
            changed: None,
            id: None,
        }
    }
}

impl From<MfaServer> for Settings {
    fn from(profile: MfaServer) -> Self {
        let mut settings = Self {
            name: Some(profile.name),
            certificate_profile: Some(profile.certificate_profile),
            vendor: profile.vendor.and_then(Vendor::of),
            ..Self::default()
        };
        match profile.container {
            MfaServerContainer::Folder(name) => settings.folder = Some(name),
            MfaServerContainer::Snippet(name) => settings.snippet = Some(name),
            MfaServerContainer::Device(name) => settings.device = Some(name),
            _ => {}
        }
        settings
    }
}

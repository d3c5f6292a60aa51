//! `[ras]` in a file: providers of all types are shown, RADIUS servers created, and of any the common settings changed.

use parallels_ras_client::model::{Mfa, MfaType, NewMfaRadius, RadiusType, UpdateMfa};
use parallels_ras_client::{CheckMfaConnection, CreateRadiusMfa};
use serde::{Deserialize, Serialize};

use super::NAME;
use crate::problem::Problem;
use crate::runtime::Presence;
use crate::settings::{SecretReference, listed, named, need};

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    name: Option<String>,
    /// The name that users see; the name itself if left out.
    display_name: Option<String>,
    description: Option<String>,
    /// The site; that of the Licensing Server if left out.
    site: Option<i32>,
    enabled: Option<bool>,
    /// Whether the criteria are those of the site.
    inherit_default_criteria: Option<bool>,
    #[serde(deserialize_with = "listed", rename = "type", serialize_with = "named")]
    kind: Option<MfaType>,
    server: Option<String>,
    backup_server: Option<String>,
    port: Option<i32>,
    retries: Option<i32>,
    timeout: Option<i32>,
    secret: Option<SecretReference>,
}

impl Settings {
    pub(super) const fn kind(&self) -> Option<&MfaType> {
        self.kind.as_ref()
    }

    /// A new RADIUS server.
    pub(super) fn creation(&self) -> Result<CreateRadiusMfa, Problem> {
        let name = need(NAME, "name", self.name.as_deref())?;
        if self.inherit_default_criteria.is_some() {
            return Problem::lacks(
                NAME,
                "sets `inherit-default-criteria` by an update only: leave it out of what is created",
            );
        }
        let mut body = NewMfaRadius::new(
            name,
            self.display_name.as_deref().unwrap_or(name),
            need(NAME, "server", self.server.as_deref())?,
            need(NAME, "port", self.port)?,
            need(NAME, "retries", self.retries)?,
            need(NAME, "timeout", self.timeout)?,
            need(NAME, "secret", self.secret.as_ref())?.resolve()?,
        )
        .enabled(self.enabled.unwrap_or(false));
        body.site_id = self.site;
        body.description = Presence::or_absent(self.description.clone());
        body.backup_server = Presence::or_absent(self.backup_server.clone());
        let operation = CreateRadiusMfa::new(body);
        Ok(match &self.kind {
            Some(kind) => operation.radius_type(radius(kind)?),
            None => operation,
        })
    }

    /// The connection of a RADIUS server.
    pub(super) fn test(&self) -> Result<CheckMfaConnection, Problem> {
        let secret = need(NAME, "secret", self.secret.as_ref())?.resolve()?;
        let mut test = CheckMfaConnection::new().secret_key(secret);
        test.server = Some(need(NAME, "server", self.server.clone())?);
        test.port = Some(need(NAME, "port", self.port)?);
        test.backup_server.clone_from(&self.backup_server);
        test.retries = self.retries;
        test.timeout = self.timeout;
        Ok(test)
    }

    /// What is to change. That which cannot be changed may stand in the file if it is as it was.
    pub(super) fn amendment(&self, current: &Self) -> Result<UpdateMfa, Problem> {
        let mut refused = [
            (
                "display-name",
                differs(&self.display_name, &current.display_name),
            ),
            ("site", differs(&self.site, &current.site)),
            ("type", differs(&self.kind, &current.kind)),
            ("server", differs(&self.server, &current.server)),
            (
                "backup-server",
                differs(&self.backup_server, &current.backup_server),
            ),
            ("port", differs(&self.port, &current.port)),
            ("retries", differs(&self.retries, &current.retries)),
            ("timeout", differs(&self.timeout, &current.timeout)),
            ("secret", self.secret.is_some()),
        ]
        .into_iter()
        .filter(|(_, differs)| *differs);
        if let Some((name, _)) = refused.next() {
            let what = format!(
                "documents no change of `{name}`: create a provider with the new settings, and delete this one"
            );
            return Problem::lacks(NAME, what);
        }
        let mut body = UpdateMfa::default();
        body.name = Presence::or_absent(self.name.clone());
        body.description = Presence::or_absent(self.description.clone());
        body.enabled = Presence::or_absent(self.enabled);
        body.inherit_default_criteria_settings = Presence::or_absent(self.inherit_default_criteria);
        Ok(body)
    }
}

/// Whether a file has another value than the product.
fn differs<T: PartialEq>(file: &Option<T>, current: &Option<T>) -> bool {
    file.is_some() && file != current
}

/// The types of RADIUS servers are some of the types of providers, under the same names.
fn radius(kind: &MfaType) -> Result<RadiusType, Problem> {
    let name = kind.to_string();
    name.parse().or_else(|_| {
        let what = format!("providers of type {name} cannot be created here: RADIUS servers only");
        Problem::lacks(NAME, what)
    })
}

impl From<Mfa> for Settings {
    fn from(provider: Mfa) -> Self {
        // Whether a provider is told with the settings of its type is not documented; if it is, they are kept.
        let more = provider.additional_properties;
        let text = |name: &str| Some(more.get(name)?.as_str()?.to_owned());
        let number = |name: &str| i32::try_from(more.get(name)?.as_i64()?).ok();
        Self {
            name: provider.name.into_option(),
            display_name: text("displayName"),
            description: provider.description.into_option(),
            site: provider.site_id,
            enabled: provider.enabled,
            inherit_default_criteria: provider.inherit_default_criteria_settings,
            kind: provider.kind,
            server: text("radiusServer"),
            backup_server: text("backupServer"),
            port: number("radiusPort"),
            retries: number("retries"),
            timeout: number("timeout"),
            secret: None,
        }
    }
}

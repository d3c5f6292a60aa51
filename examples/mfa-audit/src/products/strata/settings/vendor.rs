//! The services that a profile can stand for.

use serde::{Deserialize, Serialize};
use strata_cloud_manager_client::model::{
    DuoSecurityV2, MfaVendor, OktaAdaptiveV1, PingIdentityV1, RsaSecuridAccessV1,
};

use super::super::NAME;
use crate::problem::Problem;
use crate::runtime::Secret;
use crate::settings::{SecretReference, need};

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Vendor {
    Duo(Duo),
    Okta(Okta),
    Ping(Ping),
    Rsa(Rsa),
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Duo {
    host: Option<String>,
    base_uri: Option<String>,
    timeout: Option<i64>,
    integration_key: Option<SecretReference>,
    secret_key: Option<SecretReference>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Okta {
    host: Option<String>,
    base_uri: Option<String>,
    organization: Option<String>,
    timeout: Option<i64>,
    token: Option<SecretReference>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Ping {
    host: Option<String>,
    base_uri: Option<String>,
    organization: Option<String>,
    organization_alias: Option<String>,
    timeout: Option<i64>,
    base64_key: Option<SecretReference>,
    token: Option<SecretReference>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Rsa {
    host: Option<String>,
    base_uri: Option<String>,
    access_id: Option<String>,
    assurance_policy_id: Option<String>,
    timeout: Option<i64>,
    access_key: Option<SecretReference>,
}

impl Vendor {
    /// The settings as they are sent.
    pub(super) fn settings(&self) -> Result<MfaVendor, Problem> {
        Ok(match self {
            Self::Duo(duo) => MfaVendor::DuoSecurityV2(duo.settings()?),
            Self::Okta(okta) => MfaVendor::OktaAdaptiveV1(okta.settings()?),
            Self::Ping(ping) => MfaVendor::PingIdentityV1(Box::new(ping.settings()?)),
            Self::Rsa(rsa) => MfaVendor::RsaSecuridAccessV1(Box::new(rsa.settings()?)),
        })
    }

    /// The settings as the service tells them, without secrets; none of a vendor that came after the document.
    pub(super) fn of(vendor: MfaVendor) -> Option<Self> {
        match vendor {
            MfaVendor::DuoSecurityV2(duo) => Some(Self::Duo(Duo {
                host: Some(duo.api_host),
                base_uri: Some(duo.base_uri),
                timeout: Some(duo.timeout),
                ..Duo::default()
            })),
            MfaVendor::OktaAdaptiveV1(okta) => Some(Self::Okta(Okta {
                host: Some(okta.api_host),
                base_uri: Some(okta.base_uri),
                organization: Some(okta.organization),
                timeout: Some(okta.timeout),
                ..Okta::default()
            })),
            MfaVendor::PingIdentityV1(ping) => Some(Self::Ping(Ping {
                host: Some(ping.api_host),
                base_uri: Some(ping.base_uri),
                organization: ping.organization,
                organization_alias: ping.organization_alias,
                timeout: Some(ping.timeout),
                ..Ping::default()
            })),
            MfaVendor::RsaSecuridAccessV1(rsa) => Some(Self::Rsa(Rsa {
                host: rsa.api_host,
                base_uri: rsa.base_uri,
                access_id: rsa.access_id,
                assurance_policy_id: rsa.assurance_policy_id,
                timeout: rsa.timeout,
                ..Rsa::default()
            })),
            _ => None,
        }
    }

    /// The vendor's name, and the host of its API.
    pub(super) fn facts(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Duo(duo) => ("Duo", duo.host.as_deref()),
            Self::Okta(okta) => ("Okta", okta.host.as_deref()),
            Self::Ping(ping) => ("Ping", ping.host.as_deref()),
            Self::Rsa(rsa) => ("RSA", rsa.host.as_deref()),
        }
    }
}

impl Duo {
    fn settings(&self) -> Result<DuoSecurityV2, Problem> {
        let mut settings = DuoSecurityV2::new(
            need(NAME, "vendor.duo.host", self.host.as_deref())?,
            secret("vendor.duo.integration-key", &self.integration_key)?,
            secret("vendor.duo.secret-key", &self.secret_key)?,
        );
        replace(&mut settings.base_uri, &self.base_uri);
        replace(&mut settings.timeout, &self.timeout);
        Ok(settings)
    }
}

impl Okta {
    fn settings(&self) -> Result<OktaAdaptiveV1, Problem> {
        let mut settings = OktaAdaptiveV1::new(
            need(NAME, "vendor.okta.host", self.host.as_deref())?,
            secret("vendor.okta.token", &self.token)?,
            need(
                NAME,
                "vendor.okta.organization",
                self.organization.as_deref(),
            )?,
        );
        replace(&mut settings.base_uri, &self.base_uri);
        replace(&mut settings.timeout, &self.timeout);
        Ok(settings)
    }
}

impl Ping {
    fn settings(&self) -> Result<PingIdentityV1, Problem> {
        let mut settings = PingIdentityV1::new(
            secret("vendor.ping.base64-key", &self.base64_key)?,
            secret("vendor.ping.token", &self.token)?,
        );
        replace(&mut settings.api_host, &self.host);
        replace(&mut settings.base_uri, &self.base_uri);
        replace(&mut settings.timeout, &self.timeout);
        settings.organization.clone_from(&self.organization);
        settings
            .organization_alias
            .clone_from(&self.organization_alias);
        Ok(settings)
    }
}

impl Rsa {
    fn settings(&self) -> Result<RsaSecuridAccessV1, Problem> {
        let mut settings = RsaSecuridAccessV1::default();
        settings.api_host.clone_from(&self.host);
        settings.base_uri.clone_from(&self.base_uri);
        settings.access_id.clone_from(&self.access_id);
        settings
            .assurance_policy_id
            .clone_from(&self.assurance_policy_id);
        settings.timeout = self.timeout;
        settings.access_key = SecretReference::resolve_if(self.access_key.as_ref())?;
        Ok(settings)
    }
}

fn secret(
    name: &'static str,
    reference: &Option<SecretReference>,
) -> Result<Secret<String>, Problem> {
    need(NAME, name, reference.as_ref())?.resolve()
}

/// Puts what a file has in place of a default.
fn replace<T: Clone>(default: &mut T, value: &Option<T>) {
    if let Some(value) = value {
        default.clone_from(value);
    }
}

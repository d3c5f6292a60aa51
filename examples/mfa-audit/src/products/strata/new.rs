//! `[strata]` in a file: an MFA server profile to create.

use serde::{Deserialize, Serialize};
use strata_cloud_manager_client::CreateMfaServer;
use strata_cloud_manager_client::model::{
    DuoSecurityV2, MfaServerContainer, MfaServerInput, MfaVendor, OktaAdaptiveV1, PingIdentityV1,
    RsaSecuridAccessV1,
};

use crate::problem::Problem;
use crate::product::{Product, Provider};
use crate::reference::SecretReference;
use crate::runtime::{Check, Operation as _};

/// A profile of one vendor's service, in a folder.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct New {
    name: String,
    folder: String,
    certificate_profile: String,
    vendor: Vendor,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Vendor {
    Duo(Duo),
    Okta(Okta),
    Ping(Ping),
    Rsa(Rsa),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Duo {
    host: String,
    integration_key: SecretReference,
    secret_key: SecretReference,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Okta {
    host: String,
    organization: String,
    token: SecretReference,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Ping {
    host: String,
    organization_alias: String,
    base64_key: SecretReference,
    token: SecretReference,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Rsa {
    host: String,
    access_id: String,
    access_key: SecretReference,
}

impl New {
    /// Whether the request would be sent.
    pub(crate) fn check(&self) -> Result<(), Problem> {
        let mut check = Check::new();
        CreateMfaServer::new(self.body()?).validate(&mut check);
        check.finish().map_err(Problem::Invalid)
    }

    pub(super) fn body(&self) -> Result<MfaServerInput, Problem> {
        let folder = MfaServerContainer::Folder(self.folder.clone());
        let body = MfaServerInput::new(&self.name, &self.certificate_profile, folder);
        Ok(body.vendor(self.vendor.settings()?))
    }

    /// The facts about the profile in the file alone.
    pub(super) fn sent(&self) -> Provider {
        let (kind, server) = match &self.vendor {
            Vendor::Duo(duo) => ("Duo", &duo.host),
            Vendor::Okta(okta) => ("Okta", &okta.host),
            Vendor::Ping(ping) => ("Ping", &ping.host),
            Vendor::Rsa(rsa) => ("RSA", &rsa.host),
        };
        Provider {
            product: Product::Strata,
            name: self.name.clone(),
            kind: kind.to_owned(),
            enabled: None,
            servers: vec![server.clone()],
            scope: Some(format!("folder {}", self.folder)),
            changed: None,
            id: None,
        }
    }
}

impl Vendor {
    fn settings(&self) -> Result<MfaVendor, Problem> {
        Ok(match self {
            Self::Duo(duo) => MfaVendor::DuoSecurityV2(DuoSecurityV2::new(
                &duo.host,
                duo.integration_key.resolve()?,
                duo.secret_key.resolve()?,
            )),
            Self::Okta(okta) => MfaVendor::OktaAdaptiveV1(OktaAdaptiveV1::new(
                &okta.host,
                okta.token.resolve()?,
                &okta.organization,
            )),
            Self::Ping(ping) => {
                let settings =
                    PingIdentityV1::new(ping.base64_key.resolve()?, ping.token.resolve()?)
                        .api_host(&ping.host)
                        .organization_alias(&ping.organization_alias);
                MfaVendor::PingIdentityV1(Box::new(settings))
            }
            Self::Rsa(rsa) => {
                let settings = RsaSecuridAccessV1::default()
                    .api_host(&rsa.host)
                    .access_id(&rsa.access_id)
                    .access_key(rsa.access_key.resolve()?);
                MfaVendor::RsaSecuridAccessV1(Box::new(settings))
            }
        })
    }
}

//! Strata Cloud Manager: MFA server profiles of a tenant.

mod push;
mod settings;

use strata_cloud_manager_client::model::{MfaServer, MfaServerContainer, MfaVendor, Position};
use strata_cloud_manager_client::{
    Client, CreateMfaServer, GetMfaServer, UpdateMfaServer, security,
};
use uuid::Uuid;

use self::settings::Settings;
use crate::config::{self, Config};
use crate::problem::Problem;
use crate::product::{Applied, Apply, Name, Product, Provider, Reached, Update};
use crate::runtime::{ClientCredentials, Credential};
use crate::settings::valid;

const NAME: Name = Name::Strata;

/// The folder to list, unless `STRATA_FOLDER` says another: what it has applies everywhere.
const FOLDER: &str = "All";

/// A tenant.
pub(crate) struct Strata {
    client: Client,
}

impl Product for Strata {
    const NAME: Name = NAME;

    const NEXT: Option<&'static str> = Some(
        "push the candidate configuration to make it effective: mfa-audit apply strata --folder FOLDER",
    );
    const NO_CRITERIA: &'static str =
        "has no criteria of a profile: authentication rules say who has to use one";

    type Settings = Settings;

    fn connect(config: &Config) -> Result<Option<Self>, Problem> {
        let Some([tsg, id, secret]) = config::variables(NAME.variables())? else {
            return Ok(None);
        };
        let scope = format!("tsg_id:{tsg}");
        let credential = match config::variable("STRATA_TOKEN_URL")? {
            None => security::oauth2(id, secret, &[&scope]),
            Some(url) => {
                let grant = ClientCredentials::new(url, id, secret).scopes([scope]);
                Credential::client_credentials(security::OAUTH2, grant)
            }
        };
        let builder = Client::builder().credential(credential);
        let builder = match config::variable("STRATA_URL")? {
            // The operations of a push have an address of their own.
            Some(url) => builder.base_url(url).base_url_for_all(),
            None => builder,
        };
        let client = config.build(builder)?;
        Ok(Some(Self { client }))
    }

    /// A token ends by itself, after minutes.
    async fn sign_out(&self) {}

    /// The profiles of a folder, page after page.
    async fn list(&self) -> Result<Vec<Provider>, Problem> {
        let folder = config::variable("STRATA_FOLDER")?;
        let call = self
            .client
            .list_mfa_servers(Position::Pre)
            .folder(folder.unwrap_or_else(|| FOLDER.to_owned()));
        let found = call.items().collect().await.map_err(Problem::call)?;
        Ok(found.into_iter().map(Provider::from).collect())
    }

    async fn settings(&self, id: &str) -> Result<Settings, Problem> {
        let call = self.client.call(GetMfaServer::new(uuid(id)?));
        let found = call.send().await.map_err(Problem::call)?;
        Ok(found.into_inner().into())
    }

    fn check(settings: &Settings) -> Result<(), Problem> {
        valid(&CreateMfaServer::new(settings.new_body()?))
    }

    async fn create(&self, settings: &Settings) -> Result<Provider, Problem> {
        let call = self.client.create_mfa_server(settings.new_body()?);
        let created = call.send().await.map_err(Problem::call)?;
        // The service may answer without a body; then what is known is what was sent.
        let created = created.into_inner().map(Provider::from);
        Ok(created.unwrap_or_else(|| settings.sent()))
    }

    fn check_update(update: &Update<Settings>) -> Result<(), Problem> {
        valid(&UpdateMfaServer::new(
            Uuid::nil(),
            Settings::amendment(update)?,
        ))
    }

    /// A profile is replaced as a whole.
    async fn update(&self, id: &str, update: &Update<Settings>) -> Result<(), Problem> {
        let body = Settings::amendment(update)?;
        let call = self.client.update_mfa_server(uuid(id)?, body);
        call.send().await.map_err(Problem::call).map(drop)
    }

    async fn delete(&self, id: &str) -> Result<(), Problem> {
        let call = self.client.delete_mfa_server(uuid(id)?);
        call.send().await.map_err(Problem::call).map(drop)
    }

    async fn test(&self, _: &Settings) -> Result<Reached, Problem> {
        Problem::lacks(
            NAME,
            "has no test of a connection: push the profile, and sign in with it",
        )
    }

    fn plan_apply(apply: &Apply) -> Result<String, Problem> {
        push::plan(apply)
    }

    async fn apply(&self, apply: &Apply) -> Result<Applied, Problem> {
        push::push(&self.client, apply).await
    }
}

fn uuid(id: &str) -> Result<Uuid, Problem> {
    id.parse().map_err(|_| Problem::Provider {
        product: NAME,
        why: format!("{id:?} is not an ID"),
    })
}

impl From<MfaServer> for Provider {
    fn from(profile: MfaServer) -> Self {
        let (kind, server) = profile.vendor.as_ref().map_or(("", None), vendor);
        Self {
            product: NAME,
            name: profile.name,
            kind: kind.to_owned(),
            // A profile is in use where a rule names it, which is not told here.
            enabled: None,
            servers: server.into_iter().map(str::to_owned).collect(),
            scope: scope(&profile.container),
            changed: None,
            id: profile.id.map(|id| id.to_string()),
        }
    }
}

/// The vendor's name, and the host of its API.
fn vendor(vendor: &MfaVendor) -> (&'static str, Option<&str>) {
    match vendor {
        MfaVendor::OktaAdaptiveV1(okta) => ("Okta", Some(&okta.api_host)),
        MfaVendor::PingIdentityV1(ping) => ("Ping", Some(&ping.api_host)),
        MfaVendor::RsaSecuridAccessV1(rsa) => ("RSA", rsa.api_host.as_deref()),
        MfaVendor::DuoSecurityV2(duo) => ("Duo", Some(&duo.api_host)),
        // A vendor that came after the document. What it holds may be a secret.
        _ => ("unknown", None),
    }
}

fn scope(container: &MfaServerContainer) -> Option<String> {
    match container {
        MfaServerContainer::Folder(name) => Some(format!("folder {name}")),
        MfaServerContainer::Snippet(name) => Some(format!("snippet {name}")),
        MfaServerContainer::Device(name) => Some(format!("device {name}")),
        _ => None,
    }
}

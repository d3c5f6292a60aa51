//! Parallels RAS: MFA providers of a farm.

mod criteria;
mod settings;

use parallels_ras_client::model::{Mfa, MfaRadius, MfaType, NewApiSession};
use parallels_ras_client::{
    Client, GetMfaCriteria, LogOn, UpdateDeepnetMfa, UpdateEmailOtpMfa, UpdateRadiusMfa,
    UpdateSafenetMfa, UpdateTotpMfa, security,
};

use self::settings::Settings;
use crate::config::{self, Config};
use crate::console;
use crate::criteria::{Criteria, Step};
use crate::problem::Problem;
use crate::product::{Applied, Apply, Name, Product, Provider, Reached, Update};
use crate::runtime::{Credential, Operation, Secret};
use crate::settings::valid;

const NAME: Name = Name::Ras;

/// A farm.
pub(crate) struct Ras {
    client: Client,
    session: Credential,
}

impl Product for Ras {
    const NAME: Name = NAME;

    const NEXT: Option<&'static str> =
        Some("apply the settings of the farm to make it effective: mfa-audit apply ras");

    type Settings = Settings;

    fn connect(config: &Config) -> Result<Option<Self>, Problem> {
        let Some([url, username, password]) = config::variables(NAME.variables())? else {
            return Ok(None);
        };
        let administrator = NewApiSession::new(username, Secret::new(password));
        let session = security::sign_in(LogOn::new(administrator));
        let builder = Client::builder().base_url(url).credential(session.clone());
        let client = config.build(builder)?;
        Ok(Some(Self { client, session }))
    }

    async fn sign_out(&self) {
        if self.session.is_ready() {
            // A session that cannot be ended ends by itself, so nobody needs to hear of it.
            self.client.log_off().send().await.ok();
        }
    }

    /// RAS has no pages.
    async fn list(&self) -> Result<Vec<Provider>, Problem> {
        let call = self.client.list_mfa_providers();
        let found = call.send().await.map_err(Problem::call)?.into_inner();
        Ok(found.into_iter().map(Provider::from).collect())
    }

    async fn settings(&self, id: &str) -> Result<Settings, Problem> {
        let call = self.client.get_mfa_provider(number(id)?);
        let found = call.send().await.map_err(Problem::call)?;
        Ok(found.into_inner().into())
    }

    fn check(settings: &Settings) -> Result<(), Problem> {
        valid(&settings.creation()?)
    }

    async fn create(&self, settings: &Settings) -> Result<Provider, Problem> {
        let call = self.client.call(settings.creation()?);
        let created = call.send().await.map_err(Problem::call)?;
        Ok(created.into_inner().into())
    }

    fn check_update(update: &Update<Settings>) -> Result<(), Problem> {
        let body = update.change.amendment(&update.current)?;
        valid(&UpdateRadiusMfa::new(0, body))
    }

    /// There is an operation for each family of types, and all of them change the same.
    async fn update(&self, id: &str, update: &Update<Settings>) -> Result<(), Problem> {
        let id = number(id)?;
        let body = update.change.amendment(&update.current)?;
        match update.current.kind() {
            Some(MfaType::SafeNet) => self.send(UpdateSafenetMfa::new(id, body)).await,
            Some(MfaType::Deepnet) => self.send(UpdateDeepnetMfa::new(id, body)).await,
            Some(MfaType::EmailOtp) => self.send(UpdateEmailOtpMfa::new(id, body)).await,
            Some(MfaType::Totp | MfaType::GAuthTotp | MfaType::MicrosoftTotp) => {
                self.send(UpdateTotpMfa::new(id, body)).await
            }
            Some(
                MfaType::Radius
                | MfaType::AzureRadius
                | MfaType::DuoRadius
                | MfaType::FortiRadius
                | MfaType::TekRadius,
            ) => self.send(UpdateRadiusMfa::new(id, body)).await,
            _ => Problem::lacks(NAME, "documents no update of a provider of this type"),
        }
    }

    async fn delete(&self, id: &str) -> Result<(), Problem> {
        let call = self.client.delete_mfa_provider(number(id)?);
        call.send().await.map_err(Problem::call).map(drop)
    }

    async fn test(&self, settings: &Settings) -> Result<Reached, Problem> {
        let test = settings.test()?;
        console::say("ras: the secret is in the URL of this test, which RAS and proxies may log");
        self.send(test).await.map(|()| Reached::Yes)
    }

    fn plan_apply(apply: &Apply) -> Result<String, Problem> {
        if !(apply.folders.is_empty() && apply.accounts.is_empty() && apply.description.is_none()) {
            return Problem::lacks(
                NAME,
                "applies all staged changes: leave out folders, accounts and the description",
            );
        }
        Ok("apply all staged changes of the farm, also those of other administrators".to_owned())
    }

    /// The answer comes when they are in force.
    async fn apply(&self, _: &Apply) -> Result<Applied, Problem> {
        let call = self.client.apply_settings();
        call.send().await.map_err(Problem::call)?;
        Ok(Applied::InForce(None))
    }

    async fn criteria(&self, id: &str) -> Result<Criteria, Problem> {
        let call = self.client.call(GetMfaCriteria::new(number(id)?));
        let found = call.send().await.map_err(Problem::call)?;
        Ok(found.into_inner().into())
    }

    fn check_criteria(step: &Step) -> Result<(), Problem> {
        criteria::check(step)
    }

    async fn change_criteria(&self, id: &str, step: &Step) -> Result<(), Problem> {
        self.change(number(id)?, step).await
    }
}

impl Ras {
    /// Sends an operation whose success has nothing to tell.
    async fn send<O: Operation<Success = ()>>(&self, operation: O) -> Result<(), Problem>
    where
        O::Failure: std::fmt::Debug + Send + Sync + 'static,
    {
        let call = self.client.call(operation);
        call.send().await.map_err(Problem::call).map(drop)
    }
}

fn number(id: &str) -> Result<i32, Problem> {
    id.parse().map_err(|_| Problem::Provider {
        product: NAME,
        why: format!("{id:?} is not an ID"),
    })
}

impl From<Mfa> for Provider {
    fn from(provider: Mfa) -> Self {
        let changed = provider.last_modified_at.or(provider.created_at);
        Self {
            product: NAME,
            name: provider.name.into_option().unwrap_or_default(),
            kind: provider
                .kind
                .map_or_else(String::new, |kind| kind.to_string()),
            enabled: provider.enabled,
            // The list does not tell the settings of a type.
            servers: Vec::new(),
            scope: provider.site_id.map(|site| format!("site {site}")),
            changed: changed.map(|time| time.to_string()),
            id: provider.id.map(|id| id.to_string()),
        }
    }
}

impl From<MfaRadius> for Provider {
    fn from(provider: MfaRadius) -> Self {
        let changed = provider.last_modified_at.or(provider.created_at);
        let servers = [provider.radius_server, provider.backup_server];
        Self {
            product: NAME,
            name: provider.name.into_option().unwrap_or_default(),
            kind: provider
                .kind
                .map_or_else(String::new, |kind| kind.to_string()),
            enabled: provider.enabled,
            servers: servers
                .into_iter()
                .filter_map(|server| server.into_option())
                .filter(|server| !server.is_empty())
                .collect(),
            scope: provider.site_id.map(|site| format!("site {site}")),
            changed: changed.map(|time| time.to_string()),
            id: provider.id.map(|id| id.to_string()),
        }
    }
}

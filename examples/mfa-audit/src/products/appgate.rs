//! Appgate SDP: MFA providers of a Controller.

use appgate_sdp_client::model::{
    AuthenticationProtocol, InputType, LoginRequest, MfaMode, MfaProvider, MfaProviderInput,
    MfaProviderType,
};
use appgate_sdp_client::{
    Client, CreateMfaProvider, GetMfaProvider, LogIn, UpdateMfaProvider, security,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::{self, Config};
use crate::problem::Problem;
use crate::product::{Applied, Apply, Name, Product, Provider, Reached, Update};
use crate::runtime::Credential;
use crate::settings::{SecretReference, listed, need, valid};

/// The version of the API to ask for, unless `APPGATE_API_VERSION` says another.
const API_VERSION: &str = "23";

/// The name of the machine, unless `APPGATE_DEVICE_ID` gives another: the same at every sign-in.
const DEVICE_ID: Uuid = Uuid::from_u128(0x6d66_612d_6175_4469_a474_0000_0000_0001);

/// The greatest number of providers of a page.
const FIRST_PAGE: &str = "0-99";

const NAME: Name = Name::Appgate;

/// A Controller.
pub(crate) struct Appgate {
    client: Client,
    session: Credential,
}

impl Product for Appgate {
    const NAME: Name = NAME;

    // A change is in force at once.
    const NEXT: Option<&'static str> = None;
    const NO_CRITERIA: &'static str =
        "has no criteria of a provider: conditions of its policies say who has to use one";

    type Settings = Settings;

    fn connect(config: &Config) -> Result<Option<Self>, Problem> {
        let Some([url, username, password]) = config::variables(NAME.variables())? else {
            return Ok(None);
        };
        let identity_provider = config::variable("APPGATE_IDENTITY_PROVIDER")?;
        let version = config::variable("APPGATE_API_VERSION")?;
        let login = LoginRequest::new(
            identity_provider.unwrap_or_else(|| "local".to_owned()),
            device_id()?,
        )
        .username(username)
        .password(password);
        let session = security::sign_in(LogIn::new(login));
        let builder = Client::builder()
            .base_url(url)
            .accept_variable("apiVersion", version.as_deref().unwrap_or(API_VERSION))
            .credential(session.clone());
        let client = config.build(builder)?;
        Ok(Some(Self { client, session }))
    }

    async fn sign_out(&self) {
        if self.session.is_ready() {
            // A session that cannot be ended ends by itself, so nobody needs to hear of it.
            self.client.log_out().send().await.ok();
        }
    }

    async fn list(&self) -> Result<Vec<Provider>, Problem> {
        let call = self
            .client
            .list_mfa_providers()
            .range(FIRST_PAGE)
            .order_by("name");
        let found = call.items().collect().await.map_err(Problem::call)?;
        Ok(found.into_iter().map(Provider::from).collect())
    }

    async fn settings(&self, id: &str) -> Result<Settings, Problem> {
        let get = GetMfaProvider::new(uuid(id)?);
        let found = self.client.call(get).send().await.map_err(Problem::call)?;
        Ok(found.into_inner().into())
    }

    fn check(settings: &Settings) -> Result<(), Problem> {
        valid(&CreateMfaProvider::new(settings.new_body()?))
    }

    async fn create(&self, settings: &Settings) -> Result<Provider, Problem> {
        let call = self.client.create_mfa_provider(settings.new_body()?);
        let created = call.send().await.map_err(Problem::call)?;
        Ok(created.into_inner().into())
    }

    fn check_update(update: &Update<Settings>) -> Result<(), Problem> {
        let body = update.whole.body()?;
        valid(&UpdateMfaProvider::new(Uuid::nil(), body))
    }

    /// A provider is replaced as a whole. A secret that is left out stays, as far as is known.
    async fn update(&self, id: &str, update: &Update<Settings>) -> Result<(), Problem> {
        let id = uuid(id)?;
        let body = update.whole.body()?.id(id);
        let call = self.client.update_mfa_provider(id, body);
        call.send().await.map_err(Problem::call).map(drop)
    }

    async fn delete(&self, id: &str) -> Result<(), Problem> {
        let call = self.client.delete_mfa_provider(uuid(id)?);
        call.send().await.map_err(Problem::call).map(drop)
    }

    async fn test(&self, settings: &Settings) -> Result<Reached, Problem> {
        let call = self.client.test_mfa_provider(settings.new_body()?);
        let result = call.send().await.map_err(Problem::call)?.into_inner();
        Ok(match result.success {
            Some(true) => Reached::Yes,
            _ => Reached::No(result.error.unwrap_or_else(|| "no reason is given".into())),
        })
    }

    fn plan_apply(_: &Apply) -> Result<String, Problem> {
        Problem::lacks(
            NAME,
            "has nothing to apply: a change is in force as soon as it is made",
        )
    }

    async fn apply(&self, apply: &Apply) -> Result<Applied, Problem> {
        Self::plan_apply(apply).map(|_| Applied::InForce(None))
    }
}

fn device_id() -> Result<Uuid, Problem> {
    const NAME: &str = "APPGATE_DEVICE_ID";
    let Some(text) = config::variable(NAME)? else {
        return Ok(DEVICE_ID);
    };
    text.parse().map_err(|_| Problem::Variable {
        name: NAME.to_owned(),
        why: "it is not a UUID".to_owned(),
    })
}

fn uuid(id: &str) -> Result<Uuid, Problem> {
    id.parse().map_err(|_| Problem::Provider {
        product: NAME,
        why: format!("{id:?} is not an ID"),
    })
}

impl From<MfaProvider> for Provider {
    fn from(provider: MfaProvider) -> Self {
        Self {
            product: NAME,
            name: provider.name,
            kind: provider.kind.to_string(),
            // A provider is in use where a policy names it, which is not told here.
            enabled: None,
            servers: provider.hostnames.unwrap_or_default(),
            scope: None,
            changed: provider
                .updated
                .or(provider.created)
                .map(|time| time.to_string()),
            id: provider.id.map(|id| id.to_string()),
        }
    }
}

/// `[appgate]` in a file.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    name: Option<String>,
    /// `Radius`, the only type that can be created, if left out.
    #[serde(deserialize_with = "listed", rename = "type")]
    kind: Option<MfaProviderType>,
    notes: Option<String>,
    tags: Option<Vec<String>>,
    hostnames: Option<Vec<String>>,
    port: Option<i64>,
    timeout: Option<i64>,
    shared_secret: Option<SecretReference>,
    challenge_shared_secret: Option<SecretReference>,
    use_user_password: Option<bool>,
    #[serde(deserialize_with = "listed")]
    authentication_protocol: Option<AuthenticationProtocol>,
    #[serde(deserialize_with = "listed")]
    input_type: Option<InputType>,
    #[serde(deserialize_with = "listed")]
    mode: Option<MfaMode>,
}

impl Settings {
    /// A provider that is complete: what the Controller does without is an error of its own.
    fn new_body(&self) -> Result<MfaProviderInput, Problem> {
        need(NAME, "hostnames", self.hostnames.as_ref())?;
        need(NAME, "port", self.port)?;
        need(NAME, "shared-secret", self.shared_secret.as_ref())?;
        self.body()
    }

    fn body(&self) -> Result<MfaProviderInput, Problem> {
        let name = need(NAME, "name", self.name.as_deref())?;
        let kind = self.kind.clone().unwrap_or(MfaProviderType::Radius);
        let mut body = MfaProviderInput::new(name, kind);
        body.notes = self.notes.clone();
        body.tags = self.tags.clone();
        body.hostnames = self.hostnames.clone();
        body.port = self.port;
        body.timeout = self.timeout;
        body.shared_secret = SecretReference::resolve_if(self.shared_secret.as_ref())?;
        body.challenge_shared_secret =
            SecretReference::resolve_if(self.challenge_shared_secret.as_ref())?;
        body.use_user_password = self.use_user_password;
        body.authentication_protocol = self.authentication_protocol.clone();
        body.input_type = self.input_type.clone();
        body.mode = self.mode.clone();
        Ok(body)
    }
}

impl From<MfaProvider> for Settings {
    fn from(provider: MfaProvider) -> Self {
        Self {
            name: Some(provider.name),
            kind: Some(provider.kind),
            notes: provider.notes,
            tags: provider.tags,
            hostnames: provider.hostnames,
            port: provider.port,
            timeout: provider.timeout,
            shared_secret: None,
            challenge_shared_secret: None,
            use_user_password: provider.use_user_password,
            authentication_protocol: provider.authentication_protocol,
            input_type: provider.input_type,
            mode: provider.mode,
        }
    }
}

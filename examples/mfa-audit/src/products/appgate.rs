//! Appgate SDP: MFA providers of a Controller.

use appgate_sdp_client::model::{
    AuthenticationProtocol, Error as ApiError, InputType, LoginRequest, MfaMode, MfaProvider,
    MfaProviderInput, MfaProviderType, ValidationError,
};
use appgate_sdp_client::{
    Client, CreateMfaProvider, CreateMfaProviderError, ListMfaProvidersError, LogIn, security,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::{self, Settings};
use crate::problem::{self, Problem};
use crate::product::{Product, Provider};
use crate::reference::{SecretReference, listed};
use crate::runtime::{Check, Operation as _};

/// The version of the API to ask for, unless `APPGATE_API_VERSION` says another.
const API_VERSION: &str = "23";

/// The name of the machine, unless `APPGATE_DEVICE_ID` gives another: the same at every sign-in.
const DEVICE_ID: Uuid = Uuid::from_u128(0x6d66_612d_6175_4469_a474_0000_0000_0001);

/// The greatest number of providers of a page.
const FIRST_PAGE: &str = "0-99";

fn connect(settings: &Settings) -> Result<Option<Client>, Problem> {
    let Some([url, username, password]) = config::variables(Product::Appgate.variables())? else {
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
    let builder = Client::builder()
        .base_url(url)
        .accept_variable("apiVersion", version.as_deref().unwrap_or(API_VERSION))
        .credential(security::sign_in(LogIn::new(login)));
    settings.build(builder).map(Some)
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

/// All providers; none if the Controller is not configured.
pub(crate) async fn list(settings: &Settings) -> Result<Option<Vec<Provider>>, Problem> {
    let Some(client) = connect(settings)? else {
        return Ok(None);
    };
    let call = client
        .list_mfa_providers()
        .range(FIRST_PAGE)
        .order_by("name");
    let found = call.items().collect().await;
    let found = found.map_err(|error| Problem::call(error, refused_list))?;
    sign_out(&client).await;
    Ok(Some(found.into_iter().map(Provider::from).collect()))
}

/// Creates a provider; none if the Controller is not configured.
pub(crate) async fn create(settings: &Settings, new: &New) -> Result<Option<Provider>, Problem> {
    let body = new.body()?;
    let Some(client) = connect(settings)? else {
        return Ok(None);
    };
    let created = client.create_mfa_provider(body).send().await;
    let created = created.map_err(|error| Problem::call(error, refused_create))?;
    sign_out(&client).await;
    Ok(Some(created.into_inner().into()))
}

/// A session that cannot be ended ends by itself, so nobody needs to hear of it.
async fn sign_out(client: &Client) {
    client.log_out().send().await.ok();
}

impl From<MfaProvider> for Provider {
    fn from(provider: MfaProvider) -> Self {
        Self {
            product: Product::Appgate,
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

/// `[appgate]` in a file: a RADIUS server, the only kind that can be created.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct New {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    hostnames: Vec<String>,
    port: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<u16>,
    shared_secret: SecretReference,
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge_shared_secret: Option<SecretReference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    use_user_password: Option<bool>,
    #[serde(default, deserialize_with = "listed")]
    #[serde(skip_serializing_if = "Option::is_none")]
    authentication_protocol: Option<AuthenticationProtocol>,
    #[serde(default, deserialize_with = "listed")]
    #[serde(skip_serializing_if = "Option::is_none")]
    input_type: Option<InputType>,
    #[serde(default, deserialize_with = "listed")]
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<MfaMode>,
}

impl New {
    /// Whether the request would be sent.
    pub(crate) fn check(&self) -> Result<(), Problem> {
        let mut check = Check::new();
        CreateMfaProvider::new(self.body()?).validate(&mut check);
        check.finish().map_err(Problem::Invalid)
    }

    fn body(&self) -> Result<MfaProviderInput, Problem> {
        let mut body = MfaProviderInput::new(&self.name, MfaProviderType::Radius)
            .hostnames(self.hostnames.clone())
            .port(self.port.into())
            .shared_secret(self.shared_secret.resolve()?);
        body.notes = self.notes.clone();
        body.tags = self.tags.clone();
        body.timeout = self.timeout.map(i64::from);
        body.use_user_password = self.use_user_password;
        body.authentication_protocol = self.authentication_protocol.clone();
        body.input_type = self.input_type.clone();
        body.mode = self.mode.clone();
        if let Some(secret) = &self.challenge_shared_secret {
            body = body.challenge_shared_secret(secret.resolve()?);
        }
        Ok(body)
    }
}

fn refused_list(failure: &ListMfaProvidersError) -> Vec<String> {
    use ListMfaProvidersError::{Forbidden, InternalServerError, NotAcceptable, Unauthorized};
    match failure {
        Unauthorized(error)
        | Forbidden(error)
        | NotAcceptable(error)
        | InternalServerError(error) => said(error),
        _ => Vec::new(),
    }
}

fn refused_create(failure: &CreateMfaProviderError) -> Vec<String> {
    use CreateMfaProviderError::{
        BadRequest, Conflict, Forbidden, InternalServerError, NotAcceptable, Unauthorized,
        UnprocessableContent,
    };
    match failure {
        BadRequest(error)
        | Unauthorized(error)
        | Forbidden(error)
        | NotAcceptable(error)
        | Conflict(error)
        | InternalServerError(error) => said(error),
        UnprocessableContent(invalid) => fields(invalid),
        _ => Vec::new(),
    }
}

fn said(error: &ApiError) -> Vec<String> {
    error.message.iter().cloned().collect()
}

/// The problem of each field of a request.
fn fields(invalid: &ValidationError) -> Vec<String> {
    let errors = invalid.errors.iter().flatten();
    let lines = errors.filter_map(|e| problem::line(e.field.as_deref(), e.message.as_deref()));
    invalid.message.iter().cloned().chain(lines).collect()
}

//! Parallels RAS: MFA providers of a farm.

use parallels_ras_client::model::{
    ErrorMessage, Mfa, MfaRadius, NewApiSession, NewMfaRadius, ProblemDetails, RadiusType,
};
use parallels_ras_client::{
    Client, CreateRadiusMfa, CreateRadiusMfaError, ListMfaProvidersError, LogOn, security,
};
use serde::{Deserialize, Serialize};

use crate::config::{self, Settings};
use crate::problem::{self, Problem};
use crate::product::{Product, Provider};
use crate::reference::{SecretReference, listed};
use crate::runtime::{Check, Operation as _, Secret};

fn connect(settings: &Settings) -> Result<Option<Client>, Problem> {
    let Some([url, username, password]) = config::variables(Product::Ras.variables())? else {
        return Ok(None);
    };
    let administrator = NewApiSession::new(username, Secret::new(password));
    let builder = Client::builder()
        .base_url(url)
        .credential(security::sign_in(LogOn::new(administrator)));
    settings.build(builder).map(Some)
}

/// All providers; none if the farm is not configured. RAS has no pages.
pub(crate) async fn list(settings: &Settings) -> Result<Option<Vec<Provider>>, Problem> {
    let Some(client) = connect(settings)? else {
        return Ok(None);
    };
    let found = client.list_mfa_providers().send().await;
    let found = found.map_err(|error| Problem::call(error, refused_list))?;
    log_off(&client).await;
    let found = found.into_inner().into_iter();
    Ok(Some(found.map(Provider::from).collect()))
}

/// Creates a provider; none if the farm is not configured.
pub(crate) async fn create(settings: &Settings, new: &New) -> Result<Option<Provider>, Problem> {
    let operation = new.operation()?;
    let Some(client) = connect(settings)? else {
        return Ok(None);
    };
    let created = client.call(operation).send().await;
    let created = created.map_err(|error| Problem::call(error, refused_create))?;
    log_off(&client).await;
    Ok(Some(created.into_inner().into()))
}

/// A session that cannot be ended ends by itself, so nobody needs to hear of it.
async fn log_off(client: &Client) {
    client.log_off().send().await.ok();
}

impl From<Mfa> for Provider {
    fn from(provider: Mfa) -> Self {
        let changed = provider.last_modified_at.or(provider.created_at);
        Self {
            product: Product::Ras,
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
            product: Product::Ras,
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

/// `[ras]` in a file: a RADIUS server.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct New {
    name: String,
    /// The name that users see; the name itself if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// The site; that of the Licensing Server if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<i32>,
    #[serde(default)]
    enabled: bool,
    #[serde(default, deserialize_with = "listed", rename = "type")]
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<RadiusType>,
    server: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    backup_server: Option<String>,
    port: u16,
    retries: u16,
    timeout: u16,
    secret: SecretReference,
}

impl New {
    /// Whether the request would be sent.
    pub(crate) fn check(&self) -> Result<(), Problem> {
        let mut check = Check::new();
        self.operation()?.validate(&mut check);
        check.finish().map_err(Problem::Invalid)
    }

    fn operation(&self) -> Result<CreateRadiusMfa, Problem> {
        let mut body = NewMfaRadius::new(
            self.name.as_str(),
            self.display_name.as_deref().unwrap_or(&self.name),
            self.server.as_str(),
            i32::from(self.port),
            i32::from(self.retries),
            i32::from(self.timeout),
            self.secret.resolve()?,
        )
        .enabled(self.enabled);
        body.site_id = self.site;
        if let Some(description) = &self.description {
            body = body.description(description.as_str());
        }
        if let Some(server) = &self.backup_server {
            body = body.backup_server(server.as_str());
        }
        let operation = CreateRadiusMfa::new(body);
        Ok(match &self.kind {
            Some(kind) => operation.radius_type(kind.clone()),
            None => operation,
        })
    }
}

fn refused_list(failure: &ListMfaProvidersError) -> Vec<String> {
    use ListMfaProvidersError::{NotFound, Unauthorized};
    match failure {
        Unauthorized(details) | NotFound(details) => said(details.as_deref()),
        _ => Vec::new(),
    }
}

fn refused_create(failure: &CreateRadiusMfaError) -> Vec<String> {
    use CreateRadiusMfaError::{BadRequest, Conflict, Unauthorized};
    match failure {
        BadRequest(Some(error)) => message(error),
        Unauthorized(details) | Conflict(details) => said(details.as_deref()),
        _ => Vec::new(),
    }
}

fn said(details: Option<&ProblemDetails>) -> Vec<String> {
    let line = details.and_then(|details| {
        let (title, detail) = (details.title.as_ref(), details.detail.as_ref());
        problem::line(title.map(String::as_str), detail.map(String::as_str))
    });
    line.into_iter().collect()
}

/// The message of RAS, in its own form or in the fields of problem details, which may come instead.
fn message(error: &ErrorMessage) -> Vec<String> {
    let code = error.code.map(|code| format!("code {code}"));
    let more = |name| error.additional_properties.get(name)?.as_str();
    let words = error.message.as_ref().map(String::as_str);
    let words = words.or_else(|| more("detail")).or_else(|| more("title"));
    problem::line(code.as_deref(), words).into_iter().collect()
}

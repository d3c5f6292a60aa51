//! Strata Cloud Manager: MFA server profiles of a tenant.

mod new;

use strata_cloud_manager_client::model::{
    GenericError, MfaServer, MfaServerContainer, MfaVendor, Position,
};
use strata_cloud_manager_client::{Client, CreateMfaServerError, ListMfaServersError, security};

pub(crate) use self::new::New;
use crate::config::{self, Settings};
use crate::problem::{self, Problem};
use crate::product::{Product, Provider};
use crate::runtime::{ClientCredentials, Credential};

/// The folder to list, unless `STRATA_FOLDER` says another: what it has applies everywhere.
const FOLDER: &str = "All";

fn connect(settings: &Settings) -> Result<Option<Client>, Problem> {
    let Some([tsg, id, secret]) = config::variables(Product::Strata.variables())? else {
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
        Some(url) => builder.base_url(url),
        None => builder,
    };
    settings.build(builder).map(Some)
}

/// All profiles of a folder, page after page; none if the tenant is not configured.
pub(crate) async fn list(settings: &Settings) -> Result<Option<Vec<Provider>>, Problem> {
    let Some(client) = connect(settings)? else {
        return Ok(None);
    };
    let folder = config::variable("STRATA_FOLDER")?;
    let call = client
        .list_mfa_servers(Position::Pre)
        .folder(folder.unwrap_or_else(|| FOLDER.to_owned()));
    let found = call.items().collect().await;
    let found = found.map_err(|error| Problem::call(error, refused_list))?;
    Ok(Some(found.into_iter().map(Provider::from).collect()))
}

/// Creates a profile; none if the tenant is not configured.
pub(crate) async fn create(settings: &Settings, new: &New) -> Result<Option<Provider>, Problem> {
    let body = new.body()?;
    let Some(client) = connect(settings)? else {
        return Ok(None);
    };
    let created = client.create_mfa_server(body).send().await;
    let created = created.map_err(|error| Problem::call(error, refused_create))?;
    // The service may answer without a body; then what is known is what was sent.
    let created = created.into_inner().map(Provider::from);
    Ok(Some(created.unwrap_or_else(|| new.sent())))
}

impl From<MfaServer> for Provider {
    fn from(profile: MfaServer) -> Self {
        let (kind, server) = profile.vendor.as_ref().map_or(("", None), vendor);
        Self {
            product: Product::Strata,
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

fn refused_list(failure: &ListMfaServersError) -> Vec<String> {
    use ListMfaServersError::{BadRequest, Default, Forbidden, NotFound, Unauthorized};
    match failure {
        BadRequest(error) | Unauthorized(error) | Forbidden(error) | NotFound(error)
        | Default(error) => said(error),
        _ => Vec::new(),
    }
}

fn refused_create(failure: &CreateMfaServerError) -> Vec<String> {
    use CreateMfaServerError::{BadRequest, Conflict, Default, Forbidden, Unauthorized};
    match failure {
        BadRequest(error) | Unauthorized(error) | Forbidden(error) | Conflict(error)
        | Default(error) => said(error),
        _ => Vec::new(),
    }
}

/// The message of each error; what is in its details has no fixed form and may be anything.
fn said(error: &GenericError) -> Vec<String> {
    let errors = error.errors.iter().flatten();
    errors
        .filter_map(|e| problem::line(e.code.as_deref(), e.message.as_deref()))
        .collect()
}

//! A tenant with the services of three vendors in the folder `All`.

mod push;

use std::sync::Arc;

use strata_cloud_manager_client::fake::{Received, Server, TokenRefusal, TokenRequest};
use strata_cloud_manager_client::model::{
    DuoSecurityV2, ErrorDetail, GenericError, MfaServer, MfaServerContainer, MfaServerInput,
    MfaServerList, MfaVendor, OktaAdaptiveV1, RsaSecuridAccessV1,
};
use strata_cloud_manager_client::{
    CreateMfaServer, CreateMfaServerError, DeleteMfaServer, DeleteMfaServerError, GetMfaServer,
    GetMfaServerError, ListMfaServers, ListMfaServersError, Secret, UpdateMfaServer,
    UpdateMfaServerError, countersign_runtime::Token,
};
use uuid::Uuid;

use super::{Kept, PASSWORD, TENANT, USERNAME, page, with};

const TOKEN: &str = "demo-tenant-token";

/// Secrets come back encrypted, as this stands for.
const ENCRYPTED: &str = "-AQ==demo-encrypted-secret";

/// The server.
pub(super) fn server() -> Server {
    let kept: Kept<_> = Arc::default();
    with(&kept, |kept| kept.extend(three_vendors()));
    let [list, create, get, update, delete] = std::array::from_fn(|_| Arc::clone(&kept));
    let server = Server::new()
        .on_token(grant)
        .on(move |call: Received<ListMfaServers>| {
            signed_in(&call, ListMfaServersError::Unauthorized)?;
            Ok(with(&list, |kept| folder(kept, &call)))
        })
        .on(move |call: Received<CreateMfaServer>| {
            signed_in(&call, CreateMfaServerError::Unauthorized)?;
            with(&create, |kept| add(kept, &call.body))
        })
        .on(move |call: Received<GetMfaServer>| {
            signed_in(&call, GetMfaServerError::Unauthorized)?;
            let found = with(&get, |kept| {
                kept.iter().find(|known| known.id == Some(call.id)).cloned()
            });
            found.ok_or_else(|| GetMfaServerError::NotFound(missing()))
        })
        .on(move |call: Received<UpdateMfaServer>| {
            signed_in(&call, UpdateMfaServerError::Unauthorized)?;
            let found = with(&update, |kept| replace(kept, call.id, &call.body));
            found.ok_or_else(|| UpdateMfaServerError::NotFound(missing()))
        })
        .on(move |call: Received<DeleteMfaServer>| {
            signed_in(&call, DeleteMfaServerError::Unauthorized)?;
            with(&delete, |kept| {
                kept.retain(|known| known.id != Some(call.id))
            });
            Ok(())
        });
    push::on(server)
}

fn replace(kept: &mut [MfaServer], id: Uuid, body: &MfaServerInput) -> Option<MfaServer> {
    let profile = kept.iter_mut().find(|known| known.id == Some(id))?;
    profile.name.clone_from(&body.name);
    profile
        .certificate_profile
        .clone_from(&body.certificate_profile);
    profile.vendor.clone_from(&body.vendor);
    Some(profile.clone())
}

fn missing() -> GenericError {
    error("E005", "Object Not Present")
}

fn grant(request: &TokenRequest) -> Result<Token, TokenRefusal> {
    let known =
        request.client_id() == USERNAME && *request.client_secret() == Secret::from(PASSWORD);
    let tenant = format!("tsg_id:{TENANT}");
    match known {
        false => Err(TokenRefusal::InvalidClient),
        true if request.scopes().any(|scope| scope == tenant) => Ok(Token::new(TOKEN)),
        true => Err(TokenRefusal::InvalidScope),
    }
}

fn signed_in<O, E>(call: &Received<O>, refuse: impl FnOnce(GenericError) -> E) -> Result<(), E> {
    match call.credential() == Some(&Secret::from(TOKEN)) {
        true => Ok(()),
        false => Err(refuse(error("E016", "Sign in first."))),
    }
}

/// A page of what a folder has.
fn folder(kept: &[MfaServer], call: &ListMfaServers) -> MfaServerList {
    let wanted = MfaServerContainer::Folder(call.folder.clone().unwrap_or_default());
    let found = kept.iter().filter(|profile| profile.container == wanted);
    let found: Vec<_> = found.cloned().collect();
    let number = |number: Option<i64>, otherwise| {
        number
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or(otherwise)
    };
    let mut list = MfaServerList::default();
    list.data = Some(page(
        &found,
        number(call.offset, 0),
        number(call.limit, 200),
    ));
    list.total = i64::try_from(found.len()).ok();
    list
}

fn add(
    kept: &mut Vec<MfaServer>,
    body: &MfaServerInput,
) -> Result<Option<MfaServer>, CreateMfaServerError> {
    if kept.iter().any(|known| known.name == body.name) {
        let taken = error("E006", "Name Not Unique");
        return Err(CreateMfaServerError::Conflict(taken));
    }
    let container = body.container.clone();
    let mut profile = MfaServer::new(&body.name, &body.certificate_profile, container);
    profile.id = Some(Uuid::from_u128(kept.len() as u128 + 1));
    profile.vendor.clone_from(&body.vendor);
    kept.push(profile.clone());
    Ok(Some(profile))
}

fn three_vendors() -> Vec<MfaServer> {
    let duo = DuoSecurityV2::new("api-0000.duo.example.com", ENCRYPTED, ENCRYPTED);
    let okta = OktaAdaptiveV1::new("example.okta.example.com", ENCRYPTED, "example");
    let rsa = RsaSecuridAccessV1::default()
        .api_host("rsa.example.com")
        .access_key(ENCRYPTED);
    let vendors = [
        ("Duo push", MfaVendor::DuoSecurityV2(duo)),
        ("Okta", MfaVendor::OktaAdaptiveV1(okta)),
        ("SecurID", MfaVendor::RsaSecuridAccessV1(Box::new(rsa))),
    ];
    let numbered = (1..).zip(vendors);
    let profile = |(number, (name, vendor))| {
        let everywhere = MfaServerContainer::Folder("All".to_owned());
        let mut profile = MfaServer::new(name, "Default", everywhere);
        profile.id = Some(Uuid::from_u128(number));
        profile.vendor = Some(vendor);
        profile
    };
    numbered.map(profile).collect()
}

fn error(code: &str, message: &str) -> GenericError {
    let mut detail = ErrorDetail::default();
    detail.code = Some(code.to_owned());
    detail.message = Some(message.to_owned());
    let mut error = GenericError::default();
    error.errors = Some(vec![detail]);
    error
}

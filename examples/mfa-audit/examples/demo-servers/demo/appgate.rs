//! A Controller with a RADIUS server and the two providers that are built in.

use std::sync::Arc;

use appgate_sdp_client::fake::{Received, Server};
use appgate_sdp_client::model::{
    AuthenticationError, Error, FieldError, LoginResponse, MfaProvider, MfaProviderInput,
    MfaProviderList, MfaProviderType, ValidationError,
};
use appgate_sdp_client::{
    CreateMfaProvider, CreateMfaProviderError, ListMfaProviders, ListMfaProvidersError, LogIn,
    LogInError, LogOut, Secret,
};
use uuid::Uuid;

use super::{Kept, PASSWORD, USERNAME, page, with};

const TOKEN: &str = "demo-controller-token";

/// The server.
pub(super) fn server() -> Server {
    let kept: Kept<_> = Arc::default();
    with(&kept, |kept| {
        kept.push(built_in(
            1,
            "Default FIDO2 Provider",
            MfaProviderType::Fido2,
        ));
        let codes = MfaProviderType::DefaultTimeBased;
        kept.push(built_in(2, "Default Time-Based OTP Provider", codes));
        kept.push(head_office());
    });
    let (list, create) = (Arc::clone(&kept), kept);
    Server::new()
        .on(|call: Received<LogIn>| log_in(&call))
        .on(|_: Received<LogOut>| Ok(()))
        .on(
            move |call: Received<ListMfaProviders>| match signed_in(&call) {
                true => Ok(with(&list, |kept| range(kept, call.range.as_deref()))),
                false => Err(ListMfaProvidersError::Unauthorized(error("Sign in first."))),
            },
        )
        .on(
            move |call: Received<CreateMfaProvider>| match signed_in(&call) {
                true => with(&create, |kept| add(kept, &call.body)),
                false => Err(CreateMfaProviderError::Unauthorized(error(
                    "Sign in first.",
                ))),
            },
        )
}

fn log_in(call: &LogIn) -> Result<LoginResponse, LogInError> {
    let body = &call.body;
    let known =
        body.username.as_deref() == Some(USERNAME) && body.password == Some(Secret::from(PASSWORD));
    if known {
        let mut session = LoginResponse::default();
        session.token = Some(TOKEN.into());
        return Ok(session);
    }
    let mut refusal = AuthenticationError::default();
    refusal.message = Some("Login failed.".to_owned());
    refusal.reason = Some("Invalid username or password.".to_owned());
    Err(LogInError::Unauthorized(refusal))
}

fn signed_in<O>(call: &Received<O>) -> bool {
    call.credential() == Some(&Secret::from(TOKEN))
}

/// The content of a range such as `0-9`, in pages of our own.
fn range(kept: &[MfaProvider], range: Option<&str>) -> MfaProviderList {
    let ends = range.and_then(|range| range.split_once('-'));
    let first = ends.and_then(|(first, _)| first.parse().ok()).unwrap_or(0);
    let last = ends
        .and_then(|(_, last)| last.parse().ok())
        .unwrap_or(usize::MAX - 1);
    let most = (last + 1).saturating_sub(first);
    let mut list = MfaProviderList::default();
    list.data = Some(page(kept, first, most));
    list.total_count = i64::try_from(kept.len()).ok();
    list
}

fn add(
    kept: &mut Vec<MfaProvider>,
    body: &MfaProviderInput,
) -> Result<MfaProvider, CreateMfaProviderError> {
    let invalid = wrong(body);
    if !invalid.is_empty() {
        let mut refusal = ValidationError::default();
        refusal.message = Some("The object is not valid.".to_owned());
        refusal.errors = Some(invalid);
        return Err(CreateMfaProviderError::UnprocessableContent(refusal));
    }
    if kept.iter().any(|known| known.name == body.name) {
        let taken = error("An object with this name already exists.");
        return Err(CreateMfaProviderError::Conflict(taken));
    }
    let mut provider = built_in(kept.len() + 1, &body.name, body.kind.clone());
    provider.hostnames.clone_from(&body.hostnames);
    provider.port = body.port;
    kept.push(provider.clone());
    Ok(provider)
}

fn wrong(body: &MfaProviderInput) -> Vec<FieldError> {
    let nowhere = body.hostnames.as_ref().is_none_or(Vec::is_empty);
    let unreachable = !body.port.is_some_and(|port| (1..=65_535).contains(&port));
    [
        (nowhere, "hostnames", "may not be empty"),
        (unreachable, "port", "must be between 1 and 65535"),
    ]
    .into_iter()
    .filter(|(is_wrong, ..)| *is_wrong)
    .map(|(_, field, message)| {
        let mut error = FieldError::default();
        error.field = Some(field.to_owned());
        error.message = Some(message.to_owned());
        error
    })
    .collect()
}

fn built_in(number: usize, name: &str, kind: MfaProviderType) -> MfaProvider {
    let mut provider = MfaProvider::new(name, kind);
    provider.id = Some(Uuid::from_u128(number as u128));
    provider
}

fn head_office() -> MfaProvider {
    let mut provider = built_in(3, "Head office RADIUS", MfaProviderType::Radius);
    let hosts = ["radius1.example.com", "radius2.example.com"];
    provider.hostnames = Some(hosts.map(str::to_owned).into());
    provider.port = Some(1812);
    provider.updated = "2026-05-04T08:30:00Z".parse().ok();
    provider
}

fn error(message: &str) -> Error {
    let mut error = Error::default();
    error.message = Some(message.to_owned());
    error
}

//! A Controller with a RADIUS server and the two providers that are built in. It reaches the hosts of `example.com` alone.

use std::sync::Arc;

use appgate_sdp_client::fake::{Received, Server};
use appgate_sdp_client::model::{
    AuthenticationError, Error, FieldError, LoginResponse, MfaProvider, MfaProviderInput,
    MfaProviderList, MfaProviderType, TestResult, ValidationError,
};
use appgate_sdp_client::{
    CreateMfaProvider, CreateMfaProviderError, DeleteMfaProvider, DeleteMfaProviderError,
    GetMfaProvider, GetMfaProviderError, ListMfaProviders, ListMfaProvidersError, LogIn,
    LogInError, LogOut, Secret, TestMfaProvider, TestMfaProviderError, UpdateMfaProvider,
    UpdateMfaProviderError,
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
    let [list, create, get, update, delete] = std::array::from_fn(|_| Arc::clone(&kept));
    Server::new()
        .on(|call: Received<LogIn>| log_in(&call))
        .on(|_: Received<LogOut>| Ok(()))
        .on(move |call: Received<ListMfaProviders>| {
            signed_in(&call, ListMfaProvidersError::Unauthorized)?;
            Ok(with(&list, |kept| range(kept, call.range.as_deref())))
        })
        .on(move |call: Received<CreateMfaProvider>| {
            signed_in(&call, CreateMfaProviderError::Unauthorized)?;
            with(&create, |kept| add(kept, &call.body))
        })
        .on(move |call: Received<GetMfaProvider>| {
            signed_in(&call, GetMfaProviderError::Unauthorized)?;
            let found = with(&get, |kept| place(kept, call.id).map(|at| kept[at].clone()));
            found.ok_or_else(|| GetMfaProviderError::NotFound(error(NOT_FOUND)))
        })
        .on(move |call: Received<UpdateMfaProvider>| {
            signed_in(&call, UpdateMfaProviderError::Unauthorized)?;
            with(&update, |kept| replace(kept, call.id, &call.body))
        })
        .on(move |call: Received<DeleteMfaProvider>| {
            signed_in(&call, DeleteMfaProviderError::Unauthorized)?;
            let found = with(&delete, |kept| {
                place(kept, call.id).map(|at| kept.remove(at))
            });
            let found = found.ok_or_else(|| DeleteMfaProviderError::NotFound(error(NOT_FOUND)));
            found.map(drop)
        })
        .on(move |call: Received<TestMfaProvider>| {
            signed_in(&call, TestMfaProviderError::Unauthorized)?;
            Ok(test(&call.body))
        })
}

const NOT_FOUND: &str = "The object does not exist.";

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

fn signed_in<O, E>(call: &Received<O>, refuse: impl FnOnce(Error) -> E) -> Result<(), E> {
    match call.credential() == Some(&Secret::from(TOKEN)) {
        true => Ok(()),
        false => Err(refuse(error("Sign in first."))),
    }
}

fn place(kept: &[MfaProvider], id: Uuid) -> Option<usize> {
    kept.iter().position(|known| known.id == Some(id))
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
    set(&mut provider, body);
    kept.push(provider.clone());
    Ok(provider)
}

fn replace(
    kept: &mut [MfaProvider],
    id: Uuid,
    body: &MfaProviderInput,
) -> Result<MfaProvider, UpdateMfaProviderError> {
    let Some(provider) = place(kept, id).and_then(|at| kept.get_mut(at)) else {
        return Err(UpdateMfaProviderError::NotFound(error(NOT_FOUND)));
    };
    set(provider, body);
    provider.updated = "2026-06-01T09:00:00Z".parse().ok();
    Ok(provider.clone())
}

/// Takes all settings but the secrets, which nobody gets back.
fn set(provider: &mut MfaProvider, body: &MfaProviderInput) {
    provider.name.clone_from(&body.name);
    provider.notes.clone_from(&body.notes);
    provider.tags.clone_from(&body.tags);
    provider.hostnames.clone_from(&body.hostnames);
    provider.port = body.port;
    provider.timeout = body.timeout;
    provider.mode.clone_from(&body.mode);
    provider.input_type.clone_from(&body.input_type);
    provider.use_user_password = body.use_user_password;
    let protocol = &body.authentication_protocol;
    provider.authentication_protocol.clone_from(protocol);
}

fn test(body: &MfaProviderInput) -> TestResult {
    let mut hosts = body.hostnames.iter().flatten();
    let reached = hosts.all(|host| host.ends_with(".example.com"));
    let mut result = TestResult::default();
    result.success = Some(reached);
    result.error = (!reached).then(|| "Connection timed out.".to_owned());
    result
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

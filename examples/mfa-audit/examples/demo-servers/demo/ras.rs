//! A farm with a RADIUS server and one-time passwords by email.

use std::sync::Arc;

use parallels_ras_client::fake::{Received, Server};
use parallels_ras_client::model::{
    ErrorMessage, Mfa, MfaRadius, MfaType, NewMfaRadius, ProblemDetails, Session,
};
use parallels_ras_client::{
    CreateRadiusMfa, CreateRadiusMfaError, ListMfaProviders, ListMfaProvidersError, LogOff,
    LogOffSuccess, LogOn, LogOnError, Secret,
};

use super::{Kept, PASSWORD, USERNAME, with};

const TOKEN: &str = "demo-farm-token";

/// The server.
pub(super) fn server() -> Server {
    let kept: Kept<_> = Arc::default();
    with(&kept, |kept| {
        kept.push(provider(1, "Head office RADIUS", MfaType::Radius));
        kept.push(provider(2, "Codes by email", MfaType::EmailOtp));
    });
    let (list, create) = (Arc::clone(&kept), kept);
    Server::new()
        .on(|call: Received<LogOn>| log_on(&call))
        .on(|_: Received<LogOff>| Ok(LogOffSuccess::NoContent))
        .on(
            move |call: Received<ListMfaProviders>| match signed_in(&call) {
                true => Ok(with(&list, |kept| kept.clone())),
                false => Err(ListMfaProvidersError::Unauthorized(None)),
            },
        )
        .on(
            move |call: Received<CreateRadiusMfa>| match signed_in(&call) {
                true => with(&create, |kept| add(kept, &call.body)),
                false => Err(CreateRadiusMfaError::Unauthorized(None)),
            },
        )
}

fn log_on(call: &LogOn) -> Result<Session, LogOnError> {
    let body = &call.body;
    let known =
        body.username.as_deref() == Some(USERNAME) && body.password == Some(Secret::from(PASSWORD));
    if !known {
        let mut refusal = ErrorMessage::default();
        refusal.code = Some(0);
        refusal.message = "invalid login or password".to_owned().into();
        return Err(LogOnError::BadRequest(Some(refusal)));
    }
    let mut session = Session::default();
    session.auth_token = Secret::from(TOKEN).into();
    Ok(session)
}

fn signed_in<O>(call: &Received<O>) -> bool {
    call.credential() == Some(&Secret::from(TOKEN))
}

fn add(kept: &mut Vec<Mfa>, body: &NewMfaRadius) -> Result<MfaRadius, CreateRadiusMfaError> {
    let name = body.name.as_deref().unwrap_or_default();
    if kept
        .iter()
        .any(|known| known.name.as_ref().is_some_and(|known| known == name))
    {
        let mut problem = ProblemDetails::default();
        problem.title = "Conflict".to_owned().into();
        problem.detail = "An MFA provider with this name already exists."
            .to_owned()
            .into();
        return Err(CreateRadiusMfaError::Conflict(Some(Box::new(problem))));
    }
    let mut added = provider(kept.len() + 1, name, MfaType::Radius);
    added.enabled = Some(body.enabled.unwrap_or(false));
    let mut created = MfaRadius::default();
    created.id = added.id;
    created.name = added.name.clone();
    created.kind.clone_from(&added.kind);
    created.enabled = added.enabled;
    created.site_id = added.site_id;
    created.radius_server = body.radius_server.clone().into();
    created.backup_server = body.backup_server.clone();
    kept.push(added);
    Ok(created)
}

fn provider(number: usize, name: &str, kind: MfaType) -> Mfa {
    let mut provider = Mfa::default();
    provider.id = i32::try_from(number).ok();
    provider.name = name.to_owned().into();
    provider.kind = Some(kind);
    provider.enabled = Some(number == 1);
    provider.site_id = Some(1);
    if number == 1 {
        provider.last_modified_at = "2026-02-11T16:05:09Z".parse().ok();
    }
    provider
}

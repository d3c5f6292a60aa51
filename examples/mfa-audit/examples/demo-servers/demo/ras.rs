//! A farm with a RADIUS server and one-time passwords by email.

mod criteria;

use std::sync::Arc;

use parallels_ras_client::fake::{Received, Server};
use parallels_ras_client::model::{
    ErrorMessage, Mfa, MfaRadius, MfaType, NewMfaRadius, ProblemDetails, Session, UpdateMfa,
};
use parallels_ras_client::{
    ApplySettings, ApplySettingsError, CheckMfaConnection, CheckMfaConnectionError,
    CreateRadiusMfa, CreateRadiusMfaError, DeleteMfaProvider, DeleteMfaProviderError,
    GetMfaProvider, GetMfaProviderError, ListMfaProviders, ListMfaProvidersError, LogOff,
    LogOffSuccess, LogOn, LogOnError, Secret, UpdateEmailOtpMfa, UpdateEmailOtpMfaError,
    UpdateRadiusMfa, UpdateRadiusMfaError,
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
    let [list, create, get, radius, email, delete] = std::array::from_fn(|_| Arc::clone(&kept));
    let server = Server::new()
        .on(|call: Received<LogOn>| log_on(&call))
        .on(|_: Received<LogOff>| Ok(LogOffSuccess::NoContent))
        .on(move |call: Received<ListMfaProviders>| {
            signed_in(&call, ListMfaProvidersError::Unauthorized)?;
            Ok(with(&list, |kept| kept.clone()))
        })
        .on(move |call: Received<CreateRadiusMfa>| {
            signed_in(&call, CreateRadiusMfaError::Unauthorized)?;
            with(&create, |kept| add(kept, &call.body))
        })
        .on(move |call: Received<GetMfaProvider>| {
            signed_in(&call, GetMfaProviderError::Unauthorized)?;
            let found = with(&get, |kept| {
                kept.iter().find(|known| known.id == Some(call.id)).cloned()
            });
            found.ok_or(GetMfaProviderError::NotFound(None))
        })
        .on(move |call: Received<UpdateRadiusMfa>| {
            signed_in(&call, UpdateRadiusMfaError::Unauthorized)?;
            let found = with(&radius, |kept| set(kept, call.id, &call.body));
            found.ok_or(UpdateRadiusMfaError::NotFound(None))
        })
        .on(move |call: Received<UpdateEmailOtpMfa>| {
            signed_in(&call, UpdateEmailOtpMfaError::Unauthorized)?;
            let found = with(&email, |kept| set(kept, call.id, &call.body));
            found.ok_or(UpdateEmailOtpMfaError::NotFound(None))
        })
        .on(move |call: Received<DeleteMfaProvider>| {
            signed_in(&call, DeleteMfaProviderError::Unauthorized)?;
            with(&delete, |kept| {
                kept.retain(|known| known.id != Some(call.id))
            });
            Ok(())
        })
        .on(|call: Received<CheckMfaConnection>| {
            signed_in(&call, CheckMfaConnectionError::Unauthorized)
        })
        .on(|call: Received<ApplySettings>| signed_in(&call, ApplySettingsError::Unauthorized));
    criteria::on(server)
}

/// Changes what is present.
fn set(kept: &mut [Mfa], id: i32, body: &UpdateMfa) -> Option<()> {
    let provider = kept.iter_mut().find(|known| known.id == Some(id))?;
    if body.name.is_present() {
        provider.name.clone_from(&body.name);
    }
    if body.description.is_present() {
        provider.description.clone_from(&body.description);
    }
    provider.enabled = body.enabled.into_option().or(provider.enabled);
    let inherits = body.inherit_default_criteria_settings.into_option();
    provider.inherit_default_criteria_settings =
        inherits.or(provider.inherit_default_criteria_settings);
    provider.last_modified_at = "2026-06-01T09:00:00Z".parse().ok();
    Some(())
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

fn signed_in<O, E>(
    call: &Received<O>,
    refuse: impl FnOnce(Option<Box<ProblemDetails>>) -> E,
) -> Result<(), E> {
    match call.credential() == Some(&Secret::from(TOKEN)) {
        true => Ok(()),
        false => Err(refuse(None)),
    }
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
    provider.inherit_default_criteria_settings = Some(true);
    if number == 1 {
        provider.last_modified_at = "2026-02-11T16:05:09Z".parse().ok();
    }
    provider
}

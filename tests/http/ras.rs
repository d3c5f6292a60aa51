//! Parallels RAS: SafeNet and Email OTP.

use countersign_runtime::{Presence, StatusCode};
use parallels_ras_client::{
    Client, CreateEmailOtpMfaError, CreateSafenetMfaError, UpdateEmailOtpMfaError,
    UpdateSafenetMfaError, model, security,
};
use serde_json::json;

use crate::documented;
use crate::server::{Answer, Server, answer, empty, json};

pub(crate) const TOKEN: &str = "ras-session-token";
const MEDIA_TYPE: &str = "application/json; api-version=1.0";
const PROBLEM: &str = r#"{"title":"Conflict","status":409,"traceId":"00-1"}"#;

pub(crate) async fn start(answer: Answer) -> (Server, Client) {
    let server = Server::start(answer).await;
    let client = Client::builder()
        .base_url(&server.url)
        .credential(security::auth_token(TOKEN))
        .build()
        .unwrap();
    (server, client)
}

pub(crate) fn safenet() -> model::NewMfaSafeNet {
    model::NewMfaSafeNet::new("SafeNet", "https://otp.example.com")
        .site_id(1)
        .safenet_auth_mode(model::SafeNetAuthMode::UsersWithSafeNetAcc)
        .tms_web_api_url("https://tms.example.com")
}

fn email_otp() -> model::NewMfaEmailOtp {
    model::NewMfaEmailOtp::new("Email", "Email code")
        .user_enrollment(model::UserEnrollment::DoNotAllow)
        .external_email_storage(model::ExternalEmailStorage::AdCustom)
        .ad_custom_attribute("mail2")
        .otp_length(6)
        .otp_lifespan_sec(None)
}

/// Checks the parts that all requests have in common.
fn common(server: &Server, line: &str) -> serde_json::Value {
    let seen = server.only();
    assert_eq!(seen.line, line);
    assert_eq!(seen.header("content-type"), MEDIA_TYPE);
    assert_eq!(seen.header("accept"), format!("{MEDIA_TYPE}, */*;q=0.1"));
    assert_eq!(seen.header("auth_token"), TOKEN);
    assert_eq!(seen.header("authorization"), "");
    seen.json()
}

#[tokio::test]
async fn safenet_is_created() {
    let body = r#"{"id":12,"type":2,"authMode":"2 = UsersWithSafeNetAcc","name":"SafeNet",
        "timeCreate":"2024-05-01T10:00:00","tmsWebApiURL":null}"#;
    let (server, client) = start(answer(
        201,
        "application/json; charset=utf-8; api-version=1.0",
        body,
    ))
    .await;
    let created = client.create_safenet_mfa(safenet()).send().await.unwrap();
    assert_eq!(created.status(), StatusCode::CREATED);
    assert_eq!(created.id, Some(12));
    assert_eq!(created.kind, Some(model::MfaType::SafeNet));
    assert_eq!(
        created.auth_mode,
        Some(model::SafeNetAuthMode::UsersWithSafeNetAcc)
    );
    assert_eq!(created.tms_web_api_url, Presence::Null);
    assert_eq!(created.user_repository, Presence::Absent);
    assert_eq!(
        common(&server, "POST /api/MFA/Safenet HTTP/1.1"),
        json!({
            "name": "SafeNet",
            "siteId": 1,
            "safenetAuthMode": 2,
            "otpServiceURL": "https://otp.example.com",
            "tmsWebApiURL": "https://tms.example.com",
        })
    );
}

#[tokio::test]
async fn email_otp_is_created() {
    let body = r#"{"id":13,"type":11,"externalEmailStorage":2,"otpLength":6}"#;
    let (server, client) = start(answer(201, MEDIA_TYPE, body)).await;
    let created = client
        .create_email_otp_mfa(email_otp())
        .send()
        .await
        .unwrap();
    assert_eq!(created.kind, Some(model::MfaType::EmailOtp));
    assert_eq!(
        created.external_email_storage,
        Some(model::ExternalEmailStorage::AdCustom)
    );
    assert_eq!(created.otp_length, Some(6));
    assert_eq!(
        common(&server, "POST /api/MFA/EmailOTP HTTP/1.1"),
        json!({
            "name": "Email",
            "displayName": "Email code",
            "userEnrollment": 2,
            "externalEmailStorage": 2,
            "adCustomAttribute": "mail2",
            "otpLifespanSec": null,
            "otpLength": 6,
        })
    );
}

#[tokio::test]
async fn updates_tell_absent_from_null() {
    let update = || {
        model::UpdateMfa::default()
            .description(Presence::Null)
            .enabled(true)
    };
    let sent = json!({ "description": null, "enabled": true });

    let (server, client) = start(empty(204)).await;
    let updated = client
        .update_safenet_mfa(12, update())
        .send()
        .await
        .unwrap();
    assert_eq!(updated.status(), StatusCode::NO_CONTENT);
    assert_eq!(common(&server, "PUT /api/MFA/Safenet/12 HTTP/1.1"), sent);

    let (server, client) = start(empty(204)).await;
    client
        .update_email_otp_mfa(-1, update())
        .send()
        .await
        .unwrap();
    assert_eq!(common(&server, "PUT /api/MFA/EmailOTP/-1 HTTP/1.1"), sent);

    let (server, client) = start(empty(204)).await;
    let nothing = model::UpdateMfa::default();
    client.update_safenet_mfa(1, nothing).send().await.unwrap();
    assert_eq!(server.only().json(), json!({}));
}

#[tokio::test]
async fn safenet_failures_have_their_variants() {
    let (_, client) = start(json(400, r#"{"code":7,"msg":"no"}"#)).await;
    let error = client
        .create_safenet_mfa(safenet())
        .send()
        .await
        .unwrap_err();
    let (body, failed) = documented!(error, CreateSafenetMfaError::BadRequest);
    let body = body.unwrap();
    assert_eq!((body.code, body.message), (Some(7), Presence::from("no")));
    assert_eq!(failed.status(), StatusCode::BAD_REQUEST);

    let (_, client) = start(empty(401)).await;
    let error = client
        .create_safenet_mfa(safenet())
        .send()
        .await
        .unwrap_err();
    let (body, failed) = documented!(error, CreateSafenetMfaError::Unauthorized);
    assert_eq!((body, failed.body()), (None, &b""[..]));

    let (_, client) = start(answer(409, "application/problem+json", PROBLEM)).await;
    let error = client
        .create_safenet_mfa(safenet())
        .send()
        .await
        .unwrap_err();
    let (body, failed) = documented!(error, CreateSafenetMfaError::Conflict);
    assert_eq!(body.unwrap().title, Presence::from("Conflict"));
    assert_eq!(failed.body(), PROBLEM.as_bytes());

    let update = |client: Client| async move {
        let body = model::UpdateMfa::default();
        client.update_safenet_mfa(1, body).send().await
    };
    let (_, client) = start(json(400, r#"{"code":1}"#)).await;
    let error = update(client).await.unwrap_err();
    let (body, _) = documented!(error, UpdateSafenetMfaError::BadRequest);
    assert_eq!(body.unwrap().code, Some(1));
    let (_, client) = start(json(401, r#"{"status":401}"#)).await;
    let error = update(client).await.unwrap_err();
    let (body, _) = documented!(error, UpdateSafenetMfaError::Unauthorized);
    assert_eq!(body.unwrap().status, Presence::Present(401));
    let (_, client) = start(json(404, r#"{"title":"Not Found"}"#)).await;
    let error = update(client).await.unwrap_err();
    let (body, _) = documented!(error, UpdateSafenetMfaError::NotFound);
    assert_eq!(body.unwrap().title, Presence::from("Not Found"));
}

#[tokio::test]
async fn email_otp_failures_have_their_variants() {
    let (_, client) = start(json(409, PROBLEM)).await;
    let error = client
        .create_email_otp_mfa(email_otp())
        .send()
        .await
        .unwrap_err();
    let (body, _) = documented!(error, CreateEmailOtpMfaError::Conflict);
    let body = body.unwrap();
    assert_eq!(body.status, Presence::Present(409));
    assert_eq!(body.additional_properties["traceId"], "00-1");

    let (_, client) = start(json(400, r#"{"title":"Bad"}"#)).await;
    let error = client
        .create_email_otp_mfa(email_otp())
        .send()
        .await
        .unwrap_err();
    let (body, _) = documented!(error, CreateEmailOtpMfaError::BadRequest);
    assert_eq!(body.unwrap().additional_properties["title"], "Bad");

    let (_, client) = start(empty(401)).await;
    let error = client
        .create_email_otp_mfa(email_otp())
        .send()
        .await
        .unwrap_err();
    let (body, _) = documented!(error, CreateEmailOtpMfaError::Unauthorized);
    assert_eq!(body, None);

    let update = |client: Client| async move {
        let body = model::UpdateMfa::default();
        client.update_email_otp_mfa(1, body).send().await
    };
    let (_, client) = start(json(400, r#"{"code":1}"#)).await;
    let error = update(client).await.unwrap_err();
    documented!(error, UpdateEmailOtpMfaError::BadRequest);
    let (_, client) = start(json(401, r#"{"status":401}"#)).await;
    let error = update(client).await.unwrap_err();
    documented!(error, UpdateEmailOtpMfaError::Unauthorized);
    let (_, client) = start(empty(404)).await;
    let error = update(client).await.unwrap_err();
    let (body, _) = documented!(error, UpdateEmailOtpMfaError::NotFound);
    assert_eq!(body, None);
}

/// A body of another form than the document's: the status and the body survive.
#[tokio::test]
async fn an_error_that_is_not_as_documented_keeps_status_and_body() {
    for (media_type, text) in [
        ("text/plain", "session gone"),
        ("application/json", "session gone"),
        ("", "session gone"),
        ("application/json", r#"["session gone"]"#),
    ] {
        let (_, client) = start(answer(401, media_type, text)).await;
        let error = client
            .update_safenet_mfa(1, model::UpdateMfa::default())
            .send()
            .await
            .unwrap_err();
        assert_eq!(
            error.status(),
            Some(StatusCode::UNAUTHORIZED),
            "{media_type}"
        );
        assert_eq!(error.raw_body(), Some(text.as_bytes()), "{media_type}");
    }
}

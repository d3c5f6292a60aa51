//! Appgate SDP: MFA providers.

use appgate_sdp_client::{Client, CreateMfaProviderError, model, security};
use countersign_runtime::{BuildError, StatusCode};
use serde_json::json;

use crate::documented;
use crate::server::{Answer, Server, json};

pub(crate) const TOKEN: &str = "appgate-session-token";
pub(crate) const SHARED: &str = "radius-shared-secret";
pub(crate) const CHALLENGE: &str = "challenge-password";
const ERROR: &str = r#"{"id":"conflict","message":"Name is taken."}"#;

pub(crate) async fn start(answer: Answer) -> (Server, Client) {
    let server = Server::start(answer).await;
    let client = Client::builder()
        .base_url(format!("{}/admin", server.url))
        .accept_variable("apiVersion", 22)
        .credential(security::bearer_auth(TOKEN))
        .build()
        .unwrap();
    (server, client)
}

pub(crate) fn provider() -> model::MfaProviderInput {
    model::MfaProviderInput::new("RADIUS", model::MfaProviderType::Radius)
        .hostnames(vec!["radius.example.com".to_owned()])
        .port(1812)
        .timeout(6)
        .mode(model::MfaMode::Challenge)
        .input_type(model::InputType::Masked)
        .authentication_protocol(model::AuthenticationProtocol::Chap)
        .shared_secret(SHARED)
        .challenge_shared_secret(CHALLENGE)
}

#[tokio::test]
async fn a_provider_is_created() {
    let body = r#"{"id":"4c07bc67-57ea-42dd-b702-c2d6c45419fc","name":"RADIUS","type":"Radius",
        "port":1812.0,"timeout":6.0,"created":"2024-01-02T03:04:05Z","mode":"Later"}"#;
    let (server, client) = start(json(200, body)).await;
    let created = client.create_mfa_provider(provider()).send().await.unwrap();
    assert_eq!((created.port, created.timeout), (Some(1812), Some(6)));
    assert_eq!(
        created.id.unwrap().to_string(),
        "4c07bc67-57ea-42dd-b702-c2d6c45419fc"
    );
    assert!(created.created.is_some());
    assert!(matches!(created.mode, Some(model::MfaMode::Unknown(_))));

    let seen = server.only();
    assert_eq!(seen.line, "POST /admin/mfa-providers HTTP/1.1");
    assert_eq!(seen.header("content-type"), "application/json");
    assert_eq!(
        seen.header("accept"),
        "application/vnd.appgate.peer-v22+json"
    );
    assert_eq!(seen.header("authorization"), format!("Bearer {TOKEN}"));
    assert_eq!(
        seen.json(),
        json!({
            "name": "RADIUS",
            "type": "Radius",
            "hostnames": ["radius.example.com"],
            "port": 1812,
            "inputType": "Masked",
            "sharedSecret": SHARED,
            "authenticationProtocol": "CHAP",
            "timeout": 6,
            "mode": "Challenge",
            "challengeSharedSecret": CHALLENGE,
        })
    );
}

#[tokio::test]
async fn the_media_type_of_the_version_is_json_too() {
    let versioned = crate::server::answer(
        200,
        "application/vnd.appgate.peer-v22+json;charset=UTF-8",
        r#"{"name":"RADIUS","type":"Radius","port":1812}"#,
    );
    let (_, client) = start(versioned).await;
    let created = client.create_mfa_provider(provider()).send().await.unwrap();
    assert_eq!(created.port, Some(1812));
}

#[test]
fn a_client_has_to_choose_a_version() {
    let built = Client::builder()
        .base_url("https://controller.example.com/admin")
        .build();
    assert!(matches!(built, Err(BuildError::Accept(_))), "{built:?}");
}

/// Sends and asserts that the status has this variant with the common body.
macro_rules! is_error {
    ($status:literal, $variant:ident) => {
        let (_, client) = start(json($status, ERROR)).await;
        let error = client
            .create_mfa_provider(provider())
            .send()
            .await
            .unwrap_err();
        let (body, failed) = documented!(error, CreateMfaProviderError::$variant);
        assert_eq!(body.id.as_deref(), Some("conflict"));
        assert_eq!(body.message.as_deref(), Some("Name is taken."));
        assert_eq!(failed.status().as_u16(), $status);
        assert_eq!(failed.body(), ERROR.as_bytes());
    };
}

#[tokio::test]
async fn failures_have_their_variants() {
    is_error!(400, BadRequest);
    is_error!(401, Unauthorized);
    is_error!(403, Forbidden);
    is_error!(406, NotAcceptable);
    is_error!(409, Conflict);
    is_error!(500, InternalServerError);
}

#[tokio::test]
async fn unprocessable_content_names_the_fields() {
    let body = r#"{"id":"unprocessable entity","message":"Invalid.",
        "errors":[{"field":"name","message":"may not be null"}]}"#;
    let (_, client) = start(json(422, body)).await;
    let error = client
        .create_mfa_provider(provider())
        .send()
        .await
        .unwrap_err();
    let (body, failed) = documented!(error, CreateMfaProviderError::UnprocessableContent);
    assert_eq!(failed.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let errors = body.errors.unwrap();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].field.as_deref(), Some("name"));
    assert_eq!(errors[0].message.as_deref(), Some("may not be null"));
}

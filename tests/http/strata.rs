//! Strata Cloud Manager: MFA server profiles.

use countersign_runtime::{Credential, Error, StatusCode};
use serde_json::json;
use strata_cloud_manager_client::{Client, CreateMfaServerError, model, security};

use crate::documented;
use crate::server::{Answer, Server, empty, json};

pub(crate) const TOKEN: &str = "strata-access-token";
pub(crate) const INTEGRATION: &str = "duo-integration-key-1";
pub(crate) const SECRET: &str = "duo-secret-key-of-20";
const CREATED: &str = r#"{"id":"123e4567-e89b-12d3-a456-426655440000","name":"Duo",
    "mfa_cert_profile":"Default","folder":"Shared"}"#;

pub(crate) async fn start(answer: Answer) -> (Server, Client) {
    let server = Server::start(answer).await;
    let client = Client::builder()
        .base_url(format!("{}/config/identity/v1", server.url))
        .credential(Credential::new(security::OAUTH2, TOKEN))
        .build()
        .unwrap();
    (server, client)
}

fn folder(name: &str) -> model::MfaServerContainer {
    model::MfaServerContainer::Folder(name.to_owned())
}

pub(crate) fn profile() -> model::MfaServerInput {
    let duo = model::DuoSecurityV2::new("api-1.duosecurity.com", INTEGRATION, SECRET).timeout(20);
    model::MfaServerInput::new("Duo", "Default", folder("Shared"))
        .vendor(model::MfaVendor::DuoSecurityV2(duo))
}

#[tokio::test]
async fn a_profile_is_created() {
    let (server, client) = start(json(201, CREATED)).await;
    let created = client.create_mfa_server(profile()).send().await.unwrap();
    assert_eq!(created.status(), StatusCode::CREATED);
    let created = created.into_inner().unwrap();
    assert_eq!(created.name, "Duo");
    assert_eq!(created.container, folder("Shared"));

    let seen = server.only();
    assert_eq!(seen.line, "POST /config/identity/v1/mfa-servers HTTP/1.1");
    assert_eq!(seen.header("content-type"), "application/json");
    assert_eq!(seen.header("accept"), "application/json, */*;q=0.1");
    assert_eq!(seen.header("authorization"), format!("Bearer {TOKEN}"));
    assert_eq!(
        seen.json(),
        json!({
            "name": "Duo",
            "mfa_cert_profile": "Default",
            "folder": "Shared",
            "mfa_vendor_type": {
                "duo_security_v2": {
                    "duo_api_host": "api-1.duosecurity.com",
                    "duo_baseuri": "/auth/v2",
                    "duo_timeout": 20,
                    "duo_integration_key": INTEGRATION,
                    "duo_secret_key": SECRET,
                },
            },
        })
    );
}

#[tokio::test]
async fn success_may_come_without_a_body() {
    let (_, client) = start(empty(200)).await;
    let created = client.create_mfa_server(profile()).send().await.unwrap();
    assert_eq!(created.status(), StatusCode::OK);
    assert_eq!(created.into_inner(), None);
    let (_, client) = start(json(200, CREATED)).await;
    let created = client.create_mfa_server(profile()).send().await.unwrap();
    assert!(created.into_inner().is_some());
}

/// Sends and asserts that the status has this variant.
macro_rules! is_error {
    ($status:literal, $variant:ident) => {
        let body = r#"{"_errors":[{"code":"4","message":"No","details":["a"]}],"_request_id":"q"}"#;
        let (_, client) = start(json($status, body)).await;
        let error = client
            .create_mfa_server(profile())
            .send()
            .await
            .unwrap_err();
        let (body, failed) = documented!(error, CreateMfaServerError::$variant);
        let errors = body.errors.unwrap();
        assert_eq!(errors[0].code.as_deref(), Some("4"));
        assert!(matches!(
            errors[0].details,
            Some(model::ErrorDetails::List(_))
        ));
        assert_eq!(body.request_id.as_deref(), Some("q"));
        assert_eq!(failed.status().as_u16(), $status);
    };
}

#[tokio::test]
async fn failures_have_their_variants() {
    is_error!(400, BadRequest);
    is_error!(401, Unauthorized);
    is_error!(403, Forbidden);
    is_error!(409, Conflict);
    is_error!(418, Default);
    is_error!(500, Default);
}

#[tokio::test]
async fn details_take_every_form() {
    use model::ErrorDetails::{List, Object, Text};
    let body = r#"{"_errors":[{"details":{"a":1}},{"details":[1]},{"details":"a"},{}]}"#;
    let (_, client) = start(json(400, body)).await;
    let error = client
        .create_mfa_server(profile())
        .send()
        .await
        .unwrap_err();
    let (body, _) = documented!(error, CreateMfaServerError::BadRequest);
    let details: Vec<_> = body
        .errors
        .unwrap()
        .into_iter()
        .map(|error| error.details)
        .collect();
    assert!(
        matches!(
            details[..],
            [Some(Object(_)), Some(List(_)), Some(Text(_)), None]
        ),
        "{details:?}"
    );
}

/// Every violation at once, and nothing is sent.
async fn refused(body: model::MfaServerInput) -> Vec<String> {
    let (server, client) = start(json(201, CREATED)).await;
    let error = client.create_mfa_server(body).send().await.unwrap_err();
    assert!(server.seen().is_empty());
    match error {
        Error::Invalid(violations) => violations.iter().map(|one| one.path().to_owned()).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn all_violations_are_told_at_once() {
    let duo = model::DuoSecurityV2::new("short", "key", "secret")
        .base_uri("/")
        .timeout(4);
    let body = model::MfaServerInput::new("Duo", "Default", folder("Shared"))
        .vendor(model::MfaVendor::DuoSecurityV2(duo));
    let at = |member: &str| format!("$.body.mfa_vendor_type.duo_security_v2.{member}");
    assert_eq!(
        refused(body).await,
        [
            "duo_api_host",
            "duo_baseuri",
            "duo_timeout",
            "duo_integration_key",
            "duo_secret_key"
        ]
        .map(at)
    );
}

#[tokio::test]
async fn a_folder_that_breaks_its_pattern_is_not_sent() {
    for name in ["Shared/other", "", "a\n", "é", &"a".repeat(65)] {
        let body = model::MfaServerInput::new("Duo", "Default", folder(name));
        assert_eq!(refused(body).await, ["$.body.folder"], "{name:?}");
    }
}

#[tokio::test]
async fn a_folder_that_matches_its_pattern_is_sent() {
    for name in ["All", "a-b_c.d 9", &"a".repeat(64)] {
        let (server, client) = start(json(201, CREATED)).await;
        let body = model::MfaServerInput::new("Duo", "Default", folder(name));
        client.create_mfa_server(body).send().await.unwrap();
        assert_eq!(server.only().json()["folder"], name);
    }
}

/// The pattern of the folder as a query parameter, which is the same.
#[tokio::test]
async fn a_folder_to_list_matches_its_pattern() {
    let (server, client) = start(json(200, r#"{"data":[]}"#)).await;
    let list = || client.list_mfa_servers(model::Position::Pre);
    let error = list().folder("a/b").send().await;
    match error {
        Err(Error::Invalid(violations)) => {
            let paths: Vec<_> = violations.iter().map(|one| one.path()).collect();
            assert_eq!(paths, ["$.folder"]);
        }
        other => panic!("{other:?}"),
    }
    assert!(server.seen().is_empty());
    list().folder("a-b_c.d 9").send().await.unwrap();
    assert_eq!(
        server.only().line,
        "GET /config/identity/v1/mfa-servers?position=pre&folder=a-b_c.d%209 HTTP/1.1"
    );
}

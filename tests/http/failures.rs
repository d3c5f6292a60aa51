//! The behaviour of every client when something goes wrong, and the secrets that it never shows.

use std::time::Duration;

use countersign_runtime::{Error, Limit, Retry, StatusCode, Timeouts, TransportErrorKind};
use parallels_ras_client as ras;

use crate::appgate::{self, provider};
use crate::ras::{safenet, start};
use crate::server::{Answer, Server, answer, json, truncated};
use crate::strata::{self, profile};

type Failure = Error<ras::CreateSafenetMfaError>;

async fn fail(answer: Answer) -> Failure {
    let (_, client) = start(answer).await;
    client
        .create_safenet_mfa(safenet())
        .send()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn an_undocumented_status_keeps_everything() {
    let error = fail(answer(418, "text/plain", "short and stout")).await;
    let Error::Undocumented(failed) = error else {
        panic!("{error:?}")
    };
    assert_eq!(failed.status(), StatusCode::IM_A_TEAPOT);
    assert_eq!(failed.headers()["content-type"], "text/plain");
    assert_eq!(failed.request_id(), Some("r-1"));
    assert_eq!(failed.body(), b"short and stout");
}

/// Servers answer 202 where their documents have 201.
#[tokio::test]
async fn an_undocumented_success_is_read_as_the_documented_one() {
    let (_, client) = start(json(202, r#"{"id":12}"#)).await;
    let answer = client.create_safenet_mfa(safenet()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    assert_eq!(answer.id, Some(12));
}

#[tokio::test]
async fn a_truncated_body_is_a_broken_connection() {
    let error = fail(truncated(201, r#"{"id":"#)).await;
    match error {
        Error::Transport(error) => assert_eq!(error.kind(), TransportErrorKind::Reset),
        other => panic!("{other:?}"),
    }
}

/// The length is right, the JSON is not.
#[tokio::test]
async fn cut_json_is_a_decode_error() {
    let error = fail(json(201, r#"{"id":12,"name":"#)).await;
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.raw_body(), Some(&br#"{"id":12,"name":"#[..]));
}

#[tokio::test]
async fn a_gateway_page_is_no_answer() {
    let page = "<html><body>502</body></html>";
    let error = fail(answer(201, "text/html", page)).await;
    match &error {
        Error::UnexpectedContentType(error) => {
            assert_eq!(error.found(), Some("text/html"));
            assert_eq!(error.expected(), "application/json; api-version=1.0");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(error.raw_body(), Some(page.as_bytes()));
    assert_eq!(error.status(), Some(StatusCode::CREATED));
}

/// Nothing of the object must be there, so an empty body can say so.
#[tokio::test]
async fn an_empty_body_is_an_object_without_members() {
    let (_, client) = start(answer(201, "application/json", "")).await;
    let answer = client.create_safenet_mfa(safenet()).send().await.unwrap();
    assert_eq!((answer.status(), answer.id), (StatusCode::CREATED, None));
}

#[tokio::test]
async fn a_hung_server_is_a_timeout() {
    let server = Server::start(Answer::Hang).await;
    let client = ras::Client::builder()
        .base_url(&server.url)
        .credential(ras::security::auth_token(crate::ras::TOKEN))
        .timeouts(Timeouts::new().attempt(Duration::from_millis(200)))
        .retry(Retry::off())
        .build()
        .unwrap();
    let call = client.create_safenet_mfa(safenet());
    let error = tokio::time::timeout(Duration::from_secs(10), call.send())
        .await
        .expect("the client gives up by itself")
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    match error {
        Error::Transport(error) => {
            assert_eq!(error.kind(), TransportErrorKind::Timeout(Limit::Attempt));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_decode_error_says_where() {
    let body =
        r#"{"id":12,"criteria":{"gateways":{"members":[{"gatewayIP":"a"},{"gatewayIP":1}]}}}"#;
    let error = fail(json(201, body)).await;
    match error {
        Error::Decode(error) => {
            assert_eq!(error.path(), "$.criteria.gateways.members[1].gatewayIP");
            assert!(
                error.message().contains("invalid type: integer"),
                "{}",
                error.message()
            );
            assert_eq!(error.line(), 1);
            assert!(
                error.document().starts_with("spec/parallels-ras/"),
                "{}",
                error.document()
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_name_that_is_too_long_is_not_sent() {
    let (server, client) = start(json(201, "{}")).await;
    let body = ras::model::NewMfaEmailOtp::new("n".repeat(256), "d".repeat(201));
    let error = client.create_email_otp_mfa(body).send().await.unwrap_err();
    match error {
        Error::Invalid(violations) => {
            let paths: Vec<_> = violations.iter().map(|one| one.path()).collect();
            assert_eq!(paths, ["$.body.name", "$.body.displayName"]);
        }
        other => panic!("{other:?}"),
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn without_a_credential_nothing_is_sent() {
    let server = Server::start(json(201, "{}")).await;
    let client = ras::Client::builder()
        .base_url(&server.url)
        .build()
        .unwrap();
    let error = client
        .create_safenet_mfa(safenet())
        .send()
        .await
        .unwrap_err();
    match error {
        Error::MissingCredential(error) => {
            assert_eq!(error.alternatives(), [vec!["authToken"]]);
        }
        other => panic!("{other:?}"),
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_other_clients_miss_their_credentials_too() {
    let server = Server::start(json(200, "{}")).await;
    let client = appgate_sdp_client::Client::builder()
        .base_url(&server.url)
        .accept_variable("apiVersion", 22)
        .build()
        .unwrap();
    let error = client
        .create_mfa_provider(provider())
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::MissingCredential(_)), "{error:?}");
    let client = strata_cloud_manager_client::Client::builder()
        .base_url(&server.url)
        .build()
        .unwrap();
    let error = client
        .create_mfa_server(profile())
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::MissingCredential(_)), "{error:?}");
    assert!(server.seen().is_empty());
}

/// `default` documents every status, but not the page of a gateway.
#[tokio::test]
async fn a_gateway_page_is_no_default_failure() {
    let (_, client) = strata::start(answer(503, "text/html", "<p>503</p>")).await;
    let error = client
        .create_mfa_server(profile())
        .retry(Retry::off())
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::UnexpectedContentType(_)),
        "{error:?}"
    );
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(error.raw_body(), Some(&b"<p>503</p>"[..]));
}

/// Nor is a documented status with a body that the document does not have: its status and body say what it is.
#[tokio::test]
async fn a_documented_status_with_another_body_is_told_by_its_status() {
    for status in [400, 401, 409] {
        for (media_type, body) in [
            ("text/plain", "No such provider."),
            ("text/html", "<p>No such provider.</p>"),
            ("application/json; api-version=1.0", "No such provider."),
            ("application/json", r#""No such provider.""#),
        ] {
            let error = fail(answer(status, media_type, body)).await;
            match &error {
                Error::UnexpectedContentType(_) => assert!(media_type.starts_with("text/")),
                Error::Decode(_) => assert!(media_type.starts_with("application/json")),
                other => panic!("{status} {media_type}: {other:?}"),
            }
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            assert_eq!(error.raw_body(), Some(body.as_bytes()));
        }
    }
}

/// Asserts that none of the words is in any of the texts.
fn silent(words: &[&str], texts: &[String]) {
    for text in texts {
        for word in words {
            assert!(!text.contains(word), "`{word}` is in {text}");
        }
    }
}

/// A server that repeats everything it was sent, in bodies that are not as documented.
fn echo(status: u16, words: &[&str]) -> Vec<Answer> {
    let pairs: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let list = pairs.join(",");
    vec![
        json(status, &format!(r#"{{"message":["no",{list}]}}"#)),
        json(status, &format!(r#"{{"message":"no","id":{list}"#)),
        json(status, &format!("[{list}]")),
        answer(status, "text/html", &format!("<p>{list}</p>")),
    ]
}

#[tokio::test]
async fn appgate_secrets_are_in_no_text() {
    let words = [appgate::TOKEN, appgate::SHARED, appgate::CHALLENGE];
    silent(&words, &[format!("{:?}", provider())]);
    for status in [200, 400, 422, 418] {
        for answer in echo(status, &words) {
            let (_, client) = appgate::start(answer).await;
            let call = client.create_mfa_provider(provider());
            let texts = [format!("{client:?}"), format!("{call:?}")];
            let error = call.send().await.unwrap_err();
            silent(&words, &texts);
            silent(&words, &[format!("{error:?}"), format!("{error}")]);
            let error = error.erase();
            silent(&words, &[format!("{error:?}"), format!("{error:#}")]);
        }
    }
}

#[tokio::test]
async fn strata_secrets_are_in_no_text() {
    let words = [strata::TOKEN, strata::INTEGRATION, strata::SECRET];
    silent(&words, &[format!("{:?}", profile())]);
    for status in [200, 400, 503] {
        for answer in echo(status, &words) {
            let (_, client) = strata::start(answer).await;
            let call = client.create_mfa_server(profile()).retry(Retry::off());
            let texts = [format!("{client:?}"), format!("{call:?}")];
            let error = call.send().await.unwrap_err();
            silent(&words, &texts);
            silent(&words, &[format!("{error:?}"), format!("{error}")]);
        }
    }
    let short = strata_cloud_manager_client::model::DuoSecurityV2::new("h", "shortkey", "shortsec");
    let mut body = profile();
    body.vendor = Some(strata_cloud_manager_client::model::MfaVendor::DuoSecurityV2(short));
    let (_, client) = strata::start(json(201, "{}")).await;
    let error = client.create_mfa_server(body).send().await.unwrap_err();
    silent(
        &["shortkey", "shortsec"],
        &[format!("{error:?}"), format!("{error}")],
    );
}

#[tokio::test]
async fn ras_tokens_are_in_no_text() {
    let words = [crate::ras::TOKEN];
    for status in [400, 401, 409, 418] {
        for answer in echo(status, &words).split_off(1) {
            let (_, client) = start(answer).await;
            let call = client.create_safenet_mfa(safenet());
            let texts = [format!("{client:?}"), format!("{call:?}")];
            silent(&words, &texts);
            let error = call.send().await.unwrap_err();
            silent(&words, &[format!("{error:?}"), format!("{error}")]);
        }
    }
}

/// A body that is as documented, and has a token where the document has none.
#[tokio::test]
async fn a_token_in_a_documented_failure_is_not_displayed() {
    let error = fail(repeated()).await;
    assert!(matches!(error, Error::Api(..)), "{error:?}");
    silent(&[crate::ras::TOKEN], &[format!("{error}")]);
}

#[tokio::test]
async fn a_token_in_a_documented_failure_is_not_debugged() {
    let error = fail(repeated()).await;
    silent(&[crate::ras::TOKEN], &[format!("{error:?}")]);
}

fn repeated() -> Answer {
    let token = crate::ras::TOKEN;
    json(
        400,
        &format!(r#"{{"code":1,"msg":"unknown session {token}"}}"#),
    )
}

//! Keys, tokens and sign-ins.

use std::time::Duration;

use countersign_runtime::{AnyError, ClientAuth, ClientCredentials, Credential, Error, Token};

use crate::sample::*;
use crate::support::{Hurried, Seen, Server as Loopback, Step, json, response};

const OK: &str = r#"{"id":1,"name":"a"}"#;

fn with(server: &Loopback, credential: Credential) -> Client {
    Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default())
        .credential(credential)
        .build()
        .unwrap()
}

fn sign_in() -> Credential {
    Credential::sign_in(security::SESSION, |core| async move {
        let session = core
            .call(Login {
                password: "pa55word".into(),
            })
            .send()
            .await?;
        Ok(Token::new(session.into_inner().token))
    })
}

#[tokio::test]
async fn each_scheme_has_its_place() {
    let server = Loopback::start(|_| json("200 OK", OK)).await;
    let basic = countersign_runtime::Scheme::basic("bearer");
    let cookie = countersign_runtime::Scheme::cookie_key("bearer", "sid");
    let clients = [
        with(&server, Credential::new(security::SESSION, "k")),
        with(&server, Credential::new(security::QUERY, "a&b c")),
        with(&server, Credential::basic(basic, "user", "pa55word")),
        with(&server, Credential::new(cookie, "s;1")),
        Client::builder().base_url(&server.url).build().unwrap(),
    ];
    for client in &clients {
        client.get_server("1").send().await.unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen[0].header("x-session"), Some("k"));
    assert_eq!(seen[1].line, "GET /servers/1?key=a%26b+c HTTP/1.1");
    // A credential brings its own way to travel.
    assert_eq!(
        seen[2].header("authorization"),
        Some("Basic dXNlcjpwYTU1d29yZA==")
    );
    assert_eq!(seen[3].header("cookie"), Some("sid=s%3B1"));
    assert_eq!(seen[4].header("authorization"), None);
}

#[tokio::test]
async fn a_session_is_signed_in_once_and_again_after_a_401() {
    let server = Loopback::start(|seen: &Seen| {
        let good = matches!(seen.header("x-session"), Some("s2"));
        match seen.line.as_str() {
            "POST /login HTTP/1.1" if seen.number == 0 => json("200 OK", r#"{"token":"s1"}"#),
            "POST /login HTTP/1.1" => json("200 OK", r#"{"token":"s2"}"#),
            _ if good => json("200 OK", OK),
            _ => response("401 Unauthorized", &[], ""),
        }
    })
    .await;
    let client = with(&server, sign_in());
    let got = client.get_server("1").send().await.unwrap();
    assert_eq!(got.attempts(), 2);
    client.get_server("1").send().await.unwrap();
    let lines: Vec<_> = server.seen().iter().map(|seen| seen.line.clone()).collect();
    let (login, get) = ("POST /login HTTP/1.1", "GET /servers/1 HTTP/1.1");
    assert_eq!(lines, [login, get, login, get, get]);
    assert_eq!(server.seen()[0].text(), r#"{"password":"pa55word"}"#);
}

#[tokio::test]
async fn whoever_signs_out_can_ask_whether_there_is_a_session() {
    let server = Loopback::start(|seen: &Seen| match (seen.line.as_str(), seen.number) {
        ("POST /login HTTP/1.1", 0) => response("401 Unauthorized", &[], r#"{"message":"no"}"#),
        ("POST /login HTTP/1.1", _) => json("200 OK", r#"{"token":"s1"}"#),
        (_, 2) => json("200 OK", OK),
        _ => response("401 Unauthorized", &[], ""),
    })
    .await;
    let credential = Credential::sign_in(security::SESSION, |core| async move {
        let password = "pa55word".into();
        let login = core.call(Login { password }).send().await;
        Ok(Token::new(
            login.map_err(AnyError::from)?.into_inner().token,
        ))
    });
    assert!(security::bearer("t0ken").is_ready());
    let client = with(&server, credential.clone());
    let error = client.get_server("1").send().await.unwrap_err();
    assert!(!credential.is_ready(), "nobody was let in");
    let Error::Credential(error) = error else {
        panic!("{error}")
    };
    let call = error.call().expect("the sign-in");
    assert_eq!(call.status().map(|status| status.as_u16()), Some(401));
    client.get_server("1").send().await.unwrap();
    assert!(credential.is_ready());
    // The server refuses the session, and a new one as well.
    client.get_server("1").send().await.unwrap_err();
    assert!(!credential.is_ready());
}

#[tokio::test]
async fn a_401_that_stays_is_returned() {
    let server = Loopback::start(|seen| match seen.line.as_str() {
        "POST /login HTTP/1.1" => json("200 OK", r#"{"token":"s1"}"#),
        _ => response("401 Unauthorized", &[], ""),
    })
    .await;
    let error = with(&server, sign_in())
        .get_server("1")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.api(), Some(&GetServerError::Unauthorized));
    assert_eq!(error.attempts(), 2);
    // A key of the caller's own cannot be had anew.
    let error = with(&server, security::bearer("t0ken"))
        .get_server("1")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn writing_is_not_sent_again_after_a_401_but_signs_in_anew_next_time() {
    let server = Loopback::start(|seen| match (seen.line.as_str(), seen.number) {
        ("POST /token HTTP/1.1", _) => json("200 OK", r#"{"access_token":"t","expires_in":900}"#),
        (_, 1) => response("401 Unauthorized", &[], ""),
        _ => json("201 Created", OK),
    })
    .await;
    let grant = ClientCredentials::new("/token", "id", "se cret");
    let client = with(
        &server,
        Credential::client_credentials(security::BEARER, grant),
    );
    let body = || NewServer {
        name: "a".into(),
        shared_secret: None,
    };
    let error = client.create_server(body()).send().await.unwrap_err();
    assert_eq!(error.api(), Some(&CreateServerError::Unauthorized(None)));
    client.create_server(body()).send().await.unwrap();
    let lines: Vec<_> = server.seen().iter().map(|seen| seen.line.clone()).collect();
    let (token, create) = ("POST /token HTTP/1.1", "POST /servers HTTP/1.1");
    assert_eq!(lines, [token, create, token, create]);
    assert_eq!(
        server.seen()[0].header("authorization"),
        Some("Basic aWQ6c2UrY3JldA==")
    );
    assert_eq!(server.seen()[0].text(), "grant_type=client_credentials");
}

#[tokio::test]
async fn a_hundred_calls_share_one_token_request() {
    let server = Loopback::start(|seen| match seen.line.as_str() {
        "POST /token HTTP/1.1" => {
            let mut steps = vec![Step::Wait(Duration::from_millis(50))];
            let token = format!(
                r#"{{"access_token":"t{}","token_type":"Bearer","expires_in":"900"}}"#,
                seen.number
            );
            steps.extend(json("200 OK", &token));
            steps
        }
        // The first token is refused in mid-flight.
        _ if seen.header("authorization") == Some("Bearer t0") => {
            response("401 Unauthorized", &[], "")
        }
        _ => json("200 OK", OK),
    })
    .await;
    let grant = ClientCredentials::new("/token", "id", "secret")
        .scopes(["a", "b"])
        .auth(ClientAuth::Form);
    let client = with(
        &server,
        Credential::client_credentials(security::BEARER, grant),
    );
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                client
                    .get_server("1")
                    .send()
                    .await
                    .map(|got| got.attempts())
            })
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap().unwrap() <= 2);
    }
    let tokens: Vec<_> = server
        .seen()
        .into_iter()
        .filter(|seen| seen.line.contains("/token"))
        .collect();
    assert_eq!(tokens.len(), 2);
    assert_eq!(
        tokens[0].text(),
        "grant_type=client_credentials&scope=a+b&client_id=id&client_secret=secret"
    );
}

#[tokio::test]
async fn a_failed_token_request_fails_all_who_wait_and_shows_no_secret() {
    let server = Loopback::start(|_| {
        let mut steps = vec![Step::Wait(Duration::from_millis(50))];
        steps.extend(json(
            "400 Bad Request",
            r#"{"error":"invalid_client: hunter2hunter2"}"#,
        ));
        steps
    })
    .await;
    let grant = ClientCredentials::new("/token", "id", "hunter2hunter2");
    let client = with(
        &server,
        Credential::client_credentials(security::BEARER, grant),
    );
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.get_server("1").send().await.unwrap_err() })
        })
        .collect();
    for call in calls {
        let error = call.await.unwrap();
        assert!(matches!(error, Error::Credential(_)));
        assert!(
            error
                .to_string()
                .contains("bearer: the authorization server refused: invalid_client"),
            "{error}"
        );
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn tokens_are_replaced_ahead_of_expiry() {
    let server = Loopback::start(|seen| match seen.line.as_str() {
        "POST /token HTTP/1.1" => json("200 OK", r#"{"access_token":"t","expires_in":0}"#),
        _ => json("200 OK", OK),
    })
    .await;
    let grant = ClientCredentials::new("/token", "id", "secret");
    let client = with(
        &server,
        Credential::client_credentials(security::BEARER, grant),
    );
    client.get_server("1").send().await.unwrap();
    client.get_server("1").send().await.unwrap();
    assert_eq!(
        server
            .seen()
            .iter()
            .filter(|seen| seen.line.contains("/token"))
            .count(),
        2
    );
}

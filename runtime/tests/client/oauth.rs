//! Grants of OAuth 2.0.

use std::sync::{Arc, Mutex};

use countersign_runtime::{ClientAuth, Core, OAuth, OAuthError, OAuthFlow};

use crate::sample::*;
use crate::support::{Hurried, Seen, Server as Loopback, json, response};

pub(crate) const OK: &str = r#"{"id":1,"name":"a"}"#;

pub(crate) fn core(server: &Loopback) -> Core {
    let client = Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default());
    let client: Client = client.build().unwrap();
    client.as_ref().clone()
}

/// The value of a field of a form.
pub(crate) fn field(seen: &Seen, name: &str) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(&seen.body);
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

pub(crate) fn oauth() -> OAuth {
    OAuth::new("me", "/token").scopes(["a", "b"])
}

pub(crate) async fn answering(answer: &'static str) -> Loopback {
    Loopback::start(move |_| json("200 OK", answer)).await
}

#[tokio::test]
async fn each_grant_asks_for_its_tokens() {
    let server =
        answering(r#"{"access_token":"t","expires_in":"60.5","refresh_token":"r2"}"#).await;
    let core = core(&server);
    let tokens = oauth().password(&core, "user", "pa55 word").await.unwrap();
    assert_eq!(tokens.access_token.expose(), "t");
    assert!(tokens.expiry().is_some());
    oauth()
        .exchange(&core, "subject", "urn:x:jwt")
        .await
        .unwrap();
    oauth().refresh(&core, &"r1".into()).await.unwrap();
    let secret = oauth().secret("s&cret");
    secret.password(&core, "u", "p").await.unwrap();
    let form = secret.auth(ClientAuth::Form).field("audience", "api");
    form.password(&core, "u", "p").await.unwrap();
    let seen = server.seen();
    for (at, pairs) in [
        (
            0,
            &[
                ("grant_type", "password"),
                ("username", "user"),
                ("password", "pa55 word"),
                ("scope", "a b"),
                ("client_id", "me"),
            ][..],
        ),
        (
            1,
            &[
                (
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:token-exchange",
                ),
                ("subject_token", "subject"),
                ("subject_token_type", "urn:x:jwt"),
            ],
        ),
        (
            2,
            &[("grant_type", "refresh_token"), ("refresh_token", "r1")],
        ),
        (
            4,
            &[
                ("client_id", "me"),
                ("client_secret", "s&cret"),
                ("audience", "api"),
            ],
        ),
    ] {
        for (name, value) in pairs {
            assert_eq!(
                field(&seen[at], name).as_deref(),
                Some(*value),
                "{at} {name}"
            );
        }
    }
    assert_eq!(field(&seen[2], "scope"), None);
    assert_eq!(
        seen[3].header("authorization"),
        Some("Basic bWU6cyUyNmNyZXQ=")
    );
    assert_eq!(field(&seen[3], "client_id"), None);
}

#[tokio::test]
async fn a_documented_flow_has_all_urls() {
    let server = Loopback::start(|seen: &Seen| match seen.line.as_str() {
        "POST /oauth/token?policy=a%20b HTTP/1.1" => {
            json("200 OK", r#"{"access_token":"first","refresh_token":"r"}"#)
        }
        "POST /oauth/refresh HTTP/1.1" => json("200 OK", r#"{"access_token":"second"}"#),
        _ => response("404 Not Found", &[], ""),
    })
    .await;
    let core = core(&server);
    const FLOW: OAuthFlow = OAuthFlow::new("/oauth/token?policy=a%20b")
        .authorization("/oauth/authorize?tenant=1")
        .refresh("/oauth/refresh");
    let oauth = OAuth::from_flow("me", FLOW);
    let begun = oauth.authorize(&core, "http://127.0.0.1:1/cb").unwrap();
    let expected = format!(
        "{}/oauth/authorize?tenant=1&response_type=code&",
        server.url
    );
    assert!(begun.url().starts_with(&expected), "{}", begun.url());
    let tokens = oauth.password(&core, "user", "word").await.unwrap();
    assert_eq!(tokens.access_token.expose(), "first");
    let tokens = oauth.refresh(&core, &"r".into()).await.unwrap();
    assert_eq!(tokens.access_token.expose(), "second");
    let missing = oauth.device(&core).await.unwrap_err();
    assert!(missing.to_string().contains("not set"), "{missing}");
    let none = OAuth::from_flow("me", OAuthFlow::new("/oauth/token"));
    assert!(none.authorize(&core, "http://127.0.0.1:1/cb").is_err());
}

#[tokio::test]
async fn refusals_are_told_apart_from_failures() {
    let refused = |status: &'static str, body: &'static str| async move {
        let server =
            Loopback::start(move |_| response(status, &[("Content-Type", "text/html")], body))
                .await;
        oauth()
            .password(&core(&server), "u", "pa55word")
            .await
            .unwrap_err()
    };
    let error = refused(
        "400 Bad Request",
        r#"{"error":"invalid_grant","error_description":"no"}"#,
    )
    .await;
    assert!(
        error.needs_sign_in() && error.to_string().ends_with("invalid_grant: no"),
        "{error}"
    );
    // Some answer 200 with an error in it.
    let error = refused("200 OK", r#"{"error":"bad_verification_code"}"#).await;
    assert!(
        matches!(&error, OAuthError::Refused { code, .. } if code == "bad_verification_code"),
        "{error}"
    );
    let error = refused("200 OK", "error=access_denied").await;
    assert!(
        matches!(&error, OAuthError::Refused { code, .. } if code == "access_denied"),
        "{error}"
    );
    // Whatever a proxy says is an error of the call.
    let error = refused("403 Forbidden", "<html>a=b</html>").await;
    assert!(matches!(&error, OAuthError::Call(_)), "{error}");
    assert!(!format!("{error} {error:?}").contains("pa55word"));
    let error = refused("200 OK", "{}").await;
    assert!(matches!(&error, OAuthError::Answer(_)), "{error}");
    let error = refused("200 OK", r#"{"access_token":"t","token_type":"mac"}"#).await;
    assert!(matches!(&error, OAuthError::Answer(_)), "{error}");
}

#[tokio::test]
async fn a_device_waits_for_its_user() {
    let server = Loopback::start(|seen: &Seen| {
        let pending = |code: &str| json("400 Bad Request", &format!(r#"{{"error":"{code}"}}"#));
        match (seen.line.as_str(), seen.number) {
            ("POST /device HTTP/1.1", _) => json("200 OK", r#"{"device_code":"d","user_code":"WDJB","verification_url":"https://x/d","expires_in":"1800","interval":1}"#),
            (_, 1) => pending("authorization_pending"),
            (_, 2) => pending("slow_down"),
            (_, 3) => response("503 Service Unavailable", &[], ""),
            _ => json("201 Created", r#"{"access_token":"t"}"#),
        }
    })
    .await;
    let core = core(&server);
    let device = oauth()
        .device_authorization_url("/device")
        .device(&core)
        .await
        .unwrap();
    assert_eq!(
        (device.user_code(), device.verification_uri()),
        ("WDJB", "https://x/d")
    );
    assert_eq!(device.wait(&core).await.unwrap().access_token.expose(), "t");
    assert_eq!(field(&server.seen()[0], "scope").as_deref(), Some("a b"));
    assert_eq!(
        field(&server.seen()[4], "device_code").as_deref(),
        Some("d")
    );
    let late = Loopback::start(|seen: &Seen| match seen.number {
        0 => json(
            "200 OK",
            r#"{"device_code":"d","user_code":"W","verification_uri":"/devices","verification_uri_complete":"devices?code=W","expires_in":12}"#,
        ),
        _ => json("400 Bad Request", r#"{"error":"authorization_pending"}"#),
    })
    .await;
    let core = self::core(&late);
    let device = oauth()
        .device_authorization_url("/device")
        .device(&core)
        .await
        .unwrap();
    // A place without a host is one of the server.
    let page = device.verification_uri();
    assert!(
        page.starts_with("http://127.0.0.1:") && page.ends_with("/devices"),
        "{page}"
    );
    let page = device.verification_uri_complete().unwrap_or_default();
    assert!(
        page.starts_with("http://127.0.0.1:") && page.ends_with("/devices?code=W"),
        "{page}"
    );
    assert!(matches!(device.wait(&core).await, Err(OAuthError::Expired)));
    assert_eq!(late.seen().len(), 3);
    assert!(matches!(
        oauth().device(&core).await,
        Err(OAuthError::Missing(_))
    ));
}

#[tokio::test]
async fn a_server_describes_itself() {
    let issuer = Arc::new(Mutex::new(String::new()));
    let shared = Arc::clone(&issuer);
    let server = Loopback::start(move |seen: &Seen| {
        let issuer = shared.lock().unwrap().clone();
        match seen.line.as_str() {
            "GET /realm/.well-known/openid-configuration HTTP/1.1" => json("200 OK", &format!(
                r#"{{"issuer":"{issuer}","token_endpoint":"{issuer}/t","authorization_endpoint":"{issuer}/a"}}"#
            )),
            "GET /.well-known/oauth-authorization-server/other HTTP/1.1" => json("200 OK", &format!(
                r#"{{"issuer":"{}/other","token_endpoint":"/t"}}"#, issuer.trim_end_matches("/realm")
            )),
            _ => response("404 Not Found", &[], ""),
        }
    })
    .await;
    *issuer.lock().unwrap() = format!("{}/realm", server.url);
    let core = core(&server);
    let realm = format!("{}/realm/", server.url);
    let found = OAuth::discover(&core, &realm, "me").await.unwrap();
    let begun = found.authorize(&core, "http://127.0.0.1:1/cb").unwrap();
    assert!(begun.url().starts_with(&format!("{}/realm/a?", server.url)));
    OAuth::discover(&core, "/realm", "me").await.unwrap();
    OAuth::discover(&core, &format!("{}/other", server.url), "me")
        .await
        .unwrap();
    *issuer.lock().unwrap() = "https://evil.example".to_owned();
    let other = OAuth::discover(&core, &realm, "me").await.unwrap_err();
    assert!(other.to_string().contains("another issuer"), "{other}");
    assert!(
        OAuth::discover(&core, &format!("{}/none", server.url), "me")
            .await
            .is_err()
    );
}

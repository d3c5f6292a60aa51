//! Requests that carry a signature or the answer to a challenge.

use std::sync::{Arc, Mutex};

use countersign_runtime::{Credential, Error};

use crate::access::{Closed, OK, Open, client, last};
use crate::sample::*;
use crate::support::{Server as Loopback, json, response};

#[tokio::test]
async fn requests_are_signed_at_each_attempt() {
    let server = Loopback::start(|seen| match seen.number {
        0 => response("503 Service Unavailable", &[], ""),
        _ => json("200 OK", OK),
    })
    .await;
    let seen = Arc::new(Mutex::new(0));
    let count = Arc::clone(&seen);
    let signed = Credential::signing(security::BEARER, move |request| {
        let mut count = count.lock().unwrap();
        *count += 1;
        let path = request.uri().path().to_owned();
        let text = format!("Signature {}:{path}:{count}", request.method());
        request.headers_mut().insert("authorization", text.parse()?);
        Ok(())
    });
    let client = client(&server).credential(signed).sign(|request| {
        // It sees what others have added.
        let signed = request.headers().contains_key("authorization");
        request
            .headers_mut()
            .insert("x-seen", signed.to_string().parse()?);
        Ok(())
    });
    let client = client.build().unwrap();
    client.call(Closed).send().await.unwrap();
    let sent: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(
        sent,
        ["Signature GET:/v1/closed:1", "Signature GET:/v1/closed:2"]
    );
    assert_eq!(last(&server, "x-seen").as_deref(), Some("true"));
    client.call(Open).send().await.unwrap();
    assert_eq!(last(&server, "x-seen").as_deref(), Some("false"));
    let fails = Client::builder()
        .base_url(&server.url)
        .sign(|_| Err("no key".into()));
    let error = fails.build().unwrap().call(Open).send().await.unwrap_err();
    assert!(
        matches!(error, Error::Credential(_)) && error.to_string().contains("no key"),
        "{error}"
    );
}

#[cfg(feature = "digest")]
#[tokio::test]
async fn a_digest_challenge_is_answered_once_and_its_nonce_used_again() {
    const CHALLENGE: &str =
        r#"Basic realm="x", Digest realm="r", nonce="n1", qop="auth", algorithm=MD5, opaque="o""#;
    let server =
        Loopback::start(
            |seen: &crate::support::Seen| match seen.header("authorization") {
                Some(header) if header.starts_with("Digest ") && seen.line.contains("closed") => {
                    response("200 OK", &[("Content-Type", "application/json")], OK)
                }
                Some(header) if header.starts_with("Digest ") => {
                    response("401 Unauthorized", &[("WWW-Authenticate", CHALLENGE)], "")
                }
                _ => response("401 Unauthorized", &[("WWW-Authenticate", CHALLENGE)], ""),
            },
        )
        .await;
    let digest = Credential::digest(
        countersign_runtime::Scheme::http("bearer", "digest"),
        "user",
        "pa55word",
    );
    let client = client(&server).credential_for_all(digest).build().unwrap();
    let answer = client.call(Closed).send().await.unwrap();
    assert_eq!(answer.attempts(), 2);
    let answer = client.call(Closed).send().await.unwrap();
    assert_eq!(answer.attempts(), 1);
    let seen = server.seen();
    assert_eq!(seen[0].header("authorization"), None);
    let second = seen[1].header("authorization").unwrap();
    for part in [
        "username=\"user\"",
        "realm=\"r\"",
        "uri=\"/v1/closed\"",
        "nc=00000001",
        "opaque=\"o\"",
    ] {
        assert!(second.contains(part), "{part}: {second}");
    }
    assert!(
        seen[2]
            .header("authorization")
            .unwrap()
            .contains("nc=00000002")
    );
    assert!(!second.contains("pa55word"));
    // A password that is refused is not tried for ever.
    let error = client.call(Open).send().await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert!(!format!("{error} {error:?}").contains("pa55word"));
}

//! Requests that the document does not have: refused, and kept.

use appgate_sdp_client::fake::{Fault, Outcome, Place, Reason, Received, Server};
use appgate_sdp_client::{GetMfaProvider, ListMfaProviders, model};
use countersign_runtime::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::appgate::controller;

const ACCEPT: &str = "application/vnd.appgate.peer-v23+json";

/// Sends a request as a program might that has no client, and gives back the status and the body.
async fn send(fake: &Server, line: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
    let listening = fake.listen().await.unwrap();
    let mut stream = TcpStream::connect(listening.address()).await.unwrap();
    let mut text = format!("{line} HTTP/1.1\r\nHost: fake\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}

const GOOD: [(&str, &str); 3] = [
    ("Accept", ACCEPT),
    ("Authorization", "Bearer t"),
    ("Content-Type", "application/json"),
];

/// Sends a request with the headers that the document asks for, and gives back what is wrong with it.
async fn problems(line: &str, headers: &[(&str, &str)], body: &str) -> Vec<String> {
    let fake = controller();
    let (status, text) = send(&fake, line, headers, body).await;
    let problems = fake.problems();
    assert_eq!(problems.len(), 1, "{line} is refused");
    assert!(matches!(status, 400 | 501), "{line}: {status}");
    assert_eq!(text.trim_end(), problems[0].to_string());
    let problems = problems[0].reasons().iter();
    problems.map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_request_by_the_book_is_answered() {
    let fake = controller();
    let body = r#"{"name": "Codes", "type": "Radius"}"#;
    let (status, _) = send(&fake, "POST /admin/mfa-providers", &GOOD, body).await;
    assert_eq!(status, 200);
    let line = "GET /admin/mfa-providers?range=0-10&orderBy=name&tags=aws";
    let (status, text) = send(&fake, line, &GOOD, "").await;
    assert_eq!(status, 200);
    assert!(text.contains("Codes"), "{text}");
    // What is not a parameter of its own is a filter, by the document.
    let call = &fake.calls::<ListMfaProviders>()[0];
    assert_eq!(call.range.as_deref(), Some("0-10"));
    assert_eq!(call.filter_by.as_ref().unwrap()["tags"], "aws");
}

#[tokio::test]
async fn what_the_document_does_not_have_is_refused() {
    for (line, body, expected) in [
        ("GET /admin/nothing", "", "the document has no such path"),
        (
            "GET /other/mfa-providers",
            "",
            "the document has no such path",
        ),
        (
            "PATCH /admin/mfa-providers",
            "",
            "the document has this path only with GET, POST",
        ),
        (
            "POST /admin/login",
            r#"{"providerName": "local", "deviceId": "4c07bc67-57ea-42dd-b702-c2d6c45419fc"}"#,
            "no responder for this operation; add one with `Server::on`",
        ),
        (
            "DELETE /admin/mfa-providers/4c07bc67-57ea-42dd-b702-c2d6c45419fc?force=true",
            "",
            "query parameter `force` is not in the document",
        ),
        (
            "POST /admin/mfa-providers",
            "",
            "the body at $: EOF while parsing a value",
        ),
        (
            "POST /admin/mfa-providers",
            r#"{"name": "Codes"}"#,
            "the body at $: missing field `type`",
        ),
        (
            "POST /admin/mfa-providers",
            r#"{"name": "Codes", "type": "Radius", "port": "many"}"#,
            "the body at $.port: ",
        ),
        (
            "DELETE /admin/mfa-providers/4c07bc67-57ea-42dd-b702-c2d6c45419fc",
            "{}",
            "the body at $: the document has no body",
        ),
    ] {
        let found = problems(line, &GOOD, body).await;
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert!(found[0].starts_with(expected), "{line}: {found:?}");
    }
    let found = problems("GET /admin/mfa-providers/7", &GOOD, "").await;
    assert!(found[0].starts_with("path parameter `id` "), "{found:?}");
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let headers = [
        ("Accept", "application/json"),
        ("Content-Type", "text/plain"),
    ];
    let found = problems("PUT /admin/mfa-providers/7", &headers, "x").await;
    let expected = [
        "lacks a credential for bearerAuth",
        "accepts `application/json` instead of application/vnd.appgate.peer-v{apiVersion}+json",
        "path parameter `id` cannot be read: ",
        "the body is `text/plain` instead of application/json",
    ];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
}

/// In memory there is no response at all: the problem is the transport's error.
#[tokio::test]
async fn in_memory_the_error_says_why() {
    let fake = Server::new();
    let error = fake
        .client()
        .get_mfa_provider(Uuid::nil())
        .send()
        .await
        .unwrap_err();
    let Error::Transport(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(
        error.to_string(),
        "GetMfaProvider: the transport failed: GET /admin/mfa-providers/00000000-0000-0000-0000-000000000000 \
         (GetMfaProvider, described in spec/appgate-sdp/mfa_provider.yaml#/paths/~1mfa-providers~1{id}/get): \
         no responder for this operation; add one with `Server::on`"
    );
    let problems = fake.problems();
    assert_eq!(problems[0].operation(), Some("GetMfaProvider"));
    assert_eq!(problems[0].reasons(), [Reason::Unanswered]);
    assert_eq!(fake.calls::<GetMfaProvider>(), []);
}

#[tokio::test]
async fn a_header_of_an_answer_must_be_one() {
    let fake = Server::new().on(|_: Received<ListMfaProviders>| {
        Outcome::success(model::MfaProviderList::default()).header("X-Evil", "a\r\nb: c")
    });
    let error = fake.client().list_mfa_providers().send().await;
    assert!(error.is_err());
    let why = "HTTP does not allow the header `X-Evil`".to_owned();
    assert_eq!(fake.problems()[0].reasons(), [Reason::Answer(why)]);
}

/// Constraints are held, too: the client does so itself before it sends, so a program without it is asked.
#[tokio::test]
async fn constraints_are_held() {
    use strata_cloud_manager_client as strata;
    let fake = strata::fake::Server::new()
        .on(|_: strata::fake::Received<strata::ListMfaServers>| Ok(Default::default()));
    let listening = fake.listen().await.unwrap();
    let mut stream = TcpStream::connect(listening.address()).await.unwrap();
    let text = "GET /mfa-servers?position=pre&folder=a%2Fb HTTP/1.1\r\nHost: fake\r\n\
                Connection: close\r\nAuthorization: Bearer t\r\n\r\n";
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    let problems = fake.problems();
    assert!(
        matches!(problems[0].reasons(), [Reason::Request(Fault::Constraints(found))] if found.len() == 1),
        "{problems:?}"
    );
    assert!(answer.contains("$.folder: must match"), "{answer}");
}

#[test]
#[should_panic(
    expected = "a fake got requests that are not in the document:\n- GET /admin/version"
)]
fn problems_that_nobody_looks_at_fail_the_test() {
    let fake = unanswered();
    drop(fake);
}

#[test]
#[should_panic(expected = "the test's own failure")]
fn a_test_that_fails_already_is_left_alone() {
    let _fake = unanswered();
    panic!("the test's own failure");
}

#[test]
fn a_lenient_fake_lets_problems_pass() {
    drop(unanswered().lenient());
    let fake = unanswered();
    let clone = fake.clone();
    drop(fake);
    assert_eq!(clone.problems().len(), 1);
}

/// A fake that got a request that it was not told how to answer.
fn unanswered() -> Server {
    let fake = Server::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let client = fake.client();
    assert!(runtime.block_on(client.get_version().send()).is_err());
    fake
}

#[tokio::test]
async fn a_parameter_says_where_it_is_wrong() {
    let fake = controller();
    send(&fake, "GET /admin/mfa-providers/7", &GOOD, "").await;
    let problems = fake.problems();
    let [Reason::Request(Fault::Parameter { place, name, .. })] = problems[0].reasons() else {
        panic!("{problems:?}");
    };
    assert_eq!((*place, name.as_str()), (Place::Path, "id"));
    assert_eq!(problems[0].path(), "/admin/mfa-providers/7");
    assert_eq!(problems[0].method().as_str(), "GET");
}

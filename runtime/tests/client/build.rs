//! Settings that a client cannot be built from.

use std::time::Duration;

use countersign_runtime::{BuildError, MemoryTransport, Timeouts, TransportErrorKind};

use crate::sample::*;

fn refused(builder: countersign_runtime::Builder<Client>) -> String {
    builder.build().unwrap_err().to_string()
}

#[test]
fn what_makes_no_sense_is_refused() {
    let at = |url: &str| Client::builder().base_url(url);
    assert!(refused(at("http://h.example")).contains("must be https"));
    assert!(refused(at("https://user:hunter2@h.example")).contains("must not hold a user"));
    assert!(!refused(at("https://user:hunter2@h.example")).contains("hunter2"));
    assert!(
        refused(at("https://h.example").accept_variable("apiVersion", "22+json, text/html"))
            .contains("apiVersion")
    );
    assert!(refused(at("https://h.example").accept_variable("other", 1)).contains("no `other`"));
    assert!(
        refused(at("https://h.example").timeouts(Timeouts::new().read(Duration::ZERO)))
            .contains("zero")
    );
    assert!(refused(at("https://h.example").header("X-A", "a\nb")).contains("X-A"));
    assert!(
        refused(at("https://h.example").root_certificates("nothing")).contains("no certificate")
    );
    assert!(matches!(
        at("https://h.example").body_limit(0).build(),
        Err(BuildError::BodyLimit)
    ));
    assert!(
        Client::builder()
            .base_url("http://h.example")
            .danger_allow_plain_http()
            .build()
            .is_ok()
    );
}

#[tokio::test]
async fn a_client_works_over_any_transport() {
    let transport = MemoryTransport::new(|request| match request.uri().path() {
        "/v1/servers/1" => Ok(http::Response::new(r#"{"id":1,"name":"a"}"#.into())),
        _ => Err(TransportErrorKind::Dns.into()),
    });
    let builder = Client::builder()
        .base_url("https://h.example/v1")
        .transport(transport.clone());
    let client = builder
        .retry(countersign_runtime::Retry::off())
        .build()
        .unwrap();
    assert_eq!(client.get_server("1").send().await.unwrap().id, 1);
    let error = client.get_server("2").send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetServer: the host's name has no address"
    );
    assert_eq!(transport.sent()[0].uri(), "https://h.example/v1/servers/1");
    let without = Client::builder().build().unwrap();
    let error = without.get_server("1").send().await.unwrap_err();
    assert!(error.to_string().contains("set a base URL"));
}

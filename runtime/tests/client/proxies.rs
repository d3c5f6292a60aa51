//! Proxies: whose word counts, and what they see.

use std::process::Command;

use countersign_runtime::{Error, Retry, TransportErrorKind};

use crate::sample::*;
use crate::support::{Server as Loopback, json, response};

fn builder(url: &str) -> countersign_runtime::Builder<Client> {
    Client::builder()
        .base_url(url)
        .retry(Retry::off())
        .credential(security::bearer("t0ken-t0ken"))
}

async fn proxy() -> Loopback {
    Loopback::start(|_| response("403 Forbidden", &[], "")).await
}

#[tokio::test]
async fn requests_are_tunnelled_and_the_proxy_sees_the_host_alone() {
    let proxy = proxy().await;
    let client = builder("https://h.example")
        .proxy(&proxy.url)
        .build()
        .unwrap();
    let Error::Transport(error) = client.get_server("1").send().await.unwrap_err() else {
        panic!()
    };
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    let seen = &proxy.seen()[0];
    assert_eq!(seen.line, "CONNECT h.example:443 HTTP/1.1");
    assert!(!format!("{seen:?}").contains("t0ken"));
}

#[tokio::test]
async fn nothing_goes_to_a_proxy_in_clear() {
    let proxy = proxy().await;
    let server = Loopback::start(|_| json("200 OK", r#"{"id":1,"name":"a"}"#)).await;
    let client = builder(&server.url).proxy(&proxy.url).build().unwrap();
    client.get_server("1").send().await.unwrap();
    assert!(proxy.seen().is_empty());
}

#[test]
fn the_environment_counts_unless_it_or_the_caller_says_otherwise() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let proxy = runtime.block_on(proxy());
    // The environment of a process is set before it starts.
    let connects = |use_proxy: &str, no_proxy: &str| {
        let before = proxy.connections();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["proxies::child", "--exact", "--ignored"])
            .env("HTTPS_PROXY", &proxy.url)
            .env("NO_PROXY", no_proxy)
            .env("CHILD_USES_PROXY", use_proxy)
            .output()
            .unwrap();
        assert!(child.status.success(), "{child:?}");
        proxy.connections() - before
    };
    assert_eq!(connects("yes", ""), 1);
    assert_eq!(connects("yes", "invalid"), 0);
    assert_eq!(connects("no", ""), 0);
}

#[tokio::test]
#[ignore = "run by the test above, in a process of its own"]
async fn child() {
    let mut builder = builder("https://nowhere.invalid");
    if std::env::var("CHILD_USES_PROXY").unwrap() == "no" {
        builder = builder.no_proxy();
    }
    builder
        .build()
        .unwrap()
        .get_server("1")
        .send()
        .await
        .unwrap_err();
}

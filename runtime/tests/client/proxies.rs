//! Proxies: whose word counts, and what they see.

use std::process::Command;

use countersign_runtime::{Error, Retry, TransportErrorKind};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

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

#[tokio::test]
async fn socks_proxies_are_given_the_name_of_the_host() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let seen = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut greeting = [0; 3];
        stream.read_exact(&mut greeting).await.unwrap();
        // Version 5, no authentication.
        stream.write_all(&[5, 0]).await.unwrap();
        let mut request = vec![0; 5 + "h.example".len() + 2];
        stream.read_exact(&mut request).await.unwrap();
        (greeting, request)
    });
    let client = builder("https://h.example")
        .proxy(format!("socks5h://{at}"))
        .build()
        .unwrap();
    let Error::Transport(error) = client.get_server("1").send().await.unwrap_err() else {
        panic!()
    };
    assert!(error.is_before_send(), "{error}");
    let (greeting, request) = seen.await.unwrap();
    assert_eq!(greeting[0], 5);
    assert_eq!(request[..5], [5, 1, 0, 3, 9]);
    assert_eq!(&request[5..14], b"h.example");
    assert_eq!(request[14..], 443_u16.to_be_bytes());
}

#[test]
fn a_proxy_that_is_none_is_refused() {
    for url in [
        "",
        "ftp://proxy.example",
        "http://",
        "socks4://proxy.example",
    ] {
        let error = builder("https://h.example").proxy(url).build().unwrap_err();
        assert!(error.to_string().contains("proxy"), "{url}: {error}");
    }
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

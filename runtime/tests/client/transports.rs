//! Other ways to a server: a Unix domain socket, and a client of reqwest.

use crate::sample::*;

#[cfg(unix)]
#[tokio::test]
async fn a_socket_of_the_machine_stands_for_the_host() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let path = std::env::temp_dir().join(format!("countersign-{}.sock", std::process::id()));
    _ = std::fs::remove_file(&path);
    let listener = tokio::net::UnixListener::bind(&path).unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let body = r#"{"id":1,"name":"a"}"#;
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(head).unwrap()
    });
    let client = Client::builder()
        .base_url("http://localhost/v1")
        .unix_socket(&path)
        .build()
        .unwrap();
    assert_eq!(client.get_server("1").send().await.unwrap().id, 1);
    let head = served.await.unwrap();
    assert!(head.starts_with("GET /v1/servers/1 HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("host: localhost\r\n"), "{head}");
    _ = std::fs::remove_file(&path);
    let error = client.get_server("1").send().await.unwrap_err();
    assert!(
        matches!(error, countersign_runtime::Error::Transport(_)),
        "{error}"
    );
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_client_of_reqwest_is_a_transport() {
    use countersign_runtime::{Error, Retry, TransportErrorKind, reqwest};

    use crate::support::{Server as Loopback, json};

    let server = Loopback::start(|_| json("200 OK", r#"{"id":1,"name":"a"}"#)).await;
    let plain = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap();
    let client = |url: &str| {
        Client::builder()
            .base_url(url)
            .retry(Retry::off())
            .transport(plain.clone())
            .build()
            .unwrap()
    };
    assert_eq!(
        client(&server.url).get_server("1").send().await.unwrap().id,
        1
    );
    assert_eq!(server.seen().len(), 1);
    let unused = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let nowhere = client(&format!("http://{unused}"));
    let Error::Transport(error) = nowhere.get_server("1").send().await.unwrap_err() else {
        panic!()
    };
    assert_eq!(error.kind(), TransportErrorKind::Connect);
}

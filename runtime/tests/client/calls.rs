//! Requests that are sent, and their results.

use std::time::Duration;

use countersign_runtime::{Body, Error, FilePart, Secret, TransportErrorKind, wire};

use crate::sample::*;
use crate::support::{self, Server as Loopback, json, response};

fn client(server: &Loopback) -> Client {
    Client::builder()
        .base_url(format!("{}/api/", server.url))
        .credential(security::bearer("t0ken-t0ken"))
        .accept_variable("apiVersion", 22)
        .build()
        .unwrap()
}

fn new_server() -> NewServer {
    NewServer {
        name: "radius".into(),
        shared_secret: Some("hunter2hunter2".into()),
    }
}

#[tokio::test]
async fn a_call_is_sent_as_documented_and_decoded() {
    let server = Loopback::start(|_| {
        response(
            "201 Created",
            &[
                ("Content-Type", "application/json; api-version=1.0"),
                ("X-Request-Id", "r-1"),
            ],
            r#"{"id":7,"name":"radius","new":true}"#,
        )
    })
    .await;
    let created = client(&server)
        .create_server(new_server())
        .send()
        .await
        .unwrap();
    assert_eq!(created.id, 7);
    assert_eq!(created.status(), 201);
    assert_eq!(created.request_id(), Some("r-1"));
    assert_eq!(created.attempts(), 1);
    let seen = &server.seen()[0];
    assert_eq!(seen.line, "POST /api/servers HTTP/1.1");
    assert_eq!(
        seen.header("accept"),
        Some("application/vnd.sample.v22+json")
    );
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.header("authorization"), Some("Bearer t0ken-t0ken"));
    assert_eq!(seen.header("user-agent"), Some("Sample-API/1.0"));
    assert_eq!(
        seen.text(),
        r#"{"name":"radius","sharedSecret":"hunter2hunter2"}"#
    );
}

#[tokio::test]
async fn documented_failures_are_variants_and_keep_the_response() {
    let server = Loopback::start(|seen| match seen.number {
        0 => json(
            "400 Bad Request",
            r#"{"message":"hunter2hunter2 is too short"}"#,
        ),
        1 => response("401 Unauthorized", &[], ""),
        2 => response("409 Conflict", &[("Content-Type", "text/html")], "<html>"),
        _ => json("418 I'm a teapot", r#"{"a":1}"#),
    })
    .await;
    let client = client(&server);
    let error = client.create_server(new_server()).send().await.unwrap_err();
    assert!(matches!(
        error.api(),
        Some(CreateServerError::BadRequest(_))
    ));
    assert_eq!(
        error.raw_body(),
        Some(&br#"{"message":"hunter2hunter2 is too short"}"#[..])
    );
    let text = error.to_string();
    assert_eq!(
        text,
        r#"CreateServer: 400 Bad Request: {"message":"[redacted] is too short"}"#
    );
    assert!(!format!("{:?}", error.response()).contains("hunter2"));
    let error = client.create_server(new_server()).send().await.unwrap_err();
    assert_eq!(error.api(), Some(&CreateServerError::Unauthorized(None)));
    let error = client.create_server(new_server()).send().await.unwrap_err();
    assert_eq!(error.api(), Some(&CreateServerError::Conflict));
    let error = client.create_server(new_server()).send().await.unwrap_err();
    assert!(matches!(error, Error::Undocumented(_)));
    assert_eq!(error.status().unwrap(), 418);
    assert_eq!(error.raw_body(), Some(&br#"{"a":1}"#[..]));
}

#[tokio::test]
async fn what_breaks_the_document_is_not_sent() {
    let server = Loopback::start(|_| json("200 OK", "{}")).await;
    let client = client(&server);
    let bad = NewServer {
        name: String::new(),
        shared_secret: None,
    };
    let error = client.create_server(bad).send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request violates the API document: $.body.name: must have at least 1 character, has 0"
    );
    for id in [".", ".."] {
        let error = client.get_server(id).send().await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{error:?}");
    }
    let traced = client
        .get_server("1")
        .with(|get| get.trace("a\r\nX-Evil: 1"));
    assert!(matches!(traced.send().await, Err(Error::Request(_))));
    let bare = Client::builder().base_url(&server.url).build().unwrap();
    let error = bare.create_server(new_server()).send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "CreateServer: needs a credential for bearer; set it by `Builder::credential`, or send the call without it by `anonymous`"
    );
    assert_eq!(error.attempts(), 0);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn parameters_are_encoded_and_stay_in_their_place() {
    let server = Loopback::start(|_| json("200 OK", r#"{"data":[],"id":1,"name":""}"#)).await;
    let client = client(&server);
    client
        .get_server("a/../b?c#d%2e")
        .header("X-Extra", "1")
        .send()
        .await
        .unwrap();
    client
        .list_servers()
        .with(|list| list.limit(5).tags(["a b", "c&d"]))
        .send()
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(
        seen[0].line,
        "GET /api/servers/a%2F..%2Fb%3Fc%23d%252e HTTP/1.1"
    );
    assert_eq!(seen[0].header("x-extra"), Some("1"));
    assert_eq!(
        seen[1].line,
        "GET /api/servers?limit=5&tags=a%20b,c%26d HTTP/1.1"
    );
    assert_eq!(seen[1].header("authorization"), None);
    // One connection serves them all.
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn decode_errors_say_where_and_why() {
    let server = Loopback::start(|seen| match seen.number {
        0 => json(
            "200 OK",
            "{\"data\": [{\"id\": 1, \"name\": \"a\"},\n {\"id\": \"x\", \"name\": \"b\"}]}",
        ),
        1 => response(
            "200 OK",
            &[("Content-Type", "text/html")],
            "<h1>Bad\r\ngateway</h1>",
        ),
        2 => json("200 OK", ""),
        3 => json("200 OK", "\u{feff}{\"data\":[]}"),
        _ => json("200 OK", &"[".repeat(5000)),
    })
    .await;
    let client = client(&server);
    let error = client.list_servers().send().await.unwrap_err();
    let Error::Decode(decode) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (decode.path(), decode.line(), decode.column()),
        ("$.data[1].id", 2, 11)
    );
    assert_eq!(decode.message(), "invalid type: string \"x\", expected u32");
    assert_eq!(
        decode.document(),
        "spec/sample/openapi.yaml#/paths/~1servers/get/responses/200"
    );
    assert!(
        error
            .to_string()
            .starts_with("ListServers: 200 OK: cannot read the response at $.data[1].id")
    );
    let error = client.list_servers().send().await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedContentType(_)));
    assert!(
        error.to_string().ends_with(r"<h1>Bad\r\ngateway</h1>"),
        "{error}"
    );
    assert!(matches!(
        client.list_servers().send().await,
        Err(Error::EmptyBody(_))
    ));
    assert!(client.list_servers().send().await.unwrap().data.is_empty());
    assert!(matches!(
        client.list_servers().send().await,
        Err(Error::TooLarge(_))
    ));
}

#[tokio::test]
async fn bodies_are_streamed_up_and_down() {
    let server = Loopback::start(|seen| match seen.line.as_str() {
        "GET /api/log HTTP/1.1" => {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nX-Lines: 2\r\nTransfer-Encoding: chunked\r\n\r\n";
            support::raw([head, "3\r\nabc\r\n", "2\r\nde\r\n", "0\r\n\r\n"].concat())
        }
        _ => response("204 No Content", &[], ""),
    })
    .await;
    let client = client(&server);
    let log = client.call(DownloadLog).send().await.unwrap().into_inner();
    assert_eq!(log.lines, Some(2));
    assert_eq!(log.body.bytes(100).await.unwrap(), "abcde");
    let content = Body::from_source(|| Body::from("0123456789"));
    let file = FilePart::new(content)
        .file_name("a.txt")
        .media_type("text/plain");
    let upload = UploadFile {
        name: "a b".into(),
        file,
        note: None,
    };
    client.call(upload).send().await.unwrap();
    let seen = server.seen().pop().unwrap();
    assert_eq!(seen.line, "PUT /api/files/a%20b HTTP/1.1");
    assert!(
        seen.header("content-type")
            .unwrap()
            .starts_with("multipart/form-data; boundary=countersign-")
    );
    assert!(
        seen.text()
            .contains("filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n0123456789\r\n")
    );
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let server =
        Loopback::start(|_| json("403 Forbidden", r#"{"got":"Bearer t0ken-t0ken"}"#)).await;
    let client = client(&server);
    let error = client.get_server("1").send().await.unwrap_err();
    for text in [
        error.to_string(),
        format!("{error:?}"),
        format!("{client:?}"),
        format!("{:?}", new_server()),
    ] {
        assert!(
            !text.contains("t0ken-t0ken") && !text.contains("hunter2"),
            "{text}"
        );
    }
    assert!(
        wire::to_value(&new_server())
            .unwrap()
            .to_string()
            .contains("hunter2")
    );
    assert!(serde_json::to_string(&new_server()).is_err());
}

#[tokio::test]
async fn errors_are_erased_for_functions_that_make_several_calls() {
    async fn both(client: &Client) -> Result<u32, countersign_runtime::AnyError> {
        let first = client.get_server("1").send().await?;
        client.create_server(new_server()).send().await?;
        Ok(first.id)
    }
    let server = Loopback::start(|seen| match seen.number {
        0 => json("200 OK", r#"{"id":1,"name":"a"}"#),
        _ => response("409 Conflict", &[], ""),
    })
    .await;
    let error = both(&client(&server)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 409);
    let Error::Api(opaque, _) = &*error else {
        panic!("{error:?}")
    };
    assert_eq!(opaque.downcast_ref(), Some(&CreateServerError::Conflict));
    fn assert_sendable<T: Send + Sync + 'static>() {}
    assert_sendable::<countersign_runtime::AnyError>();
    assert_sendable::<Error<CreateServerError>>();
}

#[tokio::test]
async fn dropping_the_future_cancels_the_call() {
    let server = Loopback::start(|_| vec![support::Step::Hang]).await;
    let client = client(&server);
    let call = client.get_server("1").send();
    assert!(
        tokio::time::timeout(Duration::from_millis(100), call)
            .await
            .is_err()
    );
    let late = client
        .get_server("1")
        .timeout(Duration::from_millis(50))
        .send()
        .await
        .unwrap_err();
    assert!(late.is_timeout());
    let Error::Transport(error) = late else {
        panic!()
    };
    assert!(matches!(error.kind(), TransportErrorKind::Timeout(_)));
    let _ = Secret::from("");
}

//! Answers as servers give them, documented or not.

use countersign_runtime::{
    Body, Decoded, Error, MemoryTransport, Method, Operation, OperationSpec, Reply, RequestError,
    RequestParts, Statuses,
};

use crate::sample::{Client, security};

/// A client of a server that always gives this answer.
pub(crate) fn client(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Client {
    builder(status, headers, body).build().unwrap()
}

pub(crate) fn builder(
    status: u16,
    headers: &[(&str, &str)],
    body: &[u8],
) -> countersign_runtime::Builder<Client> {
    let mut answer = http::Response::builder().status(status);
    for (name, value) in headers {
        answer = answer.header(*name, *value);
    }
    let answer = answer.body(body.to_vec()).unwrap();
    let transport = MemoryTransport::new(move |request| {
        if request.uri().path().ends_with("/moved") {
            let body = br#"{"id":9,"name":"moved"}"#.to_vec();
            return Ok(http::Response::new(body.into()));
        }
        Ok(answer.clone().map(Body::from))
    });
    Client::builder()
        .base_url("https://api.example/v1")
        .credential(security::bearer("t0ken-t0ken"))
        .transport(transport)
}

pub(crate) const JSON: &str = "application/json";
pub(crate) const ONE: &[u8] = br#"{"id":1,"name":"a"}"#;

#[tokio::test]
async fn any_success_is_one() {
    for status in [200, 201, 203, 226] {
        let client = client(status, &[("content-type", JSON)], ONE);
        let answer = client.get_server("1").send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.id), (status, 1));
        assert!(answer.raw_body().is_empty());
    }
    // Nothing can stand for a server that is not there.
    let none = client(204, &[], b"").get_server("1").send().await;
    assert!(matches!(none, Err(Error::EmptyBody(failed)) if failed.status() == 204));
}

#[tokio::test]
async fn json_is_read_under_the_types_that_servers_give_it() {
    for media in [
        "text/plain",
        "text/html; charset=utf-8",
        "text/json",
        "application/octet-stream",
        "application/hal+json",
    ] {
        let answer = client(200, &[("content-type", media)], ONE)
            .get_server("1")
            .send()
            .await;
        assert_eq!(answer.unwrap().id, 1, "{media}");
    }
    for media in ["text/html", "text/plain", "image/png"] {
        let answer = client(200, &[("content-type", media)], b"<html>")
            .get_server("1")
            .send()
            .await;
        assert!(
            matches!(answer, Err(Error::UnexpectedContentType(_))),
            "{media}"
        );
    }
}

/// Reads a value in JSON.
#[derive(Clone, Debug)]
struct Read<T>(std::marker::PhantomData<T>);

impl<T: serde::de::DeserializeOwned + Clone + std::fmt::Debug + Send + Sync + 'static> Operation
    for Read<T>
{
    type Success = T;
    type Failure = String;

    const SPEC: OperationSpec =
        OperationSpec::new("Read", Method::GET, "/read").responses(Statuses::of(&[200, 400]));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200 => reply.json().map(Ok),
            400 => reply.json_error(|text| text),
            _ => reply.undocumented(),
        }
    }
}

async fn read<T>(status: u16, media: &str, body: &str) -> Result<T, Error<String>>
where
    T: serde::de::DeserializeOwned + Clone + std::fmt::Debug + Send + Sync + 'static,
{
    let client = client(status, &[("content-type", media)], body.as_bytes());
    let read = client.call(Read::<T>(std::marker::PhantomData));
    read.send().await.map(|answer| answer.into_inner())
}

#[tokio::test]
async fn a_text_need_not_be_in_quotes() {
    for media in ["text/plain", "text/html; charset=utf-8"] {
        for (body, text) in [
            ("a \"b\"", "a \"b\""),
            ("5", "5"),
            ("\"quoted\"", "quoted"),
            ("[1]", "[1]"),
        ] {
            assert_eq!(read::<String>(200, media, body).await.unwrap(), text);
        }
        assert_eq!(read::<i64>(200, media, "5").await.unwrap(), 5);
        assert!(read::<bool>(200, media, "true").await.unwrap());
        for page in ["<html>", " <!doctype html>"] {
            let page = read::<String>(200, media, page).await;
            assert!(matches!(page, Err(Error::UnexpectedContentType(_))));
        }
        let number = read::<i64>(200, media, "many").await;
        assert!(matches!(number, Err(Error::UnexpectedContentType(_))));
        let failure = read::<String>(400, media, "Bad gateway").await;
        assert_eq!(
            matches!(failure, Err(Error::UnexpectedContentType(_))),
            media.starts_with("text/html")
        );
    }
    assert_eq!(
        read::<String>(200, JSON, "a bare one").await.unwrap(),
        "a bare one"
    );
    for broken in ["\"cut", "{", "[1", "<html>", "5"] {
        let json = read::<String>(200, JSON, broken).await;
        assert!(matches!(json, Err(Error::Decode(_))), "{broken}");
    }
    let any = read::<serde_json::Value>(200, JSON, "bare").await;
    assert!(matches!(any, Err(Error::Decode(_))), "{any:?}");
    let image = read::<String>(200, "image/png", "bare").await;
    assert!(matches!(image, Err(Error::UnexpectedContentType(_))));
}

#[tokio::test]
async fn charsets_and_codings_are_undone() {
    let latin = b"{\"id\":1,\"name\":\"caf\xe9\"}";
    let media = [("content-type", "application/json; charset=iso-8859-1")];
    assert_eq!(
        client(200, &media, latin)
            .get_server("1")
            .send()
            .await
            .unwrap()
            .name,
        "café"
    );
    let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut zipped, ONE).unwrap();
    let coded = [("content-type", JSON), ("content-encoding", "x-gzip")];
    let answer = client(200, &coded, &zipped.finish().unwrap())
        .get_server("1")
        .send()
        .await;
    assert_eq!(answer.unwrap().id, 1);
}

#[tokio::test]
async fn whatever_comes_can_be_had_as_it_is() {
    for status in [200, 302, 404, 500] {
        let client = client(
            status,
            &[("content-type", "image/png"), ("x-a", "b")],
            b"\x89PNG",
        );
        let raw = client.get_server("1").raw().await.unwrap();
        assert_eq!((raw.status().as_u16(), &raw[..]), (status, &b"\x89PNG"[..]));
        assert_eq!(raw.headers()["x-a"], "b");
        let mut body = client
            .get_server("1")
            .raw_stream()
            .await
            .unwrap()
            .into_inner();
        assert_eq!(body.chunk().await.unwrap().unwrap(), &b"\x89PNG"[..]);
    }
}

#[tokio::test]
async fn redirects_are_followed_within_the_origin_where_that_is_wanted() {
    let to = |location: &'static str| [("location", location)];
    let host = |error: Error<_>| match error {
        Error::Redirect(redirect) => redirect.host().map(str::to_owned),
        other => panic!("{other:?}"),
    };
    let stays = client(302, &to("/v1/moved?token=s"), b"")
        .get_server("1")
        .send()
        .await;
    assert_eq!(host(stays.unwrap_err()).as_deref(), Some("api.example"));
    for location in ["/v1/moved", "moved", "https://api.example/moved#part"] {
        for status in [301, 302, 303, 307, 308] {
            let client = builder(status, &to(location), b"").follow_redirects_within_origin();
            let answer = client
                .build()
                .unwrap()
                .get_server("1")
                .send()
                .await
                .unwrap();
            assert_eq!((answer.id, answer.attempts()), (9, 1));
        }
    }
    for location in [
        "https://other.example/moved",
        "http://api.example/moved",
        "//other.example/moved",
    ] {
        let client = builder(302, &to(location), b"").follow_redirects_within_origin();
        assert!(
            client
                .build()
                .unwrap()
                .get_server("1")
                .send()
                .await
                .is_err(),
            "{location}"
        );
    }
    // Round and round, but not for ever.
    let round = builder(302, &to("/v1/servers/1"), b"").follow_redirects_within_origin();
    assert!(round.build().unwrap().get_server("1").send().await.is_err());
    let unchanged = client(304, &[], b"")
        .get_server("1")
        .send()
        .await
        .unwrap_err();
    assert!(
        unchanged.to_string().contains("304 Not Modified"),
        "{unchanged}"
    );
}

/// Reads a text of a media type.
#[derive(Clone, Debug)]
struct Plain;

impl Operation for Plain {
    type Success = String;
    type Failure = std::convert::Infallible;

    const SPEC: OperationSpec =
        OperationSpec::new("Plain", Method::GET, "/plain").responses(Statuses::of(&[200]));

    fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
        Ok(())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.headers().get("x-csv") {
            Some(_) => reply.text("text/csv").map(Ok),
            None => reply.text("text/plain").map(Ok),
        }
    }
}

#[tokio::test]
async fn a_text_may_be_one_of_json() {
    for media in [JSON, "application/problem+json; charset=utf-8", "text/json"] {
        let body = br#""1.5.9 \"x\"""#;
        let answer = client(200, &[("content-type", media)], body);
        let answer = answer.call(Plain).send().await;
        assert_eq!(answer.unwrap().into_inner(), "1.5.9 \"x\"", "{media}");
        let csv = client(200, &[("content-type", media), ("x-csv", "")], body);
        let csv = csv.call(Plain).send().await;
        assert!(matches!(csv, Err(Error::UnexpectedContentType(_))));
        // What is not a text has more than one meaning.
        for body in ["{\"a\": 1}", "\"cut", "true", ""] {
            let other = client(200, &[("content-type", media)], body.as_bytes());
            let other = other.call(Plain).send().await;
            assert!(
                matches!(other, Err(Error::UnexpectedContentType(_))),
                "{body}"
            );
        }
    }
    // A text keeps the quotes that it has.
    let quoted = client(200, &[("content-type", "text/plain")], b"\"a\"");
    let quoted = quoted.call(Plain).send().await;
    assert_eq!(quoted.unwrap().into_inner(), "\"a\"");
}

#[tokio::test]
async fn integers_are_read_as_servers_write_them() {
    let answer = client(200, &[("content-type", JSON)], br#"{"id":1.0,"name":"a"}"#);
    assert_eq!(answer.get_server("1").send().await.unwrap().id, 1);
}

#[tokio::test]
async fn the_words_of_a_failure_are_those_of_failures() {
    for (status, media, body, expected) in [
        (
            400,
            "text/plain; charset=utf-8",
            "Invalid URL: no scheme",
            Some("Invalid URL: no scheme"),
        ),
        (400, "text/html", "<h1>Bad</h1>", None),
        (400, JSON, r#"{"message":"Odd"}"#, Some("Odd")),
        (200, JSON, r#"{"message":"fine"}"#, None),
    ] {
        let answer = client(status, &[("content-type", media)], body.as_bytes());
        let error = answer.get_server("1").send().await.unwrap_err();
        let problem = error.problem();
        let said = problem.as_ref().and_then(|problem| problem.message());
        assert_eq!(said, expected, "{status} {media}");
    }
}

//! Failures of a server whose bodies are not what the document says.

use countersign_runtime::Error;

use crate::answers::client;
use crate::sample::{CreateServer, NewServer};

#[tokio::test]
async fn a_failure_is_one_whatever_its_body_is() {
    for body in [b"".as_slice(), b"{}", b"[1]", b"{\"message\":"] {
        let client = client(400, &[("content-type", "application/json")], body);
        let call = client.call(CreateServer::new(NewServer {
            name: "a".into(),
            shared_secret: None,
        }));
        let error = call.send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 400);
        assert_eq!(error.raw_body().unwrap(), body);
        assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_failure_of_another_media_type_is_one_but_for_a_page() {
    for (media, is_page) in [
        ("text/plain", false),
        ("text/csv; header=present", false),
        ("image/png", false),
        ("text/html; charset=utf-8", true),
        ("application/xhtml+xml", true),
    ] {
        let client = client(400, &[("content-type", media)], b"<no>");
        let call = client.call(CreateServer::new(NewServer {
            name: "a".into(),
            shared_secret: None,
        }));
        let error = call.send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 400);
        assert_eq!(error.raw_body().unwrap(), b"<no>");
        assert_eq!(
            matches!(error, Error::UnexpectedContentType(_)),
            is_page,
            "{media}"
        );
        assert_eq!(matches!(error, Error::Undocumented(_)), !is_page, "{media}");
    }
}

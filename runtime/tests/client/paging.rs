//! Lists over several pages.

use countersign_runtime::{Error, PagingError};

use crate::sample::*;
use crate::support::{Server as Loopback, json};

fn client(server: &Loopback) -> Client {
    Client::builder()
        .base_url(&server.url)
        .credential(security::bearer("t"))
        .build()
        .unwrap()
}

fn page(ids: std::ops::Range<u32>, more: &str) -> String {
    let data: Vec<_> = ids
        .map(|id| format!(r#"{{"id":{id},"name":""}}"#))
        .collect();
    format!(r#"{{"data":[{}]{more}}}"#, data.join(","))
}

#[tokio::test]
async fn items_come_page_after_page() {
    let server = Loopback::start(|seen| {
        let body = match seen.number {
            0 => page(0..2, r#","total":5"#),
            1 => page(2..4, r#","total":5"#),
            _ => page(4..5, r#","total":5"#),
        };
        json("200 OK", &body)
    })
    .await;
    let client = client(&server);
    let items = client
        .list_servers()
        .with(|list| list.limit(2))
        .items()
        .collect()
        .await
        .unwrap();
    assert_eq!(
        items.iter().map(|item| item.id).collect::<Vec<_>>(),
        [0, 1, 2, 3, 4]
    );
    let lines: Vec<_> = server.seen().iter().map(|seen| seen.line.clone()).collect();
    assert_eq!(
        lines,
        [
            "GET /servers?limit=2 HTTP/1.1",
            "GET /servers?offset=2&limit=2 HTTP/1.1",
            "GET /servers?offset=4&limit=2 HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn pages_are_fetched_only_when_asked_for() {
    let server = Loopback::start(|_| json("200 OK", &page(0..2, ""))).await;
    let client = client(&server);
    let mut pages = client
        .list_servers()
        .with(|list| list.limit(2))
        .pages()
        .max_pages(2);
    assert!(server.seen().is_empty());
    assert_eq!(pages.next().await.unwrap().unwrap().data.len(), 2);
    assert_eq!(server.seen().len(), 1);
    assert!(pages.next().await.unwrap().is_some());
    let error = pages.next().await.unwrap_err();
    assert!(matches!(error, Error::Paging(PagingError::TooManyPages(2))));
    assert!(pages.next().await.unwrap().is_none());
}

#[tokio::test]
async fn links_are_followed_at_the_same_server_only() {
    let server = Loopback::start(|seen| {
        let next = match seen.number {
            0 => r#","next":"/linked?page=2""#,
            _ => r#","next":"http://127.0.0.2:1/linked""#,
        };
        json("200 OK", &page(0..1, next))
    })
    .await;
    let client = client(&server);
    let mut pages = client.call(ListLinked).pages();
    assert!(pages.next().await.unwrap().is_some());
    assert!(pages.next().await.unwrap().is_some());
    let error = pages.next().await.unwrap_err();
    assert!(
        matches!(error, Error::Paging(PagingError::ForeignLink { .. })),
        "{error:?}"
    );
    let seen = server.seen();
    assert_eq!(seen[1].line, "GET /linked?page=2 HTTP/1.1");
    assert_eq!(seen[1].header("authorization"), Some("Bearer t"));
    assert_eq!(seen.len(), 2);
}

#[tokio::test]
async fn a_repeated_link_is_an_error() {
    let server =
        Loopback::start(|_| json("200 OK", &page(0..1, r#","next":"/linked?page=2""#))).await;
    let client = client(&server);
    let error = client.call(ListLinked).items().collect().await.unwrap_err();
    assert!(matches!(error, Error::Paging(PagingError::Repeated)));
    assert_eq!(server.seen().len(), 2);
}

//! Lists over several pages.

use countersign_runtime::{Error, PagingError};

use crate::sample::*;
use crate::support::{Seen, Server as Loopback, json, response};

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
    let server = Loopback::start(|seen| {
        let first = u32::try_from(seen.number).unwrap() * 2;
        json("200 OK", &page(first..first + 2, ""))
    })
    .await;
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

fn items(of: &[Server]) -> Vec<u32> {
    of.iter().map(|item| item.id).collect()
}

fn lines(server: &Loopback) -> Vec<String> {
    let strip = |seen: &Seen| {
        let line = seen.line.trim_end_matches(" HTTP/1.1");
        line.trim_start_matches("GET ").to_owned()
    };
    server.seen().iter().map(strip).collect()
}

/// The page of a list of five that a request asks for, two at a time.
fn numbered(seen: &Seen, first: u32) -> String {
    let number = seen.line.split(['?', '&', ' ']).find_map(|part| {
        let number = part.strip_prefix("page=")?;
        number.parse::<u32>().ok()
    });
    let start = (number.unwrap_or(first) - first).min(3) * 2;
    page(
        start.min(5)..(start + 2).min(5),
        &format!(r#","id":{}"#, seen.number),
    )
}

#[tokio::test]
async fn a_server_that_ignores_the_parameter_is_found_out_at_once() {
    let server = Loopback::start(|seen| {
        // What is not of the list may change.
        json(
            "200 OK",
            &page(0..2, &format!(r#","id":"{}""#, seen.number)),
        )
    })
    .await;
    let client = client(&server);
    let list = ListNumbered::<1>::default();
    let mut found = client.call(list.clone()).items();
    assert_eq!(found.next().await.unwrap().unwrap().id, 0);
    assert_eq!(found.next().await.unwrap().unwrap().id, 1);
    let error = found.next().await.unwrap_err();
    assert!(
        matches!(error, Error::Paging(PagingError::Repeated)),
        "{error:?}"
    );
    assert!(found.next().await.unwrap().is_none());
    assert_eq!(lines(&server), ["/numbered", "/numbered?page=2"]);
}

#[tokio::test]
async fn equal_pages_can_be_allowed() {
    let server = Loopback::start(|seen| match seen.number {
        0 | 1 => json("200 OK", &page(0..2, "")),
        _ => json("200 OK", &page(0..0, "")),
    })
    .await;
    let client = client(&server);
    let pages = client.call(ListNumbered::<1>::default()).pages();
    let found = pages.allow_equal_pages().items().collect().await.unwrap();
    assert_eq!(items(&found), [0, 1, 0, 1]);
}

#[tokio::test]
async fn pages_have_numbers_from_one_or_from_nought() {
    for (first, second) in [
        (0, "/numbered?page=1&size=2"),
        (1, "/numbered?page=2&size=2"),
    ] {
        let server = Loopback::start(move |seen| json("200 OK", &numbered(seen, first))).await;
        let client = client(&server);
        let size = Some(2);
        let found = match first {
            0 => {
                client
                    .call(ListNumbered::<0> { page: None, size })
                    .items()
                    .collect()
                    .await
            }
            _ => {
                client
                    .call(ListNumbered::<1> { page: None, size })
                    .items()
                    .collect()
                    .await
            }
        };
        assert_eq!(items(&found.unwrap()), [0, 1, 2, 3, 4]);
        assert_eq!(lines(&server).len(), 3);
        assert_eq!(lines(&server)[1], second);
    }
}

#[tokio::test]
async fn nobody_says_which_page_is_the_first() {
    for first in [0, 1] {
        let server = Loopback::start(move |seen| json("200 OK", &numbered(seen, first))).await;
        let client = client(&server);
        let list = ListNumbered::<-1>::default();
        let found = client.call(list).items().collect().await.unwrap();
        assert_eq!(items(&found), [0, 1, 2, 3, 4], "{first}");
        assert_eq!(lines(&server)[1], "/numbered?page=1");
    }
}

#[tokio::test]
async fn fewer_than_were_asked_for_may_be_all_that_a_server_gives() {
    let server = Loopback::start(move |seen| json("200 OK", &numbered(seen, 1))).await;
    let client = client(&server);
    let list = ListNumbered::<1> {
        page: None,
        size: Some(100),
    };
    let found = client.call(list).items().collect().await.unwrap();
    assert_eq!(items(&found), [0, 1, 2, 3, 4]);
    // The last page is empty.
    assert_eq!(lines(&server).len(), 4);
}

#[tokio::test]
async fn an_error_in_the_middle_ends_the_list_and_nothing_is_lost_before_it() {
    let server = Loopback::start(|seen| match seen.number {
        0 => json("200 OK", &page(0..2, "")),
        1 => json("200 OK", r#"{"data":[{"id":7"#),
        _ => json("200 OK", &page(4..5, "")),
    })
    .await;
    let client = client(&server);
    let mut found = client.call(ListNumbered::<1>::default()).items();
    assert_eq!(found.next().await.unwrap().unwrap().id, 0);
    assert_eq!(found.next().await.unwrap().unwrap().id, 1);
    let error = found.next().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert!(found.next().await.unwrap().is_none());
    assert_eq!(server.seen().len(), 2);
}

fn walked(ids: std::ops::Range<u32>, link: &str) -> Vec<crate::support::Step> {
    let items: Vec<_> = ids
        .map(|id| format!(r#"{{"id":{id},"name":""}}"#))
        .collect();
    let headers = [("Content-Type", "application/json"), ("Link", link)];
    let body = format!("[{}]", items.join(","));
    response(
        "200 OK",
        &headers[..if link.is_empty() { 1 } else { 2 }],
        body,
    )
}

#[tokio::test]
async fn the_header_link_leads_to_the_next_page() {
    let server = Loopback::start(|seen| match seen.line.split(' ').nth(1).unwrap() {
        "/walked" => walked(
            0..2,
            r#"</walked?ids=1,2>; title="a, <b>; rel=\"next\""; rel=self, <?page=2>; rel="last next""#,
        ),
        "/walked?page=2" => walked(2..3, "</walked>; rel=prev, </walked/3#top>; REL=Next"),
        _ => walked(3..5, "</walked>; rel=first"),
    })
    .await;
    let client = client(&server);
    let found = client.call(ListWalked).items().collect().await.unwrap();
    assert_eq!(items(&found), [0, 1, 2, 3, 4]);
    assert_eq!(lines(&server), ["/walked", "/walked?page=2", "/walked/3"]);
    let seen = server.seen();
    assert!(
        seen.iter()
            .all(|seen| seen.header("authorization") == Some("Bearer t"))
    );
}

#[tokio::test]
async fn a_linked_page_of_another_server_is_not_asked_for() {
    let other = Loopback::start(|_| walked(0..1, "")).await;
    let link = format!("<{}/walked>; rel=next", other.url);
    let server = Loopback::start(move |_| walked(0..1, &link)).await;
    let client = client(&server);
    let error = client.call(ListWalked).items().collect().await.unwrap_err();
    assert!(
        matches!(error, Error::Paging(PagingError::ForeignLink { .. })),
        "{error:?}"
    );
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn the_last_item_is_the_cursor() {
    let server = Loopback::start(|seen| match seen.line.split(' ').nth(1).unwrap() {
        "/after" => json("200 OK", &page(1..3, r#","has_more":true"#)),
        "/after?starting_after=2" => json("200 OK", &page(3..4, r#","has_more":false"#)),
        other => panic!("{other}"),
    })
    .await;
    let client = client(&server);
    let found = client.call(ListAfter::default()).items().collect().await;
    assert_eq!(items(&found.unwrap()), [1, 2, 3]);
    let empty = Loopback::start(|_| json("200 OK", &page(0..0, r#","has_more":true"#))).await;
    let client = self::client(&empty);
    let error = client
        .call(ListAfter::default())
        .items()
        .collect()
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Paging(PagingError::EmptyPage)),
        "{error:?}"
    );
}

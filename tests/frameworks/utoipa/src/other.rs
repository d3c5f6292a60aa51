//! Parameters in each place, streams, failures, credentials.

use std::convert::Infallible;

use axum::Json;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::{CookieJar, Query};
use chrono::NaiveDate;
use futures::stream::{self, Stream};
use serde_json::json;

use crate::held::hold;
use crate::parcels::{Failure, failure};
use crate::types::{Code, Filters, Kind, Problem, Tick};

#[utoipa::path(get, path = "/query", params(Filters), responses((status = OK, body = Filters)))]
pub async fn read_query(Query(filters): Query<Filters>) -> Json<Filters> {
    hold("read_query", &filters);
    Json(filters)
}

fn texts(headers: &HeaderMap, name: &str) -> Vec<String> {
    let values = headers.get_all(name).iter();
    values
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect()
}

#[utoipa::path(
    get, path = "/headers",
    params(
        ("X-Text" = String, Header),
        ("X-Number" = Option<i32>, Header),
        ("X-Words" = Option<Vec<String>>, Header),
    ),
    responses((status = OK, body = String, headers(("X-Seen" = String), ("X-Count" = i32)))),
)]
pub async fn read_headers(headers: HeaderMap) -> ([(HeaderName, String); 2], String) {
    let text = texts(&headers, "x-text").concat();
    let number = texts(&headers, "x-number");
    let number = number.first().and_then(|number| number.parse::<i32>().ok());
    hold(
        "read_headers",
        json!({ "text": text, "number": number, "words": texts(&headers, "x-words") }),
    );
    let seen = [
        (HeaderName::from_static("x-seen"), text.clone()),
        (HeaderName::from_static("x-count"), "2".to_owned()),
    ];
    (seen, text)
}

#[utoipa::path(
    get, path = "/cookies",
    params(("session" = String, Cookie), ("visits" = Option<i32>, Cookie)),
    responses((status = OK, body = String)),
)]
pub async fn read_cookies(cookies: CookieJar) -> String {
    let value = |name| cookies.get(name).map(|cookie| cookie.value().to_owned());
    let session = value("session").unwrap_or_default();
    hold(
        "read_cookies",
        json!({ "session": session, "visits": value("visits") }),
    );
    session
}

#[utoipa::path(get, path = "/paths/{text}/{number}/{day}/{kind}", responses((status = OK, body = String)))]
pub async fn read_path(
    Path((text, number, day, kind)): Path<(String, f64, NaiveDate, Kind)>,
) -> String {
    hold(
        "read_path",
        json!({ "text": text, "number": number, "day": day, "kind": kind }),
    );
    text
}

#[utoipa::path(get, path = "/rest/{*rest}", params(("rest" = String, Path)), responses((status = OK, body = String)))]
pub async fn read_rest(Path(rest): Path<String>) -> String {
    hold("read_rest", &rest);
    rest
}

/// Ticks, one by one.
#[utoipa::path(get, path = "/events", responses((status = OK, content_type = "text/event-stream", item_schema = Tick)))]
pub async fn watch() -> Sse<impl Stream<Item = Result<Event, axum::Error>>> {
    Sse::new(stream::iter((0..3).map(|number| {
        let text = (number > 0).then(|| "line\nbreak".to_owned());
        Event::default().json_data(Tick { number, text })
    })))
}

#[utoipa::path(get, path = "/events/named", responses((status = OK, content_type = "text/event-stream", body = String)))]
pub async fn watch_named() -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let tick = Event::default()
        .event("tick")
        .id("a1")
        .data(r#"{"number":1}"#);
    let note = Event::default()
        .event("note")
        .comment("still here")
        .data("plain words");
    Sse::new(stream::iter([Ok(tick), Ok(note)]))
}

#[utoipa::path(get, path = "/lines", responses((status = OK, content_type = "application/jsonl", item_schema = Tick)))]
pub async fn read_lines() -> impl IntoResponse {
    let lines = (0..3)
        .map(|number| serde_json::to_string(&Tick { number, text: None }).map(|line| line + "\n"));
    (
        [(header::CONTENT_TYPE, "application/jsonl")],
        Body::from_stream(stream::iter(lines.collect::<Vec<_>>())),
    )
}

#[utoipa::path(get, path = "/text", responses((status = OK, body = str)))]
pub async fn read_text() -> &'static str {
    "plain “words”"
}

#[utoipa::path(
    get, path = "/errors/{status}",
    params(("status" = u16, Path)),
    responses(
        (status = OK, description = "Never."),
        (status = 418, body = Problem),
        (status = "5XX", body = Problem, description = "Not now.", content_type = "application/problem+json"),
    ),
)]
pub async fn fail(Path(status): Path<u16>) -> Result<(), Response> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let answer = match status.as_u16() {
        418 => failure(status, Code::Teapot, "short and stout").into_response(),
        500.. => {
            let (_, Json(problem)): Failure = failure(status, Code::Missing, "no reason");
            (
                status,
                [(header::CONTENT_TYPE, "application/problem+json")],
                json!(problem).to_string(),
            )
                .into_response()
        }
        _ => (status, "no reason").into_response(),
    };
    Err(answer)
}

fn authorization(headers: &HeaderMap, name: &str) -> Result<String, StatusCode> {
    texts(headers, name)
        .first()
        .cloned()
        .ok_or(StatusCode::UNAUTHORIZED)
}

#[utoipa::path(get, path = "/secrets/bearer", security(("bearer" = [])), responses((status = OK, body = String), (status = 401)))]
pub async fn with_bearer(headers: HeaderMap) -> Result<String, StatusCode> {
    authorization(&headers, "authorization")
}

#[utoipa::path(get, path = "/secrets/basic", security(("basic" = [])), responses((status = OK, body = String), (status = 401)))]
pub async fn with_basic(headers: HeaderMap) -> Result<String, StatusCode> {
    authorization(&headers, "authorization")
}

#[utoipa::path(
    get, path = "/secrets/key",
    security((), ("key" = []), ("bearer" = [], "key" = [])),
    responses((status = OK, body = String), (status = 401)),
)]
pub async fn with_key(headers: HeaderMap) -> Result<String, StatusCode> {
    authorization(&headers, "x-api-key")
}

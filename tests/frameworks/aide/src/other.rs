//! Parameters in each place, streams, failures, credentials.

use std::convert::Infallible;

use axum::Json;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::{CookieJar, Query};
use futures::stream;
use serde_json::json;

use crate::held::hold;
use crate::parcels::{Failure, failure};
use crate::types::{Code, Filters, Parts, Rest, Status, Tick};

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

pub async fn read_cookies(cookies: CookieJar) -> String {
    let value = |name| cookies.get(name).map(|cookie| cookie.value().to_owned());
    let session = value("session").unwrap_or_default();
    hold(
        "read_cookies",
        json!({ "session": session, "visits": value("visits") }),
    );
    session
}

pub async fn read_path(Path(parts): Path<Parts>) -> String {
    hold("read_path", &parts);
    parts.text
}

pub async fn read_rest(Path(Rest { rest }): Path<Rest>) -> String {
    hold("read_rest", &rest);
    rest
}

/// Ticks, one by one.
pub async fn watch() -> Response {
    Sse::new(stream::iter((0..3).map(|number| {
        let text = (number > 0).then(|| "line\nbreak".to_owned());
        Event::default().json_data(Tick { number, text })
    })))
    .into_response()
}

pub async fn watch_named() -> Response {
    let tick = Event::default()
        .event("tick")
        .id("a1")
        .data(r#"{"number":1}"#);
    let note = Event::default()
        .event("note")
        .comment("still here")
        .data("plain words");
    Sse::new(stream::iter([Ok::<_, Infallible>(tick), Ok(note)])).into_response()
}

pub async fn read_lines() -> Response {
    let lines = (0..3)
        .map(|number| serde_json::to_string(&Tick { number, text: None }).map(|line| line + "\n"));
    (
        [(header::CONTENT_TYPE, "application/jsonl")],
        Body::from_stream(stream::iter(lines.collect::<Vec<_>>())),
    )
        .into_response()
}

pub async fn read_text() -> &'static str {
    "plain “words”"
}

pub async fn fail(Path(Status { status }): Path<Status>) -> Result<(), Response> {
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

pub async fn with_bearer(headers: HeaderMap) -> Result<String, StatusCode> {
    authorization(&headers, "authorization")
}

pub async fn with_basic(headers: HeaderMap) -> Result<String, StatusCode> {
    authorization(&headers, "authorization")
}

pub async fn with_key(headers: HeaderMap) -> Result<String, StatusCode> {
    authorization(&headers, "x-api-key")
}

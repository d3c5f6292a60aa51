//! Parameters in each place, streams, failures, credentials.

use std::pin::Pin;

use chrono::NaiveDate;
use futures::stream::{self, Stream};
use poem::http::StatusCode;
use poem::web::sse::Event;
use poem_openapi::auth::{ApiKey, Basic, Bearer};
use poem_openapi::param::{Cookie, Header, Path, Query};
use poem_openapi::payload::{EventStream, Json, PlainText};
use poem_openapi::types::ToJSON as _;
use poem_openapi::{OpenApi, SecurityScheme};
use serde_json::json;

use crate::answers::{Failed, Seen};
use crate::held::hold;
use crate::parcels::problem;
use crate::types::{Code, Filters, Kind, Order, Tick};

#[derive(SecurityScheme)]
#[oai(ty = "bearer")]
struct Token(Bearer);

#[derive(SecurityScheme)]
#[oai(ty = "basic")]
struct User(Basic);

#[derive(SecurityScheme)]
#[oai(ty = "api_key", key_name = "X-Api-Key", key_in = "header")]
struct Key(ApiKey);

type Ticks = EventStream<Pin<Box<dyn Stream<Item = Tick> + Send>>>;

fn ticks() -> Pin<Box<dyn Stream<Item = Tick> + Send>> {
    Box::pin(stream::iter((0..3).map(|number| {
        let text = (number > 0).then(|| "line\nbreak".to_owned());
        Tick { number, text }
    })))
}

pub struct Other;

#[OpenApi]
impl Other {
    #[oai(path = "/query", method = "get", operation_id = "read_query")]
    async fn read_query(
        &self,
        #[oai(default)] words: Query<Vec<String>>,
        least: Query<Option<f64>>,
        #[oai(default)] order: Query<Order>,
    ) -> Json<Filters> {
        let filters = Filters {
            words: words.0,
            least: least.0,
            order: order.0,
        };
        hold("read_query", filters.to_json());
        Json(filters)
    }

    #[oai(path = "/headers", method = "get", operation_id = "read_headers")]
    async fn read_headers(
        &self,
        #[oai(name = "X-Text")] text: Header<String>,
        #[oai(name = "X-Number")] number: Header<Option<i32>>,
        #[oai(name = "X-Words")] words: Header<Option<Vec<String>>>,
    ) -> Seen {
        hold(
            "read_headers",
            json!({ "text": text.0, "number": number.0, "words": words.0 }),
        );
        Seen::Seen(PlainText(text.0.clone()), text.0, 2)
    }

    #[oai(path = "/cookies", method = "get", operation_id = "read_cookies")]
    async fn read_cookies(
        &self,
        session: Cookie<String>,
        visits: Cookie<Option<i32>>,
    ) -> PlainText<String> {
        hold(
            "read_cookies",
            json!({ "session": session.0, "visits": visits.0 }),
        );
        PlainText(session.0)
    }

    #[oai(
        path = "/paths/:text/:number/:day/:kind",
        method = "get",
        operation_id = "read_path"
    )]
    async fn read_path(
        &self,
        text: Path<String>,
        number: Path<f64>,
        day: Path<NaiveDate>,
        kind: Path<Kind>,
    ) -> PlainText<String> {
        hold(
            "read_path",
            json!({ "text": text.0, "number": number.0, "day": day.0, "kind": kind.0.to_json() }),
        );
        PlainText(text.0)
    }

    /// Ticks, one by one.
    #[oai(path = "/events", method = "get", operation_id = "watch")]
    async fn watch(&self) -> Ticks {
        EventStream::new(ticks())
    }

    #[oai(path = "/events/named", method = "get", operation_id = "watch_named")]
    async fn watch_named(&self) -> Ticks {
        EventStream::new(ticks()).to_event(|tick| {
            Event::message(tick.to_json_string())
                .event_type("tick")
                .id("a1")
        })
    }

    #[oai(path = "/text", method = "get", operation_id = "read_text")]
    async fn read_text(&self) -> PlainText<&'static str> {
        PlainText("plain “words”")
    }

    #[oai(path = "/errors/:status", method = "get", operation_id = "fail")]
    async fn fail(&self, status: Path<u16>) -> poem::Result<Failed> {
        let status = StatusCode::from_u16(status.0).unwrap_or(StatusCode::BAD_REQUEST);
        match status.as_u16() {
            418 => Ok(Failed::Teapot(problem(Code::Teapot, "short and stout"))),
            500.. => Ok(Failed::NotNow(status, problem(Code::Missing, "no reason"))),
            _ => Err(poem::Error::from_string("no reason", status)),
        }
    }

    #[oai(path = "/secrets/bearer", method = "get", operation_id = "with_bearer")]
    async fn with_bearer(&self, token: Token) -> PlainText<String> {
        PlainText(token.0.token)
    }

    #[oai(path = "/secrets/basic", method = "get", operation_id = "with_basic")]
    async fn with_basic(&self, user: User) -> PlainText<String> {
        PlainText(format!("{}/{}", user.0.username, user.0.password))
    }

    #[oai(path = "/secrets/key", method = "get", operation_id = "with_key")]
    async fn with_key(&self, key: Key) -> PlainText<String> {
        PlainText(key.0.key)
    }
}

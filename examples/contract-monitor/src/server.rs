//! A server that departs from its document: as Go and PHP programs do, and as those that keep booleans as numbers.

use countersign_runtime::{Body, MemoryTransport};

/// The animals as the server writes them.
const LIST: &str = r#"{"items":[
    {"id":"1","name":"Rex","tags":null,"vaccinated":1,"arrived":1718810565},
    {"id":2,"name":"Mia","tags":["calm"],"vaccinated":true,"owner":null}
],"total":"2"}"#;

const REX: &str = r#"{"id":1,"name":"Rex","tags":[],"vaccinated":0,"arrived":""}"#;

const MIA: &str =
    r#"{"id":2,"name":"Mia","tags":[],"vaccinated":true,"owner":{"name":"Ann","phone":null}}"#;

/// The server, in memory.
pub(crate) fn departing() -> MemoryTransport {
    MemoryTransport::new(|request| {
        let body = match request.uri().path() {
            "/api/animals" => LIST,
            "/api/animals/1" => REX,
            _ => MIA,
        };
        let mut answer = http::Response::new(Body::from(body.as_bytes().to_vec()));
        let json = http::HeaderValue::from_static("application/json");
        answer.headers_mut().insert("content-type", json);
        Ok(answer)
    })
}

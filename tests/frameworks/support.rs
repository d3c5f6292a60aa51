//! Shared by the journeys: calls that are counted, values from JSON, and the side door of the servers.

#![allow(dead_code)]

use std::error::Error;
use std::fmt::Debug;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::ExitCode;

use countersign_runtime::{FilePart, ItemStream, StatusCode, wire};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The outcome of a call.
pub type Outcome = Result<(), Box<dyn Error>>;

/// The calls of one framework.
pub struct Journey {
    url: String,
    right: usize,
    known: Vec<(String, &'static str)>,
    wrong: usize,
}

impl Journey {
    /// Starts with the URL of the server, which is the first argument.
    pub fn start() -> Self {
        Self {
            url: std::env::args().nth(1).unwrap_or_default(),
            right: 0,
            known: Vec::new(),
            wrong: 0,
        }
    }

    /// The URL of the server.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Counts a call that must be right.
    pub fn call(&mut self, name: &str, outcome: Outcome) {
        match outcome {
            Ok(()) => self.right += 1,
            Err(error) => {
                self.wrong += 1;
                println!("  {name}: {error}");
                let mut source = error.source();
                while let Some(error) = source {
                    println!("      {error}");
                    source = error.source();
                }
            }
        }
    }

    /// Counts a call that can't be right, since the server does not do what its document says. That it fails is held.
    pub fn contradiction(&mut self, name: &str, reason: &'static str, outcome: Outcome) {
        match outcome {
            Err(_) => self.known.push((name.to_owned(), reason)),
            Ok(()) => {
                self.wrong += 1;
                println!("  {name}: right, although \"{reason}\"");
            }
        }
    }

    /// What the server holds for an operation, in its own words.
    pub fn held(&self, name: &str) -> Result<Value, Box<dyn Error>> {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address)?;
        write!(
            stream,
            "GET /held/{name} HTTP/1.0\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        Ok(serde_json::from_str(body)?)
    }

    /// Compares what the server holds for an operation.
    pub fn holds(&self, name: &str, expected: Value) -> Outcome {
        equal(plain(self.held(name)?), plain(expected))
    }

    /// Says how many calls were right.
    pub fn finish(self) -> ExitCode {
        let all = self.right + self.known.len() + self.wrong;
        println!("{} of {all} calls right", self.right);
        for (name, reason) in &self.known {
            println!("known: `{name}`: {reason}");
        }
        if self.wrong == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

/// A value of the client's from JSON.
pub fn of<T: DeserializeOwned>(value: Value) -> Result<T, Box<dyn Error>> {
    serde_json::from_value(value.clone())
        .map_err(|error| format!("{value} is not a {}: {error}", std::any::type_name::<T>()).into())
}

/// Compares what the client decoded with JSON.
pub fn same<T: Serialize + ?Sized>(found: &T, expected: Value) -> Outcome {
    equal(plain(wire::to_value(found)?), plain(expected))
}

/// A value with `1.0` as `1`: in JSON the two are one number.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
                json!(float as i64)
            }
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, plain(value)))
            .collect(),
        other => other,
    }
}

/// Compares two values.
pub fn equal<T: PartialEq + Debug>(found: T, expected: T) -> Outcome {
    if found == expected {
        return Ok(());
    }
    Err(format!("found    {found:?}\n      expected {expected:?}").into())
}

/// Asserts that a call failed as documented: with this status, and a body that the client decoded.
pub fn fails<T, E: Debug>(
    outcome: Result<T, countersign_runtime::Error<E>>,
    status: u16,
    body: Value,
) -> Outcome {
    let error = refused(outcome, status)?;
    if !matches!(error, countersign_runtime::Error::Api(..)) {
        return Err(format!("not a documented failure: {error:?}").into());
    }
    let raw = error.raw_body().unwrap_or_default();
    equal(serde_json::from_slice(raw).unwrap_or_default(), body)
}

/// Asserts that a call failed with this status, documented or not.
pub fn refused<T, E: Debug>(
    outcome: Result<T, countersign_runtime::Error<E>>,
    status: u16,
) -> Result<countersign_runtime::Error<E>, Box<dyn Error>> {
    let error = outcome.err().ok_or("a success")?;
    if error.status().map(|status| status.as_u16()) == Some(status) {
        return Ok(error);
    }
    Err(format!("not {status}: {error:?}").into())
}

/// Asserts a status of success.
pub fn status(found: StatusCode, expected: u16) -> Outcome {
    equal(found.as_u16(), expected)
}

/// A file to send.
pub fn file(name: &str, media_type: &str, content: &[u8]) -> FilePart {
    FilePart::new(content.to_vec())
        .file_name(name)
        .media_type(media_type)
}

/// All items of a stream.
pub async fn all<T: Clone + 'static>(mut items: ItemStream<T>) -> Result<Vec<T>, Box<dyn Error>> {
    let mut found = Vec::new();
    while let Some(item) = items.next().await? {
        found.push(item);
    }
    Ok(found)
}

/// A parcel with every kind of member. Servers in JavaScript have no integers beyond 2^53.
pub fn parcel() -> Value {
    json!({
        "name": "Lamp / 50% “off”",
        "kind": "box",
        "weight": 2.5,
        "count": 3,
        "price": "19.90",
        "fragile": true,
        "tags": ["a,b", "c&d", ""],
        "sizes": [1, -2],
        "made_on": "2026-02-28",
        "sent_at": "2026-02-28T23:59:59.123Z",
        "note": null,
        "address": { "street": "Main St 1", "city": null, "zip": "01234" },
        "labels": { "ü": "é", "a.b": "" },
        "extra": { "deep": [1, 2.5, null, { "x": [] }], "big": 9007199254740991_i64 },
    })
}

/// Values of every format, with an integer that has no double if `big`.
pub fn moments(big: i64) -> Value {
    json!({
        "day": "2024-02-29", "clock": "23:59:59.500000", "at": "2024-02-29T12:00:00+05:30",
        "lasts": "P1DT2H", "amount": "12345678901234567890.0123456789", "id": ID, "data": "AP/+aGk=",
        "link": "https://example.com/a?b=c", "big": big, "ratio": 23482.350000000002,
    })
}

/// The id of no parcel.
pub const ID: &str = "9c5d1dcd-7e14-5b67-9d57-d9eb2d8a5e9a";

/// An integer that has no double.
pub const BIG: i64 = 9_007_199_254_740_993;

/// Texts that have to be encoded in a path.
pub const TEXTS: [&str; 8] = ["plain", "a b", "100%", "ü&é?", "#", ".hidden", "%2F", "+"];

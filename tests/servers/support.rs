//! Shared by the journeys: what a server really holds, asked for without the client.

#![allow(dead_code)]

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};

use countersign_runtime::Departure;
use serde_json::Value;

/// The departures of a server from its document that a client told of, each once.
#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<BTreeSet<String>>>);

impl Told {
    /// What a client calls: see `Builder::on_departure`.
    pub fn hook(&self) -> impl Fn(&Departure) + Send + Sync + 'static {
        let told = Arc::clone(&self.0);
        move |departure| {
            let parts = departure.path().split('/').map(|part| {
                let is_position =
                    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
                if is_position { "*" } else { part }
            });
            let path = parts.collect::<Vec<&str>>().join("/");
            let place = match path.as_str() {
                "" => String::new(),
                path => format!(" `{path}`"),
            };
            let read = match departure.correction() {
                Some(correction) => format!("read as {}", correction.words()),
                None => "not read".to_owned(),
            };
            let line = format!(
                "`{}`{place}: expected {}, found {}, {read}",
                departure.operation(),
                departure.expected(),
                departure.found().words(),
            );
            told.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(line);
        }
    }

    /// Says them, for the table.
    pub fn say(&self) {
        for line in self.0.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            println!("departs: {line}");
        }
    }
}

/// Says what a user has to set or to call, since the server departs from its document.
pub fn set(what: &str) {
    println!("set: {what}");
}

/// The server, spoken to in plain HTTP.
pub struct Door {
    address: String,
    /// Lines of the head that every request has.
    pub head: String,
}

impl Door {
    /// Of the server that listens at a URL.
    pub fn new(url: &str) -> Self {
        let address = url.trim_start_matches("http://").trim_end_matches('/');
        Self {
            address: address.to_owned(),
            head: String::new(),
        }
    }

    /// Its answer to a request: the status and the body.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        body: &str,
    ) -> Result<(u16, String), Box<dyn Error>> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(
            stream,
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n{}Connection: close\r\n\r\n{body}",
            self.address,
            body.len(),
            self.head
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8(answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no answer")?;
        let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
        Ok((status, body.to_owned()))
    }

    /// The JSON that it gives for a path.
    pub fn get(&self, path: &str) -> Result<Value, Box<dyn Error>> {
        let (status, body) = self.ask("GET", path, "")?;
        match status {
            200 => Ok(serde_json::from_str(&body)?),
            _ => Err(format!("{path}: {status} {body}").into()),
        }
    }

    /// The JSON that it gives for a body.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value, Box<dyn Error>> {
        let (status, answer) = self.ask("POST", path, &body.to_string())?;
        match status {
            200..=299 => Ok(serde_json::from_str(&answer)?),
            _ => Err(format!("{path}: {status} {answer}").into()),
        }
    }
}

/// Asserts that what the client decoded is all there in what the server holds. Members that the document does not have
/// are not read, and `null` is read as an empty list or map.
pub fn within<T: serde::Serialize + ?Sized>(found: &T, held: &Value) -> Result<(), Box<dyn Error>> {
    let found = countersign_runtime::wire::to_value(found)?;
    match part(&found, held) {
        true => Ok(()),
        false => Err(format!("found    {found}\n      held     {held}").into()),
    }
}

fn part(found: &Value, held: &Value) -> bool {
    match (found, held) {
        (Value::Object(found), Value::Object(held)) => found
            .iter()
            .all(|(name, value)| held.get(name).is_some_and(|held| part(value, held))),
        (Value::Array(found), Value::Array(held)) => {
            found.len() == held.len() && found.iter().zip(held).all(|(one, other)| part(one, other))
        }
        (Value::Object(found), Value::Null) => found.is_empty(),
        (Value::Array(found), Value::Null) => found.is_empty(),
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => found == held,
    }
}

//! A contract monitor: runs a journey through a client, and prints where the server departs from its document and what to
//! change in the document.
//!
//! The server here is in memory and departs in the ways that servers do. Against a real one, `Client::builder()` gets a URL
//! and credentials in place of a transport; all else stays.

mod journey;
#[rustfmt::skip]
mod kennel;
mod report;
mod server;

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use countersign_runtime::Departure;

use crate::kennel::Client;

/// The document of the server.
const DOCUMENT: &str = include_str!("../openapi.yaml");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let record = Record::default();
    let client = Client::builder()
        .base_url("https://kennel.example/api")
        .transport(server::departing())
        .on_departure(Departure::lines(record.clone()))
        .build()?;
    let failures = journey::run(&client).await;
    print!("{}", report::written(DOCUMENT, &record.text(), &failures)?);
    Ok(())
}

/// A record of departures, a line of JSON for each. In production it would be a file.
#[derive(Clone, Default)]
struct Record(Arc<Mutex<Vec<u8>>>);

impl Record {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl std::io::Write for Record {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_overlay_names_what_the_server_does() {
        let record = Record::default();
        let client = Client::builder()
            .base_url("https://kennel.example/api")
            .transport(server::departing())
            .on_departure(Departure::lines(record.clone()))
            .build()
            .expect("a client");
        let failures = journey::run(&client).await;
        assert_eq!(failures.len(), 1, "{failures:?}");
        let text = report::written(DOCUMENT, &record.text(), &failures).expect("a report");
        for part in [
            "GetAnimal: 200 OK: cannot read the response at $.owner.phone",
            "/items/0/tags: expected a sequence, found null, read as empty",
            "/items/0/vaccinated: expected a boolean, found integer",
            "$.components.schemas.Animal.properties.tags\"",
            "update: {\"nullable\":true}",
            "$.components.schemas.Owner.properties.phone",
            "update: {\"type\":\"integer\"}",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        // With the overlay, the document is as sound as before.
        assert!(report::applies(DOCUMENT, &text), "{text}");
    }
}

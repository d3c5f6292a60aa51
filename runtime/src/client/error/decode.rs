//! A body that is not what the document says.

use std::fmt::{self, Write as _};

use serde::de::DeserializeOwned;

use super::failed::Failed;
use crate::tolerance::Departure;
use crate::union;

/// The number of departures that an error shows.
const SHOWN: usize = 16;

/// Where and why a response could not be read.
#[derive(Clone, Debug)]
pub struct DecodeError {
    pub(crate) path: String,
    pub(crate) message: String,
    /// Line and column, from one; 0 where it is not JSON.
    pub(crate) position: (usize, usize),
    pub(crate) rust_type: &'static str,
    pub(crate) document: String,
    pub(crate) departures: Vec<Departure>,
    pub(crate) response: Failed,
}

impl DecodeError {
    /// The JSON path, such as `$.data[3].port`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The expectation, and the value found.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line in the body, from one.
    pub const fn line(&self) -> usize {
        self.position.0
    }

    /// The column in the line, from one.
    pub const fn column(&self) -> usize {
        self.position.1
    }

    /// The type that the body was read as, for people to look up: `pets_model::pet::Pet`. Empty where it is not JSON.
    pub const fn rust_type(&self) -> &'static str {
        self.rust_type
    }

    /// Where this response of the operation is described: `spec/api/openapi.yaml#/paths/~1pets/get/responses/200`.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// All places where the answer is not what the document says, those that could not be read first; at most 32 of
    /// these, and 256 that could. Empty where the body is not JSON.
    pub fn departures(&self) -> &[Departure] {
        &self.departures
    }

    /// The response.
    pub const fn response(&self) -> &Failed {
        &self.response
    }
}

impl DecodeError {
    /// The place and the reason, without the call that it belongs to.
    pub(super) fn why(&self) -> impl fmt::Display + '_ {
        Why(self)
    }
}

struct Why<'a>(&'a DecodeError);

/// Text on one line, as it is but for characters that are not shown.
struct Legible<'a>(&'a str);

impl fmt::Display for Legible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|letter| match letter {
            '\'' | '"' | '\\' => f.write_char(letter),
            letter => write!(f, "{}", letter.escape_debug()),
        })
    }
}

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(error) = self;
        write!(f, "cannot read the response at {}", error.path)?;
        if error.position.0 > 0 {
            let (line, column) = error.position;
            write!(f, " (line {line}, column {column})")?;
        }
        write!(f, ": {}", Legible(&error.message))?;
        if !error.rust_type.is_empty() {
            write!(f, "; read as {}", error.rust_type)?;
        }
        if !error.document.is_empty() {
            write!(f, "; described in {}", error.document)?;
        }
        if error.departures.len() > 1 {
            write!(f, "; it departs in {} places: ", error.departures.len())?;
            for (at, departure) in error.departures.iter().take(SHOWN).enumerate() {
                let before = if at > 0 { "; " } else { "" };
                write!(f, "{before}{departure}")?;
            }
            if error.departures.len() > SHOWN {
                write!(f, "; and more, which `departures` lists")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failed {
            operation, status, ..
        } = &self.response;
        write!(f, "{operation}: {status}: {}", self.why())?;
        write!(f, "; body: {}", self.response.excerpt())
    }
}

impl std::error::Error for DecodeError {}

/// Why JSON could not be read, before it is known which call it belongs to.
pub(crate) struct Trouble {
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) position: (usize, usize),
    pub(crate) rust_type: &'static str,
}

impl Trouble {
    /// Something is wrong that has no place in JSON.
    pub(crate) fn of(message: &str) -> Self {
        Self {
            path: "$".to_owned(),
            message: message.to_owned(),
            position: (0, 0),
            rust_type: "",
        }
    }
}

/// Reads once more, only to learn where it fails: the first reading is the quick one.
pub(crate) fn locate<T: DeserializeOwned>(body: &[u8]) -> Trouble {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let found = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Ok(_) => match deserializer.end() {
            Ok(()) => trouble(String::new(), None),
            Err(error) => trouble(String::new(), Some(&error)),
        },
        Err(error) => trouble(error.path().to_string(), Some(error.inner())),
    };
    Trouble {
        rust_type: std::any::type_name::<T>(),
        ..found
    }
}

fn trouble(path: String, error: Option<&serde_json::Error>) -> Trouble {
    let Some(error) = error else {
        return Trouble {
            path: "$".to_owned(),
            message: "the value was refused".to_owned(),
            position: (0, 0),
            rust_type: "",
        };
    };
    let position = (error.line(), error.column());
    let text = error.to_string();
    let end = format!(" at line {} column {}", position.0, position.1);
    let text = text.strip_suffix(&end).unwrap_or(&text);
    let (below, message) = union::split(text).unwrap_or(("", text));
    let mut full = "$".to_owned();
    // Where the text ends inside an object, the member that would have come is `?`.
    let path = path.trim_end_matches('?').trim_end_matches('.');
    for part in [path, below] {
        if !matches!(part, "" | ".") {
            full.push_str(if part.starts_with('[') { "" } else { "." });
            full.push_str(part);
        }
    }
    Trouble {
        path: full,
        message: message.to_owned(),
        position,
        rust_type: "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Page {
        data: Vec<Server>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Server {
        port: u16,
    }

    #[test]
    fn trouble_has_a_path_and_a_position() {
        let found = locate::<Page>(b"{\"data\": [{\"port\": 1},\n{\"port\": \"x\"}]}");
        assert_eq!(found.path, "$.data[1].port");
        assert_eq!(found.position, (2, 12));
        assert_eq!(found.message, "invalid type: string \"x\", expected u16");
        let found = locate::<Page>(b"{\"data\": [{}]}");
        assert_eq!(
            (found.path.as_str(), found.message.as_str()),
            ("$.data[0]", "missing field `port`")
        );
        let found = locate::<Page>(b"{\"data\": []} x");
        assert_eq!(
            (found.path.as_str(), found.message.as_str()),
            ("$", "trailing characters")
        );
    }
}

//! Reads JSON.

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};

use super::build::{Builder, Stopped};
use super::scalar::{self, Meaning};
use super::{Number, Value};
use crate::diagnostic::{Code, Diagnostic};

/// Why a text could not be read as JSON.
pub(super) enum Failure {
    /// It is no JSON.
    Syntax(Diagnostic),
    /// It is, but goes beyond a limit.
    Stopped,
}

impl From<Stopped> for Failure {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// Builds the tree of `text`.
pub(super) fn parse(text: &str, builder: &mut Builder<'_>) -> Result<(), Failure> {
    let mut reader = Reader {
        text,
        json: Jiter::new(text.as_bytes()),
        builder,
        open: Vec::new(),
    };
    reader.read().map_err(|error| match error {
        Problem::Stopped => Failure::Stopped,
        Problem::Json(error) => Failure::Syntax(reader.syntax(&error)),
    })
}

enum Problem {
    Json(JiterError),
    Stopped,
}

impl From<JiterError> for Problem {
    fn from(error: JiterError) -> Self {
        Self::Json(error)
    }
}

impl From<Stopped> for Problem {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

#[derive(Clone, Copy)]
enum Open {
    Array,
    Object,
}

struct Reader<'t, 'b, 'n> {
    text: &'t str,
    json: Jiter<'t>,
    builder: &'b mut Builder<'n>,
    open: Vec<Open>,
}

impl<'t> Reader<'t, '_, '_> {
    fn read(&mut self) -> Result<(), Problem> {
        let first = self.json.peek()?;
        self.value(first)?;
        while let Some(open) = self.open.last() {
            let next = match open {
                Open::Array => self.json.array_step()?,
                Open::Object => self.next_key(Jiter::next_key)?,
            };
            self.value_or_end(next)?;
        }
        Ok(self.json.finish()?)
    }

    fn value_or_end(&mut self, next: Option<Peek>) -> Result<(), Problem> {
        if let Some(next) = next {
            return self.value(next);
        }
        self.open.pop();
        if let Some(built) = self.builder.close(Some(self.json.current_index())) {
            self.builder.add(built);
        }
        Ok(())
    }

    fn value(&mut self, next: Peek) -> Result<(), Problem> {
        let start = self.json.current_index();
        let value = match next {
            Peek::Array => {
                self.builder.open_sequence(start)?;
                self.open.push(Open::Array);
                let first = self.json.known_array()?;
                return self.value_or_end(first);
            }
            Peek::Object => {
                self.builder.open_mapping(start)?;
                self.open.push(Open::Object);
                let first = self.next_key(Jiter::known_object)?;
                return self.value_or_end(first);
            }
            Peek::Null => {
                self.json.known_null()?;
                Value::Null
            }
            Peek::True | Peek::False => Value::Bool(self.json.known_bool(next)?),
            Peek::String => Value::String(self.builder.arena.text(self.json.known_str()?)),
            _ => return self.number(next, start),
        };
        let span = self.builder.span(start, self.json.current_index());
        self.builder.leaf(value, span)?;
        Ok(())
    }

    /// Reads a key with its colon and looks at the value behind it; none at the object's end.
    fn next_key(&mut self, step: Step<'t>) -> Result<Option<Peek>, Problem> {
        let before = self.json.current_index();
        let Some(key) = step(&mut self.json)? else {
            return Ok(None);
        };
        let key = self.builder.arena.text(key);
        // Nothing but white space, a comma and the colon stand around the quotes.
        let bytes = self.text.as_bytes();
        let after = self.json.current_index();
        let is_quote = |byte: &u8| *byte == b'"';
        let opening = bytes
            .get(before + 1..after)
            .and_then(|text| text.iter().position(is_quote));
        let closing = bytes
            .get(..after)
            .and_then(|text| text.iter().rposition(is_quote));
        let start = before + 1 + opening.unwrap_or_default();
        let span = self.builder.span(start, closing.map_or(after, |at| at + 1));
        self.builder.key(key, span);
        Ok(Some(self.json.peek()?))
    }

    fn number(&mut self, next: Peek, start: usize) -> Result<(), Problem> {
        self.json.known_number_bytes(next)?;
        let end = self.json.current_index();
        let text = self.text.get(start..end).unwrap_or_default();
        let span = self.builder.span(start, end);
        let value = match scalar::number(text) {
            Meaning::Number(value) => value,
            _ => {
                let finding = scalar::too_large(text, span);
                self.builder.findings.push(finding);
                scalar::largest(text)
            }
        };
        let text = self.builder.arena.text(text);
        self.builder
            .leaf(Value::Number(Box::new(Number { text, value })), span)?;
        Ok(())
    }

    fn syntax(&self, error: &JiterError) -> Diagnostic {
        let message = match &error.error_type {
            JiterErrorType::JsonError(kind) => format!("invalid JSON: {kind}"),
            JiterErrorType::WrongType { expected, actual } => {
                format!("invalid JSON: expected {expected}, found {actual}")
            }
        };
        let character = self
            .text
            .get(error.index..)
            .and_then(|rest| rest.chars().next());
        let length = character.map_or(0, char::len_utf8);
        let span = self.builder.span(error.index, error.index + length);
        Diagnostic::error(Code::Syntax, span, message).help(help(&error.error_type))
    }
}

/// Reads the first or the next key of an object.
type Step<'t> = for<'j> fn(&'j mut Jiter<'t>) -> Result<Option<&'j str>, JiterError>;

fn help(error: &JiterErrorType) -> &'static str {
    use JsonErrorType as Json;
    let JiterErrorType::JsonError(error) = error else {
        return "write a JSON value here";
    };
    match error {
        Json::TrailingComma => "remove the comma before the closing bracket",
        Json::EofWhileParsingList | Json::EofWhileParsingObject => {
            "the text ends too early: close all brackets"
        }
        Json::EofWhileParsingString => "the text ends too early: close the quote",
        Json::ExpectedListCommaOrEnd | Json::ExpectedObjectCommaOrEnd => {
            "write a comma between values, or close the bracket"
        }
        Json::KeyMustBeAString => "write the key in double quotes",
        Json::ExpectedColon => "write a colon between key and value",
        Json::TrailingCharacters => "write one JSON value and nothing behind it",
        Json::ControlCharacterWhileParsingString => "write line breaks as `\\n` and tabs as `\\t`",
        Json::LoneLeadingSurrogateInHexEscape | Json::InvalidUnicodeCodePoint => {
            "write characters beyond U+FFFF as a pair of surrogates, or as they are"
        }
        _ => {
            "write a JSON value: text in double quotes, a number, `true`, `false`, `null`, a list or an object"
        }
    }
}

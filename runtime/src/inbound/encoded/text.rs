//! Text as it was sent, and the lists and objects that are cut out of it.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{DecodeError, EncodedValue};

/// Text as it was sent, and how it is to be taken.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inbound) struct Text {
    pub(in crate::inbound) raw: String,
    pub(in crate::inbound) coding: Coding,
    pub(in crate::inbound) cut: Cut,
}

/// The encoding of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// They are not.
    Plain,
    /// `%20`
    Percent,
    /// `%20` or `+`
    Form,
}

/// The way lists and objects are cut out of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::inbound) enum Cut {
    /// They are not.
    Uncut,
    /// Between any of these; an object is `k,v,l,w`.
    Between(&'static [&'static str]),
    /// Between these; an object is `k=v,l=w`.
    Pairs(&'static [&'static str]),
    /// A list has one text for each item; other values that are nested are JSON.
    Repeated,
    /// They are JSON.
    Json,
}

impl Text {
    /// A part of it. What is nested in it is JSON.
    fn part(&self, raw: &str) -> EncodedValue {
        EncodedValue::Text(Self {
            raw: raw.to_owned(),
            cut: match self.coding {
                Coding::Plain => Cut::Uncut,
                Coding::Percent | Coding::Form => Cut::Json,
            },
            ..*self
        })
    }

    pub(in crate::inbound) fn decoded(&self) -> Result<String, DecodeError> {
        decode(&self.raw, self.coding).ok_or_else(|| DecodeError("is not text".to_owned()))
    }

    fn pieces(&self, between: &[&str]) -> Vec<&str> {
        let mut pieces = vec![self.raw.as_str()];
        for mark in between {
            pieces = pieces.iter().flat_map(|piece| piece.split(mark)).collect();
        }
        match self.coding {
            Coding::Plain => pieces.iter().map(|piece| piece.trim()).collect(),
            Coding::Percent | Coding::Form => pieces,
        }
    }

    pub(super) fn list(&self) -> Vec<EncodedValue> {
        let pieces = match self.cut {
            Cut::Between(marks) | Cut::Pairs(marks) => self.pieces(marks),
            Cut::Uncut | Cut::Repeated | Cut::Json => vec![self.raw.as_str()],
        };
        pieces.into_iter().map(|piece| self.part(piece)).collect()
    }

    pub(super) fn members(&self) -> Result<Vec<(String, EncodedValue)>, DecodeError> {
        let key = |raw: &str| {
            decode(raw, self.coding)
                .ok_or_else(|| DecodeError("has a name that is not text".to_owned()))
        };
        match self.cut {
            Cut::Pairs(marks) => self
                .pieces(marks)
                .into_iter()
                .map(|piece| {
                    let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
                    Ok((key(name)?, self.part(value)))
                })
                .collect(),
            Cut::Between(marks) => self
                .pieces(marks)
                .chunks(2)
                .map(|pair| match pair {
                    [name, value] => Ok((key(name)?, self.part(value))),
                    _ => Err(DecodeError("has a name without a value".to_owned())),
                })
                .collect(),
            Cut::Uncut | Cut::Repeated | Cut::Json => {
                Err(DecodeError("is not an object".to_owned()))
            }
        }
    }

    /// The JSON that it is, where it can be that and starts like it.
    pub(super) fn json(&self, start: char) -> Option<Value> {
        let may_be = match self.cut {
            Cut::Json => true,
            Cut::Repeated => start == '{',
            Cut::Uncut | Cut::Between(_) | Cut::Pairs(_) => false,
        };
        let text = self.decoded().ok().filter(|_| may_be)?;
        let value = serde_json::from_str(text.trim_start().strip_prefix(start).map(|_| &*text)?);
        value.ok()
    }
}

/// Text without its escapes; none where it is no UTF-8.
pub fn decode(raw: &str, coding: Coding) -> Option<String> {
    let spaced;
    let raw = match coding {
        Coding::Plain => return Some(raw.to_owned()),
        Coding::Percent => raw,
        Coding::Form => {
            spaced = raw.replace('+', " ");
            &spaced
        }
    };
    let text = percent_decode_str(raw).decode_utf8().ok()?;
    Some(text.into_owned())
}

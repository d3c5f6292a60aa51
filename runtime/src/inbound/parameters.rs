//! Parameters of a request that is being read.

use serde::de::DeserializeOwned;

use super::Inbound;
use super::encoded::{Coding, Cut, DecodeError, EncodedValue, Text};
use super::fault::{Fault, Place};
use super::pairs::Pairs;
use crate::client::{CookieStyle, FormField, HeaderStyle, PathStyle, QueryString, QueryStyle};

impl Inbound {
    /// Reads a path parameter: lists separated by commas.
    pub fn path<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        self.path_as(name, PathStyle::Simple)
    }

    /// Reads a path parameter in another style.
    pub fn path_as<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        style: PathStyle,
    ) -> Option<T> {
        // A name that is in the path twice has a value for each place.
        let at = self.path.iter().position(|(known, _)| *known == name);
        let raw = at.map(|at| self.path.remove(at));
        let encoded = raw.map_or(Ok(EncodedValue::Absent), |(_, raw)| {
            in_path(name, &raw, style)
        });
        self.read(Place::Path, name, encoded)
    }

    /// Reads a path parameter that may be empty.
    pub fn path_or_empty<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        style: PathStyle,
    ) -> Option<T> {
        self.path_as(name, style)
    }

    /// Reads a query parameter, which each item of a list has for itself; one that may be absent as an option.
    pub fn query<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.query_as(name, QueryStyle::Form { explode: true })
    }

    /// Reads a query parameter in another style; one that may be absent as an option.
    pub fn query_as<T: DeserializeOwned>(&mut self, name: &str, style: QueryStyle) -> Option<T> {
        let encoded = self.query.take(name, style);
        self.read(Place::Query, name, encoded)
    }

    /// Reads an object whose members are query parameters: those that are named, or all that no other parameter takes.
    pub fn query_members<T: DeserializeOwned>(
        &mut self,
        name: &str,
        members: &[&str],
    ) -> Option<T> {
        let encoded = self.query.take_members(members);
        self.read(Place::Query, name, Ok(encoded))
    }

    /// Reads the query as a whole; one that may be absent as an option.
    pub fn query_string<T: DeserializeOwned>(
        &mut self,
        name: &str,
        whole: QueryString,
        fields: &[FormField],
    ) -> Option<T> {
        self.any_query = true;
        let raw = self.head.uri.query().unwrap_or_default().to_owned();
        let text = Text {
            raw: raw.clone(),
            coding: Coding::Percent,
            cut: Cut::Uncut,
        };
        let encoded = match whole {
            _ if raw.is_empty() => Ok(EncodedValue::Absent),
            QueryString::Form => Pairs::of_query(&raw).into_form(fields),
            QueryString::Json => text.decoded().and_then(|text| json(&text)),
            QueryString::Text => Ok(EncodedValue::Text(text)),
        };
        self.read(Place::Query, name, encoded)
    }

    /// Reads a header, lists separated by commas; one that may be absent as an option.
    pub fn header<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.header_as(name, HeaderStyle::Simple)
    }

    /// Reads a header in another style; one that may be absent as an option.
    pub fn header_as<T: DeserializeOwned>(&mut self, name: &str, style: HeaderStyle) -> Option<T> {
        let lines = self.head.headers.get_all(name).iter();
        let lines: Vec<_> = lines
            .map(|line| String::from_utf8_lossy(line.as_bytes()))
            .collect();
        let raw = lines.join(",");
        let encoded = match lines.is_empty() {
            true => Ok(EncodedValue::Absent),
            false => header_value(raw, style),
        };
        self.read(Place::Header, name, encoded)
    }

    /// Reads a cookie, which each item of a list has for itself; one that may be absent as an option.
    pub fn cookie<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.cookie_as(name, CookieStyle::FormExploded)
    }

    /// Reads a cookie in another style; one that may be absent as an option.
    pub fn cookie_as<T: DeserializeOwned>(&mut self, name: &str, style: CookieStyle) -> Option<T> {
        let style = match style {
            CookieStyle::Form => QueryStyle::Form { explode: false },
            CookieStyle::FormExploded => QueryStyle::Form { explode: true },
            CookieStyle::Json => QueryStyle::Json,
            CookieStyle::Plain | CookieStyle::PlainExploded => {
                let explode = style == CookieStyle::PlainExploded;
                let encoded = self.cookies.take_plain(name, explode);
                return self.read(Place::Cookie, name, Ok(encoded));
            }
        };
        let encoded = self.cookies.take(name, style);
        self.read(Place::Cookie, name, encoded)
    }

    /// Reads an object whose members are cookies.
    pub fn cookie_members<T: DeserializeOwned>(
        &mut self,
        name: &str,
        members: &[&str],
    ) -> Option<T> {
        let encoded = self.cookies.take_members(members);
        self.read(Place::Cookie, name, Ok(encoded))
    }

    fn read<T: DeserializeOwned>(
        &mut self,
        place: Place,
        name: &str,
        encoded: Result<EncodedValue, DecodeError>,
    ) -> Option<T> {
        let read = encoded.and_then(|encoded| encoded.read());
        let refused = read.map_err(|error| {
            self.refuse(Fault::Parameter {
                place,
                name: name.to_owned(),
                why: error.0,
            });
        });
        refused.ok()
    }
}

fn json(raw: &str) -> Result<EncodedValue, DecodeError> {
    serde_json::from_str(raw)
        .map(EncodedValue::Json)
        .map_err(|error| DecodeError(format!("is not JSON: {error}")))
}

/// A path parameter by its style.
fn in_path(name: &str, raw: &str, style: PathStyle) -> Result<EncodedValue, DecodeError> {
    let text = |raw: &str, cut| {
        EncodedValue::Text(Text {
            raw: raw.to_owned(),
            coding: Coding::Percent,
            cut,
        })
    };
    let marked = |mark: &str| {
        let rest = raw.strip_prefix(mark);
        rest.ok_or_else(|| DecodeError(format!("does not start with `{mark}`")))
    };
    Ok(match style {
        PathStyle::Simple => text(raw, Cut::Between(&[","])),
        PathStyle::SimpleExploded => text(raw, Cut::Pairs(&[","])),
        PathStyle::Label => text(marked(".")?, Cut::Between(&[","])),
        PathStyle::LabelExploded => text(marked(".")?, Cut::Pairs(&["."])),
        PathStyle::Matrix => match marked(&format!(";{name}"))? {
            "" => text("", Cut::Uncut),
            _ => text(marked(&format!(";{name}="))?, Cut::Between(&[","])),
        },
        PathStyle::MatrixExploded => return matrix(name, marked(";")?),
        PathStyle::Json => {
            let decoded = Text {
                raw: raw.to_owned(),
                coding: Coding::Percent,
                cut: Cut::Uncut,
            };
            return json(&decoded.decoded()?);
        }
    })
}

/// `;name=a;name=b`, or `;k=v;l=w`.
fn matrix(name: &str, raw: &str) -> Result<EncodedValue, DecodeError> {
    let mut pairs = Pairs::of_matrix(raw);
    match pairs.take(name, QueryStyle::Form { explode: true })? {
        EncodedValue::Absent => Ok(pairs.take_members(&[]).into_nested()),
        found => Ok(found),
    }
}

/// The text of a header, as its style has it.
pub(super) fn header_value(raw: String, style: HeaderStyle) -> Result<EncodedValue, DecodeError> {
    let cut = match style {
        HeaderStyle::Simple => Cut::Between(&[","]),
        HeaderStyle::SimpleExploded => Cut::Pairs(&[","]),
        HeaderStyle::Json => return json(&raw),
    };
    Ok(EncodedValue::Text(Text {
        raw,
        coding: Coding::Plain,
        cut,
    }))
}

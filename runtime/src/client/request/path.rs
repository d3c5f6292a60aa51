//! Path parameters, and the path with them in place.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::flattened::{Flattened, Nested, flatten, style};
use super::{PathStyle, RequestError};
use crate::json;

/// Everything but what RFC 3986 calls unreserved.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The further characters of a template: sub-delimiters, `:`, `@`, `/` and escapes.
const LITERAL: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'%');

/// Characters that a path parameter may keep where its document allows reserved ones: they end neither a segment nor
/// the path.
const KEPT: &[u8] = b"!$&'()*+,;=:@";

/// A parameter that has been encoded, with reserved characters and the escapes that its value had as they were.
pub(super) fn keep_reserved(encoded: &str) -> String {
    let byte_of = |escape: &str| u8::from_str_radix(escape, 16).ok();
    let mut kept = String::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((before, after)) = rest.split_once('%') {
        kept.push_str(before);
        let byte = after.get(..2).and_then(byte_of);
        let tail = after.get(2..).unwrap_or_default();
        rest = match byte {
            Some(byte) if KEPT.contains(&byte) => {
                kept.push(char::from(byte));
                tail
            }
            Some(b'%') if tail.get(..2).and_then(byte_of).is_some() => {
                kept.push('%');
                tail
            }
            _ => {
                kept.push('%');
                after
            }
        };
    }
    kept.push_str(rest);
    kept
}

pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Whether a parameter may be empty, which leaves its segment without a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Emptiness {
    /// It may: the document says so, or it is the last segment.
    Allowed,
    /// It may not: servers would take the path for another one.
    Refused,
}

/// Serializes a path parameter, encoded.
pub(super) fn spell(
    name: &str,
    path_style: PathStyle,
    value: Value,
    emptiness: Emptiness,
) -> Result<String, RequestError> {
    let text = match path_style {
        PathStyle::Json => encode(&json::text(&value)),
        PathStyle::Simple => joined(name, value, &Marks::plain(",", ","))?,
        PathStyle::SimpleExploded => joined(name, value, &Marks::plain(",", "="))?,
        PathStyle::Label => [".", &joined(name, value, &Marks::plain(",", ","))?].concat(),
        PathStyle::LabelExploded => [".", &joined(name, value, &Marks::DOTS)?].concat(),
        PathStyle::Matrix => {
            let text = joined(name, value, &Marks::plain(",", ","))?;
            [";", &matrix(&encode(name), &text)].concat()
        }
        PathStyle::MatrixExploded => exploded_matrix(name, value)?,
    };
    match text.as_str() {
        "" if emptiness == Emptiness::Refused => Err(refused(
            name,
            "is empty: give it a value, or allow that in the document with `minLength: 0`",
        )),
        "." | ".." => Err(refused(name, "is a dot segment")),
        _ => Ok(text),
    }
}

/// The separator of items, and of a key and its value.
struct Marks {
    between: &'static str,
    pair: &'static str,
}

impl Marks {
    /// Here a dot ends an item, so an item's own is encoded, which it need not be otherwise.
    const DOTS: Self = Self::plain(".", "=");

    const fn plain(between: &'static str, pair: &'static str) -> Self {
        Self { between, pair }
    }

    fn encode(&self, text: &str) -> String {
        let encoded = encode(text);
        match self.between {
            "." => encoded.replace('.', "%2E"),
            _ => encoded,
        }
    }
}

/// `a,b`, and `k,v,l,w` or `k=v,l=w`.
fn joined(name: &str, value: Value, marks: &Marks) -> Result<String, RequestError> {
    let texts: Vec<String> = match flatten(name, value, Nested::Json)? {
        Flattened::Absent => return Err(refused(name, "has no value")),
        Flattened::One(text) => vec![marks.encode(&text)],
        Flattened::List(items) => items.iter().map(|item| marks.encode(item)).collect(),
        Flattened::Pairs(pairs) => pairs
            .iter()
            .map(|(key, value)| [&marks.encode(key), marks.pair, &marks.encode(value)].concat())
            .collect(),
    };
    Ok(texts.join(marks.between))
}

/// `;name=a;name=b` and `;k=v;l=w`.
fn exploded_matrix(name: &str, value: Value) -> Result<String, RequestError> {
    let key = encode(name);
    let texts: Vec<String> = match flatten(name, value, Nested::Json)? {
        Flattened::Absent => return Err(refused(name, "has no value")),
        Flattened::One(text) => vec![matrix(&key, &encode(&text))],
        Flattened::List(items) => items
            .iter()
            .map(|item| matrix(&key, &encode(item)))
            .collect(),
        Flattened::Pairs(pairs) => pairs
            .iter()
            .map(|(key, value)| matrix(&encode(key), &encode(value)))
            .collect(),
    };
    Ok(texts.iter().flat_map(|text| [";", text]).collect())
}

/// A name with its value; an empty value has no `=`.
fn matrix(key: &str, value: &str) -> String {
    match value {
        "" => key.to_owned(),
        _ => [key, "=", value].concat(),
    }
}

fn refused(name: &str, why: &'static str) -> RequestError {
    RequestError::PathValue {
        name: name.to_owned(),
        why,
    }
}

/// The path with every parameter in place.
pub(crate) fn expand(
    template: &'static str,
    values: &[(&'static str, String)],
) -> Result<Cow<'static, str>, RequestError> {
    if !template.contains('{') {
        return Ok(utf8_percent_encode(template, LITERAL).into());
    }
    let mut path = String::with_capacity(template.len().saturating_add(32));
    let mut rest = template;
    let mut unused: Vec<_> = values.iter().collect();
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        path.extend(utf8_percent_encode(literal, LITERAL));
        // A name that is in the path twice has a value for each place.
        let at = unused.iter().position(|(known, _)| *known == name);
        let (_, value) = at
            .map(|at| unused.remove(at))
            .ok_or_else(|| style(name, "was not written into the path"))?;
        path.push_str(value);
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, LITERAL));
    Ok(path.into())
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use serde_json::json;

    use super::*;

    fn encoded(style: PathStyle, value: Value) -> Result<String, RequestError> {
        spell("id", style, value, Emptiness::Refused)
    }

    /// The tables of OpenAPI 3.0.4 and 3.1.1.
    #[test]
    fn each_style_is_as_openapi_says() {
        let list = json!(["a", "b/c"]);
        let object = json!({"k": 1.0, "l": "w"});
        for (style, one, many, pairs) in [
            (PathStyle::Simple, "5", "a,b%2Fc", "k,1,l,w"),
            (PathStyle::SimpleExploded, "5", "a,b%2Fc", "k=1,l=w"),
            (PathStyle::Label, ".5", ".a,b%2Fc", ".k,1,l,w"),
            (PathStyle::LabelExploded, ".5", ".a.b%2Fc", ".k=1.l=w"),
            (PathStyle::Matrix, ";id=5", ";id=a,b%2Fc", ";id=k,1,l,w"),
            (
                PathStyle::MatrixExploded,
                ";id=5",
                ";id=a;id=b%2Fc",
                ";k=1;l=w",
            ),
        ] {
            assert_eq!(encoded(style, json!(5)).unwrap(), one);
            assert_eq!(encoded(style, json!(5.0)).unwrap(), one);
            assert_eq!(encoded(style, list.clone()).unwrap(), many);
            assert_eq!(encoded(style, object.clone()).unwrap(), pairs);
        }
        assert_eq!(
            encoded(PathStyle::Json, json!({"a": 1.0})).unwrap(),
            "%7B%22a%22%3A1%7D"
        );
        // An item's own delimiter is encoded, and what is nested is JSON.
        for (style, sent) in [
            (PathStyle::Simple, "1.5,a%2Cb,%5B1%5D"),
            (PathStyle::LabelExploded, ".1%2E5.a%2Cb.%5B1%5D"),
            (PathStyle::MatrixExploded, ";id=1.5;id=a%2Cb;id=%5B1%5D"),
        ] {
            assert_eq!(encoded(style, json!([1.5, "a,b", [1]])).unwrap(), sent);
        }
        for style in [PathStyle::Matrix, PathStyle::MatrixExploded] {
            assert_eq!(encoded(style, json!("")).unwrap(), ";id");
        }
    }

    #[test]
    fn values_that_change_the_path_are_refused() {
        for value in [
            json!(""),
            json!("."),
            json!(".."),
            json!(null),
            json!([]),
            json!([".."]),
        ] {
            assert!(encoded(PathStyle::Simple, value).is_err());
        }
        assert!(encoded(PathStyle::Label, json!("")).is_err());
        assert!(encoded(PathStyle::Label, json!(".")).is_err());
        let empty = spell("id", PathStyle::Simple, json!(""), Emptiness::Allowed);
        assert_eq!(empty.unwrap(), "");
    }

    /// A server that cuts the path at its slashes and decodes what is between them.
    fn received(value: &str) -> Vec<String> {
        let sent = encoded(PathStyle::Simple, json!(value)).unwrap();
        let path = expand("/a/{id}/b", &[("id", sent)]).unwrap();
        let decode = |segment| percent_decode_str(segment).decode_utf8().unwrap();
        path.split('/')
            .map(|segment| decode(segment).into_owned())
            .collect()
    }

    #[test]
    fn a_server_decodes_what_went_in() {
        let ascii: Vec<char> = (0..=127_u8).map(char::from).collect();
        let one = ascii.iter().map(char::to_string);
        let two = ascii
            .iter()
            .flat_map(|first| ascii.iter().map(move |second| format!("{first}{second}")));
        // Three by a step that shares no factor with the 128 characters.
        let three = (0..128_usize.pow(3)).step_by(97).map(|at| {
            [at >> 14, (at >> 7) & 127, at & 127]
                .map(|at| ascii[at])
                .iter()
                .collect()
        });
        let others =
            ["é", "日本", "😀", "\u{7f}\u{80}", "%2e%2e/ü?#", "a\u{301}"].map(str::to_owned);
        let mut tried = 0;
        for value in one.chain(two).chain(three).chain(others) {
            if value == "." || value == ".." {
                continue;
            }
            assert_eq!(received(&value), ["", "a", value.as_str(), "b"]);
            tried += 1;
        }
        assert!(tried > 37_000, "{tried}");
    }

    #[test]
    fn templates_are_filled_in() {
        let values = [("id", "1".to_owned()), ("ext", "x".to_owned())];
        assert_eq!(
            expand("/a b/{id}.{ext}/c", &values).unwrap(),
            "/a%20b/1.x/c"
        );
        assert_eq!(expand("/plain", &values).unwrap(), "/plain");
        assert!(expand("/{other}", &values).is_err());
        let twice = [("id", "1".to_owned()), ("id", "2".to_owned())];
        assert_eq!(expand("/a/{id}/b/{id}", &twice).unwrap(), "/a/1/b/2");
    }
}

//! Path parameters, and the path with them in place.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::flattened::{Flattened, flatten, style};
use super::{PathStyle, RequestError};

/// Everything but what RFC 3986 calls unreserved.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What a template may hold besides: sub-delimiters, `:`, `@`, `/` and escapes.
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

fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// The text itself, where there is nothing to encode.
fn encoded(text: String) -> String {
    match encode(&text) {
        Cow::Owned(encoded) => encoded,
        Cow::Borrowed(_) => text,
    }
}

/// Spells a path parameter, encoded.
pub(super) fn spell(
    name: &str,
    path_style: PathStyle,
    value: Value,
) -> Result<String, RequestError> {
    if path_style == PathStyle::Json {
        return Ok(encoded(value.to_string()));
    }
    let (mark, between, pair) = match path_style {
        PathStyle::Simple => ("", ",", ","),
        PathStyle::SimpleExploded | PathStyle::Json => ("", ",", "="),
        PathStyle::Label => (".", ",", ","),
        PathStyle::LabelExploded => (".", ".", "="),
        PathStyle::Matrix => (";", ",", ","),
        PathStyle::MatrixExploded => (";", ";", "="),
    };
    let named = |text: String| match path_style {
        PathStyle::Matrix | PathStyle::MatrixExploded => format!("{}={text}", encode(name)),
        _ => text,
    };
    let encoded = match flatten(name, value)? {
        Flattened::Absent => return Err(refused(name, "has no value")),
        Flattened::One(text) => {
            refuse_dots(name, &text)?;
            named(encoded(text))
        }
        Flattened::List(items) => {
            let exploded = path_style == PathStyle::MatrixExploded;
            let items = items.into_iter().map(|item| {
                if exploded {
                    named(encoded(item))
                } else {
                    encoded(item)
                }
            });
            let joined = items.collect::<Vec<_>>().join(between);
            if exploded { joined } else { named(joined) }
        }
        Flattened::Pairs(pairs) => {
            let pairs = pairs
                .iter()
                .map(|(key, value)| format!("{}{pair}{}", encode(key), encode(value)));
            let joined = pairs.collect::<Vec<_>>().join(between);
            if path_style == PathStyle::MatrixExploded {
                joined
            } else {
                named(joined)
            }
        }
    };
    refuse_dots(name, &encoded)?;
    Ok(match mark {
        "" => encoded,
        _ => format!("{mark}{encoded}"),
    })
}

/// An empty value or a dot segment would make the path another one, however it is encoded.
fn refuse_dots(name: &str, text: &str) -> Result<(), RequestError> {
    match text {
        "" => Err(refused(name, "is empty")),
        "." | ".." => Err(refused(name, "is a dot segment")),
        _ => Ok(()),
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
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        path.extend(utf8_percent_encode(literal, LITERAL));
        let value = values.iter().find(|(known, _)| *known == name);
        path.push_str(
            &value
                .ok_or_else(|| style(name, "was not written into the path"))?
                .1,
        );
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, LITERAL));
    Ok(path.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_style_is_spelt_as_openapi_says() {
        let list = json!(["a", "b/c"]);
        let object = json!({"k": 1, "l": "w"});
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
            assert_eq!(spell("id", style, json!(5)).unwrap(), one);
            assert_eq!(spell("id", style, list.clone()).unwrap(), many);
            assert_eq!(spell("id", style, object.clone()).unwrap(), pairs);
        }
        assert_eq!(
            spell("id", PathStyle::Json, json!({"a": 1})).unwrap(),
            "%7B%22a%22%3A1%7D"
        );
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
            assert!(spell("id", PathStyle::Simple, value).is_err());
        }
        assert_eq!(
            spell("id", PathStyle::Simple, json!("%2e%2e/ü?#")).unwrap(),
            "%252e%252e%2F%C3%BC%3F%23"
        );
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
    }
}

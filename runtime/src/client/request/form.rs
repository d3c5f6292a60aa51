//! Query strings, form bodies and cookies: pairs of names and values.

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde_json::Value;

use super::flattened::{Flattened, flatten, style, text};
use super::path::RESERVED;
use super::{QueryStyle, RequestError};

/// What stays as it is where the document allows reserved characters. `#`, `&`, `+` and `=` are encoded all the same,
/// or the value would end there.
const ALLOWED: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// Which characters of a value are percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// All but the unreserved ones.
    Strict,
    /// Reserved ones stay: `allowReserved`.
    AllowReserved,
}

/// Appends a parameter to a query string or form.
pub(super) fn append(
    to: &mut String,
    name: &str,
    query_style: QueryStyle,
    value: Value,
    encoding: Encoding,
) -> Result<(), RequestError> {
    let set = match encoding {
        Encoding::Strict => RESERVED,
        Encoding::AllowReserved => ALLOWED,
    };
    let encode = |text: &str| utf8_percent_encode(text, set).to_string();
    let mut pair = |key: &str, value: &str| {
        if !to.is_empty() {
            to.push('&');
        }
        to.extend(utf8_percent_encode(key, RESERVED));
        to.push('=');
        to.push_str(value);
    };
    if query_style == QueryStyle::Json {
        if !value.is_null() {
            pair(name, &encode(&value.to_string()));
        }
        return Ok(());
    }
    if query_style == QueryStyle::DeepObject {
        return deep(&mut |key, text| pair(key, &encode(text)), name, name, value);
    }
    let (exploded, between) = match query_style {
        QueryStyle::Form { explode } => (explode, ","),
        QueryStyle::SpaceDelimited => (false, "%20"),
        QueryStyle::PipeDelimited => (false, "|"),
        QueryStyle::DeepObject | QueryStyle::Json => (true, ""),
    };
    match flatten(name, value)? {
        Flattened::Absent => {}
        Flattened::One(text) => pair(name, &encode(&text)),
        Flattened::List(items) if exploded => {
            items.iter().for_each(|item| pair(name, &encode(item)))
        }
        Flattened::List(items) if items.is_empty() => {}
        Flattened::List(items) => {
            let items: Vec<_> = items.iter().map(|item| encode(item)).collect();
            pair(name, &items.join(between));
        }
        Flattened::Pairs(pairs) if exploded => pairs
            .iter()
            .for_each(|(key, value)| pair(key, &encode(value))),
        Flattened::Pairs(pairs) if pairs.is_empty() => {}
        Flattened::Pairs(pairs) => {
            let flattened = pairs
                .iter()
                .flat_map(|(key, value)| [encode(key), encode(value)]);
            pair(name, &flattened.collect::<Vec<_>>().join(between));
        }
    }
    Ok(())
}

/// `name[key]=value`, and by common usage `name[key][key]=value` and `name[key]=a&name[key]=b` further down.
fn deep(
    pair: &mut dyn FnMut(&str, &str),
    name: &str,
    key: &str,
    value: Value,
) -> Result<(), RequestError> {
    match value {
        Value::Object(members) => members
            .into_iter()
            .try_for_each(|(member, value)| deep(pair, name, &format!("{key}[{member}]"), value)),
        Value::Array(items) => items.into_iter().try_for_each(|item| match item {
            Value::Array(_) | Value::Object(_) => Err(style(
                name,
                "is nested more deeply than its style can spell",
            )),
            scalar => deep(pair, name, key, scalar),
        }),
        scalar => {
            if let Some(text) = text(name, scalar)? {
                pair(key, &text);
            }
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn encoded(style: QueryStyle, value: Value) -> String {
        let mut query = String::new();
        append(&mut query, "c d", style, value, Encoding::Strict).unwrap();
        query.replace("c%20d", "n")
    }

    #[test]
    fn each_style_is_spelt_as_openapi_says() {
        let list = || json!(["a b", "b&"]);
        let object = || json!({"k": 1, "l": "w"});
        for (style, many, pairs) in [
            (
                QueryStyle::Form { explode: true },
                "n=a%20b&n=b%26",
                "k=1&l=w",
            ),
            (
                QueryStyle::Form { explode: false },
                "n=a%20b,b%26",
                "n=k,1,l,w",
            ),
            (
                QueryStyle::SpaceDelimited,
                "n=a%20b%20b%26",
                "n=k%201%20l%20w",
            ),
            (QueryStyle::PipeDelimited, "n=a%20b|b%26", "n=k|1|l|w"),
            (
                QueryStyle::DeepObject,
                "n=a%20b&n=b%26",
                "n%5Bk%5D=1&n%5Bl%5D=w",
            ),
        ] {
            assert_eq!(encoded(style, list()), many);
            assert_eq!(encoded(style, object()), pairs);
            assert_eq!(encoded(style, json!(null)), "");
            assert_eq!(encoded(style, json!(true)), "n=true");
        }
        assert_eq!(
            encoded(QueryStyle::Json, object()),
            "n=%7B%22k%22%3A1%2C%22l%22%3A%22w%22%7D"
        );
        assert_eq!(
            encoded(QueryStyle::DeepObject, json!({"a": {"b": [1, 2]}})),
            "n%5Ba%5D%5Bb%5D=1&n%5Ba%5D%5Bb%5D=2"
        );
    }

    #[test]
    fn reserved_characters_stay_where_the_document_allows_them() {
        let mut query = "a=1".to_owned();
        append(
            &mut query,
            "u",
            QueryStyle::Form { explode: true },
            json!("http://h/?a&b#c"),
            Encoding::AllowReserved,
        )
        .unwrap();
        assert_eq!(query, "a=1&u=http://h/?a%26b%23c");
    }

    #[test]
    fn what_a_style_cannot_spell_is_refused() {
        let mut query = String::new();
        let nested = json!([[1]]);
        for style in [QueryStyle::Form { explode: true }, QueryStyle::DeepObject] {
            assert!(append(&mut query, "n", style, nested.clone(), Encoding::Strict).is_err());
        }
    }
}

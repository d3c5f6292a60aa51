//! Query strings, form bodies and cookies: pairs of names and values.

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde_json::Value;

use super::flattened::{Flattened, Nested, flatten, style, text};
use super::path::RESERVED;
use super::{DeepLists, QueryStyle, RequestError};
use crate::json;

/// The characters that stay as they are where the document allows reserved ones. `#`, `&`, `+` and `=` are encoded all the same,
/// or the value would end there, and `'`, which URL parsers encode.
const ALLOWED: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
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
    /// Reserved ones and escapes stay: `allowReserved`.
    AllowReserved,
}

impl Encoding {
    fn encode(self, text: &str) -> String {
        match self {
            Self::Strict => utf8_percent_encode(text, RESERVED).to_string(),
            Self::AllowReserved => encode_around_escapes(text),
        }
    }
}

/// Escapes that a value has already stay as they are.
fn encode_around_escapes(text: &str) -> String {
    let is_hex = |escape: &&str| escape.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        encoded.extend(utf8_percent_encode(before, ALLOWED));
        encoded.push_str(if after.get(..2).filter(is_hex).is_some() {
            "%"
        } else {
            "%25"
        });
        rest = after;
    }
    encoded.extend(utf8_percent_encode(rest, ALLOWED));
    encoded
}

/// Appends a parameter to a query string or form.
pub(super) fn append(
    to: &mut String,
    name: &str,
    query_style: QueryStyle,
    value: Value,
    encoding: Encoding,
    lists: DeepLists,
) -> Result<(), RequestError> {
    let mut pair = |key: &str, value: &str| {
        if !to.is_empty() {
            to.push('&');
        }
        to.extend(utf8_percent_encode(key, RESERVED));
        to.push('=');
        to.push_str(value);
    };
    let encode = |text: &str| encoding.encode(text);
    match query_style {
        QueryStyle::Json => {
            if !value.is_null() {
                pair(name, &encode(&json::text(&value)));
            }
            Ok(())
        }
        QueryStyle::DeepObject => deep(
            &mut |key, text| pair(key, &encode(text)),
            name,
            lists,
            value,
        ),
        QueryStyle::Form { explode: true } => {
            spread(&mut |key, text| pair(key, &encode(text)), name, value)
        }
        QueryStyle::Form { explode: false } => joined(&mut pair, name, &COMMA, value, encoding),
        QueryStyle::SpaceDelimited => joined(&mut pair, name, &SPACE, value, encoding),
        QueryStyle::PipeDelimited => joined(&mut pair, name, &PIPE, value, encoding),
    }
}

/// The separator of items, and the reason why an item can't have it.
struct Delimiter {
    text: &'static str,
    /// A character that an item can't have, since its escape is the delimiter.
    refused: Option<(char, &'static str)>,
}

const COMMA: Delimiter = Delimiter {
    text: ",",
    refused: None,
};
const SPACE: Delimiter = Delimiter {
    text: "%20",
    refused: Some((
        ' ',
        "has an item with a space, which ends an item in its style",
    )),
};
const PIPE: Delimiter = Delimiter {
    text: "%7C",
    refused: Some((
        '|',
        "has an item with a `|`, which ends an item in its style",
    )),
};

/// `name=a,b`, `name=k,v,l,w`; nothing for an empty list or object.
fn joined(
    pair: &mut dyn FnMut(&str, &str),
    name: &str,
    delimiter: &Delimiter,
    value: Value,
    encoding: Encoding,
) -> Result<(), RequestError> {
    let texts = match flatten(name, value, Nested::Json)? {
        Flattened::Absent => return Ok(()),
        Flattened::One(text) => {
            pair(name, &encoding.encode(&text));
            return Ok(());
        }
        Flattened::List(items) => items,
        Flattened::Pairs(pairs) => pairs
            .into_iter()
            .flat_map(|(key, value)| [key, value])
            .collect(),
    };
    if let Some((character, why)) = delimiter.refused
        && texts.iter().any(|text| text.contains(character))
    {
        return Err(style(name, why));
    }
    // A comma of an item's own is not a delimiter, whatever else is allowed.
    let encode = |text: &String| encoding.encode(text).replace(',', "%2C");
    if !texts.is_empty() {
        let texts: Vec<String> = texts.iter().map(encode).collect();
        pair(name, &texts.join(delimiter.text));
    }
    Ok(())
}

/// `name=a&name=b`, and for an object `k=v&l=w`, where a list is again `l=a&l=b`.
fn spread(pair: &mut dyn FnMut(&str, &str), name: &str, value: Value) -> Result<(), RequestError> {
    let mut repeat = |key: &str, value: Value| {
        let items = match value {
            Value::Array(items) => items,
            other => vec![other],
        };
        for item in items {
            if let Some(text) = text(name, item, Nested::Json)? {
                pair(key, &text);
            }
        }
        Ok(())
    };
    match value {
        Value::Object(members) => members
            .into_iter()
            .try_for_each(|(key, member)| repeat(&key, member)),
        other => repeat(name, other),
    }
}

/// `name[key]=value`, and by common usage `name[key][key]=value`, `name[key][]=a` and `name[0][key]=value` further down.
fn deep(
    pair: &mut dyn FnMut(&str, &str),
    key: &str,
    lists: DeepLists,
    value: Value,
) -> Result<(), RequestError> {
    match value {
        Value::Object(members) => members
            .into_iter()
            .try_for_each(|(member, value)| deep(pair, &format!("{key}[{member}]"), lists, value)),
        Value::Array(items) => {
            let nested = items.iter().any(|item| item.is_array() || item.is_object());
            items.into_iter().enumerate().try_for_each(|(at, item)| {
                let key = match lists {
                    DeepLists::Brackets if !nested => format!("{key}[]"),
                    _ => format!("{key}[{at}]"),
                };
                deep(pair, &key, lists, item)
            })
        }
        scalar => {
            if let Some(text) = text(key, scalar, Nested::Json)? {
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

    fn written(style: QueryStyle, value: Value, lists: DeepLists) -> String {
        let mut query = String::new();
        append(&mut query, "c d", style, value, Encoding::Strict, lists).unwrap();
        query.replace("c%20d", "n")
    }

    fn encoded(style: QueryStyle, value: Value) -> String {
        written(style, value, DeepLists::default())
    }

    #[test]
    fn each_style_is_as_openapi_says() {
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
                QueryStyle::PipeDelimited,
                "n=a%20b%7Cb%26",
                "n=k%7C1%7Cl%7Cw",
            ),
            (
                QueryStyle::DeepObject,
                "n%5B%5D=a%20b&n%5B%5D=b%26",
                "n%5Bk%5D=1&n%5Bl%5D=w",
            ),
        ] {
            assert_eq!(encoded(style, list()), many);
            assert_eq!(encoded(style, object()), pairs);
            for nothing in [json!(null), json!([]), json!({})] {
                assert_eq!(encoded(style, nothing), "");
            }
            assert_eq!(encoded(style, json!(true)), "n=true");
            assert_eq!(encoded(style, json!("")), "n=");
            assert_eq!(encoded(style, json!(5.0)), "n=5");
        }
        let spaced = QueryStyle::SpaceDelimited;
        assert_eq!(encoded(spaced, json!(["a", 1])), "n=a%201");
        assert_eq!(encoded(spaced, object()), "n=k%201%20l%20w");
        assert_eq!(
            encoded(QueryStyle::Json, object()),
            "n=%7B%22k%22%3A1%2C%22l%22%3A%22w%22%7D"
        );
    }

    #[test]
    fn lists_in_objects_and_objects_in_lists_have_a_form() {
        let plain = |value, lists| {
            let text = written(QueryStyle::DeepObject, value, lists);
            text.replace("%5B", "[").replace("%5D", "]")
        };
        let bare = |value| plain(value, DeepLists::Brackets);
        assert_eq!(bare(json!({"a": {"b": [1, 2]}})), "n[a][b][]=1&n[a][b][]=2");
        let tiers = json!([{"upTo": 5, "tags": ["x"]}, {"upTo": null}]);
        assert_eq!(bare(tiers.clone()), "n[0][tags][]=x&n[0][upTo]=5");
        assert_eq!(
            plain(tiers, DeepLists::Indices),
            "n[0][tags][0]=x&n[0][upTo]=5"
        );
        assert_eq!(bare(json!([[1], [2, 3]])), "n[0][]=1&n[1][]=2&n[1][]=3");
        // An object that is spread out, as of springdoc's `Pageable`.
        let pageable = json!({"page": 1, "size": 2, "sort": ["a,asc", "b"], "none": []});
        assert_eq!(
            encoded(QueryStyle::Form { explode: true }, pageable),
            "page=1&size=2&sort=a%2Casc&sort=b"
        );
        let nested = json!([{"k": 1.0}, [1]]);
        for (style, expected) in [
            (
                QueryStyle::Form { explode: true },
                "n=%7B%22k%22%3A1%7D&n=%5B1%5D",
            ),
            (
                QueryStyle::Form { explode: false },
                "n=%7B%22k%22%3A1%7D,%5B1%5D",
            ),
        ] {
            assert_eq!(encoded(style, nested.clone()), expected);
        }
    }

    #[test]
    fn reserved_characters_stay_where_the_document_allows_them() {
        let sent = |style, value| {
            let mut query = "a=1".to_owned();
            let (encoding, lists) = (Encoding::AllowReserved, DeepLists::default());
            append(&mut query, "u", style, value, encoding, lists).unwrap();
            query
        };
        let form = |value| sent(QueryStyle::Form { explode: true }, value);
        assert_eq!(form(json!("http://h/?a&b#c")), "a=1&u=http://h/?a%26b%23c");
        assert_eq!(
            form(json!("it's 100% %2F%zz")),
            "a=1&u=it%27s%20100%25%20%2F%25zz"
        );
        assert_eq!(
            sent(QueryStyle::Form { explode: false }, json!(["a,b", "c/d"])),
            "a=1&u=a%2Cb,c/d"
        );
    }

    #[test]
    fn an_item_with_its_delimiter_is_refused() {
        for (style, item) in [
            (QueryStyle::SpaceDelimited, "a b"),
            (QueryStyle::PipeDelimited, "a|b"),
        ] {
            let mut query = String::new();
            let mut append = |value| {
                let (encoding, lists) = (Encoding::Strict, DeepLists::default());
                append(&mut query, "n", style, value, encoding, lists)
            };
            assert!(append(json!([item])).is_err());
            append(json!(item)).unwrap();
        }
    }
}

//! Unions of each form, read and refused.

use super::*;
use serde::Serialize;

#[derive(Debug, PartialEq, Deserialize)]
struct Okta {
    host: String,
    #[serde(default)]
    timeout: Option<u32>,
}

#[derive(Debug, PartialEq)]
enum Vendor {
    Okta(Okta),
    Duo(Box<Okta>),
    Unknown(Unknown<Value>),
}

impl<'de> Deserialize<'de> for Vendor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (tag, value) = external(deserializer)?;
        match tag.as_str() {
            "okta" => value.read(Self::Okta),
            "duo" => value.read(Self::Duo),
            _ => Ok(Self::Unknown(value.unknown(tag))),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Server {
    #[allow(dead_code)]
    vendors: Vec<Vendor>,
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Pet {
    Cat(String),
    Unknown(Unknown<Value>),
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (tag, value) = adjacent(deserializer, "type", "data")?;
        match tag.as_str() {
            "cat" => value.read(Self::Cat),
            _ => Ok(Self::Unknown(value.into())),
        }
    }
}

#[test]
fn the_tag_decides() {
    let read = |json| serde_json::from_str::<Vendor>(json).map_err(|error| error.to_string());
    let okta = Okta {
        host: "h".into(),
        timeout: None,
    };
    assert_eq!(read(r#"{"okta":{"host":"h"}}"#), Ok(Vendor::Okta(okta)));
    assert!(matches!(
        read(r#"{"duo":{"host":"h"}}"#),
        Ok(Vendor::Duo(_))
    ));
    let Ok(Vendor::Unknown(unknown)) = read(r#"{"rsa":{"a":1}}"#) else {
        panic!("not kept")
    };
    assert_eq!(
        serde_json::to_string(&unknown).unwrap(),
        r#"{"rsa":{"a":1}}"#
    );
    assert!(read("{}").unwrap_err().starts_with("invalid length 0"));
    let two = read(r#"{"okta":{"host":"h"},"duo":{"host":"h"}}"#).unwrap_err();
    assert!(
        two.starts_with("expected one alternative, found `okta` and `duo`"),
        "{two}"
    );
}

#[test]
fn a_tag_is_text_a_whole_number_or_a_boolean() {
    let tag = |json: &str| {
        let content = content(&mut serde_json::Deserializer::from_str(json)).unwrap();
        let first = content.tag("t").map(str::to_owned);
        assert_eq!(content.tag("t").map(str::to_owned), first);
        first
    };
    for (json, text) in [
        (r#"{"t":"1"}"#, "1"),
        (r#"{"t":1}"#, "1"),
        (r#"{"t":-7.0}"#, "-7"),
        (r#"{"t":1e3}"#, "1000"),
        (r#"{"t":18446744073709551615}"#, "18446744073709551615"),
        (r#"{"t":true}"#, "true"),
        (r#"{"t":false}"#, "false"),
    ] {
        assert_eq!(tag(json).as_deref(), Some(text), "{json}");
    }
    for json in [r#"{"t":1.5}"#, r#"{"t":null}"#, r#"{"t":[1]}"#, "{}", "7"] {
        assert_eq!(tag(json), None, "{json}");
    }
}

#[test]
fn what_is_not_one_member_is_kept() {
    let keyed = |json: &str| {
        let (tag, content) = keyed(&mut serde_json::Deserializer::from_str(json)).unwrap();
        let kept = serde_json::to_string(&content.unknown(tag.clone())).unwrap();
        assert_eq!(kept, json);
        tag
    };
    assert_eq!(keyed(r#"{"okta":{"host":"h"}}"#), "okta");
    assert_eq!(keyed(r#""idle""#), "idle");
    for json in ["7", "{}", r#"{"a":1,"b":2}"#, "[1]"] {
        assert_eq!(keyed(json), "");
    }
}

#[test]
fn an_error_says_where_below_the_tag() {
    let error = serde_json::from_str::<Vendor>(r#"{"okta":{"host":1}}"#).unwrap_err();
    let expected = "at `okta.host`: invalid type: integer `1`, expected a string";
    assert!(error.to_string().starts_with(expected), "{error}");
    let error = serde_json::from_str::<Vendor>(r#"{"okta":{}}"#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("at `okta`: missing field `host`"),
        "{error}"
    );
}

#[test]
fn paths_of_nested_unions_join() {
    #[derive(Debug)]
    struct Outer(#[allow(dead_code)] Server);
    impl<'de> Deserialize<'de> for Outer {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            content(deserializer)?.read(Self)
        }
    }

    let json = r#"{"vendors":[{"okta":{"host":"h","timeout":"x"}}]}"#;
    let error = serde_json::from_str::<Outer>(json).unwrap_err().to_string();
    assert!(
        error.starts_with("at `vendors[0].okta.timeout`: invalid type"),
        "{error}"
    );
}

#[derive(Debug)]
struct Twice(#[allow(dead_code)] Box<Chain>);

#[derive(Debug)]
enum Chain {
    #[allow(dead_code)]
    First(Twice),
    #[allow(dead_code)]
    Second(Twice),
    End,
}

impl<'de> Deserialize<'de> for Twice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Link {
            next: Box<Chain>,
            last: bool,
        }
        let Link { next, last } = Link::deserialize(deserializer)?;
        _ = last;
        Ok(Self(next))
    }
}

impl<'de> Deserialize<'de> for Chain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use crate::union::Shape;
        content(deserializer)?.choose(&[
            (Shape::OBJECT, |value| value.read(Self::First)),
            (Shape::OBJECT, |value| value.read(Self::Second)),
            (Shape::NULL, |_| Ok(Self::End)),
        ])
    }
}

#[test]
fn alternatives_within_alternatives_end() {
    // Each level reads the next one twice, and then fails: 2^60 looks without a bound.
    let mut bad = "null".to_owned();
    for _ in 0..60 {
        bad = format!(r#"{{"next":{bad},"last":"no"}}"#);
    }
    assert!(serde_json::from_str::<Chain>(&bad).is_err());
    let good = r#"{"next":{"next":null,"last":true},"last":false}"#;
    assert!(matches!(serde_json::from_str(good), Ok(Chain::First(_))));
}

#[test]
fn values_are_read_to_a_depth_and_no_further() {
    let mut deep = Value::Null;
    for _ in 0..600 {
        deep = Value::Object(Map::from_iter([
            ("next".to_owned(), deep),
            ("last".to_owned(), Value::Bool(true)),
        ]));
    }
    let error = serde_json::from_str::<Chain>("[]").unwrap_err();
    assert!(
        error.to_string().starts_with("no alternative fits"),
        "{error}"
    );
    let read = std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(move || {
            let error = Twice::deserialize(&deep).map_err(|error| error.to_string());
            std::mem::forget(deep);
            error.map(|_| ())
        });
    let error = read.unwrap().join().unwrap().unwrap_err();
    assert!(
        error.contains("levels deep") || error.contains("alternatives"),
        "{error}"
    );
}

#[test]
fn adjacent_content_is_read_by_its_tag() {
    let read = |json| serde_json::from_str::<Pet>(json).map_err(|error| error.to_string());
    assert_eq!(
        read(r#"{"data":"Tom","type":"cat"}"#),
        Ok(Pet::Cat("Tom".into()))
    );
    assert!(matches!(
        read(r#"{"type":"dog","data":1}"#),
        Ok(Pet::Unknown(_))
    ));
    assert!(
        read(r#"{"type":"cat","data":1}"#)
            .unwrap_err()
            .starts_with("at `data`: invalid type")
    );
    assert!(
        read(r#"{"data":1}"#)
            .unwrap_err()
            .starts_with("missing field `type`")
    );
}

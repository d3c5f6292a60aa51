use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::*;

fn written<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    let mut text = Vec::new();
    write(&mut text, value)?;
    Ok(String::from_utf8(text).unwrap())
}

/// Both write the same, or both refuse.
fn agree<T: Serialize + ?Sized>(value: &T) {
    match (written(value), serde_json::to_string(value)) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
        (Err(ours), Err(theirs)) => assert_eq!(ours.to_string(), theirs.to_string()),
        (ours, theirs) => panic!("{ours:?} and {theirs:?}"),
    }
}

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Newtype(u8);

#[derive(Serialize)]
struct Tuple(u8, Option<&'static str>);

#[derive(Serialize)]
struct Fields {
    a: i64,
    b: Option<bool>,
    c: Vec<Variants>,
}

#[derive(Serialize)]
enum Variants {
    Unit,
    Newtype(Tuple),
    Tuple(u8, u8),
    Struct { c: char },
    Nothing {},
}

#[test]
fn every_kind_of_value_is_written_as_serde_json_writes_it() {
    agree(&true);
    agree(&[i64::MIN, 0, i64::MAX]);
    agree(&u64::MAX);
    agree(&(i128::MIN, u128::MAX, i8::MIN, u16::MAX));
    agree(&(0.5_f64, -1.25e300, f64::NAN, f64::INFINITY, 0.1_f32, 5e-324));
    agree(&('"', 'é', "\u{7f}"));
    agree(&((), None::<u8>, Some(Unit), Newtype(1), Tuple(2, None)));
    agree(&Fields {
        a: -1,
        b: None,
        c: vec![
            Variants::Unit,
            Variants::Newtype(Tuple(0, Some("x"))),
            Variants::Tuple(1, 2),
            Variants::Struct { c: '\\' },
            Variants::Nothing {},
        ],
    });
    agree(&json!({"a": [], "b": {}, "c": [[{}], {"d": null}], "": "", "big": u64::MAX}));
    agree(&std::net::Ipv4Addr::LOCALHOST);
    agree(&format_args!("{}\n{:?}", "a\"b", "\u{1}"));
}

#[test]
fn names_are_text_or_what_serde_json_makes_of_others() {
    agree(&BTreeMap::from([(Newtype2("a\nb"), 1)]));
    agree(&BTreeMap::from([(-5_i64, 1), (7, 2)]));
    agree(&BTreeMap::from([(true, 1)]));
    agree(&BTreeMap::from([('x', 1)]));
    agree(&BTreeMap::from([(Names::First, 1), (Names::Second, 2)]));
    agree(&BTreeMap::from([(vec![1], 1)]));
    agree(&BTreeMap::from([(None::<u8>, 1)]));
}

/// Members of generated structs, whose names are JSON already or have escapes.
#[test]
fn members_are_written_as_serde_json_writes_them() {
    #[derive(countersign_derive::Serialize)]
    struct Own {
        id: u8,
        #[wire(rename = "größe")]
        size: Option<u8>,
        #[wire(rename = "a\"b\\\n")]
        escaped: Option<&'static str>,
        #[wire(rename = "")]
        empty: Option<Vec<Self>>,
    }
    let own = |empty| Own {
        id: 1,
        size: Some(2),
        escaped: Some("x"),
        empty,
    };
    agree(&own(Some(vec![own(None)])));
    agree(&Own {
        size: None,
        escaped: None,
        ..own(Some(Vec::new()))
    });
    agree(&BTreeMap::from([("id", own(None)), ("größe", own(None))]));
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Newtype2(&'static str);

#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
enum Names {
    First,
    Second,
}

/// Each byte at each place of a text of up to three words, so that every path of the scan meets every escape.
#[test]
fn escapes_are_found_at_every_place() {
    for byte in 0..=0x80_u8 {
        let special = char::from(byte);
        for length in 0..26_usize {
            for at in 0..length {
                let text: String = (0..length)
                    .map(|i| if i == at { special } else { 'x' })
                    .collect();
                agree(&text);
                let mixed: String = (0..length)
                    .map(|i| if i % 7 == at % 7 { special } else { 'ß' })
                    .collect();
                agree(&mixed);
            }
        }
    }
}

#[test]
fn text_that_formats_itself_in_pieces_is_one_text() {
    struct Pieces;
    impl fmt::Display for Pieces {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a\"")?;
            f.write_str("")?;
            f.write_str("\u{0}ü")
        }
    }
    impl Serialize for Pieces {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }
    agree(&Pieces);
}

//! The types that encoded values are read as.

use std::collections::BTreeMap;

use super::*;
use crate::Secret;

fn text(raw: &str, cut: Cut) -> EncodedValue {
    EncodedValue::Text(Text {
        raw: raw.to_owned(),
        coding: Coding::Percent,
        cut,
    })
}

#[test]
fn the_type_decides_what_a_text_is() {
    let comma = Cut::Between(&[","]);
    assert_eq!(text("a%20b,c", comma).read(), Ok("a b,c".to_owned()));
    assert_eq!(text("1,2", comma).read(), Ok(vec![1, 2]));
    assert_eq!(text("1%2C2", comma).read(), Ok(vec!["1,2".to_owned()]));
    let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert_eq!(text("a,1,b,2", comma).read(), Ok(map.clone()));
    assert_eq!(text("a=1,b=2", Cut::Pairs(&[","])).read(), Ok(map.clone()));
    assert_eq!(text("%7B%22a%22:1,%22b%22:2%7D", Cut::Json).read(), Ok(map));
}

#[test]
fn what_takes_anything_is_offered_what_text_looks_like() {
    let read = |raw: &str| text(raw, Cut::Uncut).read::<Value>().unwrap();
    assert_eq!(read("30"), 30);
    assert_eq!(read("1.5"), 1.5);
    assert_eq!(read("true"), true);
    assert_eq!(read("007"), "007");
    let secret = text("123456", Cut::Uncut).read::<Secret<String>>();
    assert_eq!(secret.unwrap(), Secret::from("123456"));
}

#[test]
fn what_is_absent_is_only_an_option() {
    assert_eq!(EncodedValue::Absent.read::<Option<i32>>(), Ok(None));
    let required = DecodeError("is required".to_owned());
    assert_eq!(EncodedValue::Absent.read::<i32>(), Err(required.clone()));
    assert_eq!(EncodedValue::Absent.read::<Vec<i32>>(), Err(required));
    let twice = EncodedValue::List(vec![text("1", Cut::Uncut), text("2", Cut::Uncut)]);
    assert_eq!(twice.read(), Ok(vec![1, 2]));
    assert!(twice.read::<i32>().is_err());
}

//! Types that lead back to themselves, lists of several types and integers of all sizes, through the model.

use rings_client::countersign_runtime::{Deserialize, Value, wire};
use rings_client::model::{Left, Rings, Size};

fn through(json: &str) -> (Rings, String) {
    let value: Value = json.parse().unwrap();
    let rings = Rings::deserialize(&value).unwrap();
    let written = wire::to_value(&rings).unwrap().to_string();
    (rings, written)
}

#[test]
fn every_value_is_read_and_written_as_it_was() {
    for json in [
        r#"{"nothing":null}"#,
        r#"{"own":"a"}"#,
        r#"{"own":7}"#,
        r#"{"own":[1]}"#,
        r#"{"left":1}"#,
        r#"{"left":"a"}"#,
        r#"{"left":{"unexpected":true}}"#,
        r#"{"right":"a"}"#,
        r#"{"right":[]}"#,
        r#"{"chain":["a",["b",null]]}"#,
        r#"{"many":["a",1,true,false]}"#,
        r#"{"many":["a"]}"#,
        r#"{"size":18446744073709551615}"#,
        r#"{"size":18446744073709551614}"#,
    ] {
        assert_eq!(through(json).1, json);
    }
}

#[test]
fn what_a_ring_means_is_what_its_type_says() {
    assert_eq!(through(r#"{"left":1}"#).0.left, Some(Left::Integer(1)));
    assert_eq!(
        through(r#"{"size":18446744073709551615}"#).0.size,
        Some(Size::N18446744073709551615)
    );
}

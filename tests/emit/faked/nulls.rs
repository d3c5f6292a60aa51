//! Null beside alternatives, of which some may be null themselves.

use nulls_client::countersign_runtime::{Deserialize, Presence, Value, wire};
use nulls_client::model::{All, AllAround, AllKinds};

fn read(json: &str) -> All {
    All::deserialize(&json.parse::<Value>().unwrap()).unwrap()
}

#[test]
fn what_is_read_is_written() {
    for json in [
        r#"{"kinds":null,"either":null}"#,
        r#"{"kinds":null,"either":null,"tagged":null,"mapped":null,"around":null,"list":[null,"x",1],"row":[null,2],"map":{"x":null,"y":true,"z":1.5}}"#,
        r#"{"kinds":"x","either":{"q":"r"},"tagged":{"k":"a","v":"w"},"mapped":{"k":"b"},"around":{"title":"t","more":1}}"#,
        r#"{"kinds":1,"either":"s","tagged":{"k":"b"},"mapped":{"k":"a"},"around":{"a":"t"}}"#,
    ] {
        let value: Value = json.parse().unwrap();
        assert_eq!(wire::to_value(&read(json)).unwrap(), value);
    }
}

#[test]
fn null_is_said_once() {
    let all = read(r#"{"kinds":1,"either":"s","around":{"title":"t"}}"#);
    assert_eq!(all.kinds, Some(AllKinds::Integer(1)));
    assert!(matches!(all.around, Presence::Present(AllAround::Open(_))));
    assert_eq!(read(r#"{"kinds":null,"either":null,"around":null}"#).around, Presence::Null);
}

//! Alternatives of every kind, numbers as servers write them, and members by pattern, through the model.

use std::collections::BTreeMap;

use alternatives_client::countersign_runtime::{Deserialize, Validate, Value, wire};
use alternatives_client::model::{All, AllRatio, AllSize, State, Target};

fn read(json: &str) -> All {
    All::deserialize(&json.parse::<Value>().unwrap()).unwrap()
}

fn written(all: &All) -> String {
    wire::to_value(all).unwrap().to_string()
}

#[test]
fn what_is_read_is_written() {
    for json in [
        r#"{"state":"Idle"}"#,
        r#"{"state":"Gone"}"#,
        r#"{"state":{"Failed":{"why":"x"}}}"#,
        r#"{"state":{"Retry":[3,"later"]}}"#,
        r#"{"state":{"Failed":{},"more":1}}"#,
        r#"{"state":7}"#,
        r##"{"target":"#a"}"##,
        r#"{"size":"auto"}"#,
        r#"{"size":"other"}"#,
        r#"{"size":[1,2]}"#,
        r#"{"ratio":9007199254740993}"#,
        r#"{"ratio":0.5}"#,
        r#"{"any":{"a":[9007199254740993,null]}}"#,
        r#"{"tags":{"a":1,"x-b":"c"}}"#,
    ] {
        assert_eq!(written(&read(json)), json);
    }
}

#[test]
fn each_alternative_is_the_one_that_is_meant() {
    let state = |json: &str| read(json).state;
    assert_eq!(state(r#"{"state":"Running"}"#), Some(State::Running));
    let retry = State::Retry(3, "later".to_owned());
    assert_eq!(state(r#"{"state":{"Retry":[3,"later"]}}"#), Some(retry));
    let target = |json: &str| read(json).target;
    assert_eq!(target(r#"{"target":"!a"}"#), Some(Target::Room("!a".to_owned())));
    assert_eq!(target(r##"{"target":"#a"}"##), Some(Target::Alias("#a".to_owned())));
    assert_eq!(read(r#"{"size":"auto"}"#).size, Some(AllSize::Auto));
}

#[test]
fn limits_are_those_of_the_alternative() {
    for json in [r#"{"target":"!a"}"#, r##"{"target":"#a"}"##] {
        assert!(read(json).ensure_valid().is_ok());
    }
    let all = All::default().target(Target::Room("a".to_owned()));
    assert!(all.ensure_valid().is_err());
}

#[test]
fn whole_numbers_may_have_a_fraction() {
    let all = read(r#"{"size":5.0,"counts":[1e3,2],"total":7.0,"ratio":5.0,"tags":{"a":3.0}}"#);
    assert_eq!(all.size, Some(AllSize::Integer(5)));
    assert_eq!(all.counts, Some(vec![1000, 2]));
    assert_eq!(all.total, Some(7));
    assert_eq!(all.ratio, Some(AllRatio::Integer(5)));
    assert_eq!(all.tags.map(|tags| tags.len()), Some(1));
    let lists = read(r#"{"size":[1.0,2]}"#).size;
    assert_eq!(lists, Some(AllSize::from(vec![1, 2])));
}

#[test]
fn values_turn_into_alternatives() {
    let tags = BTreeMap::from([("a".to_owned(), 1.into()), ("x-b".to_owned(), "c".into())]);
    let all = All::default().size(AllSize::from(5)).tags(tags);
    assert_eq!(written(&all), r#"{"size":5,"tags":{"a":1,"x-b":"c"}}"#);
}

//! Unions within unions, through the model: each value is of the alternative that it says.

use std::fmt::Debug;

use nesting_client::countersign_runtime::{Deserialize, Serialize, Value, wire};
use nesting_client::model::{Any, Loose, Nested};

fn through<T: for<'de> Deserialize<'de> + Serialize + Debug>(json: &str) -> String {
    let value: Value = json.parse().unwrap();
    let read = T::deserialize(&value).unwrap();
    assert_eq!(wire::to_value(&read).unwrap(), value, "{json}");
    let shown = format!("{read:?}");
    shown.split(" {").next().unwrap_or_default().to_owned()
}

#[test]
fn a_value_is_of_the_alternative_that_it_says() {
    for (json, alternative) in [
        (r#"{"kind":"van","load":1}"#, "Car(Van(Van"),
        (r#"{"kind":"dog","bark":"x"}"#, "Pet(Dog(Dog"),
        (r#"{"kind":"bird"}"#, "Unknown(Object"),
    ] {
        assert_eq!(through::<Any>(json), alternative, "{json}");
    }
    for (json, alternative) in [
        (r#"{"corners":3,"name":"a"}"#, "Shape(Object(ShapeObject"),
        (r#"["a"]"#, "Shape(StringList([\"a\"]))"),
        ("true", "Flags(Boolean(true))"),
        ("5", "Integer(5)"),
        (r#"{"kind":"bus","seats":"x"}"#, "Flags(Any(Car(Bus(Bus"),
        (r#"{"kind":"dog","color":"white"}"#, "Flags(BlackOrWhite(White(White"),
        (r#"{"else":1}"#, "Unknown(Object"),
    ] {
        assert_eq!(through::<Loose>(json), alternative, "{json}");
    }
    for (json, alternative) in [
        (r#"{"kind":"dog","color":"black","age":3}"#, "BlackOrWhite(Black(Black"),
        (r#"{"kind":"dog","color":"red"}"#, "BlackOrWhite(Unknown(Object"),
        (r#"{"kind":"cat","meow":1}"#, "Cat(Cat"),
    ] {
        assert_eq!(through::<Nested>(json), alternative, "{json}");
    }
}

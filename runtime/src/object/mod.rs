//! Objects of JSON, as generated structs read and write them.
//!
//! The derive macros [`Deserialize`](crate::Deserialize) and [`Serialize`](crate::Serialize) add a table of members
//! and a call for each to a struct; everything else is here, once.

mod places;
mod read;
mod rest;
mod write;

pub use self::places::Places;
pub use self::read::{Member, Nothing, Object, missing, read};
pub use self::rest::Rest;
pub use self::write::{Name, Writer, write};

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use crate::{Deserialize, Presence, Secret, Serialize};

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[wire(rename_all = "camelCase")]
    struct Provider {
        id: u32,
        #[wire(rename = "type")]
        kind: String,
        #[wire(nullable)]
        display_name: Option<String>,
        notes: Option<String>,
        until: Presence<String>,
        #[wire(read = "whole")]
        port: Option<u16>,
        #[wire(read = "any")]
        extra: Option<Value>,
        #[wire(flatten("folder", "device"))]
        container: Option<Container>,
        #[wire(flatten)]
        more: BTreeMap<String, Value>,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Container {
        folder: String,
    }

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Names(Vec<String>);

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Empty {}

    fn round(json: &Value) -> Value {
        let provider: Provider = serde_json::from_value(json.clone()).unwrap();
        serde_json::to_value(provider).unwrap()
    }

    #[test]
    fn what_is_read_is_written() {
        let least = json!({"id": 1, "type": "radius", "displayName": null});
        assert_eq!(round(&least), least);
        let most = json!({
            "id": 1, "type": "radius", "displayName": "R", "notes": "n", "until": null, "port": 1812,
            "extra": null, "folder": "Shared", "x": [1], "y": {"z": null},
        });
        assert_eq!(round(&most), most);
        assert_eq!(serde_json::from_str::<Names>(r#"["a"]"#).unwrap().0, ["a"]);
        assert_eq!(
            serde_json::to_string(&Names(vec!["a".into()])).unwrap(),
            r#"["a"]"#
        );
        assert_eq!(
            serde_json::from_str::<Empty>(r#"{"a":1}"#).unwrap(),
            Empty {}
        );
        assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "{}");
    }

    #[test]
    fn members_go_to_their_fields() {
        let json = r#"{"until":null,"port":1812.0,"type":"t","folder":"F","id":7,"displayName":null,"notes":null,"q":1}"#;
        let provider: Provider = serde_json::from_str(json).unwrap();
        assert_eq!(provider.port, Some(1812));
        assert_eq!(provider.until, Presence::Null);
        assert_eq!(provider.notes, None);
        assert_eq!(provider.container, Some(Container { folder: "F".into() }));
        assert_eq!(provider.more.keys().collect::<Vec<_>>(), ["q"]);
    }

    #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
    struct Counts {
        one: Option<i64>,
        some: Option<Vec<Option<u8>>>,
        each: Option<BTreeMap<String, i32>>,
    }

    #[test]
    fn integers_may_have_a_fraction_of_zero() {
        let read = |json: &str| serde_json::from_str::<Counts>(json);
        let counts = Counts {
            one: Some(1000),
            some: Some(vec![Some(5), None]),
            each: Some(BTreeMap::from([("a".to_owned(), -7)])),
        };
        let json = r#"{"one":1e3,"some":[5.0,null],"each":{"a":-7.0}}"#;
        assert_eq!(read(json).unwrap(), counts);
        assert!(read(r#"{"one":1.5}"#).is_err());
        assert!(read(r#"{"some":[256.0]}"#).is_err());
    }

    #[test]
    fn mistakes_are_told_by_the_wire_name() {
        let error = |json: &str| {
            serde_json::from_str::<Provider>(json)
                .unwrap_err()
                .to_string()
        };
        assert!(error(r#"{"id":1,"type":"t"}"#).starts_with("missing field `displayName`"));
        assert!(error(r#"{"id":1,"id":2}"#).starts_with("duplicate field `id`"));
        assert!(error("[]").starts_with("invalid type: sequence, expected an object: Provider"));
        assert!(
            error(r#"{"id":"x"}"#).starts_with("invalid type: string \"x\", expected a number")
        );
        let flat = error(r#"{"id":1,"type":"t","displayName":null,"folder":1}"#);
        assert!(
            flat.starts_with("invalid type: integer `1`, expected a string"),
            "{flat}"
        );
        let deserializer = &mut serde_json::Deserializer::from_str(r#"{"port":"x"}"#);
        let error = serde_path_to_error::deserialize::<_, Provider>(deserializer).unwrap_err();
        assert_eq!(error.path().to_string(), "port");
    }

    #[test]
    fn secrets_stay_secret() {
        #[derive(Serialize)]
        struct Login {
            token: Secret<String>,
        }
        let login = Login {
            token: Secret::from("s"),
        };
        assert!(serde_json::to_string(&login).is_err());
        assert_eq!(
            crate::wire::to_value(&login).unwrap(),
            json!({"token": "s"})
        );
    }
}

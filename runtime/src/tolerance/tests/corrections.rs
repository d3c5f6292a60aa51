//! Each correction, and the siblings of it that stay errors.

use super::*;

/// The departures of a pet with such a member, if it can be read.
fn departures(member: &str, json: &str) -> Option<Vec<String>> {
    let read = lenient::<Pet>(&pet(member, json)).ok()?;
    // Strictly, the same is an error.
    assert_eq!(
        read_by::<Pet>(&pet(member, json), &Rules::default()).is_ok(),
        read.1.is_empty()
    );
    Some(read.1)
}

#[test]
fn what_has_one_meaning_is_corrected() {
    for (member, json, told) in [
        (
            "tags",
            "null",
            "/tags: expected a sequence, found null, read as empty",
        ),
        (
            "tags",
            "{}",
            "/tags: expected a sequence, found an empty object, read as empty",
        ),
        (
            "tags",
            "-",
            "/tags: expected a sequence, found nothing, read as empty",
        ),
        (
            "labels",
            "null",
            "/labels: expected a map, found null, read as empty",
        ),
        (
            "labels",
            "[]",
            "/labels: expected a map, found an empty list, read as empty",
        ),
        (
            "labels",
            "-",
            "/labels: expected a map, found nothing, read as empty",
        ),
        (
            "owner",
            "[]",
            "/owner: expected an object: Owner, found an empty list, read as empty",
        ),
        (
            "owner",
            "-",
            "/owner: expected a value or null, found nothing, read as null",
        ),
        (
            "active",
            "1",
            "/active: expected a boolean, found an integer, read as a boolean",
        ),
        (
            "active",
            "\"false\"",
            "/active: expected a boolean, found text, read as a boolean",
        ),
        (
            "id",
            "\"-7\"",
            "/id: expected a number, found text, read as a number",
        ),
        (
            "weight",
            "\"1.5\"",
            "/weight: expected f64, found text, read as a number",
        ),
        (
            "name",
            "12",
            "/name: expected a string, found an integer, read as text",
        ),
        (
            "name",
            "1.50",
            "/name: expected a string, found a number, read as text",
        ),
        (
            "kind",
            "1",
            "/kind: expected a string, found an integer, read as text",
        ),
        (
            "rank",
            "-",
            "/rank: expected a required member, found nothing, read as its default",
        ),
        (
            "token",
            "42",
            "/token: expected a secret string, found an integer, read as text",
        ),
        (
            "born",
            "\"2024-06-19T00:00:00Z\"",
            "found text, read as a date",
        ),
        ("born", "1718755200", "found an integer, read as a date"),
        ("born", "\"\"", "found an empty text, read as absent"),
        (
            "seen",
            "1718810565",
            "found an integer, read as a date and time",
        ),
        (
            "seen",
            "1718810565123",
            "found an integer, read as a date and time",
        ),
        ("seen", "\"\"", "found an empty text, read as absent"),
        ("uuid", "\"\"", "found an empty text, read as absent"),
        (
            "weight",
            "\"\"",
            "/weight: expected f64, found an empty text, read as absent",
        ),
    ] {
        let found = departures(member, json).unwrap_or_else(|| panic!("{member} {json}"));
        assert_eq!(found.len(), 1, "{member} {json}: {found:?}");
        assert!(found[0].contains(told), "{member} {json}: {}", found[0]);
    }
}

#[test]
fn what_is_ambiguous_stays_an_error() {
    for (member, json) in [
        ("id", "null"),
        ("id", "-"),
        ("id", "true"),
        ("id", "\"\""),
        ("id", "\"1.5\""),
        ("id", "\"007\""),
        ("id", "\" 7\""),
        ("id", "\"7a\""),
        ("id", "\"0x10\""),
        ("id", "[1]"),
        ("name", "null"),
        ("name", "-"),
        ("name", "true"),
        ("name", "[\"a\"]"),
        ("name", "{}"),
        ("active", "2"),
        ("active", "\"yes\""),
        ("active", "\"\""),
        ("active", "null"),
        ("active", "1.0"),
        ("tags", "\"a\""),
        ("tags", "\"\""),
        ("tags", "0"),
        ("tags", "{\"0\":\"a\"}"),
        ("labels", "\"\""),
        ("labels", "[\"a\"]"),
        ("owner", "\"\"x\""),
        ("owner", "[{}]"),
        ("owner", "0"),
        ("born", "20240619"),
        ("born", "1718810565"),
        ("born", "\"2024-06-18T22:00:00Z\""),
        ("born", "\"19.06.2024\""),
        ("seen", "0"),
        ("seen", "1718810565123456"),
        ("seen", "\"1718810565\""),
        ("seen", "\"2024-06-19\""),
        ("uuid", "7"),
        ("photo", "1234"),
        ("weight", "\"NaN\""),
        ("weight", "\"1,5\""),
    ] {
        if serde_json::from_str::<Value>(json).is_err() && json != "-" {
            continue;
        }
        assert_eq!(departures(member, json), None, "{member} {json}");
    }
}

#[test]
fn values_are_what_was_meant() {
    let pet = |member, json| lenient::<Pet>(&pet(member, json)).unwrap().0;
    assert_eq!(pet("name", "1.50").name, "1.50");
    assert_eq!(
        pet("name", "12345678901234567890123").name,
        "12345678901234567890123"
    );
    assert_eq!(pet("id", "\"-7\"").id, -7);
    assert_eq!(pet("rank", "-").rank, 5);
    assert!(!pet("active", "\"False\"").active);
    assert_eq!(pet("kind", "1").kind, Some(Kind::One));
    assert_eq!(pet("kind", "2").kind.unwrap().to_string(), "2");
    assert_eq!(pet("token", "42").token, Some(Secret::from("42")));
    assert_eq!(
        pet("seen", "1718810565").seen.unwrap().as_str(),
        "2024-06-19T15:22:45Z"
    );
    assert_eq!(
        pet("born", "1718755200").born,
        Some(jiff::civil::date(2024, 6, 19))
    );
    assert_eq!(
        pet("owner", "[]").owner,
        Some(Owner {
            name: None,
            age: None
        })
    );
    assert_eq!(pet("note", "4").note, Presence::Present("4".to_owned()));
    assert_eq!(pet("any", "\"1\"").any, Some("1".into()));
}

#[test]
fn an_empty_text_is_null_where_null_is_a_value() {
    #[derive(Debug, Deserialize)]
    struct Visit {
        #[wire(nullable)]
        at: Option<crate::DateTime>,
        until: Presence<crate::Date>,
    }
    let (visit, told) = lenient::<Visit>(r#"{"at":"","until":""}"#).unwrap();
    assert!(visit.at.is_none() && visit.until.is_absent());
    assert_eq!(
        told,
        [
            "/at: expected a value or null, found an empty text, read as null",
            "/until: expected a date string, found an empty text, read as absent",
        ]
    );
}

#[test]
fn one_value_is_a_list_of_one_only_where_that_is_set() {
    let rules = Rules {
        members: [("/tags".to_owned(), MemberReading::OneForList)].into(),
        ..Rules::default()
    };
    let (value, told) = read_by::<Pet>(&pet("tags", "\"a\""), &rules).unwrap();
    assert_eq!(value.tags, ["a"]);
    assert_eq!(
        told,
        ["/tags: expected a sequence, found text, read as a list of one"]
    );
    assert!(read_by::<Pet>(&pet("labels", "null"), &rules).is_err());
    // A type that is nothing but lists of itself does not go on for ever.
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Nest(Vec<Nest>);
    let rules = Rules {
        members: [("**".to_owned(), MemberReading::OneForList)].into(),
        ..Rules::default()
    };
    assert!(read_by::<Nest>("1", &rules).is_err());
}

#[test]
fn members_are_read_by_their_own_rules() {
    let rules = Rules {
        documented: &[("/tags", MemberReading::Strict)],
        members: [("/labels".to_owned(), MemberReading::Strict)].into(),
        ..tolerant()
    };
    assert!(read_by::<Pet>(&pet("active", "1"), &rules).is_ok());
    assert!(read_by::<Pet>(&pet("tags", "null"), &rules).is_err());
    assert!(read_by::<Pet>(&pet("labels", "null"), &rules).is_err());
}

#[test]
fn no_departure_tells_a_value() {
    let json = r#"{"id":"hunter2","name":["hunter2"],"token":{"a":"hunter2"},"uuid":"hunter2","born":"hunter2",
        "active":"hunter2","photo":"hunter2?","tags":"hunter2","labels":{"a":["hunter2"]},"owner":"hunter2","rank":"9"}"#;
    let tree = parse(json).unwrap();
    let Outcome::Failed(departures, _) = read::<Pet>(&tree, &tolerant()) else {
        panic!("read");
    };
    assert_eq!(departures.len(), 11);
    for departure in departures {
        let told = format!("{departure} {departure:?} {}", departure.to_json());
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Cases {
    name: String,
    #[wire(rename = "NAME")]
    upper: Option<String>,
    #[wire(rename = "ID")]
    id: String,
}

#[test]
fn a_name_in_another_case_is_the_required_member_that_is_left_out() {
    let told = |name| {
        format!(
            "/{name}: expected a required member, found its name in another case, read as that member"
        )
    };
    for (member, other, json) in [
        ("id", "ID", "1"),
        ("tags", "Tags", "[\"a\"]"),
        ("labels", "LABELS", "{\"a\":\"b\"}"),
        ("owner", "Owner", "{\"name\":\"o\"}"),
        ("rank", "rAnk", "7"),
    ] {
        let as_documented = lenient::<Pet>(&pet(member, json)).unwrap().0;
        let text = pet(member, json).replace(&format!("\"{member}\":"), &format!("\"{other}\":"));
        let (found, departures) = lenient::<Pet>(&text).unwrap();
        assert_eq!((found, departures), (as_documented, vec![told(member)]));
        assert!(read_by::<Pet>(&text, &Rules::default()).is_err());
    }
    // Its value departs by itself.
    let (found, departures) = lenient::<Cases>(r#"{"name":"n","id":7}"#).unwrap();
    assert_eq!((found.id.as_str(), departures.len()), ("7", 2));
}

#[test]
fn a_name_that_may_mean_two_members_means_none() {
    for json in [
        // Two that could be it.
        r#"{"name":"n","Id":"1","iD":"2"}"#,
        // Two that it could be.
        r#"{"Name":"n","ID":"1"}"#,
        // One that is documented.
        r#"{"NAME":"n","ID":"1"}"#,
        // Another name.
        r#"{"name":"n","I_D":"1"}"#,
    ] {
        assert!(lenient::<Cases>(json).is_err(), "{json}");
    }
    let (found, departures) = lenient::<Cases>(r#"{"name":"n","id":"2","ID":"1"}"#).unwrap();
    assert_eq!((found.id.as_str(), departures.len()), ("1", 0));
}

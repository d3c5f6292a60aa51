//! Shapes that a setting, or the document itself, says how to read.

use super::*;

fn with(pattern: &str, reading: MemberReading) -> Rules {
    Rules {
        members: [(pattern.to_owned(), reading)].into(),
        ..Rules::default()
    }
}

#[derive(Debug, PartialEq, Deserialize)]
struct House {
    owner: Owner,
    name: String,
    size: Option<i64>,
    open: Option<bool>,
}

const LISTS: &str = r#"{"owner":[{"name":"n","age":"7"}],"name":["a"],"size":[1],"open":[true]}"#;

#[test]
fn a_list_of_one_is_its_value_where_a_setting_says_so() {
    let rules = with("/*", MemberReading::ListForOne);
    let (house, told) = read_by::<House>(LISTS, &rules).unwrap_err_or_read();
    assert_eq!(house, None, "what is within is strict: {told:?}");
    let rules = with("/**", MemberReading::ListForOne);
    let (house, told) = read_by::<House>(LISTS, &rules).unwrap();
    assert_eq!(house.owner.age, Some(7));
    assert_eq!(
        (house.name.as_str(), house.size, house.open),
        ("a", Some(1), Some(true))
    );
    assert!(
        told.contains(&"/name: expected a string, found a list, read as its only item".to_owned()),
        "{told:?}"
    );
    assert_eq!(told.len(), 5, "{told:?}");
    for json in [
        r#"{"owner":{"name":"n"},"name":[]}"#,
        r#"{"owner":{"name":"n"},"name":["a","b"]}"#,
        r#"{"owner":{"name":"n"},"name":[["a"]]}"#,
    ] {
        assert!(read_by::<House>(json, &rules).is_err(), "{json}");
    }
    // Not unless it is asked for, and then the error says how to.
    let told = lenient::<House>(LISTS).unwrap_err();
    assert!(
        told.iter().any(|told| told.starts_with("/name:")),
        "{told:?}"
    );
}

/// A value that was read, or why it was not.
trait Either<T> {
    fn unwrap_err_or_read(self) -> (Option<T>, Vec<String>);
}

impl<T> Either<T> for Result<(T, Vec<String>), Vec<String>> {
    fn unwrap_err_or_read(self) -> (Option<T>, Vec<String>) {
        match self {
            Ok((value, told)) => (Some(value), told),
            Err(told) => (None, told),
        }
    }
}

#[test]
fn what_is_not_text_is_its_json_where_a_setting_says_so() {
    let rules = with("/name", MemberReading::JsonText);
    let read = |name: &str| {
        let json = format!(r#"{{"owner":{{}},"name":{name}}}"#);
        read_by::<House>(&json, &rules).map(|(house, told)| (house.name, told.len()))
    };
    for (name, expected) in [
        (
            r#"{ "a" : [1.50, null, "é\n"] }"#,
            r#"{"a":[1.50,null,"é\n"]}"#,
        ),
        ("[]", "[]"),
        ("true", "true"),
        ("1e3", "1e3"),
    ] {
        assert_eq!(read(name), Ok((expected.to_owned(), 1)));
    }
    assert_eq!(read(r#""plain""#), Ok(("plain".to_owned(), 0)));
    assert!(read("null").is_err());
    let whole = with("", MemberReading::JsonText);
    let (text, _) = read_by::<String>(r#"{"result":"done"}"#, &whole).unwrap();
    assert_eq!(text, r#"{"result":"done"}"#);
}

#[derive(Debug, PartialEq, Deserialize)]
struct Said {
    #[wire(reading = "one-for-list")]
    tags: Vec<String>,
    #[wire(reading = "list-for-one")]
    owner: Option<Owner>,
    #[wire(reading = "json-text")]
    raw: Option<String>,
    #[wire(reading = "strict", rename = "exact")]
    strict: Option<Vec<Owner>>,
    plain: Option<i64>,
}

#[test]
fn a_document_says_how_a_member_is_read() {
    let json = r#"{"tags":"a","owner":[{"age":"7"}],"raw":{"x":1}}"#;
    let (said, told) = read_by::<Said>(json, &Rules::default()).unwrap();
    assert_eq!(said.tags, ["a"]);
    assert_eq!(said.owner.unwrap().age, Some(7));
    assert_eq!(said.raw.as_deref(), Some(r#"{"x":1}"#));
    assert_eq!(told.len(), 4, "{told:?}");
    // Strict is for all within, in a tolerant client too; what stands beside it is not.
    let strict = r#"{"tags":[],"exact":[{"age":"7"}]}"#;
    assert!(lenient::<Said>(strict).is_err());
    let beside = r#"{"tags":[],"exact":[{"age":7}],"plain":"5"}"#;
    assert_eq!(lenient::<Said>(beside).unwrap().0.plain, Some(5));
    assert!(read_by::<Said>(beside, &Rules::default()).is_err());
    // A pattern goes before it.
    let rules = Rules {
        reading: Reading::Tolerant,
        ..with("/exact/*/age", MemberReading::Tolerant)
    };
    assert!(read_by::<Said>(strict, &rules).is_ok());
    // One value is a list of one, and not more than once.
    assert!(read_by::<Said>(r#"{"tags":{"a":1}}"#, &Rules::default()).is_err());
}

#[test]
fn an_error_says_which_setting_reads_the_value() {
    let help = |json: &str| {
        let tree = parse(json).unwrap();
        match read::<Vec<House>>(&tree, &tolerant()) {
            Outcome::Failed(told, _) => told[0].help(),
            Outcome::Read(..) => panic!("read: {json}"),
        }
    };
    let of = |member: &str| {
        let known = ["\"owner\":{}", "\"name\":\"n\""];
        let known = known.into_iter().filter(|known| {
            let (name, _) = known.split_once(':').unwrap_or_default();
            !member.starts_with(name)
        });
        let members: Vec<&str> = known.chain([member]).collect();
        format!("[{{{}}}]", members.join(","))
    };
    for (json, setting) in [
        (of(r#""name":{"a":1}"#), "set `/*/name` to `json-text`"),
        (of(r#""name":["a"]"#), "set `/*/name` to `json-text`"),
        (of(r#""size":[1]"#), "set `/*/size` to `list-for-one`"),
        (of(r#""owner":[{}]"#), "set `/*/owner` to `list-for-one`"),
        (of(r#""name":null"#), "`optional` of `[api.NAME.reading]`"),
        (
            r#"[{"name":"n"}]"#.to_owned(),
            "`optional` of `[api.NAME.reading]`",
        ),
        (
            r#"{"name":"n","owner":{}}"#.to_owned(),
            "set the operation to `one-for-list`",
        ),
    ] {
        let help = help(&json);
        assert!(help.contains(setting), "{json}: {help}");
    }
}

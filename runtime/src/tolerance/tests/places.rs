//! Corrections in lists, maps, options, newtypes and beside other members; and all departures of one answer.

use super::*;

#[derive(Debug, PartialEq, Deserialize)]
struct Page {
    pets: Vec<Pet>,
    by_name: Option<BTreeMap<String, Owner>>,
    names: Option<Names>,
    deep: Option<Vec<Option<Vec<bool>>>>,
    counts: Option<BTreeMap<String, Vec<i64>>>,
    #[wire(flatten("left", "right"))]
    side: Option<Side>,
    #[wire(flatten)]
    more: BTreeMap<String, i64>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Side {
    left: i64,
    right: Option<Vec<i64>>,
}

#[test]
fn corrections_are_made_wherever_a_value_is() {
    let json = format!(
        r#"{{"pets":[{},{}],"by_name":{{"a/b":{{"age":"7"}},"c":[]}},"names":null,"deep":[null,[1,"true"]],
            "counts":{{"a":null,"b":["1"]}},"left":"1","right":["2"],"x":"3","y":4}}"#,
        pet("tags", "null"),
        pet("active", "0")
    );
    let (page, mut told) = lenient::<Page>(&json).unwrap();
    assert_eq!(page.names, None);
    assert_eq!(page.deep, Some(vec![None, Some(vec![true, true])]));
    assert_eq!(page.by_name.unwrap()["a/b"].age, Some(7));
    assert_eq!(
        page.side,
        Some(Side {
            left: 1,
            right: Some(vec![2])
        })
    );
    assert_eq!(
        page.more,
        BTreeMap::from([("x".to_owned(), 3), ("y".to_owned(), 4)])
    );
    told.sort();
    let places: Vec<&str> = told
        .iter()
        .filter_map(|told| Some(told.split_once(':')?.0))
        .collect();
    assert_eq!(
        places,
        [
            "/by_name/a~1b/age",
            "/by_name/c",
            "/counts/a",
            "/counts/b/0",
            "/deep/1/0",
            "/deep/1/1",
            "/left",
            "/pets/0/tags",
            "/pets/1/active",
            "/right/0",
            "/x",
        ]
    );
}

#[test]
fn newtypes_and_whole_answers_are_corrected() {
    let (names, told) = lenient::<Names>("null").unwrap();
    assert_eq!(names, Names(Vec::new()));
    assert_eq!(
        told,
        ["the whole answer: expected a sequence, found null, read as empty"]
    );
    assert!(lenient::<bool>("1").unwrap().0);
    assert_eq!(
        lenient::<BTreeMap<String, u8>>("[]").unwrap().0,
        BTreeMap::new()
    );
    assert!(lenient::<Owner>("null").is_err());
    assert!(lenient::<String>("null").is_err());
}

#[test]
fn all_departures_of_an_answer_are_told() {
    let json = format!(
        r#"{{"pets":[{},{},{},{{}}],"by_name":{{"a":{{"age":"x"}},"b":{{"age":-1}}}},"deep":[[2],["no"]],"left":true}}"#,
        pet("id", "null"),
        pet("tags", "null"),
        pet("active", "[]")
    );
    let told = lenient::<Page>(&json).unwrap_err();
    let places: Vec<&str> = told
        .iter()
        .filter_map(|told| Some(told.split_once(':')?.0))
        .collect();
    for place in [
        "/pets/0/id",
        "/pets/1/tags",
        "/pets/2/active",
        "/pets/3/id",
        "/pets/3/name",
        "/pets/3/active",
        "/by_name/a/age",
        "/by_name/b/age",
        "/deep/0/0",
        "/deep/1/0",
        "/left",
    ] {
        assert!(places.contains(&place), "{place}: {told:#?}");
    }
    // Strictly, what could be corrected is among them.
    let told = read_by::<Page>(&json, &Rules::default()).unwrap_err();
    assert!(
        told.contains(&"/pets/1/tags: expected a sequence, found null".to_owned()),
        "{told:#?}"
    );
}

#[test]
fn what_is_told_and_done_is_bounded() {
    let items: Vec<String> = (0..100_000).map(|_| "null".to_owned()).collect();
    let told = lenient::<Vec<i64>>(&format!("[{}]", items.join(","))).unwrap_err();
    assert!(!told.is_empty() && told.len() <= 32, "{}", told.len());
    let items: Vec<String> = (0..10_000).map(|_| "\"1\"".to_owned()).collect();
    let (read, told) = lenient::<Vec<i64>>(&format!("[{}]", items.join(","))).unwrap();
    assert_eq!((read.len(), told.len()), (10_000, 256));
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert!(parse(&deep).is_none());
    for text in [
        "",
        "{",
        "[1,]",
        "{\"a\" 1}",
        "nul",
        "[1 2]",
        "\"\u{1}\"",
        "1 2",
    ] {
        assert!(parse(text).is_none(), "{text}");
    }
}

#[test]
fn a_reading_within_a_reading_ends_with_it() {
    assert!(!is_active());
    let scope = session::begin(&tolerant());
    assert!(is_active());
    assert!(lenient::<bool>("1").is_ok());
    assert!(is_active());
    drop(scope);
    assert!(!is_active());
    assert!(serde_json::from_str::<Pet>(&pet("tags", "null")).is_err());
}

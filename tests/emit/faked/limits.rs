//! Limits within lists, maps and alternatives, and on the number of members.

use std::collections::BTreeMap;

use limits_client::countersign_runtime::{Deserialize, Validate, Value};
use limits_client::model::{Grid, GridEither};

fn found(json: &str) -> Vec<String> {
    let value: Value = json.parse().unwrap();
    let grid = Grid::deserialize(&value).unwrap();
    match grid.ensure_valid() {
        Ok(()) => Vec::new(),
        Err(violations) => violations.iter().map(|one| one.path().to_owned()).collect(),
    }
}

#[test]
fn each_limit_is_checked_where_it_holds() {
    for (json, path) in [
        (r#"{"id":"a","rows":[["a"],["b","c"]]}"#, None),
        (r#"{"id":"a","rows":[["a","b","c"]]}"#, Some("$.rows[0]")),
        (r#"{"id":"a","rows":[[],["long"]]}"#, Some("$.rows[1][0]")),
        (r#"{"id":"a","rows":[["A"]]}"#, Some("$.rows[0][0]")),
        (r#"{"id":"a","named":{"x":[1,1]}}"#, Some("$.named.x")),
        (r#"{"id":"a","named":{"x":[10]}}"#, Some("$.named.x[0]")),
        (r#"{"id":"a","either":[1,0]}"#, Some("$.either[1]")),
        (r#"{"id":"a","more":"abc"}"#, Some("$.more")),
        (r#"{"id":"a"}"#, Some("$")),
        // An integer by another name may be written with a fraction of zero as well.
        (r#"{"id":"a","width":5.0,"widths":[1e1]}"#, None),
        (r#"{"id":"a","width":100.0}"#, Some("$.width")),
        (r#"{"id":"a","widths":[1,200]}"#, Some("$.widths[1]")),
        (r#"{"id":"a","old":null}"#, None),
        (r#"{"id":"a","old":"x","b":"","c":"","d":""}"#, Some("$")),
    ] {
        assert_eq!(found(json), Vec::from_iter(path.map(str::to_owned)), "{json}");
    }
}

#[test]
fn what_is_made_by_hand_is_checked_too() {
    let named = BTreeMap::from([("x".to_owned(), vec![10])]);
    let grid = Grid::new("a").named(named).either(GridEither::IntegerList(vec![0]));
    assert_eq!(grid.ensure_valid().unwrap_err().len(), 2);
}

//! Output for machines: the shape that SARIF 2.1.0 asks for, and plain JSON.

use countersign_codegen::diagnostic::{Levels, Report, sarif};
use serde_json::Value;

use crate::check;

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Pets, version: '1', description: Pets.}
servers: [{url: 'http://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'204': {description: Done.}}
      parameters:
        - {name: limit, in: query, description: How many., schema: {type: integer, maximum: 3}, example: 4}
";

fn report() -> Report {
    check(DOCUMENT, &Levels::default(), Report::default())
}

#[test]
fn sarif_has_the_shape_that_code_hosts_ask_for() {
    let text = sarif(&report().findings("a folder/"));
    let log: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].is_string());
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "countersign");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!((rules.len(), results.len()), (3, 3));
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index");
        let rule = &rules[usize::try_from(index).expect("a small index")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(
            rule["shortDescription"]["text"]
                .as_str()
                .is_some_and(|text| text.ends_with('.'))
        );
        let page = rule["help"]["markdown"].as_str().expect("a page");
        assert!(page.starts_with("# "), "{page}");
        let level = result["level"].as_str().expect("a level");
        assert!(["none", "note", "warning", "error"].contains(&level));
        assert!(
            result["message"]["text"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20folder/openapi.yaml");
        for key in ["startLine", "startColumn"] {
            assert!(
                place["region"][key]
                    .as_u64()
                    .is_some_and(|number| number >= 1)
            );
        }
        let name = &result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
        assert!(name.as_str().is_some_and(|name| name.starts_with('#')));
    }
    let example = results
        .iter()
        .find(|result| result["ruleId"] == "invalid-example");
    let related = &example.expect("an example")["relatedLocations"][0];
    assert_eq!(related["message"]["text"], "it violates this");
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 10);
}

#[test]
fn a_log_without_results_says_so() {
    let log: Value = serde_json::from_str(&sarif(&[])).expect("JSON");
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn findings_are_plain_json() {
    let findings = serde_json::to_value(report().findings("")).expect("JSON");
    let first = &findings[0];
    assert_eq!(first["rule"], "plain-http");
    assert_eq!(first["level"], "warning");
    assert_eq!(
        (&first["file"], &first["line"]),
        (&"openapi.yaml".into(), &3.into())
    );
    assert_eq!(first["pointer"], "#/servers/0/url");
}

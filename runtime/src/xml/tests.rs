//! Documents of XML, read and written.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::*;

/// A list as S3 answers it.
const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <Name>bucket</Name><Prefix/><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>
  <Contents><Key>a&amp;b.txt</Key><Size>434234</Size><Owner><ID>75aa</ID></Owner></Contents>
  <CommonPrefixes><Prefix>photos/</Prefix></CommonPrefixes>
  <Contents><Key>c&#x9;d</Key><Size>0</Size><New kind="x">later</New></Contents>
</ListBucketResult>"#;

static TEXT: Shape = Shape::TEXT;
static NUMBER: Shape = Shape::NUMBER;
static BOOLEAN: Shape = Shape::BOOLEAN;
static OWNER: Shape = Shape::Object(&[Member::new("ID", Node::element("ID", &TEXT))], None);
static CONTENTS: Shape = Shape::Object(
    &[
        Member::new("Key", Node::element("Key", &TEXT)),
        Member::new("Size", Node::element("Size", &NUMBER)),
        Member::new("Owner", Node::element("Owner", &OWNER)),
    ],
    None,
);
static ALL_CONTENTS: Shape = Shape::List(Node::element("Contents", &CONTENTS));
static RESULT: Shape = Shape::Object(
    &[
        Member::new("Name", Node::element("Name", &TEXT)),
        Member::new("Prefix", Node::element("Prefix", &TEXT)),
        Member::new("MaxKeys", Node::element("MaxKeys", &NUMBER)),
        Member::new("IsTruncated", Node::element("IsTruncated", &BOOLEAN)),
        Member::new("Contents", Node::none(&ALL_CONTENTS)),
    ],
    None,
);
const ROOT: Node =
    Node::element("ListBucketResult", &RESULT).namespace("http://s3.amazonaws.com/doc/2006-03-01/");

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ListBucketResult {
    name: String,
    prefix: String,
    max_keys: i32,
    is_truncated: bool,
    contents: Vec<Contents>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Contents {
    key: String,
    size: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<Value>,
}

#[test]
fn a_list_as_s3_answers_it_is_read_and_written() {
    let result: ListBucketResult = from_str(LIST, &ROOT).unwrap();
    let keys: Vec<&str> = result
        .contents
        .iter()
        .map(|found| found.key.as_str())
        .collect();
    assert_eq!(keys, ["a&b.txt", "c\td"]);
    assert_eq!((result.max_keys, result.is_truncated), (1000, false));
    assert_eq!(result.prefix, "");
    let written = to_string(&result, &ROOT).unwrap();
    assert!(
        written.contains(
            r#"<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>"#
        )
    );
    assert!(written.contains("<Key>a&amp;b.txt</Key>"), "{written}");
    assert_eq!(
        from_str::<ListBucketResult>(&written, &ROOT).unwrap(),
        result
    );
}

#[test]
fn an_error_says_where() {
    let wrong = LIST.replace("434234", "many");
    let error = from_str::<ListBucketResult>(&wrong, &ROOT).unwrap_err();
    assert!(error.path().contains("Contents[0].Size"), "{error}");
    let cut = LIST.split("<CommonPrefixes>").next().unwrap();
    let error = from_str::<ListBucketResult>(cut, &ROOT).unwrap_err();
    assert!(error.message().contains("ends"), "{error}");
    let other = "<Error><Code>NoSuchBucket</Code></Error>";
    let error = from_str::<ListBucketResult>(other, &ROOT).unwrap_err();
    assert!(error.message().contains("`Error`"), "{error}");
    let twice = LIST.replace("<Prefix/>", "<Prefix/><Prefix/>");
    let error = from_str::<ListBucketResult>(&twice, &ROOT).unwrap_err();
    assert!(error.message().contains("more than once"), "{error}");
}

static IDS: Shape = Shape::List(Node::element("id", &NUMBER));
static NAMED: Shape = Shape::Object(&[Member::new("b", Node::element("b", &TEXT))], None);
static PERSON: Shape = Shape::Object(
    &[
        Member::new("id", Node::element("id", &NUMBER).form(Form::Attribute)),
        Member::new("ids", Node::element("ids", &IDS).form(Form::Attribute)),
        Member::new(
            "name",
            Node::element("name", &TEXT)
                .namespace("https://example.com/schema/sample")
                .prefix("sample"),
        ),
        Member::new("html", Node::element("", &TEXT).form(Form::Cdata)),
        Member::new("wrapped", Node::element("all", &IDS)),
        Member::new("flat", Node::none(&NAMED)),
        Member::new("any", Node::element("any", &ANY)),
    ],
    None,
);
static ANY: Shape = Shape::Any;
const PERSON_NODE: Node = Node::element("Person", &PERSON);

#[test]
fn every_kind_of_node_comes_back() {
    let value = json!({
        "id": 7, "ids": [1, 2], "name": "R\u{e9}x <&>\r\n'\"", "html": "<b>]]></b>",
        "wrapped": [1, 2, 3], "flat": {"b": ""}, "any": {"x": ["1", "2"], "y": {"z": "3"}},
    });
    let written = to_string(&value, &PERSON_NODE).unwrap();
    assert!(
        written.contains(r#"<Person id="7" ids="1 2">"#),
        "{written}"
    );
    let named = r#"<sample:name xmlns:sample="https://example.com/schema/sample">"#;
    assert!(written.contains(named), "{written}");
    assert!(written.contains("<![CDATA[<b>]]"), "{written}");
    assert!(written.contains("<all><id>1</id>"), "{written}");
    assert_eq!(from_str::<Value>(&written, &PERSON_NODE).unwrap(), value);
}

#[test]
fn a_name_counts_with_its_namespace() {
    let read = |text: &str| from_str::<Value>(text, &PERSON_NODE);
    let other = r#"<Person xmlns:s="https://example.com/schema/sample"><s:name>a</s:name><name>b</name></Person>"#;
    assert_eq!(read(other).unwrap()["name"], "a");
    let wrong = r#"<Person><name>b</name></Person>"#;
    assert!(read(wrong).unwrap().get("name").is_none());
    assert!(read("<Person><s:name>a</s:name></Person>").is_err());
}

#[test]
fn null_is_nil() {
    let value = json!({"name": null, "wrapped": null, "id": null});
    let written = to_string(&value, &PERSON_NODE).unwrap();
    assert!(written.contains(r#"xsi:nil="true""#), "{written}");
    let read: Value = from_str(&written, &PERSON_NODE).unwrap();
    assert_eq!(read, json!({"name": null, "wrapped": null, "html": ""}));
}

#[test]
fn hostile_documents_are_refused() {
    let read = |text: &str| {
        from_str::<Value>(text, &Node::element("", &ANY)).map_err(|error| error.to_string())
    };
    let entities = r#"<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>"#;
    assert!(read(entities).unwrap_err().contains("`b`"));
    assert!(read(r#"<!DOCTYPE a [<!ENTITY b "c">]><a x="&b;"/>"#).is_err());
    let deep = "<a>".repeat(100_000);
    assert!(read(&deep).unwrap_err().contains("deeper"));
    for wrong in [
        "",
        "text",
        "<a>",
        "</a>",
        "<a></b>",
        "<a/><b/>",
        "<a b=1/>",
        "<a b='1' b='2'/>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    assert_eq!(
        read("<a>&lt;&#65;&#x42;<!-- c --><![CDATA[<]]></a>"),
        Ok(json!("<AB<"))
    );
    let refused = to_string(&json!({"html": "\u{1}"}), &PERSON_NODE).unwrap_err();
    assert_eq!(refused.path(), "Person/html");
    let refused = to_string(&json!({"any": {"a b": 1}}), &PERSON_NODE).unwrap_err();
    assert!(refused.message().contains("`a b`"), "{refused}");
}

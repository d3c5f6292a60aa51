//! Schemas that must hold together: what becomes of their limits and their marks.

use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::Report;
use countersign_codegen::ir::{Api, Field, Limit, Literal, Shape};
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use countersign_codegen::specification::{Keyword, Merge};

/// An operation that sends and receives `T`.
const PATHS: &str = "
paths:
  /t:
    post:
      operationId: post
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}
      responses: {'200': {description: ., content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}}
";

fn api(version: &str, schemas: &str) -> (Api, Report) {
    let schemas = schemas.replace('\n', "\n    ");
    let text = format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\n{PATHS}components:\n  schemas:\n    {schemas}\n"
    );
    let entry = DocumentPath::new("api.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), text);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    let lowered = countersign_codegen::lowered(&sources, &[], Strictness::Lenient, &mut report);
    (
        lowered
            .unwrap_or_else(|| panic!("{}", report.render("")))
            .api,
        report,
    )
}

/// The limit that a keyword sets on the field `a` of the type `T`.
fn limit_of_field(api: &Api, keyword: Keyword) -> Option<i128> {
    match field(api).constraints.of(keyword)? {
        Limit::Number(Literal::Int(number)) => Some(number),
        Limit::Number(Literal::Float(number)) => Some(number as i128),
        Limit::Set => Some(1),
        limit => panic!("{limit:?}"),
    }
}

/// The field of the type `T`.
fn field(api: &Api) -> &Field {
    let def = api.types.iter().map(|(_, def)| def);
    let def = def.into_iter().find(|def| def.name.as_str() == "T");
    let Shape::Struct(of) = &def.expect("the type T").shape else {
        panic!("T is a struct");
    };
    of.fields.first().expect("a field")
}

fn type_of(keyword: Keyword) -> &'static str {
    match keyword.name() {
        name if name.ends_with("Length") => "type: string",
        name if name.ends_with("Items") => "type: array, items: {type: string}",
        name if name.ends_with("Properties") => {
            "type: object, additionalProperties: {type: string}"
        }
        _ => "type: integer",
    }
}

#[test]
fn the_tightest_of_several_limits_holds_wherever_it_is_set() {
    let bounds = Keyword::checked()
        .filter(|keyword| matches!(keyword.merge(), Merge::Greatest | Merge::Least));
    let mut count = 0;
    for keyword in bounds {
        let name = keyword.name();
        let (loose, tight) = match keyword.merge() {
            Merge::Greatest => (5, 7),
            _ => (7, 5),
        };
        let of = type_of(keyword);
        for (base, own) in [(loose, tight), (tight, loose)] {
            let base = format!("Base: {{{of}, {name}: {base}}}\n");
            for member in [
                format!("allOf: [{{$ref: '#/components/schemas/Base'}}, {{{name}: {own}}}]"),
                format!("allOf: [{{{name}: {own}}}, {{$ref: '#/components/schemas/Base'}}]"),
                format!("{name}: {own}, allOf: [{{$ref: '#/components/schemas/Base'}}]"),
                format!("$ref: '#/components/schemas/Base', {name}: {own}"),
            ] {
                let text = format!("{base}T: {{type: object, properties: {{a: {{{member}}}}}}}");
                let (api, _) = api("3.1.0", &text);
                assert_eq!(limit_of_field(&api, keyword), Some(tight), "{text}");
                count += 1;
            }
        }
    }
    assert_eq!(count, 10 * 8);
}

#[test]
fn before_3_1_what_stands_beside_a_reference_limits_nothing() {
    let text = "Base: {type: string, maxLength: 100}\nT: {type: object, properties: {a: {$ref: '#/components/schemas/Base', maxLength: 5}}}";
    let (api, report) = api("3.0.3", text);
    assert_eq!(limit_of_field(&api, Keyword::MaxLength), Some(100));
    assert!(
        report
            .render("")
            .contains("`maxLength` beside a `$ref` has no effect")
    );
}

#[test]
fn an_exclusive_limit_of_3_0_belongs_to_the_schema_that_sets_it() {
    let text = "T: {type: object, properties: {a: {type: integer, allOf: [{minimum: 3, exclusiveMinimum: true}, {minimum: 2}]}}}";
    let (api, _) = api("3.0.3", text);
    assert_eq!(limit_of_field(&api, Keyword::ExclusiveMinimum), Some(3));
    assert_eq!(limit_of_field(&api, Keyword::Minimum), Some(2));
}

#[test]
fn steps_that_hold_together_are_one_step() {
    let text = "T: {type: object, properties: {a: {type: integer, multipleOf: 4, allOf: [{multipleOf: 6}]}}}";
    let (found, _) = api("3.1.0", text);
    assert_eq!(limit_of_field(&found, Keyword::MultipleOf), Some(12));
}

#[test]
fn all_patterns_hold_together() {
    let text = "T: {type: object, properties: {a: {type: string, pattern: a, allOf: [{pattern: b}, {pattern: a}, \
                {allOf: [{pattern: c}]}]}}}";
    let (found, report) = api("3.1.0", text);
    let patterns = field(&found).constraints.patterns.iter();
    let patterns: Vec<&str> = patterns.map(|pattern| pattern.ecma.text()).collect();
    assert_eq!(patterns, ["a", "b", "c"]);
    assert_eq!(report.render(""), "");
}

#[test]
fn marks_among_data_split_no_type() {
    for (member, splits) in [
        ("readOnly: true", true),
        ("type: object, properties: {b: {writeOnly: true}}", true),
        ("example: {readOnly: true}", false),
        ("default: {readOnly: true}", false),
        ("enum: [{readOnly: true}]", false),
        ("x-note: {readOnly: true}", false),
        ("xml: {readOnly: true}", false),
    ] {
        let text =
            format!("T: {{type: object, properties: {{a: {{{member}}}, c: {{type: string}}}}}}");
        let (api, _) = api("3.0.3", &text);
        let mut types = api.types.iter();
        let is_split = types.any(|(_, def)| def.name.as_str() == "TInput");
        assert_eq!(is_split, splits, "{member}");
    }
}

#[test]
fn what_is_read_more_than_once_is_reported_once() {
    let text = "T: {oneOf: [{type: string, contentSchema: {type: object}}, {type: integer}]}";
    let (_, report) = api("3.1.0", text);
    let found = report.diagnostics().iter();
    let found = found.filter(|found| found.message.contains("contentSchema"));
    assert_eq!(found.count(), 1);
}

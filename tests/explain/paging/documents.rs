//! Documents with one operation, made of a few words, and what is found in them.

use countersign_codegen::diagnostic::Report;
use countersign_codegen::settings::PagingSettings;
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use countersign_codegen::{Generated, Strictness};

/// A document with one operation.
pub(super) fn document(method: &str, parameters: &str, answer: &str, more: &str) -> String {
    format!(
        "openapi: 3.0.3\n\
         info: {{title: One, version: '1'}}\n\
         servers: [{{url: 'https://one.example'}}]\n\
         paths:\n  /v1/things:\n    {method}:\n      operationId: list\n      {more}\n      \
         parameters: [{parameters}]\n      responses:\n        '200':\n          description: Things.\n          \
         headers: {{X-Count: {{schema: {{type: integer}}}}}}\n          \
         content: {{application/json: {{schema: {answer}}}}}\n"
    )
}

pub(super) fn generated(document: &str, paging: PagingSettings) -> (Generated, Report) {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), document);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut settings = countersign_tests::settings("one", "");
    settings.api.paging = paging;
    let mut report = Report::default();
    let generated =
        countersign_codegen::generate(&sources, &settings, Strictness::Lenient, &mut report);
    match generated {
        Some(generated) => (generated, report),
        None => panic!("{}\n{document}", report.render("")),
    }
}

/// The style of the operation; none if it does not page.
pub(super) fn style(document: &str) -> Option<String> {
    let (generated, report) = generated(document, PagingSettings::default());
    let noise: Vec<_> = report
        .diagnostics()
        .iter()
        .filter(|found| found.code.name() == "pagination")
        .collect();
    assert!(noise.is_empty(), "{}", report.render(""));
    let outline = generated.outline();
    let (_, style) = outline.split_once(", by ")?;
    style.lines().next().map(str::to_owned)
}

pub(super) const OFFSET: Option<&str> = Some("an offset");
pub(super) const PAGE: Option<&str> = Some("the number of a page");
pub(super) const CURSOR: Option<&str> = Some("a cursor");
pub(super) const LINK: Option<&str> = Some("the URL of the next page");

/// Query parameters in short: `page:integer`, in a row.
pub(super) fn parameters(short: &str) -> String {
    let all = short.split_whitespace().map(|one| {
        let (name, ty) = one.split_once(':').expect("a name and a type");
        let (ty, description) = ty.split_once('=').unwrap_or((ty, "-"));
        let description = description.replace('_', " ");
        let schema = match ty {
            "object" => "{type: object, properties: {n: {type: integer}}}".to_owned(),
            "date" => "{type: string, format: date-time}".to_owned(),
            ty => format!("{{type: {ty}}}"),
        };
        format!("{{name: '{name}', in: query, description: '{description}', schema: {schema}}}")
    });
    all.collect::<Vec<_>>().join(", ")
}

/// Members of an object in short, with `a.b` for what is within: `items:list total:integer`.
pub(super) fn answer(short: &str) -> String {
    let list = "{type: array, items: {type: object, required: [id], properties: {id: {type: string}, n: {type: integer}}}}";
    if short == "list" {
        return list.to_owned();
    }
    let mut members: Vec<(String, String)> = Vec::new();
    for one in short.split_whitespace() {
        let (path, ty) = one.split_once(':').expect("a name and a type");
        let schema = match ty {
            "list" => list.to_owned(),
            "url" => "{type: string, format: uri, nullable: true}".to_owned(),
            "map" => format!("{{type: object, additionalProperties: {list}}}"),
            ty => format!("{{type: {ty}, nullable: true}}"),
        };
        members.push((path.to_owned(), schema));
    }
    object(&members)
}

fn object(members: &[(String, String)]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (path, schema) in members {
        let Some((first, _)) = path.split_once('/') else {
            parts.push(format!("'{path}': {schema}"));
            continue;
        };
        if seen.contains(&first) {
            continue;
        }
        seen.push(first);
        let inner: Vec<(String, String)> = members
            .iter()
            .filter_map(|(path, schema)| {
                let (of, rest) = path.split_once('/')?;
                (of == first).then(|| (rest.to_owned(), schema.clone()))
            })
            .collect();
        parts.push(format!("'{first}': {}", object(&inner)));
    }
    format!("{{type: object, properties: {{{}}}}}", parts.join(", "))
}

pub(super) fn rows(rows: &[(&str, &str, Option<&str>)]) {
    for (asked, answered, expected) in rows {
        let document = document(
            "get",
            &parameters(asked),
            &answer(answered),
            "summary: A list.",
        );
        assert_eq!(
            style(&document).as_deref(),
            *expected,
            "{asked} -> {answered}"
        );
    }
}

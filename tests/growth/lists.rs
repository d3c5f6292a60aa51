//! Documents with one list of any length: of each kind of list that a document has.

use std::fmt::Write as _;

/// A kind of list, and a document with so many items in it.
pub(crate) type List = (&'static str, fn(usize) -> String);

/// All kinds.
pub(crate) const LISTS: [List; 30] = [
    ("operations", |n| {
        paths(n, |at| {
            format!(
                "  /p{at}/{{id}}:\n    get:\n      operationId: getThing{at}\n      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n{OK}"
            )
        })
    }),
    ("path templates", |n| {
        let parameter = |name: &str| {
            format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}")
        };
        let both = format!("[{}, {}]", parameter("a"), parameter("b"));
        paths(n, |at| {
            format!(
                "  /{{a}}/x{at}/{{b}}:\n    get:\n      operationId: getThing{at}\n      parameters: {both}\n{OK}"
            )
        })
    }),
    ("parameters", |n| {
        let parameters = joined(n, |at| {
            format!("{{name: p{at}, in: query, schema: {{type: integer}}}}")
        });
        operation(&format!("      parameters: [{parameters}]\n"))
    }),
    ("headers", |n| {
        let headers = joined(n, |at| format!("X-H{at}: {{schema: {{type: string}}}}"));
        let response = format!("'200': {{description: Done., headers: {{{headers}}}}}");
        operation_with("", &response)
    }),
    ("responses", |n| {
        let failure = "{description: Refused., content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}";
        let responses = joined(n, |at| format!("'{}': {failure}", at + 300));
        operation_with("", &format!("'200': {{description: Done.}}, {responses}"))
    }),
    ("media types of a body", |n| {
        let content = joined(n, |at| {
            format!("application/vnd.a{at}+json: {{schema: {{type: string}}}}")
        });
        operation(&format!("      requestBody: {{content: {{{content}}}}}\n"))
    }),
    ("parts of a body", |n| {
        let members = joined(n, |at| format!("p{at}: {{type: string}}"));
        operation(&format!(
            "      requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{{members}}}}}}}}}}}\n"
        ))
    }),
    ("properties", |n| {
        schema(&format!(
            "{{type: object, properties: {{{}}}}}",
            joined(n, |at| format!("p{at}: {{type: string}}"))
        ))
    }),
    ("inline objects", |n| {
        schema(&format!(
            "{{type: object, properties: {{{}}}}}",
            joined(n, |at| format!(
                "p{at}: {{type: object, properties: {{a: {{type: string}}}}}}"
            ))
        ))
    }),
    ("required members", |n| {
        let properties = joined(n, |at| format!("p{at}: {{type: string}}"));
        let required = joined(n, |at| format!("p{at}"));
        schema(&format!(
            "{{type: object, properties: {{{properties}}}, required: [{required}]}}"
        ))
    }),
    ("required members without a property", |n| {
        schema(&format!(
            "{{type: object, required: [{}]}}",
            joined(n, |at| format!("p{at}"))
        ))
    }),
    ("enum values", |n| {
        schema(&format!(
            "{{type: string, enum: [{}]}}",
            joined(n, |at| format!("v{at}"))
        ))
    }),
    ("enum numbers", |n| {
        schema(&format!(
            "{{type: integer, enum: [{}]}}",
            joined(n, |at| format!("{}", at * 3))
        ))
    }),
    ("equal names of enum values", |n| {
        let values = joined(n, |at| format!("v{at}"));
        let names = joined(n, |_| "Same".to_owned());
        schema(&format!(
            "{{type: string, enum: [{values}], x-enum-varnames: [{names}]}}"
        ))
    }),
    ("equal names of members", |n| {
        schema(&format!(
            "{{type: object, properties: {{{}}}}}",
            joined(n, |at| format!(
                "p{at}: {{type: string, x-rust-name: same}}"
            ))
        ))
    }),
    ("alternatives", |n| {
        schema(&format!(
            "{{oneOf: [{}]}}",
            joined(n, |at| format!(
                "{{type: object, required: [m{at}], properties: {{m{at}: {{type: string}}}}}}"
            ))
        ))
    }),
    ("alternatives that are constants", |n| {
        schema(&format!(
            "{{oneOf: [{}]}}",
            joined(n, |at| format!("{{const: c{at}}}"))
        ))
    }),
    ("alternatives by a tag", |n| {
        let branches = joined(n, |at| format!("{{$ref: '#/components/schemas/S{at}'}}"));
        let others = lines(n, |at| {
            format!(
                "    S{at}: {{type: object, required: [kind], properties: {{kind: {{type: string}}, m{at}: {{type: string}}}}}}\n"
            )
        });
        schema(&format!(
            "{{oneOf: [{branches}], discriminator: {{propertyName: kind}}}}"
        )) + &others
    }),
    ("parts of allOf", |n| {
        schema(&format!(
            "{{allOf: [{}]}}",
            joined(n, |at| format!(
                "{{type: object, properties: {{m{at}: {{type: string}}}}}}"
            ))
        ))
    }),
    ("schemas", |n| {
        let others = lines(n, |at| {
            format!("    S{at}: {{type: object, properties: {{a: {{type: string}}}}}}\n")
        });
        schema("{type: string}") + &others
    }),
    ("schemas that are named alike", |n| {
        let others = lines(n, |at| {
            format!(
                "    {}{}: {{type: object, properties: {{a: {{type: string}}}}}}\n",
                ["s-", "s_", "S."][at % 3],
                at / 3
            )
        });
        schema("{type: string}") + &others
    }),
    ("references", |n| {
        let members = joined(n, |at| format!("p{at}: {{$ref: '#/components/schemas/R'}}"));
        schema(&format!("{{type: object, properties: {{{members}}}}}"))
            + "    R: {type: object, properties: {a: {type: string}}}\n"
    }),
    ("references that lead on", |n| {
        let others = lines(n, |at| {
            format!(
                "    S{at}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/S{}'}}}}}}\n",
                at + 1
            )
        });
        schema("{$ref: '#/components/schemas/S0'}")
            + &others
            + &format!("    S{n}: {{type: string}}\n")
    }),
    ("tags", |n| {
        paths(n, |at| {
            format!(
                "  /p{at}:\n    get:\n      operationId: getThing{at}\n      tags: [tag{at}]\n{OK}"
            )
        })
    }),
    ("servers", |n| {
        let servers = joined(n, |at| format!("{{url: 'https://s{at}.example.com'}}"));
        operation("") + &format!("servers: [{servers}]\n")
    }),
    ("schemes", |n| {
        let schemes = joined(n, |at| {
            format!("s{at}: {{type: apiKey, in: header, name: X-K{at}}}")
        });
        let needs = joined(n, |at| format!("{{s{at}: []}}"));
        operation(&format!("      security: [{needs}]\n"))
            + &format!("components: {{securitySchemes: {{{schemes}}}}}\n")
    }),
    ("scopes", |n| {
        let scopes = joined(n, |at| format!("s{at}: It."));
        let needs = joined(n, |at| format!("s{at}"));
        operation(&format!("      security: [{{auth: [{needs}]}}]\n"))
            + &format!(
                "components: {{securitySchemes: {{auth: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://a.example.com/t', scopes: {{{scopes}}}}}}}}}}}}}\n"
            )
    }),
    ("examples", |n| {
        let examples = joined(n, |at| format!("e{at}: {{value: {{a: x{at}}}}}"));
        let content = format!(
            "{{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}, examples: {{{examples}}}}}}}"
        );
        operation_with(
            "",
            &format!("'200': {{description: Done., content: {content}}}"),
        )
    }),
    ("items of an example", |n| {
        let items = joined(n, |at| format!("{{a: x{at}, b: {at}}}"));
        schema(&format!(
            "{{type: array, uniqueItems: true, items: {{type: object, properties: {{a: {{type: string}}, b: {{type: integer}}}}}}, example: [{items}]}}"
        ))
    }),
    ("mistakes", |n| {
        schema(&format!(
            "{{type: object, properties: {{{}}}}}",
            joined(n, |at| format!(
                "p{at}: {{type: strin, pattern: '(', maxLenght: 1}}"
            ))
        ))
    }),
];

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: A, version: '1', description: An API.}\n";

const OK: &str = "      responses: {'200': {description: Done., content: {application/json: {schema: {type: string}}}}}\n";

fn joined(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

fn paths(count: usize, path: impl Fn(usize) -> String) -> String {
    format!("{HEAD}paths:\n{}", lines(count, path))
}

/// A document of one operation.
fn operation(more: &str) -> String {
    operation_with(more, "'200': {description: Done.}")
}

fn operation_with(more: &str, responses: &str) -> String {
    format!(
        "{HEAD}paths:\n  /p:\n    post:\n      operationId: doThing\n{more}      responses: {{{responses}}}\n"
    )
}

/// A document of one operation that answers with a component schema; more may follow.
fn schema(schema: &str) -> String {
    let content = "{application/json: {schema: {$ref: '#/components/schemas/T'}}}";
    let mut document = operation_with(
        "",
        &format!("'200': {{description: Done., content: {content}}}"),
    );
    _ = write!(document, "components:\n  schemas:\n    T: {schema}\n");
    document
}

//! Documents that mean harm, or are merely enormous: a clear answer, and never code that their author wrote.

use countersign_codegen::Strictness;
use countersign_codegen::write::Tree;

/// Text that would end a comment, a literal or an attribute, or turn what follows around.
const POISON: [&str; 11] = [
    "*/ fn evil() {} /*",
    "\"; fn evil() {} //",
    "\"#; fn evil() {} //",
    "x\n#![feature(evil)]\nfn evil() {}",
    "```\nfn evil() { panic!() }\n```",
    "    fn evil() {}",
    "\u{202e}fn evil\u{202c} \u{0}\u{7}\r",
    "[evil](javascript:evil()) <script>evil()</script>",
    "r#evil ${evil} {evil} %s \\u{0}",
    "&#x202e;fn evil&#8236; &#0;&#7;&#13; [a](https://evil.example/&#x202e;&#7; \"&#x202e;\") <i>&#7;&#x2066;</i>",
    "<p>&#x202e;&#7;&#10;#![feature(evil)] <a href='https://evil.example/&#x202e;&#10;fn'>&#x2067;</a><img alt='&#7;'>",
];

fn generated(document: &serde_json::Value) -> Tree {
    let text = document.to_string();
    let outcome = countersign_tests::generate_text(&[("openapi.json", &text)], Strictness::Lenient);
    let (generated, _) = outcome.unwrap_or_else(|message| panic!("{message}"));
    generated.tree
}

/// The lines of code: what is neither a comment nor inside a string literal.
fn code(text: &str) -> String {
    let tokens = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let mut out = String::new();
    for line in tokens {
        let mut quoted = false;
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' if quoted => _ = letters.next(),
                '"' => quoted = !quoted,
                _ if !quoted => out.push(letter),
                _ => {}
            }
        }
        out.push('\n');
    }
    out
}

#[test]
fn text_of_a_document_is_never_code() {
    for poison in POISON {
        let tree = generated(&serde_json::json!({
            "openapi": "3.0.3",
            "info": { "title": poison, "version": poison, "description": poison },
            "servers": [{ "url": "https://example.com", "description": poison }],
            "tags": [{ "name": poison, "description": poison }],
            "paths": { "/x": { "get": {
                "operationId": poison, "tags": [poison], "summary": poison, "description": poison,
                "parameters": [{ "name": poison, "in": "query", "description": poison, "schema": { "type": "string", "default": poison } }],
                "responses": { "200": { "description": poison, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/X" } } } } },
            } } },
            "components": { "schemas": { "X": {
                "type": "object", "title": poison, "description": poison, "example": poison,
                "externalDocs": { "url": poison },
                "required": [poison],
                "properties": {
                    poison: { "type": "string", "enum": [poison, "b"], "default": poison, "description": poison },
                    "p": { "type": "string", "pattern": poison, "format": poison, "example": poison },
                },
            } } },
        }));
        for (path, text) in &tree {
            let legal = path
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-/.".contains(&byte));
            assert!(legal && !path.contains(".."), "{path:?}");
            let controls = text.chars().find(|c| {
                (c.is_control() && *c != '\n')
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            });
            assert_eq!(controls, None, "{path} for {poison:?}");
            if path.ends_with(".rs") {
                let code = code(text);
                assert!(
                    !code.contains("fn evil()") && !code.contains("feature(evil)"),
                    "{path} for {poison:?}:\n{text}"
                );
            }
            if path.ends_with("Cargo.toml") {
                assert!(!text.contains("evil"), "{path} for {poison:?}:\n{text}");
            }
        }
    }
}

#[test]
fn fifty_thousand_values_are_one_enum() {
    let values: Vec<String> = (0..50_000).map(|at| format!("value-{at}")).collect();
    let tree = generated(&serde_json::json!({
        "openapi": "3.0.3", "info": { "title": "Many", "version": "1" }, "paths": {},
        "components": { "schemas": { "Many": { "type": "string", "enum": values } } },
    }));
    assert!(tree.values().any(|text| text.contains("Value49999")));
}

#[test]
fn unions_within_unions_do_not_multiply() {
    // Looked into four deep, a hundred times a hundred times a hundred times a hundred branches.
    let kind = |kind: &str| {
        serde_json::json!({
            "type": "object", "required": ["kind"], "properties": { "kind": { "enum": [kind] } },
        })
    };
    let mut schemas = serde_json::Map::new();
    for (at, below) in ["B", "C", "D", "Leaf"].into_iter().enumerate() {
        let name = ["A", "B", "C", "D"][at];
        let branch = serde_json::json!({ "$ref": format!("#/components/schemas/{below}") });
        schemas.insert(
            name.to_owned(),
            serde_json::json!({ "oneOf": vec![branch; 100] }),
        );
    }
    schemas.insert("Leaf".to_owned(), kind("leaf"));
    let ends = [
        kind("end"),
        serde_json::json!({ "$ref": "#/components/schemas/A" }),
    ];
    schemas.insert("Top".to_owned(), serde_json::json!({ "oneOf": ends }));
    let start = std::time::Instant::now();
    let tree = generated(&serde_json::json!({
        "openapi": "3.0.3", "info": { "title": "Layers", "version": "1" }, "paths": {},
        "components": { "schemas": schemas },
    }));
    assert!(!tree.is_empty());
    assert!(start.elapsed() < std::time::Duration::from_secs(10));
}

#[test]
fn long_chains_need_no_stack() {
    let mut schemas = serde_json::Map::new();
    for at in 0..2_000 {
        let next = format!("#/components/schemas/S{}", at + 1);
        schemas.insert(
            format!("S{at}"),
            serde_json::json!({
                "type": "object",
                "properties": { "next": { "$ref": next } },
            }),
        );
        schemas.insert(
            format!("A{at}"),
            serde_json::json!({ "allOf": [
            { "$ref": format!("#/components/schemas/A{}", at + 1) },
        ] }),
        );
        schemas.insert(
            format!("L{at}"),
            serde_json::json!({
                "type": "array", "items": { "$ref": format!("#/components/schemas/L{}", at + 1) },
            }),
        );
    }
    for (name, of) in [
        ("M", "additionalProperties"),
        ("N", "items"),
        ("T", "prefixItems"),
    ] {
        for at in 0..2_000 {
            let next =
                serde_json::json!({ "$ref": format!("#/components/schemas/{name}{}", at + 1) });
            schemas.insert(
                format!("{name}{at}"),
                match of {
                    "additionalProperties" => serde_json::json!({ "type": "object", of: next }),
                    "items" => serde_json::json!({ "type": ["array", "null"], of: next }),
                    _ => serde_json::json!({ "type": "array", of: [next, next], "items": false }),
                },
            );
        }
    }
    for last in ["S2000", "A2000", "L2000", "M2000", "N2000", "T2000"] {
        schemas.insert(last.to_owned(), serde_json::json!({ "type": "string" }));
    }
    let document = serde_json::json!({
        "openapi": "3.1.0", "info": { "title": "Deep", "version": "1" }, "paths": {},
        "components": { "schemas": schemas },
    });
    let tree = generated(&document);
    assert!(!tree.is_empty());
    // Neither does it take the compiler's.
    let deepest = "Vec<".repeat(34);
    assert!(!tree.values().any(|text| text.contains(&deepest)));
    assert!(tree.values().any(|text| text.contains(&"Vec<".repeat(30))));
}

#[test]
fn rings_and_recursion_end() {
    let tree = generated(&serde_json::json!({
        "openapi": "3.0.3", "info": { "title": "Rings", "version": "1" }, "paths": {},
        "components": { "schemas": {
            "Tree": { "type": "object", "required": ["left"], "properties": { "left": { "$ref": "#/components/schemas/Tree" }, "all": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" } } } },
            "List": { "type": "array", "items": { "$ref": "#/components/schemas/List" } },
            "A": { "allOf": [{ "$ref": "#/components/schemas/B" }, { "type": "object", "properties": { "a": { "type": "string" } } }] },
            "B": { "allOf": [{ "$ref": "#/components/schemas/A" }] },
            "U": { "oneOf": [{ "$ref": "#/components/schemas/U" }, { "type": "string" }] },
        } },
    }));
    let model: String = tree
        .iter()
        .filter(|(path, _)| path.contains("model"))
        .map(|(_, text)| text.as_str())
        .collect();
    assert!(model.contains("Box<Tree>"), "{model}");
}

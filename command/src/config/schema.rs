//! The JSON Schema of the file and the tables of its reference page, both made of the structs that read it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use schemars::JsonSchema;
use serde_json::Value;

use super::preset::PRESETS;
use super::table::File;

/// A level, or levels of rules for one API.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) enum Level {
    /// of a rule
    Everywhere(Severity),
    /// of rules, for the API that the key names
    OfApi(BTreeMap<String, Severity>),
}

/// The level of a rule.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) enum Severity {
    Off,
    Note,
    Warning,
    Error,
}

/// A finding that is suppressed.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its shape is of use")]
pub(super) struct Waiver {
    /// the rule
    rule: String,
    /// the document
    file: String,
    /// the JSON pointer that the finding shows
    at: String,
    /// why it is right as it is
    reason: String,
}

fn schema() -> Value {
    let mut schema = schemars::schema_for!(File).to_value();
    schema["title"] = "countersign.toml".into();
    schema
}

/// Compares a file with what it is to be, or writes it with `COUNTERSIGN_UPDATE=1`.
#[track_caller]
fn made(path: &Path, text: &str) {
    if std::env::var_os("COUNTERSIGN_UPDATE").is_some() {
        fs::write(path, text).expect("written");
    }
    let found = fs::read_to_string(path).unwrap_or_default();
    let stale = "is out of date: run the test with COUNTERSIGN_UPDATE=1";
    assert!(found == text, "{} {stale}", path.display());
}

#[test]
fn the_schema_for_editors_is_that_of_the_code() {
    let text = serde_json::to_string_pretty(&schema()).expect("JSON") + "\n";
    made(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("countersign.schema.json"),
        &text,
    );
}

#[test]
fn the_schema_knows_each_table_and_no_other() {
    let schema = schema();
    let text = "command = ''\ndeny-warnings = true\n[output]\n[runtime]\n[types]\n[api]\n[levels]\n[[waiver]]\n";
    let file: toml::Table = text.parse().expect("TOML");
    for key in file.keys() {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
    assert_eq!(schema["additionalProperties"], false);
}

/// The rows of the keys of a struct, in alphabetical order.
fn rows(schema: &Value, name: &str) -> String {
    let table = match name {
        "File" => schema,
        name => &schema["$defs"][name],
    };
    let properties = table["properties"].as_object();
    let properties = properties.unwrap_or_else(|| panic!("there is no {name}"));
    let rows = properties.iter().map(|(key, property)| {
        let said = property["description"].as_str();
        let said = said.unwrap_or_else(|| panic!("`{key}` of {name} has no description"));
        format!("| `{key}` | {} |\n", said.replace('\n', " "))
    });
    format!("| key | |\n|---|---|\n{}", rows.collect::<String>())
}

fn presets() -> String {
    let rows = PRESETS.iter().map(|preset| {
        let formats = preset.formats.iter();
        let formats: Vec<String> = formats.map(|(format, _)| format!("`{format}`")).collect();
        format!("| `{}` | {} |\n", preset.name, formats.join(", "))
    });
    format!(
        "| preset | formats |\n|---|---|\n{}",
        rows.collect::<String>()
    )
}

#[test]
fn the_tables_of_the_page_are_those_of_the_code() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/countersign-toml.md");
    // A package has no page.
    let Ok(text) = fs::read_to_string(&page) else {
        return;
    };
    let schema = schema();
    let mut made_of = String::new();
    let mut rest = text.as_str();
    let mut count = 0;
    while let Some((before, after)) = rest.split_once("<!-- keys of ") {
        let (name, after) = after.split_once(" -->\n").expect("a name");
        let (_, after) = after.split_once("<!-- end -->").expect("an end");
        let table = match name {
            "presets" => presets(),
            name => rows(&schema, name),
        };
        made_of.push_str(&format!(
            "{before}<!-- keys of {name} -->\n{table}<!-- end -->"
        ));
        rest = after;
        count += 1;
    }
    made_of.push_str(rest);
    assert!(count >= 7, "{count}");
    made(&page, &made_of);
}

/// The blocks of TOML of the guide, as files: what a block leaves out is filled in.
#[test]
fn the_settings_that_the_guide_shows_are_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // A package has no guide.
    let Ok(pages) = fs::read_dir(root.join("docs")) else {
        return;
    };
    let mut count = 0;
    let pages = pages.map(|entry| entry.expect("a page").path());
    for page in pages.filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(&page).expect("a page");
        for block in text.split("```toml\n").skip(1) {
            let block = block.split("```").next().unwrap_or_default();
            let mut file: toml::Table = block
                .parse()
                .unwrap_or_else(|error| panic!("{}: {error}: {block}", page.display()));
            let apis = file.get_mut("api").and_then(toml::Value::as_table_mut);
            for (_, api) in apis.into_iter().flatten() {
                let api = api.as_table_mut().expect("a table");
                api.entry("document").or_insert("pets.yaml".into());
            }
            let text = toml::to_string(&file).expect("TOML");
            if let Err(failure) = super::Config::parse(text, "") {
                panic!("{}: {failure}: {block}", page.display());
            }
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}

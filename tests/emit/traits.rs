//! Further traits of types: they compile for every type of every case, and are not there unless their feature is on.

use std::fs;
use std::path::Path;

use countersign_codegen::ir::{External, ExternalCrate, Shape};
use countersign_codegen::settings::{Derive, Derived};

/// The crate of a derive macro that takes every type.
const OWN: &str = "marked-derive";

fn derives() -> Vec<Derive> {
    let of = |feature: &str, what| Derive {
        feature: feature.to_owned(),
        what,
        types: Vec::new(),
    };
    let krate = ExternalCrate {
        name: OWN.to_owned(),
        version: "1".to_owned(),
        features: Vec::new(),
    };
    let own = |path: &str| Derived::Macro {
        path: path.to_owned(),
        krate: Some(krate.clone()),
    };
    vec![
        of("arbitrary", Derived::Arbitrary),
        of("proptest", Derived::Proptest),
        of("schemars", Derived::Schemars),
        of("marked", own("::marked_derive::Marked")),
        Derive {
            types: vec!["*t".to_owned()],
            ..of("some", own("::marked_derive::Some"))
        },
    ]
}

fn types() -> Vec<External> {
    let decimal = ExternalCrate {
        name: "rust_decimal".to_owned(),
        version: "1".to_owned(),
        features: Vec::new(),
    };
    vec![
        External::new("uri", "::std::net::SocketAddr", None),
        External::new("decimal", "::rust_decimal::Decimal", Some(decimal)),
    ]
}

/// Types of every kind that the cases lack: from outside, and raw JSON in everything.
const MORE: &str = "
openapi: 3.1.0
info: {title: More, version: '1', description: More types.}
paths: {}
components:
  schemas:
    Anything: {description: Anything.}
    Address: {type: string, format: uri, description: An address.}
    Held:
      type: object
      description: All of them.
      required: [price, self]
      properties:
        price: {type: number, format: decimal, description: A price.}
        prices: {type: array, items: {type: [string, 'null'], format: decimal}, description: Prices.}
        at: {type: string, format: date-time, description: When.}
        days: {type: object, additionalProperties: {type: string, format: date}, description: Days.}
        bytes: {type: string, format: byte, description: Bytes.}
        id: {type: string, format: uuid, description: An id.}
        secret: {type: string, format: password, description: A secret.}
        where: {$ref: '#/components/schemas/Address'}
        hosts: {type: array, items: {type: string, format: ipv4}, description: Hosts.}
        any: {$ref: '#/components/schemas/Anything'}
        all: {type: array, items: {}, description: All.}
        self: {$ref: '#/components/schemas/Tree'}
      additionalProperties: {}
    Tree:
      description: A tree.
      oneOf:
        - {$ref: '#/components/schemas/Fork'}
        - {$ref: '#/components/schemas/Leaf'}
      discriminator: {propertyName: kind, mapping: {fork: '#/components/schemas/Fork', leaf: '#/components/schemas/Leaf'}}
    Fork:
      type: object
      description: A fork.
      required: [kind, left, right]
      properties:
        kind: {type: string, enum: [fork], description: It.}
        left: {$ref: '#/components/schemas/Tree'}
        right: {$ref: '#/components/schemas/Tree'}
    Leaf:
      type: object
      description: A leaf.
      required: [kind]
      properties: {kind: {type: string, enum: [leaf], description: It.}}
";

#[test]
fn further_traits_compile_for_every_type() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("traits");
    _ = fs::remove_dir_all(&folder);
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("emit/cases");
    let cases = fs::read_dir(cases).expect("cases");
    let cases = cases.map(|entry| super::case(&entry.expect("a case").path()));
    for (name, text) in cases.chain([("more".to_owned(), MORE.to_owned())]) {
        let generated = super::generate_with(&name, &text, |settings| {
            settings.derives = derives();
            settings.types = match name.as_str() {
                "more" => types(),
                _ => Vec::new(),
            };
        });
        let model = format!("{}-model/", name.replace('_', "-"));
        for (path, text) in &generated.tree {
            if path.starts_with(&model) {
                super::place(&folder, path, text);
            }
        }
        let types = generated.api.types.iter().map(|(_, def)| def);
        let types = types.filter(|def| !matches!(def.shape, Shape::Alias(_)));
        let names = types.map(|def| def.name.as_str().to_owned());
        let krate = model.trim_end_matches('/').replace('-', "_");
        let test = test(&krate, &names.collect::<Vec<_>>());
        super::place(&folder, &format!("{model}tests/traits.rs"), &test);
        let manifest = format!("{model}Cargo.toml");
        let own = fs::read_to_string(folder.join(&manifest)).expect("a manifest");
        let own = own.replace("[dependencies]\n", "[dependencies]\nserde_json = \"1\"\n");
        let own = match own.matches("serde_json").count() {
            1 => own,
            _ => own.replacen("serde_json = \"1\"\n", "", 1),
        };
        super::place(&folder, &manifest, &own);
    }
    super::place(
        &folder,
        &format!("{OWN}/Cargo.toml"),
        &format!(
            "[package]\nname = \"{OWN}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[lib]\nproc-macro = true\n"
        ),
    );
    super::place(&folder, &format!("{OWN}/src/lib.rs"), MACROS);
    super::workspace_of(&folder, &["*-model"]);
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    let patch = format!("\n[patch.crates-io]\n{OWN} = {{ path = \"{OWN}\" }}\n");
    super::place(&folder, "Cargo.toml", &format!("{manifest}{patch}"));
    super::cargo(&folder, &["check", "--workspace", "--lib"]);
    let on = "--features=symmetric,arbitrary,proptest,schemars,marked,some";
    super::cargo(
        &folder,
        &["test", "--workspace", "--test=traits", on, "--no-fail-fast"],
    );
}

const MACROS: &str = r#"//! Derive macros that take every type.

#[proc_macro_derive(Marked)]
pub fn marked(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    proc_macro::TokenStream::new()
}

/// Refuses types with another name.
#[proc_macro_derive(Some)]
pub fn some(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let words: Vec<String> = item.into_iter().map(|tree| tree.to_string()).collect();
    let at = words.iter().position(|word| word == "struct" || word == "enum");
    let name = at.and_then(|at| words.get(at + 1)).map_or("", String::as_str);
    match name.ends_with('t') {
        true => proc_macro::TokenStream::new(),
        false => format!("compile_error!({name:?});").parse().unwrap(),
    }
}
"#;

fn test(krate: &str, names: &[String]) -> String {
    let calls = names.iter();
    let calls = calls.map(|name| format!("    round::<{krate}::{name}>();\n"));
    let calls: String = calls.collect();
    format!("{TEST}\n#[test]\nfn values_are_written_and_read() {{\n{calls}}}\n")
}

const TEST: &str = r#"//! Values of random bytes are written and read; strategies make them too, and each type has a schema.
#![allow(dead_code)]

use countersign_runtime::arbitrary::{Arbitrary, Unstructured};
use countersign_runtime::private::serde;
use countersign_runtime::{json_schema, proptest, wire};

fn round<T>()
where
    T: for<'a> Arbitrary<'a> + proptest::Arbitrary + json_schema::JsonSchema,
    T: serde::Serialize + serde::de::DeserializeOwned + std::fmt::Debug,
{
    let _ = T::arbitrary_with(Default::default());
    let schema = json_schema::SchemaGenerator::default().into_root_schema_for::<T>();
    assert!(schema.as_object().is_some());
    let mut seed = 7_u64;
    let bytes = std::iter::repeat_with(|| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 24) as u8
    });
    let bytes: Vec<u8> = bytes.take(1 << 16).collect();
    let mut made = 0;
    for part in bytes.chunks(256).chain([&[][..]]) {
        // What has to contain itself has no value.
        let Ok(value) = <T as Arbitrary<'_>>::arbitrary(&mut Unstructured::new(part)) else {
            continue;
        };
        let written = wire::to_value(&value).unwrap();
        let read = serde_json::from_value::<T>(written.clone());
        let read = read.unwrap_or_else(|error| panic!("{error}: {written}"));
        let again = wire::to_value(&read).unwrap();
        assert!(same(&again, &written), "{written}\n{again}");
        made += 1;
    }
    assert!(made == 257 || made == 0, "{made}");
}

/// Whether two values are the same, `5` and `5.0` too.
fn same(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let mut members = one.iter();
            one.len() == other.len()
                && members.all(|(name, one)| other.get(name).is_some_and(|other| same(one, other)))
        }
        (one, other) => one == other,
    }
}
"#;

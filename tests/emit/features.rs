//! Each feature of a client by itself: it has what it reaches, and compiles without a warning.

use std::path::Path;

use countersign_codegen::ir::External;
use countersign_codegen::settings::Layout;

/// Three tags: types that two of them share, and all of them; a type that none needs; a link from one to another; a
/// stream, an event and a list in pages.
const DOCUMENT: &str = "
openapi: 3.2.0
info: {title: Tagged, version: '1', description: Three tags.}
servers: [{url: 'https://tagged.example.com'}]
paths:
  /cats:
    get:
      tags: [cats]
      operationId: listCats
      summary: Lists cats.
      parameters: [{name: page, in: query, schema: {type: integer}, description: The page.}]
      responses:
        '200':
          description: Cats.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Cat'}}}}
          links: {owner: {operationId: getOwner, parameters: {id: $request.query.page}}}
        '404': {$ref: '#/components/responses/Problem'}
  /dogs:
    get:
      tags: [dogs]
      operationId: watchDogs
      summary: Watches dogs.
      responses:
        '200':
          description: Dogs.
          content: {application/jsonl: {itemSchema: {$ref: '#/components/schemas/Dog'}}}
        '404': {$ref: '#/components/responses/Problem'}
  /owners/{id}:
    get:
      tags: [owners]
      operationId: getOwner
      summary: Gets an owner.
      deprecated: true
      parameters: [{name: id, in: path, required: true, schema: {type: integer}, description: The owner.}]
      responses:
        '200':
          description: The owner.
          content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}
        '404': {$ref: '#/components/responses/Problem'}
webhooks:
  born:
    post:
      operationId: born
      summary: An animal is born.
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Birth'}}}
      responses: {'204': {description: Received.}}
components:
  responses:
    Problem:
      description: A problem.
      content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
  schemas:
    Problem: {type: object, description: A problem., properties: {text: {type: string, description: It.}}}
    Tail: {type: object, description: A tail., properties: {hair: {$ref: '#/components/schemas/Hair'}}}
    Hair: {type: string, description: Hair., enum: [long, short]}
    Cat:
      type: object
      description: A cat.
      properties: {tail: {$ref: '#/components/schemas/Tail'}, whiskers: {$ref: '#/components/schemas/Whiskers'}}
    Whiskers: {type: integer, description: How many.}
    Dog: {type: object, description: A dog., properties: {tail: {$ref: '#/components/schemas/Tail'}}}
    Owner: {type: object, description: An owner., properties: {address: {type: string, description: It.}}}
    Birth: {type: object, description: A birth., properties: {cat: {$ref: '#/components/schemas/Cat'}}}
    Idle: {type: object, description: Needed by none., properties: {tail: {$ref: '#/components/schemas/Tail'}}}
";

#[test]
fn each_feature_by_itself_compiles_without_a_warning() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("features");
    _ = std::fs::remove_dir_all(&folder);
    let external = |place: &str, path: &str| {
        External::new(&format!("#/components/schemas/{place}"), path, None)
    };
    // Types from outside, for one schema and for one property.
    let two = super::generate_with("tagged", DOCUMENT, |settings| {
        settings.types = vec![
            external("Owner/properties/address", "::std::net::SocketAddr"),
            external("Whiskers", "::std::num::NonZeroU8"),
        ];
    });
    let owners = &two.tree["tagged-model/src/owners.rs"];
    assert!(
        owners.contains("address: Option<::std::net::SocketAddr>"),
        "{owners}"
    );
    let cats = &two.tree["tagged-model/src/cats.rs"];
    assert!(
        cats.contains("whiskers: Option<::std::num::NonZeroU8>"),
        "{cats}"
    );
    let one = super::generate_with("tagged", DOCUMENT, |settings| {
        settings.name.push_str("-one");
        settings.layout = Layout::Crate;
    });
    let shared = &two.tree["tagged-model/src/common.rs"];
    for line in [
        "#[cfg(any(feature = \"cats\", feature = \"dogs\", feature = \"common\"))]\nmod of_cats_and_dogs_and_others;",
        "#[cfg(any(feature = \"cats\", feature = \"dogs\", feature = \"owners\"))]\npub use self::of_cats_and_dogs_and_owners::*;",
        "#[cfg(feature = \"common\")]\nmod others;",
    ] {
        assert!(shared.contains(line), "{line}:\n{shared}");
    }
    let manifest = &two.tree["tagged-model/Cargo.toml"];
    for feature in ["cats", "dogs", "owners", "common"] {
        let line = match feature {
            "common" => "common = [\"cats\"]",
            feature => &format!("{feature} = []"),
        };
        assert!(manifest.contains(line), "{line}: {manifest}");
    }
    let manifest = &two.tree["tagged-client/Cargo.toml"];
    assert!(
        manifest.contains("cats = [\"tagged-model/cats\", \"owners\"]"),
        "{manifest}"
    );
    for (path, text) in two.tree.iter().chain(&one.tree) {
        super::place(&folder, path, text);
    }
    super::workspace_of(&folder, &["tagged-model", "tagged-client", "tagged-one"]);
    for features in ["", "cats", "dogs", "owners", "receivers"] {
        for more in ["", "fake"] {
            let features = format!("--features={features},{more}");
            for krate in ["--package=tagged-client", "--package=tagged-one"] {
                super::cargo(
                    &folder,
                    &["check", krate, "--no-default-features", &features],
                );
            }
        }
    }
    for features in ["cats", "dogs", "owners", "common"] {
        let features = format!("--features={features}");
        let arguments = [
            "check",
            "--package=tagged-one",
            "--package=tagged-model",
            "--no-default-features",
        ];
        super::cargo(&folder, &[&arguments[..], &[&features]].concat());
    }
}

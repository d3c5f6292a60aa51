//! Ids that are types of their own, in every place where a value can be.

use countersign_codegen::settings::NewtypeSettings;
use countersign_codegen::write::Tree;
use serde_json::{Value, json};

use crate::everywhere::{self, Kind};

/// The name of the case.
pub(crate) const NAME: &str = "with-ids";

const KINDS: [Kind; 5] = [
    Kind::of(
        "pet",
        "PetId",
        "pet(dice)",
        "model::PetId::new(dice.trimmed())",
    ),
    Kind::of("owner", "OwnerId", "owner(dice)", "owner(dice)"),
    Kind::of("chip", "ChipId", "chip(dice)", "chip(dice)"),
    Kind::of("owners", "Owners", "dice.list(owner)", "dice.list(owner)"),
    Kind::of("plain", "Plain", "dice.text()", "dice.trimmed()"),
];

fn schemas() -> Value {
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    json!({
        "PetId": { "type": "string", "minLength": 2 },
        "OwnerId": { "type": "integer" },
        "ChipId": { "type": "string", "format": "uuid" },
        "Owners": { "type": "array", "items": of("OwnerId") },
        "Plain": { "type": "string" },
        "Pet": {
            "type": "object",
            "required": ["id", "alias"],
            "properties": {
                "id": of("PetId"),
                "alias": { "type": "string", "maxLength": 3 },
                "aliases": { "type": "array", "items": of("PetId") },
                "owner": { "type": "integer", "nullable": true },
                "vet": of("OwnerId"),
                "by_owner": { "type": "object", "additionalProperties": of("ChipId") },
                "either": { "oneOf": [of("PetId"), of("OwnerId")] },
                "default": { "type": "string", "default": "tom" },
            },
        },
    })
}

fn document() -> String {
    let mut document: Value =
        serde_json::from_str(&everywhere::document_of(&KINDS, schemas())).expect("JSON");
    let content =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } });
    document["paths"]["/pets/{petId}/{nickname}"] = json!({ "get": {
        "operationId": "get pet",
        "parameters": [
            { "name": "petId", "in": "path", "required": true, "schema": { "$ref": "#/components/schemas/PetId" } },
            { "name": "nickname", "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": "owner", "in": "query", "schema": { "type": "integer" } },
        ],
        "responses": { "200": { "description": "Ok.", "content": content } },
    } });
    document["paths"]["/pets"] = json!({ "post": {
        "operationId": "add pet",
        "requestBody": { "required": true, "content": content },
        "responses": { "204": { "description": "Ok." } },
    } });
    document.to_string()
}

/// The crates, and their test.
pub(crate) fn files() -> Tree {
    let generated = crate::generate_with(NAME, &document(), |settings| {
        let places = [
            "nickname",
            "#/components/schemas/*/properties/alias",
            "#/components/schemas/Pet/properties/de*",
        ];
        settings.api.newtypes = NewtypeSettings {
            schemas: vec!["*Id".to_owned()],
            places: [("Nickname".to_owned(), places.map(str::to_owned).to_vec())].into(),
        };
    });
    let mut tree = generated.tree;
    let test = everywhere::test_of(NAME, &KINDS);
    tree.insert(
        format!("{NAME}-client/tests/faked.rs"),
        format!("{test}{OWN}"),
    );
    let manifest = format!("{NAME}-client/Cargo.toml");
    let text = tree.get_mut(&manifest).expect("a manifest");
    text.push_str("\n[dev-dependencies]\nserde_json = \"1\"\nuuid = \"1\"\n");
    tree
}

#[test]
fn ids_are_documented_types_and_other_values_stay_as_they_are() {
    let tree = files();
    let all: String = tree
        .iter()
        .filter(|(path, _)| path.starts_with("with-ids-model/src/"))
        .map(|(_, text)| text.as_str())
        .collect();
    for part in [
        "pub struct PetId(String);",
        "countersign_runtime::text_newtype!(PetId);",
        "pub struct OwnerId(i64);",
        "countersign_runtime::copied_newtype!(OwnerId: i64, countersign_runtime::read::whole);",
        "pub struct ChipId(Uuid);",
        "pub struct Nickname(String);",
        "/// Source: `tests/emit/cases/with-ids.yaml#/components/schemas/PetId`",
        "pub id: PetId,",
        "pub alias: Nickname,",
        "pub owner: Presence<i64>,",
        "pub vet: Option<OwnerId>,",
        "pub default: Option<Nickname>,",
        "pub type Plain = String;",
    ] {
        assert!(all.contains(part), "{part}: {all}");
    }
}

const OWN: &str = r##"
fn pet(dice: &mut Dice) -> model::PetId {
    format!("{}{}", dice.text(), dice.text()).into()
}

fn owner(dice: &mut Dice) -> model::OwnerId {
    dice.whole().into()
}

fn chip(dice: &mut Dice) -> model::ChipId {
    let high = dice.below(1 << 60);
    uuid::Uuid::from_u64_pair(high, dice.below(1 << 60)).into()
}

#[test]
fn ids_are_made_of_text_and_numbers_where_they_are_asked_for() {
    let json = r#"{"alias":"t","aliases":["to"],"either":9,"id":"tom","vet":7}"#;
    let pet: model::Pet = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&pet).unwrap(), json);
    assert_eq!((pet.id.as_str(), pet.vet.unwrap().get()), ("tom", 7));
    assert_eq!(pet.clone(), model::Pet::new("t", "tom").aliases(vec!["to".into()]).vet(7).either(model::OwnerId::new(9).into()));
    let answer = pet.clone();
    let fake = Server::new().on(move |_: Received<GetPet>| Outcome::success(answer.clone()));
    let found = fake.client().get_pet("tom", "t").with(|get| get.owner(7)).send_blocking().unwrap();
    assert_eq!(found.into_inner(), pet);
    fake.client().get_pet(pet.id, pet.alias).send_blocking().unwrap();
    assert_eq!(fake.calls::<GetPet>().len(), 2);
}

#[test]
fn limits_bind_ids() {
    use countersign_runtime::Validate as _;
    assert!(model::Pet::new("t", "tom").ensure_valid().is_ok());
    assert!(model::Pet::new("t", "t").ensure_valid().is_err());
    assert!(model::Pet::new("tomcat", "tom").ensure_valid().is_err());
}
"##;

//! Types from other crates in every place where a value can be: the model check of [`everywhere`] with them, and what
//! becomes of them in objects, lists, maps and unions.

use countersign_codegen::ir::{External, ExternalCrate};
use countersign_codegen::write::Tree;
use serde_json::{Value, json};

use crate::everywhere::{self, Kind};

/// The names of the cases.
pub(crate) const NAMES: [&str; 3] = ["with-chrono", "with-time", "with-jiff"];

const KINDS: [Kind; 10] = [
    Kind::of("when", "When", "when(dice)", "when(dice)"),
    Kind::of("day", "Day", "day(dice)", "day(dice)"),
    Kind::of("hour", "Hour", "hour(dice)", "hour(dice)"),
    Kind::of("days", "Days", "dice.list(day)", "dice.list(day)"),
    Kind::of("price", "Price", "price(dice)", "price(dice)"),
    Kind::of("prices", "Prices", "dice.list(price)", "dice.list(price)"),
    Kind::of("cost", "Cost", "cost(dice)", "cost(dice)"),
    Kind::of("site", "Site", "site(dice)", "site(dice)"),
    Kind::of("net", "Net", "net(dice)", "net(dice)"),
    Kind::of("mail", "Mail", "mail(dice)", "mail(dice)"),
];

fn schemas() -> Value {
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let text = |format: &str| json!({ "type": "string", "format": format });
    let object = |kind: &str, more: Value| {
        let mut properties = json!({ "kind": { "type": "string", "enum": [kind] } });
        properties["held"] = more;
        json!({ "type": "object", "required": ["kind", "held"], "properties": properties })
    };
    json!({
        "When": text("date-time"),
        "Day": text("date"),
        "Hour": text("time"),
        "Days": { "type": "array", "items": of("Day") },
        "Price": { "type": "number", "format": "decimal" },
        "Prices": { "type": "array", "items": of("Price") },
        "Cost": text("decimal"),
        "Site": text("uri"),
        "Net": text("cidr"),
        "Mail": text("email"),
        "Thing": {
            "type": "object",
            "required": ["when", "price", "nullable"],
            "properties": {
                "when": of("When"),
                "price": { "type": "number", "format": "decimal", "minimum": 0.5, "maximum": 99_999_999_999_999_999_u64 },
                "cost": of("Cost"),
                "nullable": { "type": "number", "format": "decimal", "nullable": true },
                "days": of("Days"),
                "fee": { "type": "number", "format": "decimal", "default": 1.50 },
                "by_name": { "type": "object", "additionalProperties": of("Price") },
                "either": { "oneOf": [of("Price"), { "type": "boolean" }] },
                "tagged": {
                    "oneOf": [of("Bought"), of("Given")],
                    "discriminator": { "propertyName": "kind", "mapping": { "bought": "#/components/schemas/Bought", "given": "#/components/schemas/Given" } },
                },
                "keyed": { "oneOf": [
                    { "type": "object", "required": ["paid"], "properties": { "paid": of("Price") }, "additionalProperties": false },
                    { "type": "object", "required": ["owed"], "properties": { "owed": of("Cost") }, "additionalProperties": false },
                ] },
                "placed": { "type": "number", "nullable": true },
                "sites": { "type": "array", "items": { "type": "string", "format": "uri", "nullable": true } },
            },
            "additionalProperties": of("Price"),
        },
        "Bought": object("bought", of("Price")),
        "Given": object("given", of("When")),
    })
}

fn document() -> String {
    let mut document: Value =
        serde_json::from_str(&everywhere::document_of(&KINDS, schemas())).expect("JSON");
    let content =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } });
    document["paths"]["/things"] = json!({ "put": {
        "operationId": "put thing",
        "requestBody": { "required": true, "content": content },
        "responses": { "200": { "description": "Ok.", "content": content } },
    } });
    document.to_string()
}

/// The types of a case, as the presets of `countersign.toml` have them.
fn types(name: &str) -> Vec<External> {
    let dates: [(&str, &str); 3] = match name {
        "with-chrono" => [
            ("date-time", "::chrono::DateTime<::chrono::Utc>"),
            ("date", "::chrono::NaiveDate"),
            ("time", "::chrono::NaiveTime"),
        ],
        "with-time" => [
            ("date-time", "::time::OffsetDateTime"),
            ("date", "::time::Date"),
            ("time", "::time::Time"),
        ],
        _ => [
            ("date-time", "::jiff::Timestamp"),
            ("date", "::jiff::civil::Date"),
            ("time", "::jiff::civil::Time"),
        ],
    };
    let others = [
        ("decimal", "::rust_decimal::Decimal"),
        (
            "#/components/schemas/Thing/properties/placed",
            "::rust_decimal::Decimal",
        ),
        ("uri", "::url::Url"),
        ("cidr", "::ipnet::IpNet"),
        ("email", "::email_address::EmailAddress"),
    ];
    let all = dates.into_iter().chain(others);
    all.map(|(format, path)| {
        let name = path.split("::").nth(1).expect("a crate");
        let (version, features): (_, &[&str]) = match name {
            "chrono" => ("0.4", &["serde"]),
            "time" => ("0.3", &[]),
            "jiff" => ("1", &["serde"]),
            "rust_decimal" => ("1", &[]),
            "email_address" => ("0.2", &["serde"]),
            _ => ("2", &["serde"]),
        };
        let krate = ExternalCrate {
            name: name.to_owned(),
            version: version.to_owned(),
            features: features.iter().map(|on| (*on).to_owned()).collect(),
        };
        External::new(format, path, Some(krate))
    })
    .collect()
}

/// The crates of all cases, and their tests.
pub(crate) fn files() -> Tree {
    let document = document();
    let mut tree = Tree::new();
    for name in NAMES {
        let generated = crate::generate_with(name, &document, |settings| {
            settings.types = types(name);
        });
        tree.extend(generated.tree);
        let test = everywhere::test_of(name, &KINDS);
        let own = match name {
            "with-chrono" => CHRONO,
            "with-time" => TIME,
            _ => JIFF,
        };
        let path = format!("{name}-client/tests/faked.rs");
        tree.insert(path, format!("{test}{own}{SHARED}"));
        let manifest = format!("{name}-client/Cargo.toml");
        let text = tree.get_mut(&manifest).expect("a manifest");
        text.push_str("\n[dev-dependencies]\nserde_json = \"1\"\n");
    }
    tree
}

#[test]
fn crates_and_features_land_in_manifests() {
    let tree = files();
    for (name, lines) in [
        (
            "with-chrono",
            &["chrono = { features = [\"serde\"], version = \"0.4\" }"][..],
        ),
        (
            "with-time",
            &["\ntime = { version = \"0.3\" }", "\"decimal\", \"time\""],
        ),
        (
            "with-jiff",
            &[
                "jiff = { features = [\"serde\"], version = \"1\" }",
                "rust_decimal = { version = \"1\" }",
                "email_address = { features = [\"serde\"], version = \"0.2\" }",
            ],
        ),
    ] {
        for part in ["model", "client"] {
            let manifest = &tree[&format!("{name}-{part}/Cargo.toml")];
            for line in lines {
                assert!(manifest.contains(line), "{line}: {manifest}");
            }
        }
    }
}

/// A document names types; the settings say of which crates.
#[test]
fn a_document_names_types_of_listed_crates_alone() {
    let field = |named: &str| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: Named, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    \
             Host: {{type: object, required: [at], properties: {{at: {{type: string, x-rust-type: {named}}}}}}}\n"
        );
        let tree = crate::generate_with("named", &text, |settings| {
            settings.api.crates = vec![ExternalCrate {
                name: "ip-net".to_owned(),
                version: "2".to_owned(),
                features: vec!["serde".to_owned()],
            }];
        })
        .tree;
        let all: Vec<&str> = tree.values().map(String::as_str).collect();
        let all = all.join("\n");
        let line = all
            .lines()
            .find_map(|line| line.trim().strip_prefix("pub at: "));
        let has_crate = all.contains("ip-net = { features = [\"serde\"], version = \"2\" }");
        (line.expect("a field").to_owned(), has_crate)
    };
    let named = ("::ip_net::IpNet,".to_owned(), true);
    assert_eq!(field("'ip_net::IpNet'"), named);
    assert_eq!(field("'::ip_net::IpNet'"), named);
    assert_eq!(
        field("{crate: ip-net, version: '1', path: 'ip_net::IpNet'}"),
        named
    );
    let plain = ("String,".to_owned(), false);
    for other in [
        "'other::IpNet'",
        "'ip_net'",
        "IpNet",
        "'ip_net::IpNet<String>'",
        "'ip_net::{fn main() {}}'",
        "'ip_net::crate::X'",
        "{crate: other, path: 'ip_net::IpNet'}",
        "{crate: ip-net, path: 'ip_net::Of', parameters: [{type: string}]}",
        "[ip_net]",
        "7",
    ] {
        assert_eq!(field(other), plain, "{other}");
    }
}

const CHRONO: &str = r#"
fn when(dice: &mut Dice) -> chrono::DateTime<chrono::Utc> {
    let second = dice.below(1 << 32) as i64;
    chrono::DateTime::from_timestamp(second, dice.below(1_000_000_000) as u32).unwrap()
}

fn day(dice: &mut Dice) -> chrono::NaiveDate {
    when(dice).date_naive()
}

fn hour(dice: &mut Dice) -> chrono::NaiveTime {
    when(dice).time()
}
"#;

const TIME: &str = r#"
use countersign_runtime::AsText;

fn when(dice: &mut Dice) -> AsText<time::OffsetDateTime> {
    let second = dice.below(1 << 32) as i64;
    let instant = time::OffsetDateTime::from_unix_timestamp(second).unwrap();
    let offset = time::UtcOffset::from_hms(dice.below(24) as i8 - 12, 0, 0).unwrap();
    AsText(instant.to_offset(offset) + time::Duration::nanoseconds(dice.below(1_000_000_000) as i64))
}

fn day(dice: &mut Dice) -> AsText<time::Date> {
    when(dice).date().into()
}

fn hour(dice: &mut Dice) -> AsText<time::Time> {
    when(dice).time().into()
}

#[test]
fn members_are_set_from_the_type_itself_and_read_through_the_wrapper() {
    let when = time::OffsetDateTime::UNIX_EPOCH;
    let thing = model::Thing::new(None, rust_decimal::Decimal::ONE, when);
    assert_eq!(thing.when, when);
    assert_eq!(thing.when.year(), 1970);
    assert_eq!(thing.price.to_string(), "1");
}
"#;

const JIFF: &str = r#"
fn when(dice: &mut Dice) -> jiff::Timestamp {
    let second = dice.below(1 << 32) as i64;
    jiff::Timestamp::new(second, dice.below(1_000_000_000) as i32).unwrap()
}

fn day(dice: &mut Dice) -> jiff::civil::Date {
    jiff::tz::Offset::UTC.to_datetime(when(dice)).date()
}

fn hour(dice: &mut Dice) -> jiff::civil::Time {
    jiff::tz::Offset::UTC.to_datetime(when(dice)).time()
}
"#;

const SHARED: &str = r##"
/// More digits than a float has.
fn decimal(dice: &mut Dice) -> rust_decimal::Decimal {
    let digits = i128::from(dice.below(1 << 60)) * i128::from(1 + dice.below(1 << 30));
    rust_decimal::Decimal::from_i128_with_scale(digits - (1 << 80), dice.below(20) as u32)
}

fn price(dice: &mut Dice) -> countersign_runtime::AsNumber<rust_decimal::Decimal> {
    decimal(dice).into()
}

fn cost(dice: &mut Dice) -> countersign_runtime::AsText<rust_decimal::Decimal> {
    decimal(dice).into()
}

fn site(dice: &mut Dice) -> url::Url {
    format!("https://example.com/{}?a={}", dice.below(9), dice.below(9)).parse().unwrap()
}

fn net(dice: &mut Dice) -> ipnet::IpNet {
    format!("10.{}.0.0/16", dice.below(256)).parse().unwrap()
}

fn mail(dice: &mut Dice) -> email_address::EmailAddress {
    format!("pat+{}@example.com", dice.below(99)).parse().unwrap()
}

/// A thing of many digits, in the order of its members.
const THING: &str = r#"{"by_name":{"a":1.00000000000000000001},"cost":"0.1234567890123456789","days":["2024-02-29"],"either":98765432109876543.21,"fee":1.50,"keyed":{"paid":2.71828182845904523536},"nullable":0.10000000000000000001,"placed":1.41421356237309504880,"price":12345678901234567.890123456789,"sites":["https://example.com/",null],"tagged":{"held":3.14159265358979323846,"kind":"bought"},"when":"2024-06-19T15:22:45.5Z","more":0.57721566490153286060}"#;

#[test]
fn numbers_keep_their_digits_wherever_they_are() {
    let thing: model::Thing = serde_json::from_str(THING).unwrap();
    let written = serde_json::to_string(&thing).unwrap();
    assert_eq!(written.replace("45.500Z", "45.5Z"), THING);
    // The same by slices and by readers.
    assert_eq!(serde_json::from_slice::<model::Thing>(THING.as_bytes()).unwrap(), thing);
    assert_eq!(serde_json::from_reader::<_, model::Thing>(THING.as_bytes()).unwrap(), thing);
}

#[test]
fn clients_and_servers_keep_them_too() {
    let thing: model::Thing = serde_json::from_str(THING).unwrap();
    let answer = thing.clone();
    let fake = Server::new().on(move |_: Received<PutThing>| Outcome::success(answer.clone()));
    let put = PutThing::new(thing.clone());
    let found = fake.client().call(put.clone()).send_blocking().unwrap();
    assert_eq!(found.into_inner(), thing);
    assert_eq!(fake.calls::<PutThing>(), [put]);
}

#[test]
fn null_is_null_and_what_is_left_out_is_none() {
    let thing: model::Thing = serde_json::from_str(
        r#"{"when":"2024-06-19T15:22:45Z","price":"7","nullable":null,"placed":null}"#,
    )
    .unwrap();
    assert_eq!(thing.nullable, None);
    assert_eq!(thing.fee, None);
    assert!(thing.placed.is_null());
    assert_eq!(serde_json::to_value(&thing).unwrap()["price"], 7);
    assert!(serde_json::from_str::<model::Thing>(r#"{"when":"soon","price":7,"nullable":null}"#).is_err());
    assert!(serde_json::from_str::<model::Thing>(r#"{"when":"2024-06-19T15:22:45Z","price":[7],"nullable":null}"#).is_err());
}

#[test]
fn limits_are_checked() {
    use countersign_runtime::Validate as _;
    let with = |price: &str| -> bool {
        let json = format!(r#"{{"when":"2024-06-19T15:22:45Z","price":{price},"nullable":null}}"#);
        let thing: model::Thing = serde_json::from_str(&json).unwrap();
        let mut check = countersign_runtime::Check::new();
        thing.validate(&mut check);
        check.finish().is_ok()
    };
    assert!(with("0.5") && with("12.25"));
    assert!(!with("0.49") && !with("100000000000000000"));
}
"##;

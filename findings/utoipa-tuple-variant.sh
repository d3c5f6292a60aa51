#!/usr/bin/env bash
# utoipa 6.0.0: a variant of an enum with several members is documented as a list of objects.
#
# A tuple that is a member of a struct has `prefixItems` with the type of each item. The same tuple as a variant has
# `items: { type: object }`, which neither an integer nor a boolean is.
#
# Output seen: "documented: object; sent: {"turn":[90,true]}"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "tuple-variant"
version = "0.0.0"
edition = "2024"

[dependencies]
serde = { version = "1", features = ["derive"] }
serde_json = "1"
utoipa = "=6.0.0"
TOML
cat > src/main.rs <<'RS'
use utoipa::PartialSchema as _;

#[derive(serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
enum Step {
    Turn(i32, bool),
}

fn main() {
    let schema = serde_json::to_value(Step::schema()).unwrap();
    let items = &schema["oneOf"][0]["properties"]["turn"]["items"]["type"];
    let sent = serde_json::to_string(&Step::Turn(90, true)).unwrap();
    println!("documented: {}; sent: {sent}", items.as_str().unwrap());
}
RS
found=$(cargo run --quiet)
echo "$found"
[ "$found" = 'documented: object; sent: {"turn":[90,true]}' ]

#!/usr/bin/env bash
# utoipa 6.0.0 with utoipa-axum 0.3.0: the schema of the items of a stream is missing from the document.
#
# `body = Tick` adds `Tick` to the components of the document. `item_schema = Tick` refers to it and does not add it, so
# the reference leads to nothing, until `components(schemas(Tick))` names it by hand.
#
# Output seen: "items: #/components/schemas/Tick; schemas: none"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "item-schema"
version = "0.0.0"
edition = "2024"

[dependencies]
axum = "=0.8.9"
serde_json = "1"
utoipa = { version = "=6.0.0", features = ["axum_extras"] }
utoipa-axum = "=0.3.0"
TOML
cat > src/main.rs <<'RS'
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(utoipa::ToSchema)]
#[allow(dead_code)]
struct Tick {
    number: i32,
}

#[utoipa::path(get, path = "/ticks", responses((status = OK, content_type = "text/event-stream", item_schema = Tick)))]
async fn ticks() {}

fn main() {
    let (_, document) = OpenApiRouter::<()>::new().routes(routes!(ticks)).split_for_parts();
    let document = serde_json::to_value(document).unwrap();
    let content = &document["paths"]["/ticks"]["get"]["responses"]["200"]["content"]["text/event-stream"];
    let schemas = document["components"]["schemas"].as_object();
    let names = schemas.map(|schemas| schemas.keys().cloned().collect::<Vec<_>>().join(", "));
    let names = names.filter(|names| !names.is_empty()).unwrap_or("none".to_owned());
    println!("items: {}; schemas: {names}", content["itemSchema"]["$ref"].as_str().unwrap());
}
RS
found=$(cargo run --quiet)
echo "$found"
[ "$found" = "items: #/components/schemas/Tick; schemas: none" ]

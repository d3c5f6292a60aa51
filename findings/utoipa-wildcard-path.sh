#!/usr/bin/env bash
# utoipa-axum 0.3.0: a rest of a path has one name in the path of the document, and another in its parameter.
#
# axum 0.8 writes a rest of a path as `{*rest}`, and a handler is both route and path of the document. The parameter can
# only be declared as `rest`: a name with a star would not be found. OpenAPI knows no such star.
#
# Output seen: "path: /files/{*rest}; parameter: rest"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "wildcard-path"
version = "0.0.0"
edition = "2024"

[dependencies]
axum = "=0.8.9"
serde_json = "1"
utoipa = { version = "=6.0.0", features = ["axum_extras"] }
utoipa-axum = "=0.3.0"
TOML
cat > src/main.rs <<'RS'
use axum::extract::Path;
use utoipa_axum::{router::OpenApiRouter, routes};

#[utoipa::path(get, path = "/files/{*rest}", params(("rest" = String, Path)), responses((status = OK)))]
async fn files(Path(rest): Path<String>) -> String {
    rest
}

fn main() {
    let (_, document) = OpenApiRouter::<()>::new().routes(routes!(files)).split_for_parts();
    let document = serde_json::to_value(document).unwrap();
    let (path, item) = document["paths"].as_object().unwrap().iter().next().unwrap();
    println!("path: {path}; parameter: {}", item["get"]["parameters"][0]["name"].as_str().unwrap());
}
RS
found=$(cargo run --quiet)
echo "$found"
[ "$found" = "path: /files/{*rest}; parameter: rest" ]

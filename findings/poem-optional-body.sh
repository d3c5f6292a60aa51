#!/usr/bin/env bash
# poem-openapi 5.1.16: a body that is documented as optional is refused when it is absent.
#
# `Json<Option<T>>` has `required: false` in the document. A request without a body has no `Content-Type` either, and is
# answered with 415.
#
# Output seen: "required: false; without one: 415 Unsupported Media Type"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "optional-body"
version = "0.0.0"
edition = "2024"

[dependencies]
poem = { version = "3", features = ["test"] }
poem-openapi = "=5.1.16"
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt"] }
TOML
cat > src/main.rs <<'RS'
use poem::test::TestClient;
use poem_openapi::payload::Json;
use poem_openapi::{OpenApi, OpenApiService};

struct Api;

#[OpenApi]
impl Api {
    #[oai(path = "/numbers", method = "put")]
    async fn numbers(&self, numbers: Json<Option<Vec<i32>>>) -> Json<bool> {
        Json(numbers.0.is_some())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let service = OpenApiService::new(Api, "Numbers", "1");
    let document: serde_json::Value = serde_json::from_str(&service.spec()).unwrap();
    let required = &document["paths"]["/numbers"]["put"]["requestBody"]["required"];
    let answer = TestClient::new(service).put("/numbers").send().await;
    println!("required: {required}; without one: {}", answer.0.status());
}
RS
found=$(cargo run --quiet)
echo "$found"
[ "$found" = "required: false; without one: 415 Unsupported Media Type" ]

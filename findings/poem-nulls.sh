#!/usr/bin/env bash
# poem-openapi 5.1.16: members that the server sends as null, and takes as null, are never nullable in the document.
#
# `Option<T>` is an optional member of the type of `T`, and an absent one is sent as null. `MaybeUndefined<T>`, which is
# there to tell absent from null, is documented in the same way.
#
# Output seen: "documented: string, string; sent: {"city":null,"zip":null}"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "nulls"
version = "0.0.0"
edition = "2024"

[dependencies]
poem-openapi = "=5.1.16"
serde_json = "1"
TOML
cat > src/main.rs <<'RS'
use poem_openapi::payload::Json;
use poem_openapi::types::{MaybeUndefined, ToJSON as _};
use poem_openapi::{Object, OpenApi, OpenApiService};

#[derive(Object)]
struct Address {
    city: Option<String>,
    zip: MaybeUndefined<String>,
}

struct Api;

#[OpenApi]
impl Api {
    #[oai(path = "/address", method = "put")]
    async fn address(&self, address: Json<Address>) -> Json<Address> {
        address
    }
}

fn main() {
    let document = OpenApiService::new(Api, "Addresses", "1").spec();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let members = &document["components"]["schemas"]["Address"]["properties"];
    let address = Address { city: None, zip: MaybeUndefined::Null };
    let kind = |name: &str| members[name]["type"].as_str().unwrap_or_default().to_owned();
    println!("documented: {}, {}; sent: {}", kind("city"), kind("zip"), address.to_json_string());
}
RS
found=$(cargo run --quiet)
echo "$found"
[ "$found" = 'documented: string, string; sent: {"city":null,"zip":null}' ]

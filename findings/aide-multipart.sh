#!/usr/bin/env bash
# aide 0.15.1: a form with files is documented as a list.
#
# `Multipart` of axum becomes `multipart/form-data` with the schema `{ "type": "array" }`. Parts have names, and OpenAPI
# takes them from the members of an object.
#
# Output seen: "multipart/form-data: array"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "multipart"
version = "0.0.0"
edition = "2024"

[dependencies]
aide = { version = "=0.15.1", features = ["axum", "axum-multipart"] }
axum = { version = "=0.8.9", features = ["multipart"] }
serde_json = "1"
TOML
cat > src/main.rs <<'RS'
use aide::axum::{ApiRouter, routing::post};
use axum::extract::Multipart;

async fn upload(_: Multipart) {}

fn main() {
    let mut document = aide::openapi::OpenApi::default();
    let _: axum::Router = ApiRouter::new().api_route("/files", post(upload)).finish_api(&mut document);
    let document = serde_json::to_value(document).unwrap();
    let content = &document["paths"]["/files"]["post"]["requestBody"]["content"];
    let schema = &content["multipart/form-data"]["schema"]["type"];
    println!("multipart/form-data: {}", schema.as_str().unwrap());
}
RS
found=$(cargo run --quiet)
echo "$found"
[ "$found" = "multipart/form-data: array" ]

//! Bodies: values that come back as they went, forms, files.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Multipart, Path};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Form;
use serde_json::{Map, Value, json};

use crate::held::{hex, hold, keep, kept, sight};
use crate::types::{Embedded, Filled, Loose, Maps, Moments, Name, Presence, Shape, Tree};

pub async fn echo_shapes(Json(shapes): Json<Vec<Shape>>) -> Json<Vec<Shape>> {
    hold("echo_shapes", &shapes);
    Json(shapes)
}

pub async fn echo_loose(Json(loose): Json<Loose>) -> Json<Loose> {
    hold("echo_loose", &loose);
    Json(loose)
}

pub async fn echo_tree(Json(tree): Json<Tree>) -> Json<Tree> {
    hold("echo_tree", &tree);
    Json(tree)
}

pub async fn echo_moments(Json(moments): Json<Moments>) -> Json<Moments> {
    hold("echo_moments", &moments);
    hold("moments_data", hex(&moments.data));
    Json(moments)
}

pub async fn echo_presence(Json(presence): Json<Presence>) -> Json<Presence> {
    hold("echo_presence", &presence);
    Json(presence)
}

pub async fn echo_maps(Json(maps): Json<Maps>) -> Json<Maps> {
    hold("echo_maps", &maps);
    Json(maps)
}

pub async fn put_text(text: String) -> String {
    hold("put_text", &text);
    text
}

pub async fn put_numbers(Json(numbers): Json<Vec<i64>>) -> Json<Vec<i64>> {
    hold("put_numbers", &numbers);
    Json(numbers)
}

pub async fn put_embedded(body: Option<Json<Embedded>>) -> Json<i64> {
    let embedded = body.map(|Json(embedded)| embedded);
    hold("put_embedded", &embedded);
    Json(embedded.map_or(0, |embedded| embedded.first))
}

pub async fn nothing() -> StatusCode {
    hold("nothing", true);
    StatusCode::ACCEPTED
}

/// The parts of a form: files as they look, and fields as text, each as often as it was sent.
async fn parts(mut form: Multipart) -> Result<Map<String, Value>, StatusCode> {
    let mut found = Map::new();
    while let Some(field) = form
        .next_field()
        .await
        .map_err(|_| StatusCode::BAD_REQUEST)?
    {
        let name = field.name().unwrap_or_default().to_owned();
        let (file, media_type) = (
            field.file_name().map(str::to_owned),
            field.content_type().map(str::to_owned),
        );
        let content = field.bytes().await.map_err(|_| StatusCode::BAD_REQUEST)?;
        let value = match file {
            Some(file) => sight(Some(&file), media_type.as_deref(), &content),
            None => json!(String::from_utf8_lossy(&content)),
        };
        let values = found.entry(name).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(value);
        }
    }
    Ok(found)
}

pub async fn upload_one(form: Multipart) -> Result<Json<Value>, StatusCode> {
    let parts = parts(form).await?;
    hold("upload_one", &parts);
    Ok(Json(Value::Object(parts)))
}

pub async fn upload_many(form: Multipart) -> Result<Json<usize>, StatusCode> {
    let parts = parts(form).await?;
    hold("upload_many", &parts);
    Ok(Json(
        parts
            .get("files")
            .and_then(Value::as_array)
            .map_or(0, Vec::len),
    ))
}

pub async fn upload_maybe(form: Multipart) -> Result<Json<bool>, StatusCode> {
    let parts = parts(form).await?;
    hold("upload_maybe", &parts);
    Ok(Json(parts.contains_key("file")))
}

pub async fn send_form(Form(form): Form<Filled>) -> String {
    hold("send_form", &form);
    form.name
}

pub async fn put_content(Path(Name { name }): Path<Name>, content: Bytes) -> StatusCode {
    hold("put_content", hex(&content));
    keep(name, content.to_vec());
    StatusCode::NO_CONTENT
}

pub async fn get_content(Path(Name { name }): Path<Name>) -> Response {
    ([(header::CONTENT_TYPE, "image/png")], kept(&name)).into_response()
}

/// As aide describes a form of which it knows nothing.
pub async fn upload_any(form: Multipart) -> Result<Json<usize>, StatusCode> {
    let parts = parts(form).await?;
    hold("upload_any", &parts);
    Ok(Json(parts.len()))
}

//! Bodies: values that come back as they went, forms, files.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Multipart, Path};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde_json::{Map, Value, json};

use crate::held::{hex, hold, keep, kept, sight};
use crate::types::{
    Embedded, Filled, Loose, ManyFiles, Maps, MaybeFile, Moments, OneFile, Presence, Shape, Tree,
};

#[utoipa::path(post, path = "/shapes", responses((status = OK, body = Vec<Shape>)))]
pub async fn echo_shapes(Json(shapes): Json<Vec<Shape>>) -> Json<Vec<Shape>> {
    hold("echo_shapes", &shapes);
    Json(shapes)
}

#[utoipa::path(post, path = "/loose", responses((status = OK, body = Loose)))]
pub async fn echo_loose(Json(loose): Json<Loose>) -> Json<Loose> {
    hold("echo_loose", &loose);
    Json(loose)
}

#[utoipa::path(post, path = "/trees", responses((status = OK, body = Tree)))]
pub async fn echo_tree(Json(tree): Json<Tree>) -> Json<Tree> {
    hold("echo_tree", &tree);
    Json(tree)
}

#[utoipa::path(post, path = "/moments", responses((status = OK, body = Moments)))]
pub async fn echo_moments(Json(moments): Json<Moments>) -> Json<Moments> {
    hold("echo_moments", &moments);
    hold("moments_data", hex(&moments.data));
    Json(moments)
}

#[utoipa::path(post, path = "/presence", responses((status = OK, body = Presence)))]
pub async fn echo_presence(Json(presence): Json<Presence>) -> Json<Presence> {
    hold("echo_presence", &presence);
    Json(presence)
}

#[utoipa::path(post, path = "/maps", responses((status = OK, body = Maps)))]
pub async fn echo_maps(Json(maps): Json<Maps>) -> Json<Maps> {
    hold("echo_maps", &maps);
    Json(maps)
}

#[utoipa::path(put, path = "/scalars/text", request_body = String, responses((status = OK, body = String)))]
pub async fn put_text(text: String) -> String {
    hold("put_text", &text);
    text
}

#[utoipa::path(put, path = "/scalars/numbers", responses((status = OK, body = Vec<i64>)))]
pub async fn put_numbers(Json(numbers): Json<Vec<i64>>) -> Json<Vec<i64>> {
    hold("put_numbers", &numbers);
    Json(numbers)
}

#[utoipa::path(put, path = "/scalars/embedded", request_body = inline(Option<Embedded>), responses((status = OK, body = i64)))]
pub async fn put_embedded(body: Option<Json<Embedded>>) -> Json<i64> {
    let embedded = body.map(|Json(embedded)| embedded);
    hold("put_embedded", &embedded);
    Json(embedded.map_or(0, |embedded| embedded.first))
}

#[utoipa::path(post, path = "/nothing", responses((status = ACCEPTED)))]
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

#[utoipa::path(
    post, path = "/files/one",
    request_body(content = OneFile, content_type = "multipart/form-data"),
    responses((status = OK, body = Value)),
)]
pub async fn upload_one(form: Multipart) -> Result<Json<Value>, StatusCode> {
    let parts = parts(form).await?;
    hold("upload_one", &parts);
    Ok(Json(Value::Object(parts)))
}

#[utoipa::path(
    post, path = "/files/many",
    request_body(content = ManyFiles, content_type = "multipart/form-data"),
    responses((status = OK, body = usize)),
)]
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

#[utoipa::path(
    post, path = "/files/maybe",
    request_body(content = MaybeFile, content_type = "multipart/form-data"),
    responses((status = OK, body = bool)),
)]
pub async fn upload_maybe(form: Multipart) -> Result<Json<bool>, StatusCode> {
    let parts = parts(form).await?;
    hold("upload_maybe", &parts);
    Ok(Json(parts.contains_key("file")))
}

#[utoipa::path(post, path = "/forms", responses((status = OK, body = String)))]
pub async fn send_form(Form(form): Form<Filled>) -> String {
    hold("send_form", &form);
    form.name
}

#[utoipa::path(
    put, path = "/files/{name}/content",
    params(("name" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = NO_CONTENT)),
)]
pub async fn put_content(Path(name): Path<String>, content: Bytes) -> StatusCode {
    hold("put_content", hex(&content));
    keep(name, content.to_vec());
    StatusCode::NO_CONTENT
}

#[utoipa::path(
    get, path = "/files/{name}/content",
    params(("name" = String, Path)),
    responses((status = OK, body = Vec<u8>, content_type = "image/png")),
)]
pub async fn get_content(Path(name): Path<String>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/png")], kept(&name))
}

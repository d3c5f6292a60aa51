//! Bodies: values that come back as they went, forms, files.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use poem_openapi::payload::{Attachment, Base64, Binary, Form, Json, PlainText};
use poem_openapi::types::ToJSON as _;
use poem_openapi::types::multipart::Upload;
use serde_json::{Value, json};

use crate::answers::{Done, Nothing};
use crate::held::{hex, hold, keep, kept, sight};
use crate::types::{
    Embedded, Filled, Loose, ManyFiles, Maps, MaybeFile, Moments, OneFile, Presence, Shape, Tree,
};

pub struct Values;

/// A file as it looks.
async fn look(file: Upload) -> Value {
    let (name, media_type) = (
        file.file_name().map(str::to_owned),
        file.content_type().map(str::to_owned),
    );
    let content = file.into_vec().await.unwrap_or_default();
    sight(name.as_deref(), media_type.as_deref(), &content)
}

#[OpenApi]
impl Values {
    #[oai(path = "/shapes", method = "post", operation_id = "echo_shapes")]
    async fn echo_shapes(&self, shapes: Json<Vec<Shape>>) -> Json<Vec<Shape>> {
        hold("echo_shapes", shapes.0.to_json());
        shapes
    }

    #[oai(path = "/loose", method = "post", operation_id = "echo_loose")]
    async fn echo_loose(&self, loose: Json<Loose>) -> Json<Loose> {
        hold("echo_loose", loose.0.to_json());
        loose
    }

    #[oai(path = "/trees", method = "post", operation_id = "echo_tree")]
    async fn echo_tree(&self, tree: Json<Tree>) -> Json<Tree> {
        hold("echo_tree", tree.0.to_json());
        tree
    }

    #[oai(path = "/moments", method = "post", operation_id = "echo_moments")]
    async fn echo_moments(&self, moments: Json<Moments>) -> Json<Moments> {
        hold("echo_moments", moments.0.to_json());
        hold("moments_data", hex(&moments.0.data.0));
        moments
    }

    #[oai(path = "/presence", method = "post", operation_id = "echo_presence")]
    async fn echo_presence(&self, presence: Json<Presence>) -> Json<Presence> {
        hold("echo_presence", presence.0.to_json());
        presence
    }

    #[oai(path = "/maps", method = "post", operation_id = "echo_maps")]
    async fn echo_maps(&self, maps: Json<Maps>) -> Json<Maps> {
        hold("echo_maps", maps.0.to_json());
        maps
    }

    #[oai(path = "/scalars/text", method = "put", operation_id = "put_text")]
    async fn put_text(&self, text: PlainText<String>) -> PlainText<String> {
        hold("put_text", &text.0);
        text
    }

    #[oai(
        path = "/scalars/numbers",
        method = "put",
        operation_id = "put_numbers"
    )]
    async fn put_numbers(&self, numbers: Json<Vec<i64>>) -> Json<Vec<i64>> {
        hold("put_numbers", &numbers.0);
        numbers
    }

    #[oai(
        path = "/scalars/embedded",
        method = "put",
        operation_id = "put_embedded"
    )]
    async fn put_embedded(&self, embedded: Json<Option<Embedded>>) -> Json<i64> {
        hold("put_embedded", embedded.0.to_json());
        Json(embedded.0.map_or(0, |embedded| embedded.first))
    }

    #[oai(path = "/nothing", method = "post", operation_id = "nothing")]
    async fn nothing(&self) -> Nothing {
        hold("nothing", true);
        Nothing::Accepted
    }

    #[oai(path = "/files/one", method = "post", operation_id = "upload_one")]
    async fn upload_one(&self, form: OneFile) -> Json<i32> {
        let address = form.address.map(|address| address.0.to_json());
        let (file, copies) = (look(form.file).await, form.copies);
        hold(
            "upload_one",
            json!({ "file": file, "caption": form.caption, "copies": copies, "address": address }),
        );
        Json(copies)
    }

    #[oai(path = "/files/many", method = "post", operation_id = "upload_many")]
    async fn upload_many(&self, form: ManyFiles) -> Json<u32> {
        let mut files = Vec::new();
        for file in form.files {
            files.push(look(file).await);
        }
        hold("upload_many", json!({ "files": files, "tags": form.tags }));
        Json(files.len() as u32)
    }

    #[oai(path = "/files/maybe", method = "post", operation_id = "upload_maybe")]
    async fn upload_maybe(&self, form: MaybeFile) -> Json<bool> {
        let is_there = form.file.is_some();
        let file = match form.file {
            Some(file) => look(file).await,
            None => Value::Null,
        };
        hold("upload_maybe", json!({ "file": file, "note": form.note }));
        Json(is_there)
    }

    #[oai(path = "/forms", method = "post", operation_id = "send_form")]
    async fn send_form(&self, form: Form<Filled>) -> PlainText<String> {
        hold("send_form", &form.0);
        PlainText(form.0.name)
    }

    #[oai(
        path = "/files/:name/content",
        method = "put",
        operation_id = "put_content"
    )]
    async fn put_content(&self, name: Path<String>, content: Binary<Vec<u8>>) -> Done {
        hold("put_content", hex(&content.0));
        keep(name.0, content.0);
        Done::Done
    }

    #[oai(
        path = "/files/:name/content",
        method = "get",
        operation_id = "get_content"
    )]
    async fn get_content(&self, name: Path<String>) -> Attachment<Vec<u8>> {
        Attachment::new(kept(&name.0)).filename("a b.png")
    }

    #[oai(
        path = "/files/:name/base64",
        method = "get",
        operation_id = "get_base64"
    )]
    async fn get_base64(&self, name: Path<String>) -> Base64<Vec<u8>> {
        Base64(kept(&name.0))
    }
}

//! Bodies: values that come back as they went, forms, files.

use dropshot::{
    Body, FreeformBody, HttpError, HttpResponseAccepted, HttpResponseOk,
    HttpResponseUpdatedNoContent, MultipartBody, Path, RequestContext, StreamingBody, TypedBody,
    UntypedBody, endpoint,
};
use futures::TryStreamExt as _;
use serde_json::{Map, Value, json};

use crate::held::{hex, hold, keep, kept, sight};
use crate::types::{Filled, Loose, Maps, Moments, Name, Presence, Shape, Tree};

#[endpoint { method = POST, path = "/shapes" }]
pub async fn echo_shapes(
    _: RequestContext<()>,
    shapes: TypedBody<Vec<Shape>>,
) -> Result<HttpResponseOk<Vec<Shape>>, HttpError> {
    let shapes = shapes.into_inner();
    hold("echo_shapes", &shapes);
    Ok(HttpResponseOk(shapes))
}

#[endpoint { method = POST, path = "/loose" }]
pub async fn echo_loose(
    _: RequestContext<()>,
    loose: TypedBody<Loose>,
) -> Result<HttpResponseOk<Loose>, HttpError> {
    let loose = loose.into_inner();
    hold("echo_loose", &loose);
    Ok(HttpResponseOk(loose))
}

#[endpoint { method = POST, path = "/trees" }]
pub async fn echo_tree(
    _: RequestContext<()>,
    tree: TypedBody<Tree>,
) -> Result<HttpResponseOk<Tree>, HttpError> {
    let tree = tree.into_inner();
    hold("echo_tree", &tree);
    Ok(HttpResponseOk(tree))
}

#[endpoint { method = POST, path = "/moments" }]
pub async fn echo_moments(
    _: RequestContext<()>,
    moments: TypedBody<Moments>,
) -> Result<HttpResponseOk<Moments>, HttpError> {
    let moments = moments.into_inner();
    hold("echo_moments", &moments);
    hold("moments_data", hex(&moments.data));
    Ok(HttpResponseOk(moments))
}

#[endpoint { method = POST, path = "/presence" }]
pub async fn echo_presence(
    _: RequestContext<()>,
    presence: TypedBody<Presence>,
) -> Result<HttpResponseOk<Presence>, HttpError> {
    let presence = presence.into_inner();
    hold("echo_presence", &presence);
    Ok(HttpResponseOk(presence))
}

#[endpoint { method = POST, path = "/maps" }]
pub async fn echo_maps(
    _: RequestContext<()>,
    maps: TypedBody<Maps>,
) -> Result<HttpResponseOk<Maps>, HttpError> {
    let maps = maps.into_inner();
    hold("echo_maps", &maps);
    Ok(HttpResponseOk(maps))
}

#[endpoint { method = PUT, path = "/scalars/text" }]
pub async fn put_text(
    _: RequestContext<()>,
    text: TypedBody<String>,
) -> Result<HttpResponseOk<String>, HttpError> {
    let text = text.into_inner();
    hold("put_text", &text);
    Ok(HttpResponseOk(text))
}

#[endpoint { method = PUT, path = "/scalars/numbers" }]
pub async fn put_numbers(
    _: RequestContext<()>,
    numbers: TypedBody<Vec<i64>>,
) -> Result<HttpResponseOk<Vec<i64>>, HttpError> {
    let numbers = numbers.into_inner();
    hold("put_numbers", &numbers);
    Ok(HttpResponseOk(numbers))
}

#[endpoint { method = POST, path = "/nothing" }]
pub async fn nothing(
    _: RequestContext<()>,
) -> Result<HttpResponseAccepted<Option<bool>>, HttpError> {
    hold("nothing", true);
    Ok(HttpResponseAccepted(None))
}

#[endpoint { method = POST, path = "/uploads/any" }]
pub async fn upload_any(
    _: RequestContext<()>,
    form: MultipartBody,
) -> Result<HttpResponseOk<usize>, HttpError> {
    let mut form = form.content;
    let refused = |error: multer::Error| HttpError::for_bad_request(None, error.to_string());
    let mut found = Map::new();
    while let Some(field) = form.next_field().await.map_err(refused)? {
        let name = field.name().unwrap_or_default().to_owned();
        let (file, media_type) = (
            field.file_name().map(str::to_owned),
            field.content_type().map(ToString::to_string),
        );
        let content = field.bytes().await.map_err(refused)?;
        let value = match file {
            Some(file) => sight(Some(&file), media_type.as_deref(), &content),
            None => json!(String::from_utf8_lossy(&content)),
        };
        if let Value::Array(values) = found.entry(name).or_insert_with(|| json!([])) {
            values.push(value);
        }
    }
    hold("upload_any", &found);
    Ok(HttpResponseOk(found.len()))
}

#[endpoint { method = POST, path = "/uploads/raw", request_body_max_bytes = 1_000_000 }]
pub async fn upload_raw(
    _: RequestContext<()>,
    content: StreamingBody,
) -> Result<HttpResponseOk<usize>, HttpError> {
    let chunks: Vec<_> = content.into_stream().try_collect().await?;
    let content = chunks.concat();
    hold("upload_raw", hex(&content));
    Ok(HttpResponseOk(content.len()))
}

#[endpoint { method = POST, path = "/forms", content_type = "application/x-www-form-urlencoded" }]
pub async fn send_form(
    _: RequestContext<()>,
    form: TypedBody<Filled>,
) -> Result<HttpResponseOk<String>, HttpError> {
    let form = form.into_inner();
    hold("send_form", &form);
    Ok(HttpResponseOk(form.name))
}

#[endpoint { method = PUT, path = "/files/{name}/content" }]
pub async fn put_content(
    _: RequestContext<()>,
    path: Path<Name>,
    content: UntypedBody,
) -> Result<HttpResponseUpdatedNoContent, HttpError> {
    hold("put_content", hex(content.as_bytes()));
    keep(path.into_inner().name, content.as_bytes().to_vec());
    Ok(HttpResponseUpdatedNoContent())
}

#[endpoint { method = GET, path = "/files/{name}/content" }]
pub async fn get_content(
    _: RequestContext<()>,
    path: Path<Name>,
) -> Result<HttpResponseOk<FreeformBody>, HttpError> {
    Ok(HttpResponseOk(FreeformBody(Body::from(kept(
        &path.into_inner().name,
    )))))
}

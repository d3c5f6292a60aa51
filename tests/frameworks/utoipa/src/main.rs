//! The parcels API with utoipa and axum. `document` prints its document, `serve` listens on a free port.

#[path = "../../held.rs"]
mod held;
mod other;
mod parcels;
mod types;
mod values;

use axum::Json;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let http = |scheme| SecurityScheme::Http(HttpBuilder::new().scheme(scheme).build());
        let key = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Api-Key")));
        components.add_security_scheme("bearer", http(HttpAuthScheme::Bearer));
        components.add_security_scheme("basic", http(HttpAuthScheme::Basic));
        components.add_security_scheme("key", key);
    }
}

#[derive(OpenApi)]
#[openapi(info(title = "Parcels", version = "1.0.0"), components(schemas(types::Tick)), modifiers(&Schemes))]
struct Api;

fn api() -> (Router, Document) {
    let router = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(parcels::create_parcel, parcels::list_parcels))
        .routes(routes!(
            parcels::get_parcel,
            parcels::update_parcel,
            parcels::delete_parcel
        ))
        .routes(routes!(values::echo_shapes))
        .routes(routes!(values::echo_loose))
        .routes(routes!(values::echo_tree))
        .routes(routes!(values::echo_moments))
        .routes(routes!(values::echo_presence))
        .routes(routes!(values::echo_maps))
        .routes(routes!(values::put_text))
        .routes(routes!(values::put_numbers))
        .routes(routes!(values::put_embedded))
        .routes(routes!(values::nothing))
        .routes(routes!(values::upload_one))
        .routes(routes!(values::upload_many))
        .routes(routes!(values::upload_maybe))
        .routes(routes!(values::send_form))
        .routes(routes!(values::put_content, values::get_content))
        .routes(routes!(other::read_query))
        .routes(routes!(other::read_headers))
        .routes(routes!(other::read_cookies))
        .routes(routes!(other::read_path))
        .routes(routes!(other::read_rest))
        .routes(routes!(other::watch))
        .routes(routes!(other::watch_named))
        .routes(routes!(other::read_lines))
        .routes(routes!(other::read_text))
        .routes(routes!(other::fail))
        .routes(routes!(other::with_bearer))
        .routes(routes!(other::with_basic))
        .routes(routes!(other::with_key));
    router.split_for_parts()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (router, mut document) = api();
    if std::env::args().nth(1).as_deref() == Some("document") {
        if cfg!(feature = "openapi-3-2") {
            document.openapi = utoipa::openapi::OpenApiVersion::Version32;
        }
        println!("{}", document.to_pretty_json()?);
        return Ok(());
    }
    let side = |Path(name): Path<String>| async move { Json(held::held(&name)) };
    let router = router.route("/held/{name}", get(side));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

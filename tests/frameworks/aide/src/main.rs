//! The parcels API with aide and axum. `document` prints its document, `serve` listens on a free port.

mod described;
#[path = "../../held.rs"]
mod held;
mod other;
mod parcels;
mod types;
mod values;

use aide::axum::ApiRouter;
use aide::axum::routing::{delete_with, get_with, patch_with, post_with, put_with};
use aide::openapi::{ApiKeyLocation, OpenApi, SecurityScheme};
use aide::transform::{TransformOpenApi, TransformOperation};
use axum::extract::Path;
use axum::routing::get;
use axum::{Json, Router};

use described::{Content, Params, Upload, header};
use types::{Cookies, Headers, ManyFiles, MaybeFile, OneFile, Parcel, Problem, Tick};

/// Routes and their operations, which are named by their handlers.
macro_rules! routes {
    ($($path:literal: $($with:ident $module:ident::$handler:ident $($describe:expr)?),+;)*) => {
        ApiRouter::new()$($(.api_route($path, $with($module::$handler, |operation| {
            let operation = operation.id(stringify!($handler));
            $(let operation = ($describe as fn(TransformOperation) -> TransformOperation)(operation);)?
            operation
        })))+)*
    };
}

fn missing(operation: TransformOperation) -> TransformOperation {
    operation.response_with::<404, Json<Problem>, _>(|answer| {
        answer.description("There is no such parcel.")
    })
}

fn api(document: &mut OpenApi) -> Router {
    let router = routes! {
        "/parcels": post_with parcels::create_parcel |operation| {
            let made = operation.response_with::<201, Json<Parcel>, _>(|answer| header(answer, "Location"));
            made.response::<409, Json<Problem>>()
        }, get_with parcels::list_parcels;
        "/parcels/{id}": get_with parcels::get_parcel missing, patch_with parcels::update_parcel missing,
            delete_with parcels::delete_parcel |operation| missing(operation.response::<204, ()>());
        "/shapes": post_with values::echo_shapes;
        "/loose": post_with values::echo_loose;
        "/trees": post_with values::echo_tree;
        "/moments": post_with values::echo_moments;
        "/presence": post_with values::echo_presence;
        "/maps": post_with values::echo_maps;
        "/scalars/text": put_with values::put_text;
        "/scalars/numbers": put_with values::put_numbers;
        "/scalars/embedded": put_with values::put_embedded;
        "/nothing": post_with values::nothing |operation| operation.response::<202, ()>();
        "/files/one": post_with values::upload_one Upload::<OneFile>::describe;
        "/files/many": post_with values::upload_many Upload::<ManyFiles>::describe;
        "/files/maybe": post_with values::upload_maybe Upload::<MaybeFile>::describe;
        "/files/any": post_with values::upload_any;
        "/forms": post_with values::send_form;
        "/files/{name}/content": put_with values::put_content |operation| operation.response::<204, ()>(),
            get_with values::get_content |operation| operation.response::<200, Vec<u8>>();
        "/query": get_with other::read_query;
        "/headers": get_with other::read_headers |operation| {
            let operation = operation.input::<Params<Headers>>();
            operation.response_with::<200, String, _>(|answer| header(answer, "X-Seen"))
        };
        "/cookies": get_with other::read_cookies |operation| operation.input::<Params<Cookies>>();
        "/paths/{text}/{number}/{day}/{kind}": get_with other::read_path;
        "/rest/{*rest}": get_with other::read_rest;
        "/events": get_with other::watch |operation| operation.response::<200, Content<Tick, 0>>();
        "/events/named": get_with other::watch_named |operation| operation.response::<200, Content<String, 0>>();
        "/lines": get_with other::read_lines |operation| operation.response::<200, Content<Tick, 1>>();
        "/text": get_with other::read_text;
        "/errors/{status}": get_with other::fail |operation| {
            let known = operation.response::<418, Json<Problem>>();
            known.response_range::<5, Content<Problem, 2>>()
        };
        "/secrets/bearer": get_with other::with_bearer |operation| operation.security_requirement("bearer");
        "/secrets/basic": get_with other::with_basic |operation| operation.security_requirement("basic");
        "/secrets/key": get_with other::with_key |operation| operation.security_requirement("key");
    };
    router.finish_api_with(document, schemes)
}

fn schemes(document: TransformOpenApi) -> TransformOpenApi {
    let http = |scheme: &str| SecurityScheme::Http {
        scheme: scheme.to_owned(),
        bearer_format: None,
        description: None,
        extensions: Default::default(),
    };
    let key = SecurityScheme::ApiKey {
        location: ApiKeyLocation::Header,
        name: "X-Api-Key".to_owned(),
        description: None,
        extensions: Default::default(),
    };
    let document = document.title("Parcels").version("1.0.0");
    let document = document.security_scheme("bearer", http("bearer"));
    document
        .security_scheme("basic", http("basic"))
        .security_scheme("key", key)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    aide::generate::on_error(|error| eprintln!("{error}"));
    aide::generate::extract_schemas(true);
    let mut document = OpenApi::default();
    let router = api(&mut document);
    if std::env::args().nth(1).as_deref() == Some("document") {
        println!("{}", serde_json::to_string_pretty(&document)?);
        return Ok(());
    }
    let side = |Path(name): Path<String>| async move { Json(held::held(&name)) };
    let router = router.route("/held/{name}", get(side));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

//! The parcels API with Dropshot. `document` prints its document, `serve` listens on a free port.

#[path = "../../held.rs"]
mod held;
mod other;
mod parcels;
mod types;
mod values;

use dropshot::{
    ApiDescription, ApiDescriptionRegisterError, ConfigLogging, ConfigLoggingLevel, HttpError,
    HttpResponseOk, Path, RequestContext, ServerBuilder, endpoint,
};

#[endpoint { method = GET, path = "/held/{name}", unpublished = true }]
async fn side(
    _: RequestContext<()>,
    path: Path<types::Name>,
) -> Result<HttpResponseOk<serde_json::Value>, HttpError> {
    Ok(HttpResponseOk(held::held(&path.into_inner().name)))
}

fn api() -> Result<ApiDescription<()>, ApiDescriptionRegisterError> {
    let mut api = ApiDescription::new();
    api.register(side)?;
    api.register(parcels::create_parcel)?;
    api.register(parcels::get_parcel)?;
    api.register(parcels::update_parcel)?;
    api.register(parcels::delete_parcel)?;
    api.register(parcels::list_parcels)?;
    api.register(values::echo_shapes)?;
    api.register(values::echo_loose)?;
    api.register(values::echo_tree)?;
    api.register(values::echo_moments)?;
    api.register(values::echo_presence)?;
    api.register(values::echo_maps)?;
    api.register(values::put_numbers)?;
    api.register(values::put_text)?;
    api.register(values::nothing)?;
    api.register(values::upload_any)?;
    api.register(values::upload_raw)?;
    api.register(values::send_form)?;
    api.register(values::put_content)?;
    api.register(values::get_content)?;
    api.register(other::read_query)?;
    api.register(other::read_headers)?;
    api.register(other::read_path)?;
    api.register(other::read_free)?;
    api.register(other::fail)?;
    Ok(api)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let api = api()?;
    if std::env::args().nth(1).as_deref() == Some("document") {
        let document = api.openapi("Parcels", semver::Version::new(1, 0, 0));
        document.write(&mut std::io::stdout())?;
        println!();
        return Ok(());
    }
    let logging = ConfigLogging::StderrTerminal {
        level: ConfigLoggingLevel::Warn,
    };
    let server = ServerBuilder::new(api, (), logging.to_logger("parcels")?).start()?;
    println!("http://{}", server.local_addr());
    Ok(server.await?)
}

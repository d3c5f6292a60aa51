//! The parcels API with poem-openapi. `document` prints its document, `serve` listens on a free port.

mod answers;
#[path = "../../held.rs"]
mod held;
mod other;
mod parcels;
mod types;
mod values;

use poem::listener::TcpAcceptor;
use poem::web::{Json, Path};
use poem::{Route, Server, get, handler};
use poem_openapi::OpenApiService;

#[handler]
fn side(Path(name): Path<String>) -> Json<serde_json::Value> {
    Json(held::held(&name))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let apis = (parcels::Parcels::default(), values::Values, other::Other);
    let service = OpenApiService::new(apis, "Parcels", "1.0.0");
    if std::env::args().nth(1).as_deref() == Some("document") {
        println!("{}", service.spec());
        return Ok(());
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    println!("http://{}", listener.local_addr()?);
    let acceptor = TcpAcceptor::from_std(listener)?;
    let routes = Route::new().nest("/", service).at("/held/:name", get(side));
    Ok(Server::new_with_acceptor(acceptor).run(routes).await?)
}

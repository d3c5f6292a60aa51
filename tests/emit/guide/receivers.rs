use axum::Router;
use axum::extract::State;
use axum::routing::post;
use http::request::Parts;
use http::{HeaderMap, Response, Uri};
use pets_client::countersign_runtime::inbound::{
    Arrival, NotVerified, Receive, Receiver, Undescribed,
};
use pets_client::countersign_runtime::Body;
use pets_client::fake::Sender;
use pets_client::model::Status;
use pets_client::receivers::{PetAdded, PetRemoved, PetRemovedError, Webhook};
use pets_client::{CreateUser, model::CreateUserBody};

fn store(_: model::Added) {}

fn log(_: Uri) {}

fn is_signed(_: &HeaderMap, _: &[u8]) -> bool {
    true
}

fn events(request: http::Request<bytes::Bytes>) -> Result<(), AnyError> {
    /* block 1 */
    Ok(())
}

fn answers() -> Result<(), AnyError> {
    /* block 2 */
    Ok(())
}

fn verified() -> Result<Receiver<Webhook>, AnyError> {
    /* block 3 */
    Ok(receiver)
}

fn with_axum(receiver: Receiver<Webhook>) -> Router {
    /* block 4 */
    app
}

async fn receive(_: http::Request<bytes::Bytes>) -> http::Response<Body> {
    http::Response::new(Body::default())
}

async fn tests(pet: model::Added, sign: impl Fn(&mut HeaderMap, &[u8]) + Send + Sync + 'static) -> Result<(), AnyError> {
    /* block 5 */
    _ = answer;
    Ok(())
}

async fn links(client: &Client, draft: CreateUserBody) -> Result<(), AnyError> {
    /* block 6 */
    Ok(())
}

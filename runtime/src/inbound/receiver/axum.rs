//! Events as arguments of axum's handlers, with a receiver in the router's state.

use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use http::StatusCode;

use super::{Arrival, Events, Receiver, Refused, Undescribed};

impl<E, S> FromRequest<S> for Arrival<E>
where
    E: Events,
    Receiver<E>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        Receiver::from_ref(state).receive_body(request).await
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}

impl IntoResponse for Undescribed {
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

//! Parameters in each place, failures.

use dropshot::{
    Body, ErrorStatusCode, Header, HttpError, HttpResponseHeaders, HttpResponseOk, Path, Query,
    RequestContext, endpoint,
};
use http::Response;

use crate::held::hold;
use crate::parcels::{Failure, failure};
use crate::types::{Code, Filters, Headers, Parts, SeenHeaders, Status};

#[endpoint { method = GET, path = "/query" }]
pub async fn read_query(
    _: RequestContext<()>,
    query: Query<Filters>,
) -> Result<HttpResponseOk<Filters>, HttpError> {
    let filters = query.into_inner();
    hold("read_query", &filters);
    Ok(HttpResponseOk(filters))
}

#[endpoint { method = GET, path = "/headers" }]
pub async fn read_headers(
    _: RequestContext<()>,
    headers: Header<Headers>,
) -> Result<HttpResponseHeaders<HttpResponseOk<String>, SeenHeaders>, HttpError> {
    let headers = headers.into_inner();
    hold("read_headers", &headers);
    let seen = SeenHeaders {
        seen: headers.text.clone(),
        count: "2".to_owned(),
    };
    Ok(HttpResponseHeaders::new(HttpResponseOk(headers.text), seen))
}

#[endpoint { method = GET, path = "/paths/{text}/{number}/{day}/{kind}" }]
pub async fn read_path(
    _: RequestContext<()>,
    path: Path<Parts>,
) -> Result<HttpResponseOk<String>, HttpError> {
    let parts = path.into_inner();
    hold("read_path", &parts);
    Ok(HttpResponseOk(parts.text))
}

/// An answer of which nothing is known.
#[endpoint { method = GET, path = "/free" }]
pub async fn read_free(_: RequestContext<()>) -> Result<Response<Body>, HttpError> {
    let answer = Response::builder().header("content-type", "text/plain; charset=utf-8");
    Ok(answer.body(Body::from("plain “words”"))?)
}

#[endpoint { method = GET, path = "/errors/{status}" }]
pub async fn fail(
    _: RequestContext<()>,
    path: Path<Status>,
) -> Result<HttpResponseOk<()>, Failure> {
    let status = path.into_inner().status;
    let code = ErrorStatusCode::from_u16(status).unwrap_or(ErrorStatusCode::BAD_REQUEST);
    if status == 400 {
        return Err(
            HttpError::for_bad_request(Some("Bad".to_owned()), "no reason".to_owned()).into(),
        );
    }
    Err(failure(code, Code::Teapot, "short and stout"))
}

//! Answers with a status, or several.

use poem::http::StatusCode;
use poem_openapi::ApiResponse;
use poem_openapi::payload::{Json, PlainText};

use crate::types::{Parcel, Problem};

#[derive(ApiResponse)]
pub enum Made {
    #[oai(status = 201)]
    Made(Json<Parcel>, #[oai(header = "Location")] String),
    /// It is there already.
    #[oai(status = 409)]
    Conflict(Json<Problem>),
}

#[derive(ApiResponse)]
pub enum Found {
    #[oai(status = 200)]
    Found(Json<Parcel>),
    /// There is no such parcel.
    #[oai(status = 404)]
    Missing(Json<Problem>),
}

#[derive(ApiResponse)]
pub enum Deleted {
    #[oai(status = 204)]
    Deleted,
    /// There is no such parcel.
    #[oai(status = 404)]
    Missing(Json<Problem>),
}

#[derive(ApiResponse)]
pub enum Nothing {
    #[oai(status = 202)]
    Accepted,
}

#[derive(ApiResponse)]
pub enum Done {
    #[oai(status = 204)]
    Done,
}

#[derive(ApiResponse)]
pub enum Seen {
    #[oai(status = 200)]
    Seen(
        PlainText<String>,
        #[oai(header = "X-Seen")] String,
        #[oai(header = "X-Count")] i32,
    ),
}

#[derive(ApiResponse)]
#[allow(dead_code)]
pub enum Failed {
    /// Never.
    #[oai(status = 200)]
    Never,
    #[oai(status = 418)]
    Teapot(Json<Problem>),
    /// Not now.
    #[oai(status_range = "5XX")]
    NotNow(StatusCode, Json<Problem>),
}

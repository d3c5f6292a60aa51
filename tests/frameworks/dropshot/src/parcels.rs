//! Parcels: made, found, changed, listed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use dropshot::{
    ErrorStatusCode, HttpError, HttpResponseCreated, HttpResponseDeleted, HttpResponseError,
    HttpResponseHeaders, HttpResponseOk, PaginationParams, Path, Query, RequestContext,
    ResultsPage, TypedBody, WhichPage, endpoint,
};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::held::hold;
use crate::types::{After, Code, Id, ListQuery, Location, NewParcel, Parcel, ParcelPatch, Problem};

static PARCELS: LazyLock<Mutex<BTreeMap<Uuid, Parcel>>> = LazyLock::new(Mutex::default);

fn parcels() -> MutexGuard<'static, BTreeMap<Uuid, Parcel>> {
    PARCELS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A failure: one of the API, or one of Dropshot.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(untagged)]
pub enum Failure {
    Known {
        #[serde(flatten)]
        problem: Problem,
        #[serde(skip)]
        status: ErrorStatusCode,
    },
    Other {
        error_code: Option<String>,
        message: String,
        #[serde(skip)]
        status: ErrorStatusCode,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known { problem, .. } => f.write_str(&problem.message),
            Self::Other { message, .. } => f.write_str(message),
        }
    }
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        let HttpError {
            status_code: status,
            error_code,
            external_message: message,
            ..
        } = error;
        Self::Other {
            error_code,
            message,
            status,
        }
    }
}

impl HttpResponseError for Failure {
    fn status_code(&self) -> ErrorStatusCode {
        match self {
            Self::Known { status, .. } | Self::Other { status, .. } => *status,
        }
    }
}

pub fn failure(status: ErrorStatusCode, code: Code, message: impl ToString) -> Failure {
    Failure::Known {
        problem: Problem {
            code,
            message: message.to_string(),
        },
        status,
    }
}

fn missing(id: Uuid) -> Failure {
    failure(ErrorStatusCode::NOT_FOUND, Code::Missing, id)
}

/// Make a parcel.
#[endpoint { method = POST, path = "/parcels" }]
pub async fn create_parcel(
    _: RequestContext<()>,
    new: TypedBody<NewParcel>,
) -> Result<HttpResponseHeaders<HttpResponseCreated<Parcel>, Location>, Failure> {
    let new = new.into_inner();
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, new.name.as_bytes());
    if parcels().contains_key(&id) {
        return Err(failure(ErrorStatusCode::CONFLICT, Code::Conflict, new.name));
    }
    let made = Parcel { id, new };
    hold("create_parcel", &made);
    parcels().insert(id, made.clone());
    Ok(HttpResponseHeaders::new(
        HttpResponseCreated(made),
        Location {
            location: format!("/parcels/{id}"),
        },
    ))
}

/// Find a parcel.
#[endpoint { method = GET, path = "/parcels/{id}" }]
pub async fn get_parcel(
    _: RequestContext<()>,
    path: Path<Id>,
) -> Result<HttpResponseOk<Parcel>, Failure> {
    let id = path.into_inner().id;
    parcels()
        .get(&id)
        .cloned()
        .map(HttpResponseOk)
        .ok_or_else(|| missing(id))
}

/// Change a parcel.
#[endpoint { method = PATCH, path = "/parcels/{id}" }]
pub async fn update_parcel(
    _: RequestContext<()>,
    path: Path<Id>,
    patch: TypedBody<ParcelPatch>,
) -> Result<HttpResponseOk<Parcel>, Failure> {
    let id = path.into_inner().id;
    let mut parcels = parcels();
    let parcel = parcels.get_mut(&id).ok_or_else(|| missing(id))?;
    let patch = patch.into_inner();
    hold("update_parcel", &patch);
    let ParcelPatch {
        name,
        comment,
        address,
        tags,
    } = patch;
    let new = &mut parcel.new;
    new.name = name.unwrap_or_else(|| new.name.clone());
    new.comment = comment.unwrap_or_else(|| new.comment.clone());
    new.address = address.unwrap_or_else(|| new.address.clone());
    new.tags = tags.unwrap_or_else(|| new.tags.clone());
    Ok(HttpResponseOk(parcel.clone()))
}

#[endpoint { method = DELETE, path = "/parcels/{id}" }]
pub async fn delete_parcel(
    _: RequestContext<()>,
    path: Path<Id>,
) -> Result<HttpResponseDeleted, Failure> {
    let id = path.into_inner().id;
    parcels()
        .remove(&id)
        .map(|_| HttpResponseDeleted())
        .ok_or_else(|| missing(id))
}

/// List parcels, page by page.
#[endpoint { method = GET, path = "/parcels" }]
pub async fn list_parcels(
    context: RequestContext<()>,
    query: Query<PaginationParams<ListQuery, After>>,
) -> Result<HttpResponseOk<ResultsPage<Parcel>>, HttpError> {
    let query = query.into_inner();
    let limit = context.page_limit(&query)?.get() as usize;
    let after = match &query.page {
        WhichPage::First(first) => {
            hold("list_parcels", first);
            None
        }
        WhichPage::Next(After { id }) => Some(*id),
    };
    let parcels = parcels();
    let rest = parcels
        .values()
        .filter(|parcel| after.is_none_or(|after| parcel.id > after));
    let found = rest.take(limit).cloned().collect();
    let scan = ListQuery::default();
    Ok(HttpResponseOk(ResultsPage::new(
        found,
        &scan,
        |parcel: &Parcel, _| After { id: parcel.id },
    )?))
}

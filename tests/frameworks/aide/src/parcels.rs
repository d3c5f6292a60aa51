//! Parcels: made, found, changed, listed.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderName, StatusCode, header};
use axum_extra::extract::Query;
use uuid::Uuid;

use crate::held::hold;
use crate::types::{Code, Id, ListQuery, NewParcel, Page, Parcel, ParcelPatch, Problem};

static PARCELS: LazyLock<Mutex<BTreeMap<Uuid, Parcel>>> = LazyLock::new(Mutex::default);

fn parcels() -> MutexGuard<'static, BTreeMap<Uuid, Parcel>> {
    PARCELS.lock().unwrap_or_else(PoisonError::into_inner)
}

pub type Failure = (StatusCode, Json<Problem>);

pub fn failure(status: StatusCode, code: Code, message: impl ToString) -> Failure {
    (
        status,
        Json(Problem {
            code,
            message: message.to_string(),
        }),
    )
}

fn missing(id: Uuid) -> Failure {
    failure(StatusCode::NOT_FOUND, Code::Missing, id)
}

/// Make a parcel.
pub async fn create_parcel(
    Json(new): Json<NewParcel>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Parcel>), Failure> {
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, new.name.as_bytes());
    if parcels().contains_key(&id) {
        return Err(failure(StatusCode::CONFLICT, Code::Conflict, new.name));
    }
    let made = Parcel { id, new };
    hold("create_parcel", &made);
    parcels().insert(id, made.clone());
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, format!("/parcels/{id}"))],
        Json(made),
    ))
}

/// Find a parcel.
pub async fn get_parcel(Path(Id { id }): Path<Id>) -> Result<Json<Parcel>, Failure> {
    parcels()
        .get(&id)
        .cloned()
        .map(Json)
        .ok_or_else(|| missing(id))
}

/// Change a parcel.
pub async fn update_parcel(
    Path(Id { id }): Path<Id>,
    Json(patch): Json<ParcelPatch>,
) -> Result<Json<Parcel>, Failure> {
    let mut parcels = parcels();
    let parcel = parcels.get_mut(&id).ok_or_else(|| missing(id))?;
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
    Ok(Json(parcel.clone()))
}

pub async fn delete_parcel(Path(Id { id }): Path<Id>) -> Result<StatusCode, Failure> {
    parcels()
        .remove(&id)
        .map(|_| StatusCode::NO_CONTENT)
        .ok_or_else(|| missing(id))
}

pub async fn list_parcels(Query(query): Query<ListQuery>) -> Json<Page<Parcel>> {
    hold("list_parcels", &query);
    let parcels = parcels();
    let fits = |parcel: &&Parcel| query.kinds.is_empty() || query.kinds.contains(&parcel.new.kind);
    let found: Vec<Parcel> = parcels.values().filter(fits).cloned().collect();
    let total = found.len();
    let items = found
        .into_iter()
        .skip(query.offset)
        .take(query.limit)
        .collect();
    Json(Page { items, total })
}

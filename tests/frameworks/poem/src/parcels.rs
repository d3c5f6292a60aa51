//! Parcels: made, found, changed, listed.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, FixedOffset, NaiveDate};
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON as _;
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use crate::answers::{Deleted, Found, Made};
use crate::held::hold;
use crate::types::{Code, Kind, NewParcel, Page, Parcel, ParcelPatch, Problem};

#[derive(Default)]
pub struct Parcels {
    parcels: Mutex<BTreeMap<Uuid, Parcel>>,
}

impl Parcels {
    fn parcels(&self) -> MutexGuard<'_, BTreeMap<Uuid, Parcel>> {
        self.parcels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub fn problem(code: Code, message: impl ToString) -> Json<Problem> {
    Json(Problem {
        code,
        message: message.to_string(),
    })
}

#[OpenApi]
impl Parcels {
    /// Make a parcel.
    #[oai(path = "/parcels", method = "post", operation_id = "create_parcel")]
    async fn create_parcel(&self, new: Json<NewParcel>) -> Made {
        let new = new.0;
        let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, new.name.as_bytes());
        if self.parcels().contains_key(&id) {
            return Made::Conflict(problem(Code::Conflict, new.name));
        }
        let made = Parcel { id, new };
        hold("create_parcel", made.to_json());
        self.parcels().insert(id, made.clone());
        Made::Made(Json(made), format!("/parcels/{id}"))
    }

    #[oai(path = "/parcels/:id", method = "get", operation_id = "get_parcel")]
    async fn get_parcel(&self, id: Path<Uuid>) -> Found {
        match self.parcels().get(&id.0) {
            Some(parcel) => Found::Found(Json(parcel.clone())),
            None => Found::Missing(problem(Code::Missing, id.0)),
        }
    }

    #[oai(
        path = "/parcels/:id",
        method = "patch",
        operation_id = "update_parcel"
    )]
    async fn update_parcel(&self, id: Path<Uuid>, patch: Json<ParcelPatch>) -> Found {
        let mut parcels = self.parcels();
        let Some(parcel) = parcels.get_mut(&id.0) else {
            return Found::Missing(problem(Code::Missing, id.0));
        };
        let ParcelPatch {
            name,
            comment,
            address,
            tags,
        } = patch.0;
        let is_there = [!comment.is_undefined(), !address.is_undefined()];
        let (comment_in, address_in) = (comment.to_json(), address.to_json());
        hold(
            "update_parcel",
            json!({
                "name": name, "comment": comment_in, "address": address_in, "tags": tags, "is_there": is_there,
            }),
        );
        let new = &mut parcel.new;
        new.name = name.unwrap_or_else(|| new.name.clone());
        comment.update_to(&mut new.comment);
        address.update_to(&mut new.address);
        new.tags = tags.unwrap_or_else(|| new.tags.clone());
        Found::Found(Json(parcel.clone()))
    }

    #[oai(
        path = "/parcels/:id",
        method = "delete",
        operation_id = "delete_parcel"
    )]
    async fn delete_parcel(&self, id: Path<Uuid>) -> Deleted {
        match self.parcels().remove(&id.0) {
            Some(_) => Deleted::Deleted,
            None => Deleted::Missing(problem(Code::Missing, id.0)),
        }
    }

    #[oai(path = "/parcels", method = "get", operation_id = "list_parcels")]
    #[allow(clippy::too_many_arguments)]
    async fn list_parcels(
        &self,
        kinds: Query<Option<Vec<Kind>>>,
        #[oai(explode = false, default)] sizes: Query<Vec<i32>>,
        fragile: Query<Option<bool>>,
        made_after: Query<Option<NaiveDate>>,
        sent_before: Query<Option<DateTime<FixedOffset>>>,
        price_below: Query<Option<Decimal>>,
        name: Query<Option<String>>,
        /// At most so many.
        #[oai(
            default = "twenty",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u32>,
        #[oai(default)] offset: Query<u32>,
    ) -> Json<Page<Parcel>> {
        hold(
            "list_parcels",
            json!({
                "kinds": kinds.0.to_json(), "sizes": sizes.0, "fragile": fragile.0, "made_after": made_after.0,
                "sent_before": sent_before.0, "price_below": price_below.0, "name": name.0, "limit": limit.0,
                "offset": offset.0,
            }),
        );
        let parcels = self.parcels();
        let fits = |parcel: &&Parcel| {
            kinds
                .0
                .as_ref()
                .is_none_or(|kinds| kinds.contains(&parcel.new.kind))
        };
        let found: Vec<Parcel> = parcels.values().filter(fits).cloned().collect();
        let total = found.len() as u64;
        let items = found
            .into_iter()
            .skip(offset.0 as usize)
            .take(limit.0 as usize)
            .collect();
        Json(Page { items, total })
    }
}

fn twenty() -> u32 {
    20
}

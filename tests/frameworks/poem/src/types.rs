//! The values of the API.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use poem_openapi::types::multipart::Upload;
use poem_openapi::types::{Any, Base64, MaybeUndefined};
use poem_openapi::{Enum, Multipart, Object, Union};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
#[oai(rename_all = "lowercase")]
pub enum Kind {
    Letter,
    Box,
    Pallet,
}

#[derive(Clone, Debug, Object)]
pub struct Address {
    pub street: String,
    pub city: Option<String>,
    #[oai(validator(pattern = r"^\d{5}$"))]
    pub zip: Option<String>,
}

/// A parcel that is not made yet.
#[derive(Clone, Debug, Object)]
pub struct NewParcel {
    #[oai(validator(min_length = 1, max_length = 40))]
    pub name: String,
    pub kind: Kind,
    #[oai(validator(minimum(value = "0", exclusive)))]
    pub weight: f64,
    #[oai(default = "one", validator(minimum(value = "1")))]
    pub count: u32,
    pub price: Decimal,
    #[oai(default)]
    pub fragile: bool,
    pub tags: Vec<String>,
    pub sizes: Option<Vec<i32>>,
    pub made_on: NaiveDate,
    pub sent_at: DateTime<FixedOffset>,
    pub note: Option<String>,
    pub comment: Option<String>,
    pub address: Option<Address>,
    #[oai(default)]
    pub labels: HashMap<String, String>,
    pub extra: Option<Any<Value>>,
}

fn one() -> u32 {
    1
}

#[derive(Clone, Debug, Object)]
pub struct Parcel {
    pub id: Uuid,
    #[oai(flatten)]
    pub new: NewParcel,
}

#[derive(Clone, Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct ParcelPatch {
    pub name: Option<String>,
    pub comment: MaybeUndefined<String>,
    pub address: MaybeUndefined<Address>,
    pub tags: Option<Vec<String>>,
}

#[derive(Debug, Object)]
pub struct Page<
    T: poem_openapi::types::Type + poem_openapi::types::ParseFromJSON + poem_openapi::types::ToJSON,
> {
    pub items: Vec<T>,
    pub total: u64,
}

#[derive(Clone, Copy, Debug, Enum)]
#[oai(rename_all = "lowercase")]
pub enum Code {
    Missing,
    Conflict,
    Teapot,
}

#[derive(Debug, Object)]
pub struct Problem {
    pub code: Code,
    pub message: String,
}

#[derive(Clone, Debug, Object)]
pub struct Circle {
    pub radius: f64,
}

#[derive(Clone, Debug, Object)]
pub struct Square {
    pub side: f64,
    pub label: Option<String>,
}

/// A shape, told apart by `kind`.
#[derive(Clone, Debug, Union)]
#[oai(discriminator_name = "kind", one_of, rename_all = "lowercase")]
pub enum Shape {
    Circle(Circle),
    Square(Square),
}

/// Any of these, as it is.
#[derive(Clone, Debug, Union)]
pub enum Scalar {
    Whole(i64),
    Flag(bool),
    Text(String),
    List(Vec<i64>),
}

#[derive(Clone, Debug, Union)]
#[oai(one_of)]
pub enum Either {
    Circle(Circle),
    Address(Address),
}

#[derive(Clone, Debug, Union)]
#[oai(externally_tagged, rename_all = "lowercase")]
pub enum Step {
    Say(Label),
    Draw(Circle),
}

#[derive(Clone, Debug, Object)]
pub struct Label {
    pub text: String,
}

#[derive(Clone, Debug, Object)]
pub struct Loose {
    pub value: Option<Scalar>,
    pub either: Either,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, Object)]
pub struct Tree {
    pub name: String,
    #[oai(default)]
    pub children: Vec<Tree>,
    pub left: Option<Box<Tree>>,
}

#[derive(Clone, Debug, Object)]
pub struct Moments {
    pub day: NaiveDate,
    pub clock: NaiveTime,
    pub at: DateTime<FixedOffset>,
    pub lasts: humantime::Duration,
    pub amount: Decimal,
    pub id: Uuid,
    pub data: Base64<Vec<u8>>,
    pub link: Url,
    pub big: i64,
    pub huge: u64,
    pub ratio: f64,
    pub small: f32,
}

#[derive(Clone, Debug, Object)]
pub struct Presence {
    pub must: String,
    #[oai(default = "unset")]
    pub may: String,
    #[oai(skip_serializing_if_is_none)]
    pub may_absent: Option<String>,
    #[oai(skip_serializing_if = "MaybeUndefined::is_undefined")]
    pub may_nullable: MaybeUndefined<String>,
    #[oai(default = "seven")]
    pub number: i32,
    #[oai(read_only, default = "stamp")]
    pub seen: String,
}

fn unset() -> String {
    "unset".to_owned()
}

fn seven() -> i32 {
    7
}

fn stamp() -> String {
    "seen".to_owned()
}

#[derive(Clone, Debug, Object)]
pub struct Maps {
    pub texts: HashMap<String, String>,
    pub nested: HashMap<String, HashMap<String, i32>>,
    pub maybes: HashMap<String, Option<i32>>,
    pub anything: Any<Value>,
    pub few: [i32; 3],
}

#[derive(Clone, Debug, Object)]
pub struct Tick {
    pub number: i32,
    pub text: Option<String>,
}

#[derive(Multipart)]
pub struct OneFile {
    pub file: Upload,
    pub caption: String,
    #[oai(default = "single")]
    pub copies: i32,
    pub address: Option<poem_openapi::types::multipart::JsonField<Address>>,
}

fn single() -> i32 {
    1
}

#[derive(Multipart)]
pub struct ManyFiles {
    pub files: Vec<Upload>,
    #[oai(default)]
    pub tags: Vec<String>,
}

#[derive(Multipart)]
pub struct MaybeFile {
    pub file: Option<Upload>,
    pub note: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Object, Serialize)]
pub struct Filled {
    pub name: String,
    pub count: i32,
    pub weight: f64,
    pub made_on: NaiveDate,
    #[serde(default)]
    #[oai(default)]
    pub fragile: bool,
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Enum)]
#[oai(rename_all = "lowercase")]
pub enum Order {
    #[default]
    Up,
    Down,
}

#[derive(Clone, Debug, Object)]
pub struct Filters {
    pub words: Vec<String>,
    pub least: Option<f64>,
    pub order: Order,
}

#[derive(Clone, Debug, Object)]
pub struct Embedded {
    pub first: i64,
    pub second: String,
    pub tree: Option<Tree>,
}

//! The values of the API.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::held::{base64_text, double_option};

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Letter,
    Box,
    Pallet,
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Address {
    pub street: String,
    #[schema(required)]
    pub city: Option<String>,
    #[schema(pattern = r"^\d{5}$")]
    pub zip: Option<String>,
}

/// A parcel that is not made yet.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct NewParcel {
    #[schema(min_length = 1, max_length = 40)]
    pub name: String,
    pub kind: Kind,
    #[schema(exclusive_minimum = 0)]
    pub weight: f64,
    #[serde(default = "one")]
    #[schema(minimum = 1, default = one)]
    pub count: u32,
    pub price: Decimal,
    #[serde(default)]
    pub fragile: bool,
    pub tags: Vec<String>,
    pub sizes: Option<Vec<i32>>,
    pub made_on: NaiveDate,
    pub sent_at: DateTime<FixedOffset>,
    #[schema(required)]
    pub note: Option<String>,
    pub comment: Option<String>,
    pub address: Option<Address>,
    #[serde(default)]
    pub labels: HashMap<String, String>,
    pub extra: Option<Map<String, Value>>,
}

fn one() -> u32 {
    1
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Parcel {
    pub id: Uuid,
    #[serde(flatten)]
    pub new: NewParcel,
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct ParcelPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "double_option"
    )]
    pub comment: Option<Option<String>>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "double_option"
    )]
    pub address: Option<Option<Address>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub total: usize,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Code {
    Missing,
    Conflict,
    Teapot,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    pub code: Code,
    pub message: String,
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Circle {
    pub radius: f64,
}

/// A shape, told apart by `kind`.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Shape {
    Circle(Circle),
    Square { side: f64, label: Option<String> },
    Point,
}

/// Any of these, as it is.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Scalar {
    Whole(i64),
    Flag(bool),
    Text(String),
    List(Vec<i64>),
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Either {
    Circle(Circle),
    Address(Address),
}

/// As serde writes an enum by default.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Stop,
    Wait,
    Say(String),
    Turn(i32, bool),
    GoTo { x: i32, y: Option<i32> },
    Draw(Circle),
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(tag = "state", content = "detail", rename_all = "snake_case")]
pub enum State {
    Idle,
    Busy(String),
    Failed { code: u16 },
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Loose {
    #[schema(required)]
    pub value: Option<Scalar>,
    pub either: Either,
    pub steps: Vec<Step>,
    pub state: State,
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Tree {
    pub name: String,
    #[serde(default)]
    #[schema(no_recursion)]
    pub children: Vec<Tree>,
    #[schema(no_recursion)]
    pub left: Option<Box<Tree>>,
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Moments {
    pub day: NaiveDate,
    pub clock: NaiveTime,
    pub at: DateTime<FixedOffset>,
    #[schema(format = Duration)]
    pub lasts: String,
    pub amount: Decimal,
    pub id: Uuid,
    #[serde(with = "base64_text")]
    #[schema(value_type = String, content_encoding = "base64")]
    pub data: Vec<u8>,
    pub link: Url,
    pub big: i64,
    pub huge: u64,
    pub ratio: f64,
    pub small: f32,
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Presence {
    pub must: String,
    #[schema(required)]
    pub must_nullable: Option<String>,
    #[serde(default = "unset")]
    #[schema(default = "unset")]
    pub may: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub may_absent: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "double_option"
    )]
    pub may_nullable: Option<Option<String>>,
    #[serde(default = "seven")]
    #[schema(default = seven)]
    pub number: i32,
}

fn unset() -> String {
    "unset".to_owned()
}

fn seven() -> i32 {
    7
}

#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Maps {
    pub texts: HashMap<String, String>,
    pub nested: BTreeMap<String, BTreeMap<String, i32>>,
    pub by_kind: BTreeMap<Kind, Vec<i32>>,
    pub maybes: BTreeMap<String, Option<i32>>,
    pub anything: Value,
    pub pair: (String, i32),
    #[serde(flatten)]
    pub more: HashMap<String, Value>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Tick {
    pub number: i32,
    pub text: Option<String>,
}

#[derive(ToSchema)]
#[allow(dead_code)]
pub struct OneFile {
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    pub file: Vec<u8>,
    pub caption: String,
    #[schema(default = 1)]
    pub copies: Option<i32>,
}

#[derive(ToSchema)]
#[allow(dead_code)]
pub struct ManyFiles {
    #[schema(value_type = Vec<String>, format = Binary)]
    pub files: Vec<Vec<u8>>,
    #[serde(default)]
    pub tags: Vec<String>,
}

#[derive(ToSchema)]
#[allow(dead_code)]
pub struct MaybeFile {
    #[schema(value_type = Option<String>, format = Binary)]
    pub file: Option<Vec<u8>>,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct Filled {
    pub name: String,
    pub count: i32,
    pub weight: f64,
    pub made_on: NaiveDate,
    #[serde(default)]
    pub fragile: bool,
    #[serde(default)]
    pub tags: Vec<String>,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    #[serde(default)]
    pub kinds: Vec<Kind>,
    #[serde(default)]
    pub sizes: Vec<i32>,
    pub fragile: Option<bool>,
    pub made_after: Option<NaiveDate>,
    pub sent_before: Option<DateTime<FixedOffset>>,
    pub price_below: Option<Decimal>,
    pub name: Option<String>,
    /// At most so many.
    #[serde(default = "twenty")]
    #[param(minimum = 1, maximum = 100, default = twenty)]
    pub limit: usize,
    #[serde(default)]
    pub offset: usize,
}

fn twenty() -> usize {
    20
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    #[default]
    Up,
    Down,
}

#[derive(Debug, Deserialize, Serialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    #[serde(default)]
    pub words: Vec<String>,
    pub least: Option<f64>,
    #[serde(default)]
    #[param(inline)]
    #[schema(inline)]
    pub order: Order,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct Embedded {
    pub first: i64,
    pub second: String,
    pub tree: Option<Tree>,
}

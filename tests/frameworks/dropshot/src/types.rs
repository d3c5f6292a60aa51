//! The values of the API.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;
use uuid::Uuid;

use crate::held::{base64_text, double_option};

#[derive(
    Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Letter,
    Box,
    Pallet,
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Address {
    pub street: String,
    pub city: Option<String>,
    #[schemars(regex(pattern = r"^\d{5}$"))]
    pub zip: Option<String>,
}

/// A parcel that is not made yet.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct NewParcel {
    #[schemars(length(min = 1, max = 40))]
    pub name: String,
    pub kind: Kind,
    pub weight: f64,
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub count: u32,
    pub price: Decimal,
    #[serde(default)]
    pub fragile: bool,
    pub tags: Vec<String>,
    pub sizes: Option<Vec<i32>>,
    pub made_on: NaiveDate,
    pub sent_at: DateTime<FixedOffset>,
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

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Parcel {
    pub id: Uuid,
    #[serde(flatten)]
    pub new: NewParcel,
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct ParcelPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "double_option::deserialize"
    )]
    pub comment: Option<Option<String>>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "double_option::deserialize"
    )]
    pub address: Option<Option<Address>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Code {
    Missing,
    Conflict,
    Teapot,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Problem {
    pub code: Code,
    pub message: String,
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Circle {
    pub radius: f64,
}

/// A shape, told apart by `kind`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Shape {
    Circle(Circle),
    Square { side: f64, label: Option<String> },
    Point,
}

/// Any of these, as it is.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Scalar {
    Whole(i64),
    Flag(bool),
    Text(String),
    List(Vec<i64>),
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Either {
    Circle(Circle),
    Address(Address),
}

/// As serde writes an enum by default.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Stop,
    Wait,
    Say(String),
    GoTo { x: i32, y: Option<i32> },
    Draw(Circle),
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "state", content = "detail", rename_all = "snake_case")]
pub enum State {
    Idle,
    Busy(String),
    Failed { code: u16 },
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Loose {
    pub value: Option<Scalar>,
    pub either: Either,
    pub steps: Vec<Step>,
    pub state: State,
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Tree {
    pub name: String,
    #[serde(default)]
    pub children: Vec<Tree>,
    pub left: Option<Box<Tree>>,
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Moments {
    pub day: NaiveDate,
    pub clock: NaiveTime,
    pub at: DateTime<FixedOffset>,
    pub lasts: std::time::Duration,
    pub amount: Decimal,
    pub id: Uuid,
    #[serde(with = "base64_text")]
    #[schemars(with = "String")]
    pub data: Vec<u8>,
    pub link: Url,
    pub big: i64,
    pub huge: u64,
    pub ratio: f64,
    pub small: f32,
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Presence {
    pub must: String,
    pub must_nullable: Option<String>,
    #[serde(default = "unset")]
    pub may: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_absent: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "double_option::deserialize"
    )]
    pub may_nullable: Option<Option<String>>,
    #[serde(default = "seven")]
    pub number: i32,
}

fn unset() -> String {
    "unset".to_owned()
}

fn seven() -> i32 {
    7
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Maps {
    pub texts: HashMap<String, String>,
    pub nested: BTreeMap<String, BTreeMap<String, i32>>,
    pub by_kind: BTreeMap<Kind, Vec<i32>>,
    pub maybes: BTreeMap<String, Option<i32>>,
    pub anything: Value,
    #[serde(flatten)]
    pub more: HashMap<String, Value>,
}

#[derive(Debug, Deserialize, Serialize, JsonSchema)]
pub struct Filled {
    pub name: String,
    pub count: i32,
    pub weight: f64,
    pub made_on: NaiveDate,
    #[serde(default)]
    pub fragile: bool,
    pub note: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
pub struct ListQuery {
    pub kind: Option<Kind>,
    pub fragile: Option<bool>,
    pub made_after: Option<NaiveDate>,
    pub sent_before: Option<DateTime<FixedOffset>>,
    pub price_below: Option<Decimal>,
    pub name: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    #[default]
    Up,
    Down,
}

#[derive(Debug, Deserialize, Serialize, JsonSchema)]
pub struct Filters {
    pub word: String,
    pub least: Option<f64>,
    #[serde(default)]
    pub order: Order,
}

#[derive(Deserialize, JsonSchema)]
pub struct Id {
    pub id: Uuid,
}

#[derive(Deserialize, JsonSchema)]
pub struct Name {
    pub name: String,
}

#[derive(Deserialize, JsonSchema)]
pub struct Status {
    pub status: u16,
}

#[derive(Deserialize, JsonSchema, Serialize)]
pub struct Parts {
    pub text: String,
    pub number: f64,
    pub day: NaiveDate,
    pub kind: Kind,
}

#[derive(Deserialize, JsonSchema, Serialize)]
pub struct Headers {
    #[serde(rename = "X-Text")]
    pub text: String,
    #[serde(rename = "X-Number")]
    pub number: Option<i32>,
}

#[derive(JsonSchema, Serialize)]
pub struct Location {
    pub location: String,
}

#[derive(JsonSchema, Serialize)]
pub struct SeenHeaders {
    #[serde(rename = "x-seen")]
    pub seen: String,
    #[serde(rename = "x-count")]
    pub count: String,
}

/// The place of a page in a list.
#[derive(Deserialize, JsonSchema, Serialize)]
pub struct After {
    pub id: Uuid,
}

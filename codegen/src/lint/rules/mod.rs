//! The rules of lint, a file each, named after the rule. The head of each file is its page.

mod derived_name;
mod invalid_default;
mod invalid_example;
mod missing_description;
mod missing_operation_id;
mod optional_body;
mod plain_http;
mod plain_secret;
mod poor_name;
mod qualified_name;
mod undeclared_tag;
mod unused_component;
mod unused_tag;

pub(super) use poor_name::poor_name;
pub(super) use qualified_name::qualified_name;

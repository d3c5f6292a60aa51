//! A reading of documents of OpenAPI 3.0 by the types of `openapiv3`: what operations, parameters, media types and
//! named schemas there are.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{
    AdditionalProperties, Components, Content, OpenAPI, Operation, Parameter,
    ParameterSchemaOrContent, PathItem, ReferenceOr, RequestBody, Response, Schema, SchemaKind,
    StatusCode, Type,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The counts of an API.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) operations: usize,
    pub(crate) parameters: usize,
    /// Of request bodies and of responses.
    pub(crate) media_types: [usize; 2],
    /// Each file and pointer.
    pub(crate) schemas: BTreeSet<String>,
}

/// The files of an API as JSON, by their names.
pub(crate) type Files = BTreeMap<String, Value>;

/// An object, and the file that it is in.
struct Found<T> {
    file: String,
    value: T,
}

pub(crate) fn counts(files: &Files, entry: &str) -> Counts {
    let mut reading = Reading {
        files,
        counts: Counts::default(),
        seen: BTreeSet::new(),
    };
    reading.document(entry);
    reading.counts
}

struct Reading<'f> {
    files: &'f Files,
    counts: Counts,
    /// Objects that were read, by file and pointer.
    seen: BTreeSet<String>,
}

impl Reading<'_> {
    fn document(&mut self, entry: &str) {
        let document: OpenAPI =
            serde_json::from_value(self.files[entry].clone()).expect("a document of OpenAPI 3.0");
        for (_, item) in document.paths.iter() {
            let found = self.resolved(entry, item.clone());
            self.path_item(found);
        }
        let Components { schemas, .. } = document.components.unwrap_or_default();
        for name in schemas.keys() {
            let name = name.replace('~', "~0").replace('/', "~1");
            self.named_schema(entry, &format!("#/components/schemas/{name}"));
        }
    }

    /// The object that stands in a file or that a reference in it leads to.
    fn resolved<T: DeserializeOwned>(&self, file: &str, value: ReferenceOr<T>) -> Found<T> {
        let mut found = Found {
            file: file.to_owned(),
            value,
        };
        loop {
            match found.value {
                ReferenceOr::Item(value) => {
                    return Found {
                        file: found.file,
                        value,
                    };
                }
                ReferenceOr::Reference { reference } => {
                    let (file, pointer) = split(&found.file, &reference);
                    let target = self.files[&file].pointer(&pointer);
                    let target = target.unwrap_or_else(|| panic!("{reference} leads nowhere"));
                    found = Found {
                        file,
                        value: serde_json::from_value(target.clone()).expect(&reference),
                    };
                }
            }
        }
    }

    fn path_item(&mut self, item: Found<PathItem>) {
        let Found { file, value: item } = item;
        for (_, operation) in item.iter() {
            self.operation(&file, &item.parameters, operation);
        }
    }

    fn operation(&mut self, file: &str, shared: &[ReferenceOr<Parameter>], operation: &Operation) {
        self.counts.operations += 1;
        let mut names = BTreeSet::new();
        for parameter in shared.iter().chain(&operation.parameters) {
            let Found { file, value } = self.resolved(file, parameter.clone());
            let data = value.parameter_data_ref();
            let place = match value {
                Parameter::Query { .. } => "query",
                Parameter::Header { .. } => "header",
                Parameter::Path { .. } => "path",
                Parameter::Cookie { .. } => "cookie",
            };
            let name = data.name.to_ascii_lowercase();
            // Those are set by other means: the specification has readers ignore them.
            let is_ignored = ["accept", "content-type", "authorization"].contains(&name.as_str());
            if !(place == "header" && is_ignored) {
                names.insert((place, data.name.clone()));
            }
            if let ParameterSchemaOrContent::Schema(schema) = &data.format {
                self.schema(&file, schema);
            }
        }
        self.counts.parameters += names.len();
        if let Some(body) = &operation.request_body {
            let body: Found<RequestBody> = self.resolved(file, body.clone());
            self.counts.media_types[0] += self.content(&body.file, &body.value.content);
        }
        let responses = &operation.responses;
        let default = responses.default.iter().map(|response| (None, response));
        let others = responses.responses.iter();
        let others = others.map(|(status, response)| (Some(status.clone()), response));
        for (status, response) in others.chain(default) {
            let response: Found<Response> = self.resolved(file, response.clone());
            let count = self.content(&response.file, &response.value.content);
            // What HTTP gives no body has none.
            if !matches!(status, Some(StatusCode::Code(204 | 205 | 304))) {
                self.counts.media_types[1] += count;
            }
        }
    }

    fn content(&mut self, file: &str, content: &Content) -> usize {
        for media in content.values() {
            if let Some(schema) = &media.schema {
                self.schema(file, schema);
            }
        }
        content.len()
    }

    fn schema(&mut self, file: &str, schema: &ReferenceOr<Schema>) {
        match schema {
            ReferenceOr::Reference { reference } => self.named_schema(file, reference),
            ReferenceOr::Item(schema) => self.parts(file, schema),
        }
    }

    fn named_schema(&mut self, file: &str, reference: &str) {
        let (file, pointer) = split(file, reference);
        let place = format!("{file}#{pointer}");
        if !self.seen.insert(place.clone()) {
            return;
        }
        let target = self.files[&file].pointer(&pointer);
        let target = target.unwrap_or_else(|| panic!("{reference} leads nowhere"));
        let schema = serde_json::from_value(target.clone()).expect("a schema");
        // A reference to another schema is another name for it.
        if let ReferenceOr::Item(_) = &schema {
            self.counts.schemas.insert(place);
        }
        self.schema(&file, &schema);
    }

    /// The schemas within a schema.
    fn parts(&mut self, file: &str, schema: &Schema) {
        let mut boxed: Vec<&ReferenceOr<Box<Schema>>> = Vec::new();
        let mut plain: Vec<&ReferenceOr<Schema>> = Vec::new();
        let additional = |more: &Option<AdditionalProperties>| match more {
            Some(AdditionalProperties::Schema(schema)) => Some((**schema).clone()),
            _ => None,
        };
        let mut rest = None;
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                boxed.extend(object.properties.values());
                rest = additional(&object.additional_properties);
            }
            SchemaKind::Type(Type::Array(array)) => boxed.extend(&array.items),
            SchemaKind::Type(_) => {}
            SchemaKind::OneOf { one_of: list }
            | SchemaKind::AllOf { all_of: list }
            | SchemaKind::AnyOf { any_of: list } => plain.extend(list),
            SchemaKind::Not { not } => plain.push(not),
            SchemaKind::Any(any) => {
                boxed.extend(any.properties.values().chain(&any.items));
                plain.extend(any.one_of.iter().chain(&any.all_of).chain(&any.any_of));
                rest = additional(&any.additional_properties);
            }
        }
        plain.extend(&rest);
        for part in plain {
            self.schema(file, part);
        }
        for part in boxed {
            match part {
                ReferenceOr::Reference { reference } => self.named_schema(file, reference),
                ReferenceOr::Item(schema) => self.parts(file, schema),
            }
        }
    }
}

/// The file and the pointer of a reference in a file.
fn split(file: &str, reference: &str) -> (String, String) {
    match reference.split_once('#') {
        Some(("", pointer)) => (file.to_owned(), pointer.to_owned()),
        Some((file, pointer)) => (file.to_owned(), pointer.to_owned()),
        None => (reference.to_owned(), String::new()),
    }
}

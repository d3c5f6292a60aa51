//! Inputs and answers that aide does not describe by itself.

use std::any::type_name;
use std::marker::PhantomData;

use aide::generate::GenContext;
use aide::openapi::{
    Header, HeaderStyle, MediaType, Operation, ParameterSchemaOrContent, ReferenceOr, RequestBody,
    Response, SchemaObject,
};
use aide::operation::{ParamLocation, add_parameters, parameters_from_schema, set_body};
use aide::transform::{TransformOperation, TransformResponse};
use aide::{OperationInput, OperationOutput};
use schemars::{JsonSchema, Schema};

/// A form with files.
pub struct Upload<T>(PhantomData<T>);

impl<T: JsonSchema> Upload<T> {
    pub fn describe(mut operation: TransformOperation<'_>) -> TransformOperation<'_> {
        operation.inner_mut().request_body = None;
        operation.input::<Self>()
    }
}

impl<T: JsonSchema> OperationInput for Upload<T> {
    fn operation_input(context: &mut GenContext, operation: &mut Operation) {
        let schema = context.schema.subschema_for::<T>();
        let content = [("multipart/form-data".to_owned(), media(schema))]
            .into_iter()
            .collect();
        set_body(
            context,
            operation,
            RequestBody {
                content,
                required: true,
                ..Default::default()
            },
        );
    }
}

/// Headers or cookies, by the name of the type.
pub struct Params<T>(PhantomData<T>);

impl<T: JsonSchema> OperationInput for Params<T> {
    fn operation_input(context: &mut GenContext, operation: &mut Operation) {
        let place = if type_name::<T>().ends_with("Cookies") {
            ParamLocation::Cookie
        } else {
            ParamLocation::Header
        };
        let schema = context.schema.subschema_for::<T>();
        let parameters = parameters_from_schema(context, schema, place);
        add_parameters(context, operation, parameters);
    }
}

const MEDIA_TYPES: [&str; 3] = [
    "text/event-stream",
    "application/jsonl",
    "application/problem+json",
];

/// An answer of one of the media types above.
pub struct Content<T, const MEDIA_TYPE: usize>(PhantomData<T>);

impl<T: JsonSchema, const MEDIA_TYPE: usize> OperationOutput for Content<T, MEDIA_TYPE> {
    type Inner = T;

    fn operation_response(context: &mut GenContext, _: &mut Operation) -> Option<Response> {
        let schema = context.schema.subschema_for::<T>();
        let content = [(MEDIA_TYPES[MEDIA_TYPE].to_owned(), media(schema))]
            .into_iter()
            .collect();
        Some(Response {
            content,
            ..Default::default()
        })
    }
}

/// A header of an answer.
pub fn header<'t, T>(mut answer: TransformResponse<'t, T>, name: &str) -> TransformResponse<'t, T> {
    let header = Header {
        description: None,
        style: HeaderStyle::Simple,
        required: true,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(schema(
            schemars::json_schema!({ "type": "string" }),
        )),
        example: None,
        examples: Default::default(),
        extensions: Default::default(),
    };
    answer
        .inner()
        .headers
        .insert(name.to_owned(), ReferenceOr::Item(header));
    answer
}

fn media(schema_of_it: Schema) -> MediaType {
    MediaType {
        schema: Some(schema(schema_of_it)),
        ..Default::default()
    }
}

fn schema(json_schema: Schema) -> SchemaObject {
    SchemaObject {
        json_schema,
        example: None,
        external_docs: None,
    }
}

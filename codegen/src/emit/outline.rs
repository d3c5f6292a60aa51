//! The outline: what an API comes to, a line for each field, value, branch and operation, for reviewers of documents.

use std::fmt::Write as _;

use crate::describe::{self, carried, literal, plain, present, quoted, shown, value};
use crate::ir::{
    Access, Api, EnumBase, Field, FieldRole, Module, Operation, Parameter, Payload, Presence,
    ReceiverKind, Response, Shape, TypeDef,
};

/// The outline of an API, grouped by module and aligned.
pub fn outline(api: &Api) -> String {
    let mut text = String::new();
    for module in &api.modules {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "[{}]", module.name);
        align(&rows(api, module), &mut text);
    }
    text
}

/// A line: what it is of, what it is, and what else there is to say.
struct Row {
    subject: String,
    is: String,
    notes: String,
}

/// A subject longer than this pushes its line out rather than all lines.
const WIDEST: usize = 60;

fn align(rows: &[Row], text: &mut String) {
    let width = |of: fn(&Row) -> &str| {
        let lengths = rows.iter().map(|row| of(row).chars().count());
        lengths
            .filter(|length| *length <= WIDEST)
            .max()
            .unwrap_or(0)
    };
    let (first, second) = (width(|row| &row.subject), width(|row| &row.is));
    for Row { subject, is, notes } in rows {
        let line = format!("{subject:first$}   {is:second$}   {notes}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

fn rows(api: &Api, module: &Module) -> Vec<Row> {
    let types = module
        .types
        .iter()
        .flat_map(|id| type_rows(api, api.type_def(*id)));
    let operations = module
        .operations
        .iter()
        .flat_map(|operation| operation_rows(api, operation));
    types.chain(operations).collect()
}

fn type_rows(api: &Api, def: &TypeDef) -> Vec<Row> {
    let name = &def.name;
    let row = |subject: String, is: String, notes: String| Row { subject, is, notes };
    match &def.shape {
        Shape::Struct(body) => {
            let fields = body.fields.iter().map(|field| field_row(api, def, field));
            let additional = body.additional.iter().map(|more| {
                row(
                    format!("{name}.*"),
                    format!("Map<{}>", shown(api, &more.ty)),
                    String::new(),
                )
            });
            let rows: Vec<Row> = fields.chain(additional).collect();
            if rows.is_empty() {
                vec![row(name.to_string(), "{}".to_owned(), String::new())]
            } else {
                rows
            }
        }
        Shape::Enum(choice) => choice
            .variants
            .iter()
            .map(|variant| {
                let base = match choice.base {
                    EnumBase::String => "",
                    EnumBase::Int(_) => "integer",
                    EnumBase::Mixed => "mixed",
                };
                row(
                    format!("{name}::{}", variant.name),
                    value(variant),
                    base.to_owned(),
                )
            })
            .collect(),
        Shape::Union(choice) => choice
            .branches
            .iter()
            .map(|branch| {
                let tags: Vec<String> = branch.tags.iter().map(|tag| quoted(tag.text())).collect();
                row(
                    format!("{name}::{}", branch.name),
                    match &branch.constant {
                        Some(constant) => quoted(constant.text()),
                        None => shown(api, &branch.ty),
                    },
                    tags.join(" "),
                )
            })
            .collect(),
        Shape::Alias(ty) => vec![row(name.to_string(), shown(api, ty), String::new())],
        Shape::Newtype(ty) => vec![row(name.to_string(), shown(api, ty), "newtype".to_owned())],
    }
}

fn field_row(api: &Api, def: &TypeDef, field: &Field) -> Row {
    let subject = match field.role {
        FieldRole::Member => format!("{}.{}", def.name, plain(field.wire.text())),
        FieldRole::Flattened => format!("{}.({})", def.name, field.name),
    };
    let mut notes = Vec::new();
    match field.access {
        Access::ReadWrite => {}
        Access::ReadOnly => notes.push("read-only".to_owned()),
        Access::WriteOnly => notes.push("write-only".to_owned()),
    }
    if let Some(constant) = &field.constant {
        notes.push(format!("= {}", literal(api, constant)));
    }
    if let Some(default) = &field.default {
        notes.push(format!("default {}", literal(api, default)));
    }
    notes.extend(
        field
            .docs
            .notes
            .iter()
            .map(|note| plain(note.text()))
            .filter(|note| !note.starts_with("Default")),
    );
    if field.deprecated {
        notes.push("deprecated".to_owned());
    }
    Row {
        subject,
        is: present(api, &field.ty, field.presence),
        notes: joined(&notes),
    }
}

fn operation_rows(api: &Api, operation: &Operation) -> Vec<Row> {
    let responses = &operation.responses;
    let outcomes: Vec<String> = [&responses.success, &responses.errors]
        .into_iter()
        .filter_map(|responses| grouped(api, responses))
        .collect();
    let mut arguments: Vec<String> = operation
        .parameters
        .iter()
        .filter(|parameter| is_required(parameter))
        .map(|parameter| plain(parameter.wire.text()))
        .collect();
    arguments.extend(operation.body.iter().map(|body| {
        let payloads: Vec<String> = body
            .payloads
            .iter()
            .map(|(_, payload, _)| carried(api, payload))
            .collect();
        let optional = if body.required { "" } else { "?" };
        format!("{}{optional}", payloads.join(" | "))
    }));
    let line = Row {
        subject: subject(operation),
        is: format!(
            "{}({}) -> {}",
            operation.name,
            arguments.join(", "),
            outcomes.join(" | ")
        ),
        notes: joined(&operation_notes(api, operation)),
    };
    let parameters = operation.parameters.iter().map(|parameter| Row {
        subject: format!("{}.{}", operation.name, plain(parameter.wire.text())),
        is: present(api, &parameter.ty, parameter.presence),
        notes: location(parameter).to_owned(),
    });
    std::iter::once(line).chain(parameters).collect()
}

/// Method and path, or the name of what the server sends.
fn subject(operation: &Operation) -> String {
    match &operation.receiver {
        Some(receiver) => {
            let kind = match receiver.kind {
                ReceiverKind::Webhook => "webhook",
                ReceiverKind::Callback => "callback",
            };
            format!(
                "{kind} {} {}",
                plain(receiver.name.text()),
                operation.method
            )
        }
        None => format!("{} {}", operation.method, plain(operation.path.text())),
    }
}

/// The stream that a caller can ask for, and how a list pages.
fn operation_notes(api: &Api, operation: &Operation) -> Vec<String> {
    let paged = operation.paging.as_ref().map(|paging| {
        let (item, style) = (shown(api, &paging.item), describe::paged(&paging.style));
        format!("pages of {item}, by {style}")
    });
    let polled = operation.polling.as_ref();
    let polled = polled.map(|polling| format!("waits for `{}`", polling.status));
    let notes = streamed(api, operation).into_iter().chain(paged);
    notes.chain(polled).collect()
}

/// The stream that a caller can ask for.
fn streamed(api: &Api, operation: &Operation) -> Option<String> {
    let streamed = operation.streamed.as_ref()?;
    let items = carried(api, &Payload::Stream(streamed.items.clone()));
    Some(format!("or {} {items}", streamed.status))
}

fn is_required(parameter: &Parameter) -> bool {
    matches!(parameter.presence, Presence::Required | Presence::Nullable)
}

fn location(parameter: &Parameter) -> &'static str {
    use crate::ir::Location;
    match parameter.location {
        Location::Path(_) | Location::ReservedPath(_) => "path",
        Location::QueryString(_) => "query string",
        Location::Query { .. } => "query",
        Location::Header { .. } => "header",
        Location::Cookie { .. } => "cookie",
    }
}

/// Responses with the same payload share it: `400 401 403 ApiError | 422 ValidationError`.
fn grouped(api: &Api, responses: &[Response]) -> Option<String> {
    let mut groups: Vec<(&Payload, String)> = Vec::new();
    for response in responses {
        let status = response.status.to_string();
        match groups
            .last_mut()
            .filter(|(payload, _)| **payload == response.payload)
        {
            Some((_, statuses)) => {
                statuses.push(' ');
                statuses.push_str(&status);
            }
            None => groups.push((&response.payload, status)),
        }
    }
    let groups: Vec<String> = groups
        .into_iter()
        .map(|(payload, statuses)| match payload {
            Payload::Empty => statuses,
            payload => format!("{statuses} {}", carried(api, payload)),
        })
        .collect();
    (!groups.is_empty()).then(|| groups.join(" | "))
}

/// Notes one behind the other, without the full stops of sentences.
fn joined(notes: &[String]) -> String {
    notes
        .iter()
        .map(|note| note.trim_end_matches('.'))
        .collect::<Vec<_>>()
        .join("; ")
}

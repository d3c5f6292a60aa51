//! Which item a path names, and what may have been meant if none.

use crate::ir::{Branch, Field, Operation, Parameter, Shape, TypeId, Variant};
use crate::resolve::nearest;

use super::Context;
use super::words;

/// An item.
pub(super) enum Subject<'a> {
    Type(TypeId),
    Field(TypeId, &'a Field),
    Variant(TypeId, &'a Variant),
    Branch(TypeId, &'a Branch),
    Operation(&'a Operation),
    Parameter(&'a Operation, &'a Parameter),
}

/// The number of suggestions.
const SUGGESTED: usize = 5;

/// The item that a path names, or suggestions.
pub(super) fn subject<'a>(context: &Context<'a>, path: &str) -> Result<Subject<'a>, Vec<String>> {
    let path = path.trim();
    if let Some(operation) = operation(context, path) {
        return Ok(Subject::Operation(operation));
    }
    if let Some(id) = types(context, path).first() {
        return Ok(Subject::Type(*id));
    }
    let mut members = Vec::new();
    for (owner, member) in splits(path) {
        let owners = types(context, owner);
        for id in &owners {
            if let Some(found) = member_of(context, *id, member) {
                return Ok(found);
            }
        }
        for id in owners {
            let names = names_of(context, id);
            let shown = names.into_iter().map(|name| format!("{owner}.{name}"));
            members.extend(shown);
        }
        if let Some(operation) = operation(context, owner) {
            if let Some(found) = parameter(operation, member) {
                return Ok(Subject::Parameter(operation, found));
            }
            let names = operation.parameters.iter();
            members.extend(names.map(|known| format!("{owner}.{}", known.wire.text())));
        }
    }
    if members.is_empty() {
        return Err(suggestions(path, everything(context)));
    }
    let near = suggestions(path, members.clone());
    // The owner is there: what it has may be what is looked for.
    members.truncate(SUGGESTED);
    Err(if near.is_empty() { members } else { near })
}

/// Each way to read a path as an owner and a member; names may hold dots themselves.
fn splits(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let dots = path.match_indices('.');
    let colons = path.match_indices("::");
    dots.chain(colons).filter_map(|(at, separator)| {
        let member = path.get(at + separator.len()..)?;
        Some((path.get(..at)?, member))
    })
}

fn operation<'a>(context: &Context<'a>, path: &str) -> Option<&'a Operation> {
    let operations = || {
        let modules = context.api.modules.iter();
        modules.flat_map(|module| &module.operations)
    };
    if let Some((method, template)) = path.split_once(' ') {
        let template = template.trim();
        return operations().find(|known| {
            known.method.as_str().eq_ignore_ascii_case(method) && known.path.text() == template
        });
    }
    let id = |known: &Operation| {
        let node = context.site(known.origin.span)?.node;
        node.get("operationId")?.as_str()
    };
    operations().find(|known| {
        known.name.as_str() == path || known.method_name.as_str() == path || id(known) == Some(path)
    })
}

/// The types of this name: in Rust, or of a component.
fn types(context: &Context<'_>, name: &str) -> Vec<TypeId> {
    let all = || context.api.types.iter();
    let named = all().filter(|(_, def)| def.name.as_str() == name);
    let of_component =
        all().filter(|(_, def)| def.name.as_str() != name && context.component(def) == Some(name));
    let mut found: Vec<TypeId> = named.chain(of_component).map(|(id, _)| id).collect();
    // The other side of a schema is meant as well, where the first lacks a member.
    let counterparts: Vec<TypeId> = found
        .iter()
        .flat_map(|id| context.counterparts(*id))
        .collect();
    found.extend(counterparts);
    found
}

fn member_of<'a>(context: &Context<'a>, id: TypeId, member: &str) -> Option<Subject<'a>> {
    let api = context.api;
    match &api.type_def(id).shape {
        Shape::Struct(body) => {
            let mut fields = body.fields.iter();
            let field = fields
                .find(|field| field.wire.text() == member || field.name.as_str() == member)?;
            Some(Subject::Field(id, field))
        }
        Shape::Enum(choice) => {
            let mut variants = choice.variants.iter();
            let written = |variant: &Variant| {
                let value = words::literal(api, &variant.value);
                value.trim_matches('"') == member
            };
            let variant =
                variants.find(|variant| variant.name.as_str() == member || written(variant))?;
            Some(Subject::Variant(id, variant))
        }
        Shape::Union(choice) => {
            let mut branches = choice.branches.iter();
            let tagged = |branch: &Branch| branch.tags.iter().any(|tag| tag.text() == member);
            let branch =
                branches.find(|branch| branch.name.as_str() == member || tagged(branch))?;
            Some(Subject::Branch(id, branch))
        }
        Shape::Alias(_) | Shape::Newtype(_) => None,
    }
}

fn parameter<'a>(operation: &'a Operation, name: &str) -> Option<&'a Parameter> {
    let mut parameters = operation.parameters.iter();
    parameters.find(|known| known.wire.text() == name || known.name.as_str() == name)
}

/// The members of a type.
fn names_of(context: &Context<'_>, id: TypeId) -> Vec<String> {
    match &context.api.type_def(id).shape {
        Shape::Struct(body) => {
            let fields = body.fields.iter();
            let name = |field: &Field| match field.wire.text() {
                "" => field.name.to_string(),
                wire => wire.to_owned(),
            };
            fields.map(name).collect()
        }
        Shape::Enum(choice) => {
            let variants = choice.variants.iter();
            variants.map(|variant| variant.name.to_string()).collect()
        }
        Shape::Union(choice) => {
            let branches = choice.branches.iter();
            branches.map(|branch| branch.name.to_string()).collect()
        }
        Shape::Alias(_) | Shape::Newtype(_) => Vec::new(),
    }
}

/// All types and operations.
fn everything(context: &Context<'_>) -> Vec<String> {
    let types = context
        .api
        .types
        .iter()
        .map(|(_, def)| def.name.to_string());
    let modules = context.api.modules.iter();
    let operations = modules
        .flat_map(|module| &module.operations)
        .flat_map(|known| {
            let by_path = format!("{} {}", known.method, known.path.text());
            [known.name.to_string(), by_path]
        });
    types.chain(operations).collect()
}

/// The names that are near to a path, those that hold its last word among them.
fn suggestions(path: &str, mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    let wanted = path.to_lowercase();
    let mut found: Vec<String> = Vec::new();
    found.extend(nearest(path, names.iter().map(String::as_str)).map(str::to_owned));
    let last = wanted
        .rsplit(['.', ':', ' ', '/'])
        .next()
        .unwrap_or_default();
    for word in [wanted.as_str(), last] {
        let holds = |name: &&String| {
            let name = name.to_lowercase();
            let own = name.rsplit(['.', ':']).next().unwrap_or_default();
            !word.is_empty() && (name.contains(word) || (own.len() > 3 && word.contains(own)))
        };
        for name in names.iter().filter(holds) {
            if !found.contains(name) && found.len() < SUGGESTED {
                found.push(name.clone());
            }
        }
    }
    found
}

//! Findings of lint, and the fix of each.

use serde_json::json;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::ir::{Operation, Shape};
use crate::names::Words;
use crate::source::Span;

use super::Proposing;
use super::action::{path, quoted};

impl Proposing<'_> {
    /// Proposes what makes findings go.
    pub(super) fn findings(&mut self, report: &Report) {
        let mut tags = Vec::new();
        for found in report.diagnostics() {
            if self.finding(found, &mut tags).is_none() {
                let place = self.documents.pointer(found.span);
                self.left(format!("{}: {place}: {}", found.code.name(), found.message));
            }
        }
        if !tags.is_empty() {
            self.update(
                "",
                json!({ "tags": tags }),
                "declared, so that they can be described",
            );
        }
    }

    /// The fix of a finding; none if there is none for an overlay.
    fn finding(&mut self, found: &Diagnostic, tags: &mut Vec<serde_json::Value>) -> Option<()> {
        let pointer = self.pointer(found.span)?;
        match found.code {
            Code::MissingOperationId => {
                let id = operation_id(self.operation(found.span)?);
                let why = "named as its client has it";
                self.update(&pointer, json!({ "operationId": id }), why);
            }
            Code::OptionalBody => {
                let node = self.node(&pointer)?;
                node.get("$ref").is_none().then_some(())?;
                self.update(
                    &pointer,
                    json!({"required": true}),
                    "its members must be there",
                );
            }
            Code::PlainSecret => {
                let node = self.node(&pointer)?;
                let is_own = node.get("$ref").is_none();
                is_own.then_some(())?;
                self.update(&pointer, json!({"x-secret": true}), "kept out of logs");
            }
            Code::DerivedName => {
                let mut types = self.api.types.iter();
                let found = types.find(|(_, def)| def.origin.span == found.span);
                let name = found.map(|(_, def)| def.name.as_str().to_owned())?;
                self.pin(&pointer, &name)?;
            }
            Code::QualifiedName => {
                let (pointer, name) = self.qualified(found.span, pointer)?;
                self.pin(&pointer, &name)?;
            }
            Code::UndeclaredTag => {
                let name = self.node(&pointer)?.as_str()?;
                tags.push(json!({ "name": name }));
            }
            Code::UnusedTag => {
                let name = self.node(&pointer)?.get("name")?.as_str()?;
                let target = format!("$.tags[?@.name == {}]", quoted(name));
                self.remove(target, "no operation has it");
            }
            Code::UnusedComponent => self.remove(path(&pointer), "no operation needs it"),
            Code::InvalidExample => {
                let pointer = example(&pointer)?;
                self.remove(path(&pointer), "its schema does not allow it");
            }
            Code::InvalidDefault => {
                let end = pointer.rfind("/default")?;
                let pointer = pointer.get(..end + "/default".len())?;
                self.remove(path(pointer), "its schema does not allow it");
            }
            Code::UndefinedRequired => {
                let name = self.node(&pointer)?.as_str()?.to_owned();
                let schema = pointer.rsplit_once("/required/")?.0;
                let schema = self.node(schema)?;
                self.make_optional(schema, &name).then_some(())?;
            }
            _ => return None,
        }
        Some(())
    }

    /// Keeps a name as it is.
    fn pin(&mut self, pointer: &str, name: &str) -> Option<()> {
        let node = self.node(pointer)?;
        let takes_name = node.as_mapping().is_some() && node.get("$ref").is_none();
        takes_name.then_some(())?;
        let why = "keeps its name whatever is added";
        self.update(pointer, json!({ "x-rust-name": name }), why);
        Some(())
    }

    /// The item of a name that had to be told apart, and that name.
    fn qualified(&self, span: Span, pointer: String) -> Option<(String, String)> {
        for operation in self.operations() {
            let of = self.pointer(operation.origin.span)?;
            if pointer == format!("{of}/operationId") {
                return Some((of, operation.name.as_str().to_owned()));
            }
        }
        for (_, def) in self.api.types.iter() {
            if def.origin.span == span || self.pointer(def.origin.span).as_ref() == Some(&pointer) {
                return Some((pointer, def.name.as_str().to_owned()));
            }
            if let Shape::Struct(body) = &def.shape
                && let Some(field) = body.fields.iter().find(|field| field.origin.span == span)
            {
                return Some((pointer, field.name.as_str().to_owned()));
            }
        }
        None
    }

    fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.api
            .modules
            .iter()
            .flat_map(|module| &module.operations)
    }

    /// The operation of which a finding speaks.
    fn operation(&self, span: Span) -> Option<&Operation> {
        let pointer = self.pointer(span)?;
        let is =
            |operation: &&Operation| self.pointer(operation.origin.span).as_ref() == Some(&pointer);
        self.operations().find(is)
    }
}

/// The id that the name of a method is made from.
fn operation_id(operation: &Operation) -> String {
    let words = Words::of(operation.name.as_str());
    let words = words.iter().enumerate().map(|(at, word)| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if at > 0 => first.to_uppercase().chain(letters).collect(),
            _ => word.to_owned(),
        }
    });
    words.collect()
}

/// The pointer of the example that a place is in; none for one in a list, whose others would move.
fn example(pointer: &str) -> Option<String> {
    if let Some((before, after)) = pointer.rsplit_once("/examples/") {
        let name = after.split('/').next()?;
        let is_position = name.parse::<usize>().is_ok();
        return (!is_position).then(|| format!("{before}/examples/{name}"));
    }
    let end = pointer.rfind("/example")?;
    pointer.get(..end + "/example".len()).map(str::to_owned)
}

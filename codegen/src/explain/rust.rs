//! The Rust of an item, out of the files that were generated: they are formatted, so that lines tell items apart.

use crate::ir::{Operation, TypeId};
use crate::names::ModuleName;
use crate::settings::Half;

use super::place::dedent;
use super::{Context, Excerpt};

/// Whether documentation is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Docs {
    Shown,
    Hidden,
}

impl Context<'_> {
    /// A type.
    pub(super) fn rust_type(&self, id: TypeId) -> Vec<Excerpt> {
        let name = self.api.type_name(id).as_str();
        let heads = ["struct", "enum", "type"].map(|word| format!("pub {word} {name}"));
        let mut files = self.model(id).into_iter();
        let found = files.find_map(|file| self.item(file, &heads, Docs::Hidden));
        found.into_iter().collect()
    }

    /// A field or a variant of a type, under the head of the type.
    pub(super) fn rust_member(&self, id: TypeId, heads: &[String]) -> Vec<Excerpt> {
        let name = self.api.type_name(id).as_str();
        let types = ["struct", "enum"].map(|word| format!("pub {word} {name}"));
        let mut files = self.model(id).into_iter();
        let found = files.find_map(|file| self.member(file, &types, heads));
        found.into_iter().collect()
    }

    /// A field of an operation.
    pub(super) fn rust_parameter(&self, operation: &Operation, name: &str) -> Vec<Excerpt> {
        let types = [format!("pub struct {}", operation.name)];
        let heads = [format!("pub {name}:"), format!("pub r#{name}:")];
        let file = self.client_of(operation);
        let found = file.and_then(|file| self.member(&file, &types, &heads));
        found.into_iter().collect()
    }

    /// An operation: its struct, its outcomes and the client's method.
    pub(super) fn rust_operation(&self, operation: &Operation) -> Vec<Excerpt> {
        let Some(file) = self.client_of(operation) else {
            return Vec::new();
        };
        let name = &operation.name;
        let items = [
            format!("pub struct {name}"),
            format!("pub struct {}", operation.args_name),
            format!("impl Operation for {name}"),
            format!("pub enum {}", operation.success_name),
            format!("pub enum {}", operation.error_name),
        ];
        let found = items.map(|head| self.item(&file, &[head], Docs::Hidden));
        let method = format!("    pub fn {}(", operation.method_name);
        let method = self.item(&file, &[method], Docs::Hidden);
        found.into_iter().flatten().chain(method).collect()
    }

    fn module_of(&self, id: TypeId) -> Option<&ModuleName> {
        let mut modules = self.api.modules.iter();
        Some(&modules.find(|module| module.types.contains(&id))?.name)
    }

    /// The files that a type may be in: that of its module, and the parts of it.
    fn model(&self, id: TypeId) -> Vec<&str> {
        let Some(module) = self.module_of(id) else {
            return Vec::new();
        };
        let folder = self.settings.sources(Half::Model);
        let (file, parts) = (format!("{folder}{module}.rs"), format!("{folder}{module}/"));
        let files = self.tree.keys().map(String::as_str);
        let files = files.filter(|path| **path == file || path.starts_with(&parts));
        files.collect()
    }

    fn client_of(&self, operation: &Operation) -> Option<String> {
        let mut modules = self.api.modules.iter();
        let module = modules.find(|module| {
            let mut operations = module.operations.iter();
            operations.any(|known| known.name == operation.name)
        })?;
        let folder = self.settings.sources(Half::Client);
        Some(format!("{folder}{}.rs", module.name))
    }

    /// An item whose first line of code begins with one of `heads`.
    fn item(&self, file: &str, heads: &[String], docs: Docs) -> Option<Excerpt> {
        let lines: Vec<&str> = self.tree.get(file)?.lines().collect();
        let at = lines.iter().position(|line| begins(line, heads))?;
        let end = end_of(&lines, at);
        let start = start_of(&lines, at);
        Some(excerpt(file, &lines, start, end, docs))
    }

    /// A member whose first line of code begins with one of `heads`, in an item that begins with one of `types`.
    fn member(&self, file: &str, types: &[String], heads: &[String]) -> Option<Excerpt> {
        let lines: Vec<&str> = self.tree.get(file)?.lines().collect();
        let item = lines.iter().position(|line| begins(line, types))?;
        let end = end_of(&lines, item);
        let inside = lines.get(item..end)?.iter();
        let at = item
            + inside
                .clone()
                .position(|line| begins(line.trim_start(), heads))?;
        let start = start_of(&lines, at);
        // A member may go on until the comma that ends it.
        let last = (at..end).find(|at| lines.get(*at).is_some_and(|line| line.ends_with(',')));
        Some(excerpt(
            file,
            &lines,
            start,
            last.unwrap_or(at) + 1,
            Docs::Shown,
        ))
    }
}

/// Whether a line begins with a head and the name in it ends there.
fn begins(line: &str, heads: &[String]) -> bool {
    heads.iter().any(|head| {
        let rest = line.strip_prefix(head.as_str());
        let continues = |c: char| c.is_alphanumeric() || c == '_';
        rest.is_some_and(|rest| head.ends_with(['(', ':']) || !rest.starts_with(continues))
    })
}

/// The first line of the documentation and attributes above a line.
fn start_of(lines: &[&str], at: usize) -> usize {
    let above = lines.get(..at).unwrap_or_default().iter().rev();
    let belongs = |line: &&&str| {
        let line = line.trim_start();
        line.starts_with("///") || line.starts_with("#[") || line.starts_with(')')
    };
    at - above.take_while(belongs).count()
}

/// The line after the end of the item that begins at a line.
fn end_of(lines: &[&str], at: usize) -> usize {
    let head = lines.get(at).copied().unwrap_or_default();
    let indentation = head.len() - head.trim_start().len();
    let closes = |line: &str| {
        let own = line.len() - line.trim_start().len() == indentation;
        own && (line.trim_start().starts_with('}') || line.ends_with(';'))
    };
    if head.ends_with(';') || head.ends_with('}') {
        return at + 1;
    }
    let below = lines.iter().enumerate().skip(at + 1);
    below
        .filter(|(_, line)| closes(line))
        .map(|(at, _)| at + 1)
        .next()
        .unwrap_or(lines.len())
}

fn excerpt(file: &str, lines: &[&str], start: usize, end: usize, docs: Docs) -> Excerpt {
    let shown = lines.get(start..end).unwrap_or_default().iter();
    let is_shown = |line: &&&str| docs == Docs::Shown || !line.trim_start().starts_with("///");
    let hidden = shown.clone().take_while(|line| !is_shown(line)).count();
    let mut shown: Vec<String> = shown
        .filter(is_shown)
        .map(|line| (*line).to_owned())
        .collect();
    dedent(&mut shown);
    Excerpt {
        file: file.to_owned(),
        line: u32::try_from(start + hidden + 1).unwrap_or(u32::MAX),
        lines: shown,
    }
}

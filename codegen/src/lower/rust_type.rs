//! `x-rust-type`: the Rust type that a document names for a schema.
//!
//! A document is not trusted with code: a type is taken from crates that the settings list, and its path is made of plain
//! names.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ir::External;
use crate::load::Node;

use super::Lowering;
use super::merged::{MergedSchema, SchemaSet};
use crate::specification::{Keyword, Kinds};

impl<'a> Lowering<'a> {
    /// The type that a schema names, if it is one that may be named.
    pub(super) fn named_type(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: &MergedSchema<'a>,
    ) -> Option<Arc<External>> {
        if !schema.skip.is_empty() || schema.only != Kinds::NONE {
            return None;
        }
        let named = merged.first(Keyword::RustType)?;
        let path = named.as_str().or_else(|| named.get("path")?.as_str());
        let path = path.unwrap_or_default();
        let path = path.strip_prefix("::").unwrap_or(path);
        let (first, _) = path.split_once("::").unwrap_or((path, ""));
        let krate = named.get("crate").and_then(Node::as_str).unwrap_or(first);
        if !is_path(path) || krate.replace('-', "_") != first {
            let why = "names no path of a type in its crate";
            self.refuse(named, why, "write a path such as `oxnet::IpNet`");
            return None;
        }
        if named
            .get("parameters")
            .is_some_and(|of| !of.items().is_empty())
        {
            let why = format!("names `{path}` with parameters");
            let help = "name a type without parameters, such as an alias";
            self.refuse(named, &why, help);
            return None;
        }
        let allowed = self.settings.crates.iter();
        let mut allowed = allowed.filter(|known| known.name.replace('-', "_") == first);
        let Some(known) = allowed.next().cloned() else {
            if self.crates_refused.insert(first.to_owned()) {
                let why = format!("names a type of the crate `{krate}`, which no setting lists");
                let help = "list the crate in the table `crates` of countersign.toml";
                self.refuse(named, &why, help);
            }
            return None;
        };
        let format = merged.format.unwrap_or("x-rust-type");
        Some(Arc::new(External::new(
            format,
            &format!("::{path}"),
            Some(known),
        )))
    }

    fn refuse(&mut self, node: &Node, why: &str, help: &str) {
        let message = format!("`x-rust-type` {why}");
        let finding = Diagnostic::new(Code::VendorExtension, Severity::Note, node.span, message);
        let note = "the type is made of the schema";
        self.report.push(finding.help((help, note)));
    }
}

/// Whether text is the path of an item of a crate.
fn is_path(path: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && name != "_"
            && !crate::names::is_keyword(name)
    };
    path.contains("::") && path.split("::").all(is_name)
}

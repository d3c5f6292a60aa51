//! The module of types that several modules share: one file, or a private module for each set of features that needs
//! the same types.

use quote::quote;

use super::{Doc, Emitter, Scope, head_of, types};
use crate::emit::docs::{Depth, code};
use crate::emit::ident;
use crate::emit::modules::{Declared, Export, parts};
use crate::ir::Module;
use crate::package::SourceFile;

/// Its files.
pub(super) fn files<'a>(
    emitter: Emitter<'a>,
    at: usize,
    module: &'a Module,
) -> Vec<SourceFile<'a>> {
    let graph = &emitter.api_facts.graph;
    if graph.parts.is_empty() {
        return vec![super::file(emitter, at, module)];
    }
    let declared = graph.parts.iter().map(|part| Declared {
        name: ident::module(&part.name),
        gate: graph.gate_of(part),
        export: Export::All,
    });
    let declared = parts(declared.collect());
    let head = head_of(emitter, module);
    let root = SourceFile::new(format!("{}.rs", module.name), [declared], move || {
        let head = head.inner();
        vec![quote!(#head)]
    });
    let mut files = vec![root];
    for (part, of) in graph.parts.iter().enumerate() {
        let mut head = Doc::new(Depth::Item);
        head.paragraph(&format!(
            "A part of the types of {}.",
            code(module.name.as_str())
        ));
        head.paragraph(&emitter.generated(module.origin));
        let scope = Scope::of_part(emitter, at, part);
        let name = format!("{}/{}.rs", module.name, of.name);
        files.push(types(scope, name, head, &of.types));
    }
    files
}

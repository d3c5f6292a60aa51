//! Model crates: types that serde reads and writes, and nothing of HTTP.

mod alias;
mod branch;
mod constructor;
mod derives;
mod enumeration;
mod field;
mod library;
mod limits;
mod manifest;
mod newtype;
mod rename;
mod shape;
mod shared;
mod structure;
mod tag;
mod traits;
mod union;
mod validate;

use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::api_facts::CrateKind;
use super::deprecated::is_told;
use super::docs::{Depth, Doc};
use super::emitter::Emitter;
use super::scope::Scope;
use crate::ir::{Module, Shape, TypeDef, TypeId};
use crate::package::{CrateSource, SourceFile};

pub(super) use branch::is_unit;
pub(super) use constructor::{
    Argument, allow_deprecated, is_asked_for, is_operator, placeholders, self_named, too_many,
};
pub(super) use library::{head, revision};
pub(super) use validate::{Checked, is_checked};

/// The model crate.
pub(super) fn source(emitter: Emitter<'_>) -> CrateSource<'_> {
    let mut files = vec![library::file(emitter)];
    let modules = emitter.api.modules.iter().enumerate();
    files.extend(
        modules
            .filter(|(_, module)| !module.types.is_empty())
            .flat_map(|(at, module)| match module.shared {
                true => shared::files(emitter, at, module),
                false => vec![file(emitter, at, module)],
            }),
    );
    let manifest = manifest::manifest(emitter);
    CrateSource {
        folder: manifest.name.clone(),
        manifest: Some(manifest),
        readme: super::readme::model(emitter),
        files,
    }
}

fn file<'a>(emitter: Emitter<'a>, at: usize, module: &'a Module) -> SourceFile<'a> {
    let scope = Scope::new(emitter, CrateKind::Model, Some(at));
    let name = format!("{}.rs", module.name);
    types(scope, name, head_of(emitter, module), &module.types)
}

/// The documentation of a module.
fn head_of(emitter: Emitter<'_>, module: &Module) -> Doc {
    let mut head = Doc::new(Depth::Item);
    head.authored(&module.docs, || {
        format!("Types of {}.", super::docs::code(module.name.as_str()))
    });
    head.paragraph(&emitter.generated(module.origin));
    head
}

/// A file of types.
fn types<'a>(scope: Scope<'a>, name: String, head: Doc, ids: &'a [TypeId]) -> SourceFile<'a> {
    let scope = Rc::new(scope);
    let of = Rc::clone(&scope);
    let types = ids.iter();
    let types = types.map(move |id| item(&of, of.api.type_def(*id)));
    SourceFile::new(name, types, move || {
        let head = head.inner();
        vec![quote!(#head), scope.imports()]
    })
}

fn item(scope: &Scope<'_>, def: &TypeDef) -> TokenStream {
    let item = own(scope, def);
    let traits = traits::impls(scope, def);
    match traits.is_empty() {
        true => item,
        false => quote!(#item #(#traits)*),
    }
}

fn own(scope: &Scope<'_>, def: &TypeDef) -> TokenStream {
    match &def.shape {
        Shape::Struct(body) => structure::item(scope, def, body),
        Shape::Enum(choice) => enumeration::item(scope, def, choice),
        Shape::Union(choice) => union::item(scope, def, choice),
        Shape::Alias(ty) => alias::item(scope, def, ty),
        Shape::Newtype(ty) if ty.is_plain() => newtype::item(scope, def, ty),
        Shape::Newtype(ty) => alias::newtype(scope, def, ty),
    }
}

/// The documentation of a type.
fn docs(scope: &Scope<'_>, def: &TypeDef) -> Doc {
    let mut docs = Doc::of(&def.docs, Depth::Item, || {
        format!("{} of the API.", super::docs::code(def.name.as_str()))
    });
    if def.deprecated && !is_told(&def.docs) {
        docs.paragraph("Deprecated.");
    }
    docs.paragraph(&format!(
        "Source: {}",
        super::docs::code(&scope.emitter.place(def.origin))
    ));
    docs
}

//! The file that is being emitted: which names it may write short, and what it must import for them.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::api_facts::{ApiFacts, CrateKind, Roots};
use super::emitter::Emitter;
use super::ident;
use super::imports::Imports;
use super::known::{Known, Origin, PathForm, PathTokens};
use crate::ir::{Api, Type, TypeId};
use crate::settings::Layout;

/// The services that every template of a file can ask for.
pub(super) struct Scope<'a> {
    pub(super) emitter: Emitter<'a>,
    pub(super) api: &'a Api,
    pub(super) api_facts: &'a ApiFacts,
    pub(super) krate: CrateKind,
    roots: &'a Roots,
    /// The module, by its position; none in `lib.rs` and its like.
    module: Option<usize>,
    /// The part of the shared types, if there are several and the file is one of them.
    part: Option<usize>,
    asked: RefCell<Asked>,
    /// The current item is behind a feature: an import for it alone would be unused without.
    gated: Cell<bool>,
}

#[derive(Default)]
struct Asked {
    known: BTreeSet<Known>,
    /// The names that are used behind a feature.
    gated: BTreeSet<Known>,
    types: BTreeMap<usize, BTreeSet<TypeId>>,
    model: bool,
}

impl<'a> Scope<'a> {
    pub(super) fn new(emitter: Emitter<'a>, krate: CrateKind, module: Option<usize>) -> Self {
        Self {
            emitter,
            api: emitter.api,
            api_facts: emitter.api_facts,
            krate,
            roots: &emitter.api_facts.roots[0],
            module,
            part: None,
            asked: RefCell::default(),
            gated: Cell::new(false),
        }
    }

    /// The scope of a part of the shared types.
    pub(super) fn of_part(emitter: Emitter<'a>, module: usize, part: usize) -> Self {
        Self {
            part: Some(part),
            ..Self::new(emitter, CrateKind::Model, Some(module))
        }
    }

    /// Whether the file is of this module.
    pub(super) fn is_of(&self, module: usize) -> bool {
        self.module == Some(module)
    }

    /// A scope of examples: code of a client outside of it.
    pub(super) fn outside(emitter: Emitter<'a>) -> Self {
        Self {
            roots: &emitter.api_facts.roots[1],
            ..Self::new(emitter, CrateKind::Client, None)
        }
    }

    /// The path of the root of the client.
    pub(super) fn root(&self) -> TokenStream {
        path(&self.roots.client)
    }

    /// The same as text.
    pub(super) fn root_text(&self) -> &'a str {
        &self.roots.client
    }

    /// `#[cfg(..)]` of what is only there for tests and fake servers.
    pub(super) fn symmetric(&self) -> Option<TokenStream> {
        self.emitter.feature("symmetric")
    }

    /// Emits what is behind a feature.
    pub(super) fn gated<T>(&self, emit: impl FnOnce() -> T) -> T {
        self.gated.set(true);
        let emitted = emit();
        self.gated.set(false);
        emitted
    }

    /// A name from outside, imported if it is written short.
    pub(super) fn known(&self, name: Known) -> PathTokens<'a> {
        let root = &self.roots.client;
        if self.api_facts.clashes(self.krate).contains(&name) {
            return PathTokens {
                name,
                form: PathForm::Full,
                root,
            };
        }
        if name.origin() != Origin::Prelude {
            let mut asked = self.asked.borrow_mut();
            if self.gated.get() {
                asked.gated.insert(name);
            } else {
                asked.known.insert(name);
            }
        }
        PathTokens {
            name,
            form: PathForm::Short,
            root,
        }
    }

    /// The path of a type of the API.
    pub(super) fn type_path(&self, id: TypeId) -> TypePath {
        let name = ident::ty(self.api.type_name(id));
        match self.krate {
            CrateKind::Client => {
                self.asked.borrow_mut().model = true;
                TypePath {
                    qualifier: Some(ident::plain("model")),
                    name,
                }
            }
            CrateKind::Model => {
                let module = self.api_facts.module_of(id);
                let part = self.api_facts.graph.part_of(id);
                if self.module != Some(module) || self.part != part {
                    let mut asked = self.asked.borrow_mut();
                    asked.types.entry(module).or_default().insert(id);
                }
                TypePath {
                    qualifier: None,
                    name,
                }
            }
        }
    }

    /// A type, with aliases followed to what they stand for.
    pub(super) fn resolved<'t>(&'t self, ty: &'t Type) -> &'t Type {
        self.api.types.resolved(ty)
    }

    /// The imports of everything that was asked for: `std`, then crates, then this crate.
    pub(super) fn imports(&self) -> TokenStream {
        let asked = self.asked.borrow();
        let mut imports = Imports::new(self.roots);
        for known in &asked.known {
            imports.add(*known);
        }
        let gate = self.symmetric();
        for gated in asked.gated.difference(&asked.known) {
            match &gate {
                Some(gate) => imports.add_gated(*gated, gate),
                None => imports.add(*gated),
            }
        }
        for (module, types) in &asked.types {
            if let Some(module) = self.api.modules.get(*module) {
                let names = types.iter().map(|id| self.api.type_name(*id).as_str());
                imports.add_types(module.name.as_str(), names);
            }
        }
        if asked.model {
            imports.add_model(match self.emitter.settings.layout {
                Layout::Crates => &self.api_facts.roots[1].model,
                _ => &self.roots.model,
            });
        }
        imports.into_tokens()
    }
}

/// A path of plain names.
pub(super) fn path(text: &str) -> TokenStream {
    let names = text.split("::").map(ident::plain);
    quote!(#(#names)::*)
}

/// The path of a type of the API: `MfaProvider`, or `model::MfaProvider` in a client.
pub(super) struct TypePath {
    qualifier: Option<Ident>,
    name: Ident,
}

impl quote::ToTokens for TypePath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { qualifier, name } = self;
        let qualifier = qualifier.as_ref().map(|qualifier| quote!(#qualifier::));
        tokens.extend(quote!(#qualifier #name));
    }
}

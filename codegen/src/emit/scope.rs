//! The file that is being emitted: which names it may write short, and what it must import for them.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::known::{Known, Origin, Spelling, Written};
use super::plan::{Krate, Plan};
use super::{Emitter, ident};
use crate::ir::{Api, Type, TypeId};

/// What every template of a file can ask for.
pub(super) struct Scope<'a> {
    pub(super) emitter: Emitter<'a>,
    pub(super) api: &'a Api,
    pub(super) plan: &'a Plan,
    pub(super) krate: Krate,
    /// The module, by its position; none in `lib.rs` and its like.
    module: Option<usize>,
    imports: RefCell<Imports>,
    /// What is being emitted is behind a feature: an import for it alone would be unused without.
    gated: Cell<bool>,
}

#[derive(Default)]
struct Imports {
    known: BTreeSet<Known>,
    types: BTreeMap<usize, BTreeSet<TypeId>>,
    model: bool,
}

impl<'a> Scope<'a> {
    pub(super) fn new(emitter: Emitter<'a>, krate: Krate, module: Option<usize>) -> Self {
        Self {
            emitter,
            api: emitter.api,
            plan: emitter.plan,
            krate,
            module,
            imports: RefCell::default(),
            gated: Cell::new(false),
        }
    }

    /// Emits what is behind a feature.
    pub(super) fn gated<T>(&self, emit: impl FnOnce() -> T) -> T {
        self.gated.set(true);
        let emitted = emit();
        self.gated.set(false);
        emitted
    }

    /// A name from outside, imported if it is written short.
    pub(super) fn known(&self, name: Known) -> Written {
        let prelude = name.origin() == Origin::Prelude;
        if self.plan.clashes(self.krate).contains(&name) || self.gated.get() && !prelude {
            return Written {
                name,
                spelling: Spelling::Full,
            };
        }
        if !prelude {
            self.imports.borrow_mut().known.insert(name);
        }
        Written {
            name,
            spelling: Spelling::Short,
        }
    }

    /// The path of a type of the API.
    pub(super) fn type_path(&self, id: TypeId) -> TypePath {
        let name = ident::ty(self.api.type_name(id));
        match self.krate {
            Krate::Client => {
                self.imports.borrow_mut().model = true;
                TypePath {
                    qualifier: Some(ident::plain("model")),
                    name,
                }
            }
            Krate::Model => {
                let module = self.plan.module_of(id);
                if self.module != Some(module) {
                    let mut imports = self.imports.borrow_mut();
                    imports.types.entry(module).or_default().insert(id);
                }
                TypePath {
                    qualifier: None,
                    name,
                }
            }
        }
    }

    /// A type, with aliases followed to what they stand for.
    pub(super) fn resolved<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        // Aliases can't be cyclic; the bound only keeps a mistake elsewhere from hanging the generator.
        for _ in 0..64 {
            match ty {
                Type::Named(id) => match &self.api.type_def(*id).shape {
                    crate::ir::Shape::Alias(inner) => ty = inner,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }

    /// The imports of everything that was asked for: `std`, then crates, then this crate.
    pub(super) fn imports(&self) -> TokenStream {
        let imports = self.imports.borrow();
        let mut groups: [BTreeMap<Vec<&str>, BTreeSet<String>>; 3] = Default::default();
        for known in &imports.known {
            let mut path: Vec<&str> = known.path().split("::").collect();
            path.pop();
            let [std, crates, local] = &mut groups;
            let group = match known.origin() {
                Origin::Std | Origin::Prelude => std,
                Origin::Crate => crates,
                Origin::Local => local,
            };
            group
                .entry(path)
                .or_default()
                .insert(known.short().to_owned());
        }
        for (module, types) in &imports.types {
            let Some(module) = self.api.modules.get(*module) else {
                continue;
            };
            let names = types.iter().map(|id| self.api.type_name(*id).to_string());
            let [_, _, local] = &mut groups;
            local
                .entry(vec!["crate", module.name.as_str()])
                .or_default()
                .extend(names);
        }
        let model = imports.model.then(|| {
            let model =
                ident::plain(&format!("{}-model", self.emitter.settings.name).replace('-', "_"));
            quote!(use #model as model;)
        });
        let lines = groups.iter().flatten().map(|(path, names)| {
            let path = path.iter().map(|segment| segment_ident(segment));
            let mut names = names.iter().map(|name| ident::plain(name));
            match (names.next(), names.len()) {
                (Some(only), 0) => quote!(use #(#path::)* #only;),
                (first, _) => quote!(use #(#path::)* {#first, #(#names),*};),
            }
        });
        quote!(#model #(#lines)*)
    }
}

fn segment_ident(segment: &str) -> Ident {
    if segment != "crate" && crate::names::is_keyword(segment) {
        Ident::new_raw(segment, proc_macro2::Span::call_site())
    } else {
        ident::plain(segment)
    }
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

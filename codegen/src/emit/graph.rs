//! Which cargo feature each module has, which others it needs, and what the types that several modules share are cut
//! into, so that a feature costs what it reaches.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Api, Module, Operation, Type, TypeId};
use crate::names::{ModuleName, NameRequest, Scope};
use crate::settings::Settings;

/// The modules of an API, and what they need of each other; all by their positions.
pub(super) struct Graph {
    /// The feature of each module; none of modules that are always there.
    names: Vec<Option<String>>,
    /// Modules that each module needs, itself not among them.
    needs: Vec<BTreeSet<usize>>,
    /// Modules with operations that links of each module lead to.
    calls: Vec<BTreeSet<usize>>,
    /// Modules that the client needs whatever is asked for.
    always: BTreeSet<usize>,
    /// The files of the module of shared types; none if it is one file.
    pub(super) parts: Vec<Part>,
    /// The modules that need any of the shared types.
    owners: BTreeSet<usize>,
    /// The part of each type.
    part_of: BTreeMap<TypeId, usize>,
}

/// Shared types that the same modules need.
pub(super) struct Part {
    /// The name of their file.
    pub(super) name: ModuleName,
    /// The types, in the document's order.
    pub(super) types: Vec<TypeId>,
    owners: BTreeSet<usize>,
}

impl Graph {
    pub(super) fn new(api: &Api, settings: &Settings, module_of: &[usize]) -> Self {
        let found = Found { api, module_of };
        let modules = || api.modules.iter().enumerate();
        let shared = modules().find_map(|(at, module)| module.shared.then_some(at));
        let count = api.modules.len();
        let mut graph = Self {
            names: vec![None; count],
            needs: modules()
                .map(|(at, module)| found.needs(at, module))
                .collect(),
            calls: modules()
                .map(|(at, module)| found.calls(at, module))
                .collect(),
            always: BTreeSet::new(),
            parts: Vec::new(),
            owners: BTreeSet::new(),
            part_of: BTreeMap::new(),
        };
        let topics = modules().filter(|(_, module)| !module.receives && !module.shared);
        let topics: Vec<usize> = topics.map(|(at, _)| at).collect();
        if !settings.has_features() || topics.len() < 2 {
            return graph;
        }
        // Shared types ask by themselves who needs them.
        for at in &topics {
            if let (Some(needs), Some(shared)) = (graph.needs.get_mut(*at), shared) {
                needs.remove(&shared);
            }
        }
        graph.always = graph.closed(found.sign_ins());
        if let Some(shared) = shared {
            let owners = found.owners(&topics, shared);
            graph.cut(&found, shared, owners);
        }
        let has_rest = shared.filter(|shared| graph.owners.contains(shared));
        for at in topics.into_iter().chain(has_rest) {
            if let (Some(slot), false) = (graph.names.get_mut(at), graph.always.contains(&at)) {
                *slot = api
                    .modules
                    .get(at)
                    .map(|module| name(settings, module.name.as_str()));
            }
        }
        graph
    }

    /// Modules with all that they need.
    fn closed(&self, roots: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut all = BTreeSet::new();
        let mut work: Vec<usize> = roots.into_iter().collect();
        while let Some(at) = work.pop() {
            if all.insert(at) {
                let more = [&self.needs, &self.calls].map(|of| of.get(at));
                work.extend(more.into_iter().flatten().flatten());
            }
        }
        all
    }

    /// Cuts the module of shared types into one part for each set of modules that need the same.
    fn cut(&mut self, found: &Found<'_>, shared: usize, owners: BTreeMap<TypeId, BTreeSet<usize>>) {
        let types = found.api.modules.get(shared).map(|module| &module.types);
        let mut sets: Vec<(BTreeSet<usize>, Vec<TypeId>)> = Vec::new();
        for id in types.into_iter().flatten() {
            let of = owners.get(id).cloned().unwrap_or_default();
            self.owners.extend(&of);
            match sets.iter_mut().find(|(known, _)| *known == of) {
                Some((_, types)) => types.push(*id),
                None => sets.push((of, vec![*id])),
            }
        }
        if sets.len() < 2 {
            return;
        }
        let requests = sets
            .iter()
            .map(|(of, _)| name_of_part(found.api, shared, of));
        let requests: Vec<NameRequest> = requests.collect();
        let names = Scope::default().assign(&requests, |words| {
            ModuleName::new(words).as_str().to_owned()
        });
        for (at, ((owners, types), words)) in sets.into_iter().zip(names).enumerate() {
            self.part_of.extend(types.iter().map(|id| (*id, at)));
            self.parts.push(Part {
                name: ModuleName::new(&words),
                types,
                owners,
            });
        }
    }

    /// The part of the shared types that a type is in, if they are several.
    pub(super) fn part_of(&self, id: TypeId) -> Option<usize> {
        self.part_of.get(&id).copied()
    }

    /// The features, each with the features that it needs by `needs`.
    fn features(&self, needs: impl Fn(usize) -> BTreeSet<usize>) -> Vec<(String, Vec<String>)> {
        let names = self.names.iter().enumerate();
        let named = names.filter_map(|(at, name)| Some((at, name.clone()?)));
        let features = named.map(|(at, name)| (name, self.named(&needs(at))));
        features.collect()
    }

    fn named(&self, modules: &BTreeSet<usize>) -> Vec<String> {
        let names = modules.iter().filter_map(|at| self.names.get(*at));
        names.flatten().cloned().collect()
    }

    /// The features of the model.
    pub(super) fn of_model(&self) -> Vec<(String, Vec<String>)> {
        self.features(|at| self.needs.get(at).cloned().unwrap_or_default())
    }

    /// The features of the client: those of its modules with operations.
    pub(super) fn of_client(&self, api: &Api) -> Vec<(String, Vec<String>)> {
        let has_operations = |at: &usize| {
            let module = api.modules.get(*at);
            module.is_some_and(|module| !module.operations.is_empty())
        };
        let features = self
            .names
            .iter()
            .enumerate()
            .filter(|(at, _)| has_operations(at));
        let features = features.filter_map(|(at, name)| Some((at, name.clone()?)));
        let calls = |at: usize| self.calls.get(at).cloned().unwrap_or_default();
        features
            .map(|(at, name)| (name, self.named(&calls(at))))
            .collect()
    }

    /// The features of the model that receivers need.
    pub(super) fn of_receivers(&self, api: &Api) -> Vec<String> {
        let modules = api.modules.iter().enumerate();
        let receiving = modules.filter(|(_, module)| module.receives);
        let mut needs = BTreeSet::new();
        for (at, _) in receiving {
            needs.extend(self.needs.get(at).into_iter().flatten());
        }
        self.named(&needs)
    }

    /// `#[cfg(..)]` of a module.
    pub(super) fn gate(&self, api: &Api, at: usize) -> Option<TokenStream> {
        if api.modules.get(at).is_some_and(|module| module.shared) {
            return self.any(&self.owners);
        }
        let name = self.names.get(at)?.as_ref()?;
        Some(quote!(#[cfg(feature = #name)]))
    }

    /// `#[cfg(..)]` of a part of the shared types.
    pub(super) fn gate_of(&self, part: &Part) -> Option<TokenStream> {
        self.any(&part.owners)
    }

    /// `#[cfg(any(..))]` of what some modules need; none if it is always there.
    fn any(&self, owners: &BTreeSet<usize>) -> Option<TokenStream> {
        if !self.always.is_disjoint(owners) {
            return None;
        }
        let names = self.named(owners);
        match names.as_slice() {
            [] => None,
            [name] => Some(quote!(#[cfg(feature = #name)])),
            names => Some(quote!(#[cfg(any(#(feature = #names),*))])),
        }
    }
}

/// An API before it has features.
struct Found<'a> {
    api: &'a Api,
    module_of: &'a [usize],
}

impl Found<'_> {
    fn module_of(&self, id: TypeId) -> usize {
        self.module_of.get(id.index()).copied().unwrap_or_default()
    }

    /// The modules of the types that a module has or names.
    fn needs(&self, at: usize, module: &Module) -> BTreeSet<usize> {
        let mut needs = BTreeSet::new();
        each_named_of(self.api, module, &mut |id| {
            needs.insert(self.module_of(id));
        });
        needs.remove(&at);
        needs
    }

    /// The modules of the operations that links of a module lead to.
    fn calls(&self, at: usize, module: &Module) -> BTreeSet<usize> {
        let links = module
            .operations
            .iter()
            .flat_map(|operation| &operation.links);
        let calls = links.filter_map(|link| home(self.api, link.operation.as_str()));
        calls.filter(|other| *other != at).collect()
    }

    /// The modules of the operations that credentials are made of.
    fn sign_ins(&self) -> BTreeSet<usize> {
        let schemes = self.api.schemes.iter();
        let sign_ins = schemes.filter_map(|scheme| scheme.sign_in.as_ref());
        let homes = sign_ins.filter_map(|sign_in| home(self.api, sign_in.operation.as_str()));
        homes.collect()
    }

    /// The modules that need each shared type, all the way down. What none of them needs is needed by the shared
    /// module itself, and so is what receivers need.
    fn owners(&self, topics: &[usize], shared: usize) -> BTreeMap<TypeId, BTreeSet<usize>> {
        let mut owners: BTreeMap<TypeId, BTreeSet<usize>> = BTreeMap::new();
        for at in topics {
            let module = self.api.modules.get(*at);
            for id in self.reach(module.into_iter().flat_map(named_by)) {
                owners.entry(id).or_default().insert(*at);
            }
        }
        let receiving = self.api.modules.iter().filter(|module| module.receives);
        let received = receiving.flat_map(named_by);
        let types = self.api.modules.get(shared).map(|module| &module.types);
        let types = types.into_iter().flatten().copied();
        let rest: Vec<TypeId> = types.filter(|id| !owners.contains_key(id)).collect();
        for id in self.reach(rest.into_iter().chain(received)) {
            owners.entry(id).or_default().insert(shared);
        }
        owners
    }

    /// All types that can be reached from some.
    fn reach(&self, roots: impl Iterator<Item = TypeId>) -> BTreeSet<TypeId> {
        let mut reached = BTreeSet::new();
        let mut work: Vec<TypeId> = roots.collect();
        while let Some(id) = work.pop() {
            if reached.insert(id) {
                let shape = &self.api.type_def(id).shape;
                shape.each_type(&mut |ty| ty.each_named(&mut |id| work.push(id)));
            }
        }
        reached
    }
}

/// The name of the file of types that some modules need: theirs, so that it stays when a type comes or goes.
fn name_of_part(api: &Api, shared: usize, owners: &BTreeSet<usize>) -> NameRequest {
    let topics = owners.iter().filter(|at| **at != shared);
    let names = topics.filter_map(|at| Some(api.modules.get(*at)?.name.as_str()));
    let names = names.chain(owners.contains(&shared).then_some("others"));
    let names: Vec<&str> = names.collect();
    NameRequest::of(&match names.as_slice() {
        [] | ["others"] => "others".to_owned(),
        names => format!("of {}", names.join(" and ")),
    })
}

/// The module of an operation.
fn home(api: &Api, operation: &str) -> Option<usize> {
    let mut modules = api.modules.iter();
    modules.position(|module| {
        let mut operations = module.operations.iter();
        operations.any(|known| known.name.as_str() == operation && known.receiver.is_none())
    })
}

/// The types of a module, and those that its operations name.
fn named_by(module: &Module) -> Vec<TypeId> {
    let mut named = module.types.clone();
    for operation in &module.operations {
        each_named(operation, &mut |id| named.push(id));
    }
    named
}

fn each_named_of(api: &Api, module: &Module, visit: &mut impl FnMut(TypeId)) {
    for id in &module.types {
        let shape = &api.type_def(*id).shape;
        shape.each_type(&mut |ty: &Type| ty.each_named(visit));
    }
    for operation in &module.operations {
        each_named(operation, visit);
    }
}

fn each_named(operation: &Operation, visit: &mut impl FnMut(TypeId)) {
    let mut named = |ty: &Type| ty.each_named(visit);
    operation.each_sent(&mut named);
    operation.each_received(&mut named);
}

/// A module's feature is called like the module, unless that means something else.
fn name(settings: &Settings, module: &str) -> String {
    const TAKEN: [&str; 18] = [
        "all",
        "axum",
        "blocking",
        "brotli",
        "client",
        "default",
        "fake",
        "hyper",
        "inbound",
        "receivers",
        "reqwest",
        "serde",
        "serde_json",
        "std",
        "symmetric",
        "tracing",
        "uuid",
        "zstd",
    ];
    let mut derives = settings.derives.iter();
    if TAKEN.contains(&module) || derives.any(|derive| derive.feature == module) {
        format!("{module}_api")
    } else {
        module.to_owned()
    }
}

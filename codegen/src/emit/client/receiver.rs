//! Receivers: the module of what the server sends by itself, with an enum of its webhooks and one of its callbacks.

use std::rc::Rc;

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::fake::{answer, receive};
use crate::emit::api_facts::CrateKind;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::emitter::Emitter;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::text;
use crate::ir::{Mark, MarkPlace, Module, Operation, Receiver, ReceiverKind};
use crate::package::SourceFile;

/// The file of a module of receivers.
pub(super) fn file<'a>(emitter: Emitter<'a>, at: usize, module: &'a Module) -> SourceFile<'a> {
    let scope = Rc::new(Scope::new(emitter, CrateKind::Client, Some(at)));
    let mut head = Doc::new(Depth::Item);
    head.paragraph(&format!(
        "Receivers of what {} sends by itself.",
        code(emitter.api.title.text())
    ));
    head.paragraph(
        "A `Receiver` of the runtime reads a request as one of the events. Each event has an answer, which \
         `Receive::reply` writes.",
    );
    head.paragraph(&emitter.generated(module.origin));
    let of = Rc::clone(&scope);
    let events = [ReceiverKind::Webhook, ReceiverKind::Callback].into_iter();
    let events = events.flat_map(move |kind| events_of(&of, module, kind));
    let of = Rc::clone(&scope);
    let operations = module.operations.iter();
    let operations = operations.flat_map(move |operation| {
        let mut items = super::items(&of, operation);
        items.push(received(&of, operation));
        items
    });
    let name = format!("{}.rs", module.name);
    SourceFile::new(name, events.chain(operations), move || {
        let head = head.inner();
        vec![quote!(#head), scope.imports()]
    })
}

/// The description of an event: `The webhook new-pet: POST.`
pub(super) fn line(operation: &Operation, receiver: &Receiver) -> String {
    let kind = match receiver.kind {
        ReceiverKind::Webhook => "webhook",
        ReceiverKind::Callback => "callback",
    };
    let name = code(receiver.name.text());
    match &receiver.url {
        Some(url) => format!(
            "The {kind} {name}: {} to {}.",
            operation.method,
            code(url.text())
        ),
        None => format!("The {kind} {name}: {}.", operation.method),
    }
}

fn received(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let of = scope.known(Known::Receive);
    let name = ident::ty(&operation.name);
    let (receive, answer) = (
        SharedTokens(receive::function(scope, operation)),
        SharedTokens(answer::function(scope, operation)),
    );
    quote! {
        impl #of for #name {
            #receive

            #answer
        }
    }
}

/// The enum of the events of a kind.
fn events_of(scope: &Scope<'_>, module: &Module, kind: ReceiverKind) -> Vec<TokenStream> {
    let all = module.operations.iter().filter_map(|operation| {
        let receiver = operation.receiver.as_ref()?;
        (receiver.kind == kind).then_some((operation, receiver))
    });
    let all: Vec<(&Operation, &Receiver)> = all.collect();
    if all.is_empty() {
        return Vec::new();
    }
    let title = code(scope.api.title.text());
    let (name, docs) = match kind {
        ReceiverKind::Webhook => ("Webhook", format!("A webhook of {title}.")),
        ReceiverKind::Callback => (
            "Callback",
            format!("A callback that an operation of {title} was asked for."),
        ),
    };
    let name = ident::plain(name);
    let mut head = Doc::new(Depth::Item);
    head.paragraph(&docs);
    let variants = all.iter().map(|(operation, receiver)| {
        let variant = ident::ty(&operation.name);
        let docs = Doc::above(&operation.docs, Depth::Member, &line(operation, receiver));
        SharedTokens(quote!(#docs #variant(#variant)))
    });
    let unknown = scope.known(Known::UnknownEvent);
    let item = quote! {
        #head
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "an event is moved once")]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A request not described by the API, kept as received.
            Unknown(#unknown),
        }
    };
    vec![item, implemented(scope, &name, &all)]
}

fn implemented(
    scope: &Scope<'_>,
    name: &proc_macro2::Ident,
    all: &[(&Operation, &Receiver)],
) -> TokenStream {
    let (of, spec, option, none, inbound, unknown) = (
        scope.known(Known::Events),
        scope.known(Known::EventSpec),
        scope.known(Known::Option),
        scope.known(Known::None),
        scope.known(Known::Inbound),
        scope.known(Known::UnknownEvent),
    );
    let specs = all.iter().map(|(operation, receiver)| {
        let event = ident::ty(&operation.name);
        let kind = match receiver.kind {
            ReceiverKind::Webhook => quote!(webhook),
            ReceiverKind::Callback => quote!(callback),
        };
        let (name, marks) = (text(receiver.name.text()), marks(scope, &receiver.marks));
        SharedTokens(quote!(#spec::#kind::<#event>(#name) #marks))
    });
    let arms = all.iter().enumerate().map(|(at, (operation, _))| {
        let (at, event) = (Token::usize_unsuffixed(at), ident::ty(&operation.name));
        quote!(#at => request.event().map(Self::#event),)
    });
    quote! {
        impl #of for #name {
            const EVENTS: &'static [#spec] = &[#(#specs),*];

            fn receive(at: usize, request: &mut #inbound) -> #option<Self> {
                match at {
                    #(#arms)*
                    _ => #none,
                }
            }

            fn unknown(event: #unknown) -> Self {
                Self::Unknown(event)
            }
        }
    }
}

fn marks(scope: &Scope<'_>, marks: &[Mark]) -> Option<TokenStream> {
    let all = marks.iter().map(|mark| {
        let of = scope.known(Known::Mark);
        let place = match mark.place {
            MarkPlace::Member => quote!(Member),
            MarkPlace::Header => quote!(Header),
            MarkPlace::Query => quote!(Query),
        };
        let name = text(mark.name.text());
        let values = mark.values.iter().map(|value| text(value.text()));
        quote!(#of::#place(#name, &[#(#values),*]))
    });
    (!marks.is_empty()).then(|| quote!(.marks(&[#(#all),*])))
}

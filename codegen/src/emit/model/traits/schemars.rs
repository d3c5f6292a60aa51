//! JSON Schemas of types, as the crate schemars has them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::describe::int;
use crate::emit::model::branch::is_unit;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::emit::{ident, literal};
use crate::ir::{
    Branch, Docs, Enum, ExternalForm, Field, FieldRole, Presence, Shape, Struct, Tagging, Type,
    TypeDef, Union,
};

/// The impl of `JsonSchema`.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef) -> TokenStream {
    let (name, shown) = (ident::ty(&def.name), text(def.name.as_str()));
    let body = match &def.shape {
        Shape::Struct(body) => structure(scope, body),
        Shape::Enum(choice) => constants(scope, choice),
        Shape::Union(choice) => union(scope, choice),
        Shape::Newtype(ty) | Shape::Alias(ty) => schema(scope, ty),
    };
    let body = described(body, &def.docs);
    quote! {
        impl ::countersign_runtime::json_schema::JsonSchema for #name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #shown.into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", #shown).into()
            }

            #[allow(unused_variables, reason = "types in it have schemas of their own, if there are any")]
            fn json_schema(
                generator: &mut ::countersign_runtime::json_schema::SchemaGenerator,
            ) -> ::countersign_runtime::json_schema::Schema {
                #body
            }
        }
    }
}

/// The same with the author's words.
fn described(schema: TokenStream, docs: &Docs) -> TokenStream {
    match docs.description.as_ref().or(docs.summary.as_ref()) {
        Some(said) => {
            let said = text(said.text());
            quote!(::countersign_runtime::json_schema::described(#schema, #said))
        }
        None => schema,
    }
}

fn structure(scope: &Scope<'_>, body: &Struct) -> TokenStream {
    let members = body.fields.iter().map(|field| member(scope, field));
    let rest = body.additional.as_ref().map(|additional| {
        let values = schema(scope, &additional.ty);
        quote!(.rest(#values))
    });
    quote!(::countersign_runtime::json_schema::Object::new()#(#members)*#rest.schema())
}

fn member(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let own = schema(scope, &field.ty);
    if field.role == FieldRole::Flattened {
        return quote!(.flattened(#own));
    }
    let nullable = matches!(
        field.presence,
        Presence::Nullable | Presence::OptionalNullable
    );
    let own = match nullable {
        true => quote!(::countersign_runtime::json_schema::nullable(#own)),
        false => own,
    };
    let (wire, own) = (text(field.wire.text()), described(own, &field.docs));
    let method = ident::plain(match field.presence.may_be_absent() {
        true => "member",
        false => "required",
    });
    quote!(.#method(#wire, #own))
}

fn constants(scope: &Scope<'_>, choice: &Enum) -> TokenStream {
    let variants = choice.variants.iter();
    let values = variants.filter_map(|variant| literal::json(scope, &variant.value));
    let values: Vec<_> = values.collect();
    match values.is_empty() {
        true => quote!(::countersign_runtime::json_schema::any()),
        false => quote!(::countersign_runtime::json_schema::values(&[#(#values),*])),
    }
}

fn union(scope: &Scope<'_>, choice: &Union) -> TokenStream {
    let branches = choice.branches.iter().map(|of| branch(scope, choice, of));
    let exclusive = !choice.inclusive;
    quote!(::countersign_runtime::json_schema::choice(vec![#(#branches),*], #exclusive))
}

fn branch(scope: &Scope<'_>, choice: &Union, branch: &Branch) -> TokenStream {
    let unit = is_unit(choice, branch);
    if let Some(constant) = &branch.constant {
        let constant = serde_json::Value::from(constant.text()).to_string();
        let constant = text(&constant);
        return quote!(::countersign_runtime::json_schema::values(&[#constant]));
    }
    let held = || schema(scope, &branch.ty);
    let tag = branch.tags.first().filter(|_| !branch.default);
    let own = match (&choice.tagging, tag) {
        (Tagging::External, Some(tag)) => {
            let tag = text(tag.text());
            let held = match unit {
                true => quote!(::countersign_runtime::json_schema::any()),
                false => held(),
            };
            quote!(::countersign_runtime::json_schema::Object::new().required(#tag, #held).schema())
        }
        (Tagging::Internal(key) | Tagging::Adjacent { tag: key, .. }, Some(tag)) if unit => {
            let (key, tag) = (text(key.text()), text(tag.text()));
            quote!(::countersign_runtime::json_schema::tagged(#key, #tag, None))
        }
        (Tagging::Internal(_), Some(_)) if has_tag(scope, choice, branch) => held(),
        (Tagging::Internal(key), Some(tag)) => {
            let (key, tag, held) = (text(key.text()), text(tag.text()), held());
            quote!(::countersign_runtime::json_schema::tagged(#key, #tag, Some(#held)))
        }
        (Tagging::Adjacent { tag: key, content }, Some(tag)) => {
            let (key, tag, held) = (text(key.text()), text(tag.text()), held());
            let content = text(content.text());
            quote! {
                ::countersign_runtime::json_schema::tagged(#key, #tag, Some(
                    ::countersign_runtime::json_schema::Object::new().required(#content, #held).schema()
                ))
            }
        }
        _ if unit => quote!(::countersign_runtime::json_schema::plain("null", "")),
        _ => held(),
    };
    described(own, &branch.docs)
}

/// Whether the object of a branch has the tag among its members, as something else than text.
fn has_tag(scope: &Scope<'_>, choice: &Union, branch: &Branch) -> bool {
    let Tagging::Internal(key) = &choice.tagging else {
        return false;
    };
    crate::emit::model::tag::typed(scope, branch, key.text()).is_some()
}

/// The schema of a type.
fn schema(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    let plain = |kind: &str, format: &str| quote!(::countersign_runtime::json_schema::plain(#kind, #format));
    let around = |name: &str, inner: &Type| {
        let (name, inner) = (ident::plain(name), schema(scope, inner));
        quote!(::countersign_runtime::json_schema::#name(#inner))
    };
    match ty {
        Type::Bool => plain("boolean", ""),
        Type::Int(width) => plain("integer", &format_of(int(*width))),
        Type::Float => plain("number", "double"),
        Type::String => plain("string", ""),
        Type::Uuid => plain("string", "uuid"),
        Type::DateTime => plain("string", "date-time"),
        Type::Date => plain("string", "date"),
        Type::IpAddr => plain("string", "ip"),
        Type::Ipv4Addr => plain("string", "ipv4"),
        Type::Ipv6Addr => plain("string", "ipv6"),
        Type::Base64 => plain("string", "byte"),
        Type::Null => plain("null", ""),
        Type::Json => quote!(::countersign_runtime::json_schema::any()),
        Type::List(inner) => around("list", inner),
        Type::Map(inner) => around("map", inner),
        Type::Nullable(inner) => around("nullable", inner),
        Type::Secret(inner) => schema(scope, inner),
        Type::Tuple(items) => {
            let items = items.iter().map(|item| schema(scope, item));
            quote!(::countersign_runtime::json_schema::tuple(vec![#(#items),*]))
        }
        Type::Named(id) | Type::Boxed(id) => match &scope.api.type_def(*id).shape {
            Shape::Alias(inner) => schema(scope, inner),
            _ => {
                let path = scope.type_path(*id);
                quote!(::countersign_runtime::json_schema::named::<#path>(generator))
            }
        },
        Type::External(external) => match external.form {
            ExternalForm::Text => plain("string", &external.format),
            ExternalForm::Digits | ExternalForm::Number => {
                quote!(::countersign_runtime::json_schema::digits())
            }
            ExternalForm::Own if external.format.contains('#') => {
                quote!(::countersign_runtime::json_schema::any())
            }
            ExternalForm::Own => {
                let format = text(&external.format);
                quote!(::countersign_runtime::json_schema::formatted(#format))
            }
        },
    }
}

/// The format of an integer by its Rust name: `int64` of `i64`.
fn format_of(name: &str) -> String {
    match name.strip_prefix('i') {
        Some(width) => format!("int{width}"),
        None => format!("uint{}", name.trim_start_matches('u')),
    }
}

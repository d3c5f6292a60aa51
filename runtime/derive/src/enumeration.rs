//! `StringEnum` and `IntegerEnum`: the table of values, gathered from beside the variants.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::quote;

use crate::parse::{Mistake, is_mark, is_word, split};

/// An enum.
struct Enum {
    name: Ident,
    /// The integer type that it travels as, if it says one.
    repr: Option<TokenStream>,
    listed: Vec<Listed>,
    unknown: Ident,
}

/// A variant for a value of the document.
struct Listed {
    name: Ident,
    /// The value, and after a comma its name where it has one.
    value: Vec<TokenTree>,
}

/// `impl StringEnum`.
pub(crate) fn strings(tokens: TokenStream) -> Result<TokenStream, Mistake> {
    let of = Enum::parse(tokens)?;
    let rows = of.listed.iter().map(|Listed { name, value }| {
        let value: TokenStream = value.iter().cloned().collect();
        quote!((#value, Self::#name))
    });
    let table = quote!(const VALUES: &'static [(&'static str, Self)] = &[#(#rows),*];);
    let kept = quote!(::countersign_runtime::Unknown<::std::string::String>);
    let implemented = of.implemented(quote!(StringEnum), table, kept);
    let name = &of.name;
    Ok(quote!(#implemented ::countersign_runtime::string_enum!(#name);))
}

/// `impl IntegerEnum`.
pub(crate) fn integers(tokens: TokenStream) -> Result<TokenStream, Mistake> {
    let of = Enum::parse(tokens)?;
    let rows = of.listed.iter().map(|Listed { name, value }| {
        let (number, label) = match split(value).as_slice() {
            [number, label] => (number.to_vec(), quote!(#(#label)*)),
            _ => {
                let number: TokenStream = value.iter().cloned().collect();
                let text = number.to_string().replace(' ', "");
                (value.clone(), quote!(#text))
            }
        };
        let number: TokenStream = number.into_iter().collect();
        quote!((#number, #label, Self::#name))
    });
    let repr = of.repr.clone().unwrap_or_else(|| quote!(i32));
    let table = quote! {
        type Repr = #repr;

        const VALUES: &'static [(Self::Repr, &'static str, Self)] = &[#(#rows),*];
    };
    let kept = quote!(::countersign_runtime::Unknown<::countersign_runtime::Value>);
    let implemented = of.implemented(quote!(IntegerEnum), table, kept);
    let name = &of.name;
    Ok(quote!(#implemented ::countersign_runtime::integer_enum!(#name);))
}

impl Enum {
    fn parse(tokens: TokenStream) -> Result<Self, Mistake> {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let (wire, rest) = wire(&trees);
        let at = rest.iter().position(|tree| is_word(tree, "enum"));
        let declared = at.and_then(|at| rest.get(at + 1..));
        let Some([TokenTree::Ident(name), TokenTree::Group(body), ..]) = declared else {
            return Err(Mistake("only an enum can be an enumeration".to_owned()));
        };
        let body: Vec<TokenTree> = body.stream().into_iter().collect();
        let (mut listed, mut unknown) = (Vec::new(), None);
        for variant in split(&body) {
            let (value, rest) = self::wire(variant);
            let (Some(TokenTree::Ident(name)), Some(value)) = (rest.first(), value) else {
                let message = "each variant has its value beside it: `#[wire(..)]`";
                return Err(Mistake(message.to_owned()));
            };
            let name = name.clone();
            match value.as_slice() {
                [only] if is_word(only, "unknown") => unknown = Some(name),
                _ => listed.push(Listed { name, value }),
            }
        }
        let unknown = unknown.ok_or_else(|| {
            Mistake("a variant keeps what is not listed: `#[wire(unknown)]`".to_owned())
        })?;
        Ok(Self {
            name: name.clone(),
            repr: wire.map(|repr| repr.into_iter().collect()),
            listed,
            unknown,
        })
    }

    fn implemented(&self, of: TokenStream, table: TokenStream, kept: TokenStream) -> TokenStream {
        let Self { name, unknown, .. } = self;
        quote! {
            #[automatically_derived]
            impl ::countersign_runtime::#of for #name {
                #table

                fn unknown(value: #kept) -> Self {
                    Self::#unknown(value)
                }

                fn as_unknown(&self) -> ::core::option::Option<&#kept> {
                    #[allow(unreachable_patterns)]
                    match self {
                        Self::#unknown(value) => ::core::option::Option::Some(value),
                        _ => ::core::option::Option::None,
                    }
                }
            }
        }
    }
}

/// The content of `#[wire(..)]` before an item, and the item.
fn wire(mut trees: &[TokenTree]) -> (Option<Vec<TokenTree>>, &[TokenTree]) {
    let mut found = None;
    while let [mark, TokenTree::Group(attribute), rest @ ..] = trees {
        if !is_mark(mark, '#') {
            break;
        }
        let parts: Vec<TokenTree> = attribute.stream().into_iter().collect();
        if let [name, TokenTree::Group(held)] = parts.as_slice()
            && is_word(name, "wire")
            && held.delimiter() == Delimiter::Parenthesis
        {
            found = Some(held.stream().into_iter().collect());
        }
        trees = rest;
    }
    (found, trees)
}

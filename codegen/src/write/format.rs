//! Formatting, the only place that makes source text.

use proc_macro2::TokenStream;

use super::accepted::Accepted;
use super::layout::{self, Page};
use super::{Malformed, SourceFile};

/// Formats a file.
pub(super) fn file(
    path: &str,
    file: SourceFile<'_>,
    accepted: &mut Accepted,
) -> Result<String, Malformed> {
    let body = items(path, file.items, accepted)?;
    let mut text = items(path, (file.head)(), accepted)?;
    if !text.is_empty() && !body.is_empty() {
        text.push('\n');
    }
    text.push_str(&body);
    Ok(text)
}

fn items(
    path: &str,
    items: impl IntoIterator<Item = TokenStream>,
    accepted: &mut Accepted,
) -> Result<String, Malformed> {
    let mut page = Page::default();
    let mut last = None;
    for tokens in items {
        let begun = page.length();
        let trees = layout::trees(tokens);
        layout::items(&trees, &mut last, &mut page);
        accepted
            .check(&trees, page.since(begun))
            .map_err(|error| Malformed {
                file: path.to_owned(),
                why: error.to_string(),
            })?;
    }
    Ok(page.finish())
}

/// Formats an example, line by line; none if it is no Rust. It stands in documentation, which rustfmt leaves alone, so
/// prettyplease says how it reads.
pub(crate) fn example(tokens: TokenStream) -> Option<Vec<String>> {
    let file = syn::parse2(tokens).ok()?;
    let text = prettyplease::unparse(&file);
    Some(text.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{Accepted, Malformed};
    use crate::write::SourceFile;

    fn formatted(items: Vec<proc_macro2::TokenStream>) -> Result<String, Malformed> {
        let file = SourceFile::new("x.rs", items, Vec::new);
        super::file("x.rs", file, &mut Accepted::default())
    }

    #[test]
    fn blank_lines_stand_where_a_reader_wants_them() {
        let items = vec![quote! {
            use std::a::B;
            use c::D;
            use c::E;
            use crate::f::{G, H};
            struct I;
            impl I {
                type J = u8;
                const K: u8 = 1;
                fn l() { m() }
                #[doc = " N."]
                fn n() {}
                fn o() {}
            }
        }];
        let expected = "\
use std::a::B;

use c::D;
use c::E;

use crate::f::{G, H};

struct I;

impl I {
    type J = u8;
    const K: u8 = 1;

    fn l() {
        m()
    }

    /// N.
    fn n() {}

    fn o() {}
}
";
        assert_eq!(formatted(items).expect("Rust"), expected);
    }

    #[test]
    fn what_is_too_wide_is_broken_where_rustfmt_breaks_it() {
        let items = vec![quote! {
            fn decode(reply: &mut Reply) -> Decoded<Self> {
                match reply.status() {
                    200 => reply.json("application/json").map(Ok),
                    404 => reply.json("application/json").map(|body| Err(UpdateMfaProviderError::NotFound(body))),
                    _ => reply.undocumented(),
                }
            }
            const SPEC: OperationSpec = OperationSpec::new("UpdateProvider", Method::PUT, "/api/mfa-providers/{id}").idempotent();
            impl<'de> A<'de> for B {
                fn f(&self, first: impl Into<String>, second: BTreeMap<String, Vec<u8>>, third: Option<u64>) -> Self {
                    let Some(x) = self.x else { return Self { a: -1, b: None, name: name.into() }; };
                }
            }
        }];
        let expected = "\
fn decode(reply: &mut Reply) -> Decoded<Self> {
    match reply.status() {
        200 => reply.json(\"application/json\").map(Ok),
        404 => reply
            .json(\"application/json\")
            .map(|body| Err(UpdateMfaProviderError::NotFound(body))),
        _ => reply.undocumented(),
    }
}

const SPEC: OperationSpec =
    OperationSpec::new(\"UpdateProvider\", Method::PUT, \"/api/mfa-providers/{id}\").idempotent();

impl<'de> A<'de> for B {
    fn f(
        &self,
        first: impl Into<String>,
        second: BTreeMap<String, Vec<u8>>,
        third: Option<u64>,
    ) -> Self {
        let Some(x) = self.x else {
            return Self {
                a: -1,
                b: None,
                name: name.into(),
            };
        };
    }
}
";
        assert_eq!(formatted(items).expect("Rust"), expected);
    }

    #[test]
    fn what_is_no_rust_is_refused() {
        assert!(formatted(vec![quote! { struct }]).is_err());
    }
}

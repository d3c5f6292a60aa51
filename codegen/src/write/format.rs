//! Formatting, the only place that makes source text.

use proc_macro2::TokenStream;

use super::accepted::Accepted;
use super::layout::{self, Page, Tree};
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

/// Formats an example, which is one function, line by line; none if it is no Rust. It stands in documentation, which
/// rustfmt leaves alone: where a statement doesn't fit on a line, prettyplease says how it reads.
pub(crate) fn example(tokens: TokenStream) -> Option<Vec<String>> {
    let trees = layout::trees(tokens);
    let mut page = Page::default();
    layout::items(&trees, &mut None, &mut page);
    let text = page.finish();
    let text = if has_line_for_each_statement(&trees, &text) {
        text
    } else {
        prettyplease::unparse(&syn::parse_file(&text).ok()?)
    };
    Some(text.lines().map(str::to_owned).collect())
}

/// Whether each statement of the function that ends `trees` is on one line of `text`, the last being an expression.
fn has_line_for_each_statement(trees: &[Tree], text: &str) -> bool {
    let Some(Tree::Group(body)) = trees.last() else {
        return false;
    };
    let ends = |tree: &&Tree| matches!(tree, Tree::Mark(";"));
    let statements = body.trees.iter().filter(ends).count() + 1;
    let within = |line: &&str| line.starts_with(' ');
    text.lines().rev().skip(1).take_while(within).count() == statements
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

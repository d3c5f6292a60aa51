//! Formatting, the only place that makes source text.

use std::mem::take;

use proc_macro2::TokenStream;

use super::Malformed;
use super::syntax_cache::Accepted;
use crate::layout::{self, Page, Trees};
use crate::package::SourceFile;

/// The layouts that a file takes from other files.
#[derive(Default)]
pub(super) struct Formatter {
    trees: Trees,
    syntax_cache: Accepted,
    // Two that are written over and over: what is below a file's head, and the head.
    body: Page,
    head: Page,
}

impl Formatter {
    /// Formats a file.
    pub(super) fn file(&mut self, path: &str, file: SourceFile<'_>) -> Result<String, Malformed> {
        let (mut body, mut head) = (take(&mut self.body), take(&mut self.head));
        self.items(path, file.items, &mut body)?;
        self.items(path, (file.head)(), &mut head)?;
        let text = match (head.since(0), body.since(0)) {
            ("", text) | (text, "") => text.to_owned(),
            (head, body) => [head, body].join("\n"),
        };
        (self.body, self.head) = (body, head);
        Ok(text)
    }

    fn items(
        &mut self,
        path: &str,
        items: impl IntoIterator<Item = TokenStream>,
        page: &mut Page,
    ) -> Result<(), Malformed> {
        page.clear();
        let mut last = None;
        for tokens in items {
            let begun = page.length();
            let trees = self.trees.of(tokens);
            layout::items(&trees, &mut last, page);
            let checked = self.syntax_cache.check(&trees, page.since(begun));
            checked.map_err(|error| Malformed {
                file: path.to_owned(),
                why: error.to_string(),
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::Malformed;
    use crate::package::SourceFile;

    fn formatted(items: Vec<proc_macro2::TokenStream>) -> Result<String, Malformed> {
        let file = SourceFile::new("x.rs", items, Vec::new);
        super::Formatter::default().file("x.rs", file)
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

//! Formatting, the only place that makes source text.

use proc_macro2::TokenStream;

use super::Malformed;
use super::layout::{self, Page};

/// Formats a file.
pub(super) fn file(path: &str, items: Vec<TokenStream>) -> Result<String, Malformed> {
    let mut page = Page::default();
    let mut last = None;
    for tokens in items {
        syn::parse2::<syn::File>(tokens.clone()).map_err(|error| Malformed {
            file: path.to_owned(),
            why: error.to_string(),
        })?;
        layout::items(tokens, &mut last, &mut page);
    }
    Ok(page.finish())
}

/// Formats an example, line by line. None if it is no Rust.
pub(crate) fn example(tokens: TokenStream) -> Option<Vec<String>> {
    let text = file("", vec![tokens]).ok()?;
    Some(text.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::file;

    #[test]
    fn blank_lines_stand_between_items() {
        let items = vec![quote! {
            use a::B;
            use a::C;
            struct D;
            impl D { fn e() { f() } #[doc = " G."] fn g() {} const H: u8 = { 1 }; fn i() {} }
        }];
        let text = file("x.rs", items).expect("Rust");
        assert_eq!(
            text,
            "use a::B;\nuse a::C;\n\nstruct D;\n\nimpl D {\n    fn e() {\n        f()\n    }\n\n    /// G.\n    fn g() {}\n\n    const H: u8 = { 1 };\n\n    fn i() {}\n}\n"
        );
    }

    #[test]
    fn what_is_no_rust_is_refused() {
        assert!(file("x.rs", vec![quote! { struct }]).is_err());
    }
}

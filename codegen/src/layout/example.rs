//! Examples in documentation.

use proc_macro2::TokenStream;

use super::item::items;
use super::page::{Page, WIDTH};
use super::tree::Trees;

/// Formats an example, which is one function, line by line; none if it is no Rust. Where the layout knows no way to
/// keep lines short, prettyplease does.
pub(crate) fn example(tokens: TokenStream) -> Option<Vec<String>> {
    let trees = Trees::default().of(tokens);
    let mut page = Page::default();
    items(&trees, &mut None, &mut page);
    let text = page.finish();
    let is_wide = |line: &str| line.starts_with(' ') && line.chars().count() > WIDTH;
    let text = if text.lines().any(is_wide) {
        prettyplease::unparse(&syn::parse_file(&text).ok()?)
    } else {
        text
    };
    Some(text.lines().map(str::to_owned).collect())
}

/// Formats a small program, line by line, with a blank line below its imports; none if it is no Rust.
pub(crate) fn program(tokens: TokenStream) -> Option<Vec<String>> {
    let text = prettyplease::unparse(&syn::parse2(tokens).ok()?);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let imports = lines.iter().take_while(|line| line.starts_with("use "));
    let imports = imports.count();
    if imports > 0 && lines.get(imports).is_some_and(|line| !line.is_empty()) {
        lines.insert(imports, String::new());
    }
    Some(lines)
}

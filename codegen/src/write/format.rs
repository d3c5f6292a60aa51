//! Formatting, the only place that makes source text.

use proc_macro2::TokenStream;

use super::Malformed;

/// Formats a file: each item by itself, so that blank lines stand where a reader wants them.
pub(super) fn file(path: &str, items: Vec<TokenStream>) -> Result<String, Malformed> {
    let mut text = String::new();
    for item in items {
        let parsed: syn::File = match syn::parse2(item.clone()) {
            Ok(parsed) => parsed,
            Err(error) => {
                return Err(Malformed {
                    file: path.to_owned(),
                    item: item.to_string(),
                    why: error.to_string(),
                });
            }
        };
        let formatted = prettyplease::unparse(&parsed);
        if !text.is_empty() && !formatted.is_empty() {
            text.push('\n');
        }
        text.push_str(&formatted);
    }
    Ok(text)
}

/// Formats an example, line by line. None if it is no Rust.
pub(crate) fn example(tokens: TokenStream) -> Option<Vec<String>> {
    let file = syn::parse2(tokens).ok()?;
    Some(prettyplease::unparse(&file).lines().map(str::to_owned).collect())
}

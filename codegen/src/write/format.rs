//! Formatting, the only place that makes source text.

use proc_macro2::TokenStream;
use syn::{Attribute, File, Item};

use super::Malformed;

/// Formats a file: each item by itself, so that blank lines stand where a reader wants them.
pub(super) fn file(path: &str, items: Vec<TokenStream>) -> Result<String, Malformed> {
    let mut text = String::new();
    for tokens in items {
        let parsed: File = syn::parse2(tokens).map_err(|error| Malformed {
            file: path.to_owned(),
            why: error.to_string(),
        })?;
        push(&mut text, parsed);
    }
    Ok(text)
}

/// Formats an example, line by line. None if it is no Rust.
pub(crate) fn example(tokens: TokenStream) -> Option<Vec<String>> {
    let file = syn::parse2(tokens).ok()?;
    Some(
        prettyplease::unparse(&file)
            .lines()
            .map(str::to_owned)
            .collect(),
    )
}

/// Adds what was parsed: its head, then item by item.
fn push(text: &mut String, parsed: File) {
    if !parsed.attrs.is_empty() {
        let head = whole(parsed.attrs, Vec::new());
        push_block(text, &prettyplease::unparse(&head), Gap::Blank);
    }
    let mut before = None;
    for item in parsed.items {
        let kind = Kind::of(&item);
        let gap = if before == Some(Kind::Line) && kind == Kind::Line {
            Gap::None
        } else {
            Gap::Blank
        };
        let formatted = prettyplease::unparse(&whole(Vec::new(), vec![item]));
        match kind {
            Kind::Block => push_block(text, &spread(&formatted), gap),
            Kind::Line | Kind::Item => push_block(text, &formatted, gap),
        }
        before = Some(kind);
    }
}

fn whole(attrs: Vec<Attribute>, items: Vec<Item>) -> File {
    File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    }
}

/// What goes between two items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
}

/// How an item stands among others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Imports, modules without a body, and macro calls stand close to each other.
    Line,
    /// A body with items of its own.
    Block,
    /// Anything else.
    Item,
}

impl Kind {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(_) => Self::Line,
            Item::Mod(module) if module.content.is_none() => Self::Line,
            Item::Impl(_) | Item::Trait(_) => Self::Block,
            _ => Self::Item,
        }
    }
}

fn push_block(text: &mut String, block: &str, gap: Gap) {
    if !text.is_empty() && !block.is_empty() && gap == Gap::Blank {
        text.push('\n');
    }
    text.push_str(block);
}

/// Puts a blank line between the items of a body. Literals hold no line breaks, so a line is what it seems.
fn spread(block: &str) -> String {
    let mut out = String::with_capacity(block.len() + 64);
    let mut ended = false;
    for line in block.lines() {
        let inner = line
            .strip_prefix("    ")
            .filter(|rest| !rest.starts_with(' '));
        let begins = inner.is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '#' || c == '/')
        });
        if ended && begins {
            out.push('\n');
        }
        ended = inner.is_some_and(|rest| {
            rest == "}" || rest == "};" || (rest.ends_with('}') && rest.contains(" fn "))
        });
        out.push_str(line);
        out.push('\n');
    }
    out
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
            "use a::B;\nuse a::C;\n\nstruct D;\n\nimpl D {\n    fn e() {\n        f()\n    }\n\n    /// G.\n    fn g() {}\n    const H: u8 = { 1 };\n    fn i() {}\n}\n"
        );
    }

    #[test]
    fn what_is_no_rust_is_refused() {
        assert!(file("x.rs", vec![quote! { struct }]).is_err());
    }
}

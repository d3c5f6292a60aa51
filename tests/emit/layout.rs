//! The layout engine writes the tokens that it is given: none is lost, added or changed, but commas before closing
//! delimiters and braces around the body of a closure or an arm. Documentation of several lines becomes a comment for
//! each.

use std::collections::BTreeMap;

use countersign_codegen::ir::Api;
use countersign_codegen::settings::Settings;
use countersign_codegen::{emit, write};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The tokens of each file of both crates, as they are emitted.
fn emitted(api: &Api, settings: &Settings) -> BTreeMap<String, Vec<String>> {
    emit::crates(api, settings, |crates| {
        let files = crates.into_iter().flat_map(|source| {
            let folder = source.folder.clone();
            let files = source.files.into_iter();
            files.map(move |file| {
                let (name, items) = file.into_items();
                (
                    format!("{folder}/src/{name}"),
                    plain(items.into_iter().collect()),
                )
            })
        });
        files.collect()
    })
}

/// Compares what is emitted with what is written; the number of tokens.
pub(crate) fn compare(api: &Api, settings: &Settings) -> usize {
    let tree = emit::crates(api, settings, write::tree).expect("Rust");
    let mut count = 0;
    for (path, before) in emitted(api, settings) {
        let after = tree[&path].parse().expect("tokens");
        let after = plain(after);
        let mut pairs = before.iter().zip(&after).enumerate();
        if let Some((at, _)) = pairs.find(|(_, (before, after))| before != after) {
            let near = at.saturating_sub(5)..at + 5;
            let of = |tokens: &[String]| tokens.get(near.clone()).map(<[String]>::to_vec);
            panic!("{path}: {:?} became {:?}", of(&before), of(&after));
        }
        assert_eq!(before.len(), after.len(), "{path}");
        count += before.len();
    }
    count
}

/// Each token as text, delimiters among them, without commas before closing ones.
fn plain(tokens: TokenStream) -> Vec<String> {
    let mut all = Vec::new();
    push(tokens, &mut all);
    by_line(all)
}

/// The same with an attribute for each line of documentation.
fn by_line(tokens: Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let Some(attribute) = documentation(&all).filter(|_| token.contains('"')) else {
            all.push(token);
            continue;
        };
        let text: syn::LitStr = syn::parse_str(&token).expect("documentation is text");
        for (at, line) in text.value().split('\n').enumerate() {
            if at > 0 {
                all.push("]".to_owned());
                all.extend(attribute.iter().cloned());
            }
            all.push(format!("{line:?}"));
        }
    }
    all
}

/// The beginning of the attribute of documentation that the last tokens are.
fn documentation(tokens: &[String]) -> Option<Vec<String>> {
    let begins = [&["#", "[", "doc", "="][..], &["#", "!", "[", "doc", "="]];
    let begin = begins.into_iter().find(|begin| ends_with(tokens, begin))?;
    Some(begin.iter().map(|token| (*token).to_owned()).collect())
}

fn ends_with(tokens: &[String], end: &[&str]) -> bool {
    let last = tokens.len().checked_sub(end.len());
    last.is_some_and(|last| tokens[last..].iter().eq(end))
}

fn push(tokens: TokenStream, all: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let TokenTree::Group(group) = token else {
            all.push(token.to_string());
            continue;
        };
        let is_arm = ends_with(all, &["=", ">"]);
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            // A body may be in braces or not.
            Delimiter::Brace if is_arm || ends_with(all, &["|"]) => {
                push(group.stream(), all);
                let has_comma = tokens.peek().is_some_and(|next| next.to_string() == ",");
                all.extend((is_arm && !has_comma).then(|| ",".to_owned()));
                continue;
            }
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => {
                push(group.stream(), all);
                continue;
            }
        };
        all.push(open.to_owned());
        push(group.stream(), all);
        all.pop_if(|last| last == ",");
        all.push(close.to_owned());
    }
}

#[test]
fn tokens_are_told_apart() {
    let of = |text: &str| plain(text.parse().expect("tokens"));
    assert_eq!(of("f(a, b,)"), of("f(\n a,\n b\n)"));
    assert_eq!(of("/// x\nstruct A;"), of("#[doc = \" x\"] struct A;"));
    assert_eq!(
        of("/// x\n///y\nstruct A;"),
        of("#[doc = \" x\\ny\"] struct A;")
    );
    assert_ne!(of("f(a, b)"), of("f(b, a)"));
    assert_ne!(of("a < b"), of("a << b"));
    assert_ne!(of("(a,)"), of("((a))"));
    assert_eq!(
        of("match a { b => c, d => e }"),
        of("match a { b => { c } d => e, }")
    );
    assert_ne!(of("match a { b => c }"), of("match a { b => d }"));
    assert_ne!(of("loop { a }"), of("loop a"));
}

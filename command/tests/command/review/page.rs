//! The content of the page, and the text that gets into it.

use std::collections::BTreeSet;

use super::markup::{Piece, attributes, pieces, seen};
use super::page;

#[test]
fn a_change_is_told_with_all_that_belongs_to_it() {
    let (_folder, page) = page(&[(", hare]", "]"), ("What it is called.", "Its name.")]);
    insta::assert_snapshot!(seen(&page));
}

#[test]
fn a_page_without_changes_says_so() {
    let (_folder, page) = page(&[]);
    let seen = seen(&page);
    assert!(seen.contains("Nothing has changed"), "{seen}");
    assert!(!page.contains("<article"), "{page}");
}

#[test]
fn anchors_name_changes_and_not_their_places() {
    let anchors = |changes: &[(&str, &str)]| {
        let (_folder, page) = page(changes);
        let ids = page.split("<article ").skip(1).map(|card| {
            let id = card.split("id=\"").nth(1).expect("an id");
            id.split('"').next().expect("its end").to_owned()
        });
        ids.collect::<Vec<String>>()
    };
    let first = anchors(&[("What it is called.", "Its name.")]);
    assert_eq!(first.len(), 1, "{first:?}");
    assert!(first[0].starts_with("change-pets-"), "{first:?}");
    let more = anchors(&[
        ("required: [name]", "required: []"),
        ("What it is called.", "Its name."),
        (", hare]", "]"),
    ]);
    assert!(more.len() > 1 && more.contains(&first[0]), "{more:?}");
    let distinct: BTreeSet<&String> = more.iter().collect();
    assert_eq!(distinct.len(), more.len());
}

/// Text that would do harm where it is taken for markup, for a script or for a style.
const HARM: &[&str] = &[
    "</script><script>document.title='taken'</script>",
    "<img src=x onerror=document.title='taken'>",
    "\\\" onmouseover=\\\"document.title='taken'",
    "</style><style>body{display:none}</style>",
    "<a href='javascript:document.title=1'>a</a> <svg/onload=alert(1)> <!-- ",
    "&lt;b&gt; &#60;script&#62; \\u202E\\u2066 \\0",
];

fn hostile() -> String {
    let harm = HARM.concat();
    let (_folder, page) = page(&[
        ("What it is called.", &format!("\"What {harm}\"")),
        ("A pet.", &format!("\"A pet {harm}\"")),
        ("summary: List pets", &format!("summary: \"{harm}\"")),
        ("hare]", &format!("hare, \"{harm}\"]")),
        (
            "        kind:\n",
            &format!(
                "        \"{harm}\":\n          type: string\n          description: x\n        kind:\n"
            ),
        ),
        (
            "description: All pets.",
            &format!("description: \"{harm}\""),
        ),
    ]);
    page
}

#[test]
fn nothing_of_a_document_is_markup() {
    let page = hostile();
    let pieces = pieces(&page);
    let tags: Vec<&str> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Tag(tag) => Some(*tag),
            Piece::Text(_) => None,
        })
        .collect();
    let names: BTreeSet<&str> = tags
        .iter()
        .filter(|tag| !tag.starts_with('/'))
        .filter_map(|tag| tag.split(' ').next())
        .collect();
    let known = BTreeSet::from([
        "!DOCTYPE",
        "a",
        "article",
        "b",
        "body",
        "button",
        "caption",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "head",
        "header",
        "html",
        "input",
        "label",
        "li",
        "main",
        "mark",
        "meta",
        "nav",
        "ol",
        "p",
        "script",
        "section",
        "small",
        "span",
        "strong",
        "style",
        "summary",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "wbr",
    ]);
    let strange: Vec<_> = names.difference(&known).collect();
    assert!(strange.is_empty(), "{strange:?}");
    for once in ["script", "style"] {
        assert_eq!(tags.iter().filter(|tag| **tag == once).count(), 1, "{once}");
    }
    let loose = |text: &str| text.contains("document.title") && text.contains("script>");
    assert!(
        pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Text(text) if text.contains("&lt;/script&gt;")))
    );
    assert!(!tags.iter().any(|tag| loose(tag)));
}

#[test]
fn nothing_is_fetched_and_nothing_sent() {
    let page = hostile();
    for piece in pieces(&page) {
        let Piece::Tag(tag) = piece else { continue };
        for (name, value) in attributes(tag) {
            let is_known = matches!(
                name,
                "aria-label"
                    | "aria-live"
                    | "aria-pressed"
                    | "autocomplete"
                    | "charset"
                    | "class"
                    | "content"
                    | "data-effect"
                    | "data-filter"
                    | "data-for"
                    | "data-group"
                    | "data-level"
                    | "disabled"
                    | "hidden"
                    | "href"
                    | "html"
                    | "http-equiv"
                    | "id"
                    | "lang"
                    | "name"
                    | "open"
                    | "placeholder"
                    | "role"
                    | "scope"
                    | "spellcheck"
                    | "tabindex"
                    | "type"
            );
            assert!(is_known, "{name} in <{tag}>");
            assert!(name != "href" || value.starts_with("#change-"), "<{tag}>");
        }
    }
    let style = page
        .split("<style>")
        .nth(1)
        .and_then(|rest| rest.split("</style>").next());
    let style = style.expect("a style");
    for fetching in ["url(", "@import", "src:", "http"] {
        assert!(!style.contains(fetching), "{fetching}");
    }
    assert!(
        page.contains("default-src 'none'; style-src 'sha256-"),
        "{page}"
    );
}

#[test]
fn what_can_not_be_seen_is_shown() {
    let page = hostile();
    let is_hidden = |letter: char| {
        matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || (letter.is_control() && letter != '\n' && letter != '\t')
    };
    assert!(!page.contains(is_hidden));
    // The outline and the few words of a change have what the document escapes.
    assert!(seen(&page).contains("\\u{202e}"), "{}", seen(&page));
}

/// What axe asks of a page, as far as tags alone say it.
#[test]
fn all_of_it_can_be_reached_and_read_aloud() {
    let (_folder, page) = page(&[(", hare]", "]"), ("What it is.", "Its kind.")]);
    let mut boxes = 0;
    for piece in pieces(&page) {
        let Piece::Tag(tag) = piece else { continue };
        let attributes = attributes(tag);
        let value = |wanted: &str| {
            let mut all = attributes.iter();
            all.find(|(name, _)| *name == wanted)
                .map(|(_, value)| *value)
        };
        if value("class") == Some("scroll") {
            boxes += 1;
            assert_eq!(value("tabindex"), Some("0"), "{tag}");
        }
        if value("aria-label").is_some() && (tag.starts_with("span") || tag.starts_with("div")) {
            assert!(value("role").is_some(), "{tag}");
        }
    }
    assert!(boxes >= 2, "{boxes}");
}

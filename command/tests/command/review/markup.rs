//! A page taken apart: its tags with their attributes, and the text between them.

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// The text between `<` and `>`.
    Tag(&'a str),
    /// Text, as it is escaped.
    Text(&'a str),
}

/// Cuts a page at its tags. The text of styles and scripts is one piece, as it is for browsers.
pub(crate) fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        pieces.push(Piece::Text(text));
        let end = tag.find('>').expect("each tag ends");
        let name = &tag[1..end];
        pieces.push(Piece::Tag(name));
        rest = &tag[end + 1..];
        if matches!(name, "style" | "script") {
            let end = rest.find(&format!("</{name}>")).expect("it ends");
            pieces.push(Piece::Text(&rest[..end]));
            rest = &rest[end..];
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The attributes of a tag: names and values, as they are escaped.
pub(crate) fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = tag.split_once(' ').map_or("", |(_, rest)| rest).trim();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        match after.strip_prefix("=\"") {
            Some(value) => {
                let (value, after) = value.split_once('"').expect("a value ends");
                found.push((name, value));
                rest = after.trim_start();
            }
            None => {
                found.push((name, ""));
                rest = after.trim_start();
            }
        }
    }
    found
}

/// The text that a reader sees, a line for each block.
pub(crate) fn seen(page: &str) -> String {
    const WITHIN: &[&str] = &[
        "a", "b", "code", "mark", "small", "span", "strong", "td", "th", "wbr",
    ];
    let mut lines = vec![String::new()];
    let mut is_hidden = false;
    for piece in pieces(page) {
        match piece {
            Piece::Tag(tag) => {
                is_hidden = matches!(tag, "style" | "script" | "title");
                let name = tag.trim_start_matches('/').split(' ').next();
                if !name.is_some_and(|name| WITHIN.contains(&name)) {
                    lines.push(String::new());
                } else if tag.starts_with("/td") || tag.starts_with("/th") || tag == "/span" {
                    lines.last_mut().expect("a line").push(' ');
                }
            }
            Piece::Text(text) if !is_hidden => {
                lines.last_mut().expect("a line").push_str(&unescaped(text));
            }
            Piece::Text(_) => {}
        }
    }
    let lines = lines.iter().map(|line| line.trim_end());
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

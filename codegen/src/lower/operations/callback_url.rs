//! The key of a callback: an expression that yields the URL of the receiver, and what follows it.

use super::super::expression::Expression;

/// A key of a callback, cut up.
#[derive(Debug, PartialEq)]
pub(super) struct CallbackUrl<'t> {
    /// The path after the URL that the receiver gave.
    pub(super) path: Vec<Piece<'t>>,
    /// The pairs of the query that are always the same.
    pub(super) query: String,
}

/// A part of the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text.
    Text(&'t str),
    /// The text in braces: an expression, or the name of a parameter.
    Value(&'t str),
}

impl<'t> CallbackUrl<'t> {
    /// Cuts a key up.
    ///
    /// # Errors
    /// The reason why it is not a URL with expressions in it.
    pub(super) fn read(text: &'t str) -> Result<Self, String> {
        // A habit: the expression without its braces.
        if text.starts_with('$') && !text.contains('{') {
            check(text)?;
            let (path, query) = (Vec::new(), String::new());
            return Ok(Self { path, query });
        }
        let rest = own_part(text)?;
        let rest = cut_outside(rest, '#').map_or(rest, |(before, _)| before);
        let (path, query) = cut_outside(rest, '?').unwrap_or((rest, ""));
        let fixed = query.split('&').filter(|pair| !pair.is_empty());
        let fixed: Vec<&str> = fixed.filter(|pair| !pair.contains('{')).collect();
        Ok(Self {
            path: pieces(path)?,
            query: fixed.join("&"),
        })
    }
}

/// The rest behind the URL of the receiver: behind an expression at the beginning, or scheme and host.
fn own_part(text: &str) -> Result<&str, String> {
    if let Some(rest) = text.strip_prefix('{') {
        let (expression, rest) = rest.split_once('}').ok_or("a brace is not closed")?;
        check(expression)?;
        return Ok(rest);
    }
    let Some((_, rest)) = cut_outside(text, ':').filter(|(_, rest)| rest.starts_with("//")) else {
        return Ok(text);
    };
    let host = &rest[2..];
    Ok(match cut_outside(host, '/') {
        Some((before, _)) => &host[before.len()..],
        None => "",
    })
}

/// Cuts a text at the first such character outside braces; the character goes with neither part.
fn cut_outside(text: &str, at: char) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (position, found) in text.char_indices() {
        match found {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if found == at && depth == 0 => {
                return Some((&text[..position], &text[position + at.len_utf8()..]));
            }
            _ => {}
        }
    }
    None
}

fn pieces(mut path: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    while let Some((before, rest)) = path.split_once('{') {
        let (value, after) = rest.split_once('}').ok_or("a brace is not closed")?;
        if value.starts_with('$') {
            check(value)?;
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Value(value));
        path = after;
    }
    if !path.is_empty() {
        pieces.push(Piece::Text(path));
    }
    Ok(pieces)
}

fn check(expression: &str) -> Result<(), String> {
    match Expression::read(expression) {
        Some(_) => Ok(()),
        None => Err(format!("`{expression}` is not a runtime expression")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Piece<'_>>, String) {
        let url = CallbackUrl::read(text).unwrap();
        (url.path, url.query)
    }

    #[test]
    fn the_path_of_a_callback_follows_the_url_of_the_receiver() {
        let text = |text| (vec![Piece::Text(text)], String::new());
        assert_eq!(read("{$request.body#/url}"), (vec![], String::new()));
        assert_eq!(read("$request.body#/url"), (vec![], String::new()));
        assert_eq!(read("{$request.query.callbackUrl}/data"), text("/data"));
        assert_eq!(read("https://example.com/hooks/a"), text("/hooks/a"));
        assert_eq!(read("https://{$request.body#/host}/a"), text("/a"));
        let (path, query) =
            read("http://h.example/a/{$request.body#/id}/b?kind=x&url={$request.body#/u}");
        let id = Piece::Value("$request.body#/id");
        assert_eq!(path, [Piece::Text("/a/"), id, Piece::Text("/b")]);
        assert_eq!(query, "kind=x");
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for wrong in [
            "{$request.body#/url",
            "{request.body#/url}",
            "{$request.body/url}",
            "/a/{$x}",
        ] {
            assert!(CallbackUrl::read(wrong).is_err(), "{wrong}");
        }
    }
}

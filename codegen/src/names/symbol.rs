//! Symbols in words.

/// Signs that change what a text says when they stand at its edge: `-created_at`, `+1`, `C#`.
pub(super) fn sign(symbol: char) -> Option<&'static str> {
    match symbol {
        '-' => Some("minus"),
        '+' => Some("plus"),
        '<' | '>' | '=' | '!' | '*' | '#' | '%' | '~' => symbol_word(symbol),
        _ => None,
    }
}

pub(super) fn symbol_word(symbol: char) -> Option<&'static str> {
    Some(match symbol {
        '-' => "minus",
        '+' => "plus",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '*' => "star",
        '#' => "sharp",
        '%' => "percent",
        '~' => "tilde",
        '&' => "and",
        '|' => "pipe",
        '@' => "at",
        '$' => "dollar",
        '^' => "caret",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '/' => "slash",
        '\\' => "backslash",
        '(' => "open",
        ')' => "close",
        '[' => "open_bracket",
        ']' => "close_bracket",
        '{' => "open_brace",
        '}' => "close_brace",
        '"' => "quote",
        '\'' => "apostrophe",
        '`' => "backtick",
        ' ' => "space",
        '_' => "underscore",
        '\t' => "tab",
        '\n' => "newline",
        _ => return None,
    })
}

//! Words that Rust, or the platforms that hold the files, keep for themselves.

/// Whether `word` is a keyword of any edition, so that as an identifier it is written `r#word`.
pub fn is_keyword(word: &str) -> bool {
    // By length, since every token that is written is looked up.
    let keywords: &[&str] = match word.len() {
        2 => &["as", "do", "fn", "if", "in"],
        3 => &[
            "box", "dyn", "for", "gen", "let", "mod", "mut", "pub", "ref", "try", "use",
        ],
        4 => &[
            "Self", "else", "enum", "impl", "loop", "move", "priv", "self", "true", "type",
        ],
        5 => &[
            "async", "await", "break", "const", "crate", "false", "final", "macro", "match",
            "super", "trait", "where", "while", "yield",
        ],
        6 => &[
            "become", "extern", "return", "static", "struct", "typeof", "unsafe",
        ],
        7 => &["unsized", "virtual"],
        8 => &["abstract", "continue", "override"],
        _ => &[],
    };
    keywords.contains(&word)
}

/// Whether `word` can't be an identifier even as `r#word`.
pub fn is_unrawable(word: &str) -> bool {
    matches!(word, "crate" | "self" | "super" | "Self" | "_" | "")
}

/// Whether a file can't be called `word`: names of the crate's own files, and devices of Windows.
pub(super) fn is_taken_file(word: &str) -> bool {
    let device = |prefix: &str| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(
        word,
        "lib"
            | "main"
            | "mod"
            | "build"
            | "con"
            | "prn"
            | "aux"
            | "nul"
            | "client"
            | "fake"
            | "security"
            | "servers"
            | "test"
            | "std"
            | "core"
            | "alloc"
            | "model"
            | "serde"
            | "serde_json"
            | "countersign_runtime"
    ) || device("com")
        || device("lpt")
}

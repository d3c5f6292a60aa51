//! Words that Rust, or the platforms that hold the files, keep for themselves.

/// Whether `word` is a keyword of any edition, so that as an identifier it is written `r#word`.
pub fn is_keyword(word: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
        "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "Self",
    ];
    KEYWORDS.contains(&word)
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

//! The words of STYLE.md: banned ones in literals, comments and pages, and doc comments that name the thing.

use std::fs;

use countersign_codegen::diagnostic::Code;

use crate::sources;

/// Words that STYLE.md bans, and the word to use instead.
const BANNED: [(&str, &str); 13] = [
    ("due", "expected"),
    ("amiss", "wrong"),
    ("mend", "fix"),
    ("mended", "fixed"),
    ("spelt", "written"),
    ("misspelt", "misspelled"),
    ("passed over", "ignored"),
    ("breach", "problem"),
    ("breaches", "problems"),
    ("cure", "help"),
    ("leads nowhere", "does not exist"),
    ("admits nothing", "is unused"),
    ("held against", "checked against"),
];

/// Endings of `is no` that are plain English.
const PLAIN: [&str; 5] = ["longer", "more", "reason", "such", "need"];

const SOURCES: [&str; 5] = [
    "codegen/src",
    "command/src",
    "runtime/src",
    "runtime/fake/src",
    "xtask/src",
];

/// Pages at the root of the workspace; STYLE.md has to name the banned words.
const PAGES: [&str; 5] = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "docs",
];

/// The banned word in a text, with the word to use instead.
fn banned(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let is = |word: &str, other: &str| word.eq_ignore_ascii_case(other);
    for (bad, good) in BANNED {
        let bad: Vec<&str> = bad.split(' ').collect();
        let found = words.windows(bad.len()).enumerate().find(|(at, seen)| {
            let next = words.get(at + bad.len());
            let is_plain = bad == ["due"] && next.is_some_and(|next| is(next, "to"));
            !is_plain && seen.iter().zip(&bad).all(|(word, bad)| is(word, bad))
        });
        if found.is_some() {
            return Some(format!("`{}`: write `{good}`", bad.join(" ")));
        }
    }
    let no = words.windows(4).find(|four| {
        is(four[1], "is")
            && is(four[2], "no")
            && !is(four[0], "there")
            && !PLAIN.contains(&four[3])
            && four[3].starts_with(|c: char| c.is_ascii_lowercase())
    });
    no.map(|four| format!("`is no {}`: write `is not a {}`", four[3], four[3]))
}

/// The comment or the string literals of a line of Rust, without code in backticks.
fn prose(line: &str) -> String {
    let text = match line.trim_start().strip_prefix("//") {
        Some(comment) => comment.to_owned(),
        None => line
            .split('"')
            .skip(1)
            .step_by(2)
            .collect::<Vec<_>>()
            .join(" | "),
    };
    text.split('`').step_by(2).collect::<Vec<_>>().join(" | ")
}

fn report(found: &[String]) {
    assert!(found.is_empty(), "see STYLE.md:\n{}", found.join("\n"));
}

#[test]
fn no_banned_word_is_in_a_message_or_a_comment() {
    let mut found = Vec::new();
    for (path, text) in SOURCES.into_iter().flat_map(sources) {
        for (at, line) in text.lines().enumerate() {
            if let Some(word) = banned(&prose(line)) {
                found.push(format!("{}:{}: {word}", path.display(), at + 1));
            }
        }
    }
    report(&found);
}

#[test]
fn no_banned_word_is_in_a_page() {
    let mut found = Vec::new();
    let mut work: Vec<_> = PAGES
        .map(|page| countersign_tests::root().join(page))
        .into();
    while let Some(path) = work.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder");
            work.extend(entries.map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let text = fs::read_to_string(&path).expect("a page");
        let mut is_code = false;
        for (at, line) in text.lines().enumerate() {
            is_code ^= line.starts_with("```");
            let text = line.split('`').step_by(2).collect::<Vec<_>>().join(" | ");
            if let Some(word) = banned(&text).filter(|_| !is_code) {
                found.push(format!("{}:{}: {word}", path.display(), at + 1));
            }
        }
    }
    report(&found);
}

#[test]
fn doc_comments_name_the_thing() {
    let mut found = Vec::new();
    for (path, text) in SOURCES.into_iter().flat_map(sources) {
        let mut before = "";
        for (at, line) in text.lines().map(str::trim_start).enumerate() {
            let is_doc = |line: &str| line.starts_with("///") || line.starts_with("//!");
            let opens = ["/// What ", "/// How ", "//! What ", "//! How "];
            if !is_doc(before) && opens.iter().any(|open| line.starts_with(open)) {
                found.push(format!("{}:{}: {line}", path.display(), at + 1));
            }
            before = line;
        }
    }
    report(&found);
}

#[test]
fn each_rule_has_a_page() {
    let mut lines = String::new();
    for rule in Code::ALL {
        let name = rule.name();
        let page = rule
            .page()
            .unwrap_or_else(|| panic!("codegen/src/diagnostic/rules/{name}.md is missing"));
        assert!(page.starts_with(&format!("# {name}\n")), "{name}:\n{page}");
        for section in ["## Why it matters", "## Fix"] {
            assert!(page.contains(section), "{name} has no section `{section}`");
        }
        let level = rule.usual_level().map_or("fixed".to_owned(), |level| {
            format!("{level:?}").to_lowercase()
        });
        lines.push_str(&format!(
            "| [`{name}`](rules/{name}.md) | {level} | {} |\n",
            rule.summary()
        ));
        made(&format!("docs/rules/{name}.md"), page);
    }
    let index = format!(
        "# Rules\n\n`countersign rule NAME` prints the page of a rule. A level other than `fixed` can be set in \
         `countersign.toml`.\n\n| rule | level | fault |\n|---|---|---|\n{lines}"
    );
    made("docs/rules.md", &index);
    let pages = fs::read_dir(countersign_tests::root().join("docs/rules")).expect("the pages");
    assert_eq!(
        pages.count(),
        Code::ALL.len(),
        "docs/rules has a page of no rule"
    );
}

/// Holds that a file is what it is made from, or writes it.
fn made(path: &str, text: &str) {
    let file = countersign_tests::root().join(path);
    if std::env::var_os("COUNTERSIGN_UPDATE").is_some() {
        let folder = file.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a folder");
        fs::write(&file, text).expect("a page");
    }
    let now = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(now, text, "COUNTERSIGN_UPDATE=1 writes {path}");
}

//! The pages: what they name is there.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that a page may mean its paths to start from, beside the root and its own.
const STARTS: [&str; 5] = [
    "codegen/src",
    "command/src",
    "runtime/src",
    "runtime/tests",
    "tests",
];

/// Files and folders that are made, installed or generated.
const MADE: [&str; 4] = ["target", "generated", "node_modules", "crates"];

/// Pages that tell of the past.
const PAST: &str = "CHANGELOG.md";

fn pages() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![countersign_tests::root()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.expect("a name in UTF-8");
            let is_left = MADE.contains(&name) || name.starts_with('.') || name == PAST;
            if is_left || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(".md") {
                found.push(path);
            }
        }
    }
    found
}

/// What a line names: texts in backticks, and targets of links. The second says whether it is a link.
fn named(line: &str) -> Vec<(&str, bool)> {
    let code = line.split('`').skip(1).step_by(2).map(|text| (text, false));
    let links = line.split("](").skip(1);
    let links = links.filter_map(|rest| Some((rest.split_once(')')?.0, true)));
    code.chain(links).collect()
}

/// The part of a path before a placeholder: `tests/emit/cases` of `tests/emit/cases/<feature>.yaml`.
fn fixed(text: &str) -> Option<PathBuf> {
    let text = text.split(['#', ':']).next()?;
    let is_plain = |part: &&str| {
        let odd = [
            '<', '>', '{', '}', '*', '$', ' ', '(', '"', '=', '@', '\\', '~', '|',
        ];
        !part.contains(odd) && !part.chars().all(|letter| letter.is_ascii_uppercase())
    };
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty()).collect();
    let is_file = text.contains('/') || text.ends_with(".rs") || text.ends_with(".md");
    let plain: PathBuf = parts.iter().copied().take_while(is_plain).collect();
    (is_file && !text.starts_with('/') && plain.components().count() > 0).then_some(plain)
}

/// Whether a path is meant to be one of ours: its first folder is there, or it is a link, or a file by its ending.
fn is_meant(path: &Path, starts: &[PathBuf], is_link: bool) -> bool {
    let first = path.components().next();
    let is_here = first.is_some_and(|first| starts.iter().any(|start| start.join(first).exists()));
    let is_rust = path.extension().is_some_and(|ending| ending == "rs");
    is_link || is_rust || (is_here && !path.starts_with("target"))
}

#[test]
fn what_a_page_names_is_there() {
    let root = countersign_tests::root();
    let sources: Vec<PathBuf> = [
        "codegen", "command", "runtime", "xtask", "tests", "examples",
    ]
    .into_iter()
    .flat_map(crate::sources)
    .map(|(path, _)| path)
    .collect();
    let (mut missing, mut count) = (Vec::new(), 0);
    for page in pages() {
        let own = page.parent().expect("a folder").to_owned();
        let mut starts: Vec<PathBuf> = STARTS.map(|start| root.join(start)).into();
        starts.extend([root.clone(), own]);
        let text = fs::read_to_string(&page).expect("a page");
        let mut is_code = false;
        for (at, line) in text.lines().enumerate() {
            is_code ^= line.trim_start().starts_with("```");
            for (text, is_link) in named(line).into_iter().filter(|_| !is_code) {
                let is_web = text.contains("://") || text.starts_with("mailto:");
                let Some(path) = fixed(text).filter(|_| !is_web) else {
                    continue;
                };
                if !is_meant(&path, &starts, is_link) {
                    continue;
                }
                count += 1;
                let is_there = starts.iter().any(|start| start.join(&path).exists())
                    || (!is_link && sources.iter().any(|source| source.ends_with(&path)));
                if !is_there {
                    let page = page.strip_prefix(&root).unwrap_or(&page).display();
                    missing.push(format!("{page}:{}: {text}", at + 1));
                }
            }
        }
    }
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
    assert!(count > 300, "{count} names are not many");
}

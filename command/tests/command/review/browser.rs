//! The page in a browser: Chromium, where it is installed.
//!
//! Run with `cargo test -p countersign --test command -- --ignored`. Screenshots are kept in `target/review/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::page;

/// Chromium under one of its names, or none and a word about it.
fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .flat_map(|folder| {
            ["chromium", "chromium-browser", "google-chrome"].map(|name| folder.join(name))
        })
        .find(|program| program.is_file());
    if found.is_none() {
        eprintln!("skipped: Chromium is not installed (Debian: `apt-get install chromium`)");
    }
    found
}

/// Opens a page in a browser that has never been used, and returns what it writes.
fn open(chromium: &Path, page: &Path, arguments: &[&str]) -> String {
    let profile = tempfile::tempdir().expect("a folder");
    let output = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--virtual-time-budget=2000",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("it runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const CHANGES: &[(&str, &str)] = &[
    (", hare]", "]"),
    (
        "What it is called.",
        "Its name, which is told at some length so that its line has to scroll or to break somewhere.",
    ),
    (
        "        kind:\n",
        "        age:\n          type: integer\n          description: In years.\n        kind:\n",
    ),
];

/// A copy of a page that tells in its title what a script of a test finds; the policy lets no other script run, so the
/// copy has none.
fn probed(folder: &Path, page: &str, probe: &str) -> PathBuf {
    let policy = page.find("<meta http-equiv").expect("a policy");
    let end = policy + page[policy..].find('>').expect("its end") + 1;
    let page = format!("{}{}", &page[..policy], &page[end..]);
    let script =
        format!("<script>document.title = String((() => {{ {probe} }})());</script></body>");
    let path = folder.join("probed.html");
    fs::write(&path, page.replace("</body>", &script)).expect("written");
    path
}

#[track_caller]
fn assert_probe(size: &str, probe: &str, expected: &str) {
    let Some(chromium) = chromium() else { return };
    let (folder, page) = page(CHANGES);
    let path = probed(folder.path(), &page, probe);
    let found = open(
        &chromium,
        &path,
        &["--dump-dom", &format!("--window-size={size}")],
    );
    let title = found
        .split("<title>")
        .nth(1)
        .and_then(|rest| rest.split("</title>").next());
    assert_eq!(title, Some(expected), "{size}");
}

#[test]
#[ignore = "takes a browser"]
fn searching_leaves_the_changes_that_have_all_words() {
    let probe = "
        const find = document.getElementById('find');
        const shown = () => [...document.querySelectorAll('article:not([hidden]) h3')].map((h) => h.textContent);
        const search = (text) => { find.value = text; find.dispatchEvent(new Event('input')); return shown().join('+'); };
        return [search('optional-property AGE'), search('no such words'), document.querySelector('.nothing').hidden, search('').split('+').length].join('|');";
    assert_probe("1280,900", probe, "Pet.age||false|3");
}

#[test]
#[ignore = "takes a browser"]
fn filters_leave_the_changes_of_one_effect() {
    let probe = "
        document.querySelector('[data-filter=additive]').click();
        const shown = [...document.querySelectorAll('article:not([hidden])')].map((card) => card.dataset.effect);
        const listed = document.querySelectorAll('.contents li:not([hidden])').length;
        return [shown.join('+'), listed].join('|');";
    assert_probe("1280,900", probe, "additive|1");
}

#[test]
#[ignore = "takes a browser"]
fn what_is_shown_is_counted_and_can_be_copied() {
    let probe = "
        document.querySelector('[data-group=level] [data-filter=minor]').click();
        const shown = [...document.querySelectorAll('article:not([hidden])')].map((card) => card.dataset.level);
        return [new Set(shown).size, document.querySelector('.shown').textContent.endsWith(' of 3')].join('|');";
    assert_probe("1280,900", probe, "1|true");
}

#[test]
#[ignore = "takes a browser"]
fn nothing_sticks_out_and_nothing_is_fetched() {
    let probe = "
        const page = document.documentElement;
        const fetched = performance.getEntriesByType('resource').length;
        return [page.scrollWidth <= innerWidth, fetched].join('|');";
    for size in ["1280,900", "834,1112", "390,844"] {
        assert_probe(size, probe, "true|0");
    }
}

#[test]
#[ignore = "takes a browser"]
fn a_script_that_gets_into_the_page_does_not_run() {
    let Some(chromium) = chromium() else { return };
    let (folder, page) = page(CHANGES);
    let path = folder.path().join("injected.html");
    let injected = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script><main>";
    fs::write(&path, page.replacen("<main>", injected, 1)).expect("written");
    let found = open(&chromium, &path, &["--dump-dom"]);
    assert!(
        found.contains("<title>Review since before</title>"),
        "the policy lets it run"
    );
}

#[test]
#[ignore = "takes a browser"]
fn screenshots_are_taken() {
    let Some(chromium) = chromium() else { return };
    let (folder, _) = page(CHANGES);
    let shots = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/review");
    fs::create_dir_all(&shots).expect("created");
    let path = folder.path().join("page.html");
    for (name, size, scheme) in [
        (
            "desktop",
            "1280,1600",
            "--blink-settings=preferredColorScheme=1",
        ),
        (
            "desktop-dark",
            "1280,1600",
            "--blink-settings=preferredColorScheme=0",
        ),
        (
            "phone",
            "390,844",
            "--blink-settings=preferredColorScheme=1",
        ),
    ] {
        let shot = shots.join(format!("{name}.png"));
        let arguments = [
            &format!("--screenshot={}", shot.display()),
            &format!("--window-size={size}"),
            scheme,
        ];
        open(&chromium, &path, &arguments);
        let bytes = fs::read(&shot).expect("a screenshot");
        assert!(
            bytes.starts_with(b"\x89PNG") && bytes.len() > 20_000,
            "{name}"
        );
    }
}

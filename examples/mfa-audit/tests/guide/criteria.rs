//! `criteria`: who has to use a provider of RAS.

use crate::demo::Demo;
use crate::program::Program;

async fn said(runs: &[&[&str]]) -> String {
    let demo = Demo::start().await.expect("ports");
    let mut said = String::new();
    for arguments in runs {
        let arguments = [&["criteria", "ras", "1"], *arguments].concat();
        let run = Program::new(&demo).run(&arguments).await;
        said.push_str(&format!("$ {}\n{run}\n", arguments.join(" ")));
    }
    said
}

#[tokio::test]
async fn are_shown_planned_and_changed() {
    let change = [
        "--add",
        "user=EXAMPLE\\Helpdesk",
        "--remove",
        "user=example\\staff",
        "--add",
        "gateway=192.0.2.10",
        "--add",
        "device=LAPTOP-0042",
        "--add",
        "hardware-id=0a1b",
        "--add",
        "os=windows",
        "--access",
        "deny",
        "--users",
        "off",
    ];
    let planned = [&change[..], &["--dry-run"]].concat();
    insta::assert_snapshot!(said(&[&[], &planned, &change, &change]).await);
}

#[tokio::test]
async fn what_is_not_documented_is_refused_before_anything_changes() {
    insta::assert_snapshot!(
        said(&[
            &["--add", "user=EXAMPLE\\Helpdesk", "--add", "ip=192.0.2.7"],
            &["--add", "os=plan9", "--dry-run"],
            &["--format", "json"],
        ])
        .await
    );
}

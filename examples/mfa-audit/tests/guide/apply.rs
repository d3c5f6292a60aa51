//! `apply`: staged changes in force, and jobs that are waited for.

use crate::demo::Demo;
use crate::program::Program;

async fn said(arguments: &[&str]) -> String {
    let demo = Demo::start().await.expect("ports");
    Program::new(&demo).run(arguments).await.to_string()
}

#[tokio::test]
async fn applies_the_settings_of_a_farm() {
    let planned = said(&["apply", "ras", "--dry-run"]).await;
    insta::assert_snapshot!(planned + &said(&["apply", "ras"]).await);
}

#[tokio::test]
async fn pushes_and_waits_for_the_job() {
    let folders = ["--folder", "Mobile Users", "--folder", "Remote Networks"];
    let planned = [&["push", "strata", "--dry-run"], &folders[..]].concat();
    let account = ["--account", "admin@example.com"];
    let pushed = [&["push", "strata"], &folders[..], &account].concat();
    insta::assert_snapshot!(said(&planned).await + &said(&pushed).await);
}

#[tokio::test]
async fn a_job_that_fails_is_a_failure() {
    insta::assert_snapshot!(said(&["apply", "strata", "--folder", "Broken"]).await);
}

#[tokio::test]
async fn nobody_waits_longer_than_told() {
    let begun = said(&["apply", "strata", "--folder", "All", "--no-wait"]).await;
    let waited = said(&["apply", "strata", "--folder", "All", "--wait", "1"]).await;
    insta::assert_snapshot!(begun + &waited);
}

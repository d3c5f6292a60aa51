//! `show`, `update`, `delete` and `test`: each product as far as it goes.

use crate::demo::Demo;
use crate::program::{Program, file, provider};

/// All that some runs on one demo say.
async fn said(runs: &[&[&str]]) -> String {
    let demo = Demo::start().await.expect("ports");
    let mut said = String::new();
    for arguments in runs {
        let run = Program::new(&demo).secrets().run(arguments).await;
        let shown = arguments.iter().filter(|argument| !argument.contains('/'));
        let shown: Vec<_> = shown.copied().collect();
        said.push_str(&format!("$ {}\n{run}\n", shown.join(" ")));
    }
    said
}

#[tokio::test]
async fn shows_settings_as_files_have_them() {
    insta::assert_snapshot!(
        said(&[
            &["show", "appgate", "Head office RADIUS"],
            &["show", "ras", "2"],
            &["show", "strata", "Duo push"],
            &["show", "strata", "Duo push", "--format", "json"],
        ])
        .await
    );
}

#[tokio::test]
async fn what_is_shown_can_be_written_back() {
    let demo = Demo::start().await.expect("ports");
    for (product, name) in [("appgate", "Head office RADIUS"), ("ras", "Codes by email")] {
        let shown = Program::new(&demo).run(&["show", product, name]).await;
        let (_file, path) = file(&shown.stdout);
        let again = Program::new(&demo).run(&["update", name, &path]).await;
        assert_eq!(again.status, Some(0), "{again}");
        assert!(again.stderr.contains("nothing to change"), "{again}");
    }
}

#[tokio::test]
async fn updates_appgate_by_old_and_new_values() {
    let (_file, path) = file(
        r#"
        [appgate]
        hostnames = ["radius9.example.com"]
        timeout = 12
        notes = "Moved."
        shared-secret = { env = "RADIUS_SECRET" }
        "#,
    );
    insta::assert_snapshot!(
        said(&[
            &["update", "Head office RADIUS", &path, "--dry-run"],
            &["show", "appgate", "Head office RADIUS"],
            &["update", "Head office RADIUS", &path],
            &["show", "appgate", "Head office RADIUS"],
        ])
        .await
    );
}

#[tokio::test]
async fn updates_of_ras_change_what_all_types_share() {
    let (_common, common) =
        file("[ras]\nname = \"Mail\"\nenabled = true\ninherit-default-criteria = false");
    let (_other, other) = file("[ras]\nserver = \"radius9.example.com\"");
    insta::assert_snapshot!(
        said(&[
            &["update", "Codes by email", &common, "--dry-run"],
            &["update", "Codes by email", &common],
            &["update", "1", &common],
            &["update", "1", &other],
        ])
        .await
    );
}

#[tokio::test]
async fn updates_of_strata_need_the_secrets() {
    let (_whole, whole) = file(
        r#"
        [strata.vendor.duo]
        host = "api-2222.duo.example.com"
        timeout = 60
        integration-key = { env = "DUO_INTEGRATION_KEY" }
        secret-key = { env = "DUO_SECRET_KEY" }
        "#,
    );
    let (_part, part) = file("[strata]\nname = \"Renamed\"");
    let (_moved, moved) = file(&format!(
        "[strata]\nfolder = \"Mobile Users\"\n{}",
        std::fs::read_to_string(&whole).expect("a file")
    ));
    insta::assert_snapshot!(
        said(&[
            &["update", "Duo push", &whole, "--dry-run"],
            &["update", "Duo push", &whole],
            &["update", "Duo push", &part],
            &["update", "Duo push", &moved],
        ])
        .await
    );
}

#[tokio::test]
async fn deletes_by_name_or_id() {
    insta::assert_snapshot!(
        said(&[
            &["delete", "appgate", "Head office RADIUS", "--dry-run"],
            &["delete", "appgate", "Head office RADIUS"],
            &["delete", "ras", "2"],
            &["delete", "strata", "Okta"],
            &["delete", "strata", "Okta"],
            &["list"],
        ])
        .await
    );
}

#[tokio::test]
async fn a_name_that_several_have_is_refused() {
    let demo = Demo::start().await.expect("ports");
    let (_file, path) = file("[ras]\nname = \"Head office RADIUS\"");
    let renamed = Program::new(&demo).run(&["update", "2", &path]).await;
    assert_eq!(renamed.status, Some(0), "{renamed}");
    insta::assert_snapshot!(
        Program::new(&demo)
            .run(&["delete", "ras", "Head office RADIUS"])
            .await
    );
}

#[tokio::test]
async fn tests_connections() {
    let (_unreached, unreached) = file(
        r#"
        [appgate]
        name = "Elsewhere"
        hostnames = ["radius.example.net"]
        port = 1812
        shared-secret = { env = "RADIUS_SECRET" }
        "#,
    );
    insta::assert_snapshot!(
        said(&[
            &["test", &provider("appgate")],
            &["test", &unreached],
            &["test", &provider("ras")],
        ])
        .await
    );
}

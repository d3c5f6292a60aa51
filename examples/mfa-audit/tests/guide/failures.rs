//! Failures, and the messages for them.

use std::fs;

use crate::demo::Demo;
use crate::program::{Program, file, provider};

/// The message about a file, without its path.
async fn said_of(text: &str) -> String {
    let demo = Demo::start().await.expect("ports");
    let (_file, path) = file(text);
    let program = Program::new(&demo).secrets();
    let said = program.run(&["create", &path]).await.to_string();
    said.replace(&path, "FILE")
}

#[tokio::test]
async fn nothing_is_configured() {
    insta::assert_snapshot!(Program::bare().run(&["list"]).await);
}

#[tokio::test]
async fn a_product_that_fails_hides_no_other() {
    let demo = Demo::start().await.expect("ports");
    let program = Program::new(&demo)
        .with("RAS_PASSWORD", "a-wrong-password")
        .without("STRATA_TSG_ID");
    insta::assert_snapshot!(program.run(&["list"]).await);
}

#[tokio::test]
async fn failures_are_in_the_json_too() {
    let demo = Demo::start().await.expect("ports");
    let program = Program::new(&demo).with("APPGATE_PASSWORD", "a-wrong-password");
    let program = ["RAS_URL", "RAS_USERNAME", "RAS_PASSWORD"]
        .into_iter()
        .fold(program, Program::without);
    let listed = program.run(&["list", "--format", "json"]).await;
    insta::assert_snapshot!(listed);
}

#[tokio::test]
async fn a_tenant_that_the_service_account_is_not_of() {
    let demo = Demo::start().await.expect("ports");
    let program = Program::new(&demo).with("STRATA_TSG_ID", "42");
    let listed = program.run(&["list", "--product", "strata"]).await;
    assert_eq!(listed.status, Some(1));
    assert!(listed.stderr.contains("invalid_scope"), "{listed}");
}

#[tokio::test]
async fn nobody_listens() {
    let program = Program::bare()
        .with("RAS_URL", "http://127.0.0.1:9")
        .with("RAS_USERNAME", "auditor")
        .with("RAS_PASSWORD", "example-password");
    let listed = program.run(&["list", "--timeout", "5"]).await;
    assert_eq!(listed.status, Some(1));
    assert!(
        listed.stderr.contains("no connection could be made"),
        "{listed}"
    );
}

#[tokio::test]
async fn http_to_elsewhere_is_refused() {
    let program = Program::bare()
        .with("RAS_URL", "http://ras.example.com")
        .with("RAS_USERNAME", "auditor")
        .with("RAS_PASSWORD", "example-password");
    insta::assert_snapshot!(program.run(&["list", "--product", "ras"]).await);
}

#[tokio::test]
async fn a_certificate_file_that_is_not_there() {
    let demo = Demo::start().await.expect("ports");
    let listed = Program::new(&demo)
        .run(&["list", "--ca", "no/such.pem"])
        .await;
    assert_eq!(listed.status, Some(2));
    assert!(listed.stderr.contains("no/such.pem"), "{listed}");
}

#[tokio::test]
async fn the_api_says_what_is_wrong_with_each_field() {
    let said = said_of(
        r#"
        [appgate]
        name = "Nowhere"
        hostnames = []
        port = 0
        shared-secret = { env = "RADIUS_SECRET" }
        "#,
    );
    insta::assert_snapshot!(said.await);
}

#[tokio::test]
async fn names_that_are_taken() {
    let demo = Demo::start().await.expect("ports");
    let mut said = String::new();
    for product in ["appgate", "ras", "strata"] {
        for _ in 0..2 {
            let program = Program::new(&demo).secrets();
            let created = program.run(&["create", &provider(product)]).await;
            said = format!("{said}{created}");
        }
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn what_breaks_the_document_is_not_sent() {
    let demo = Demo::start().await.expect("ports");
    let program = Program::new(&demo)
        .with("DUO_INTEGRATION_KEY", "short")
        .with("DUO_SECRET_KEY", "short");
    insta::assert_snapshot!(program.run(&["create", &provider("strata")]).await);
}

#[tokio::test]
async fn files_that_mean_nothing() {
    let unknown_value = r#"
        [appgate]
        name = "Codes"
        hostnames = ["radius.example.com"]
        port = 1812
        shared-secret = { env = "RADIUS_SECRET" }
        mode = "Guess"
        "#;
    let mut said = String::new();
    for text in [
        "",
        "[appgate",
        "[fortinet]\nname = \"Codes\"",
        "[ras]\nname = \"Codes\"\nhost = \"radius.example.com\"",
        "[ras]\nname = \"Codes\"",
        unknown_value,
        "[ras]\nname = \"Codes\"\n[appgate]\nname = \"Codes\"",
        &["appgate", "ras"]
            .map(|product| fs::read_to_string(provider(product)).expect("a file"))
            .join(""),
    ] {
        said.push_str(&said_of(text).await);
    }
    insta::assert_snapshot!(said);
}

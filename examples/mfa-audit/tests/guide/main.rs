//! The guide in `README.md`, from end to end: the program against the demo's servers, and what it writes.

mod apply;
mod change;
mod criteria;
#[path = "../../examples/demo-servers/demo/mod.rs"]
mod demo;
mod failures;
mod lacks;
mod prism;
mod program;
mod secrets;
mod sessions;

use demo::Demo;
use program::{Program, provider};

#[tokio::test]
async fn lists_all_pages_of_all_products_as_a_table() {
    let demo = Demo::start().await.expect("ports");
    let listed = Program::new(&demo).run(&["list"]).await;
    insta::assert_snapshot!(listed);
}

#[tokio::test]
async fn lists_as_json() {
    let demo = Demo::start().await.expect("ports");
    let listed = Program::new(&demo).run(&["list", "--format", "json"]).await;
    insta::assert_snapshot!(listed);
    serde_json::from_str::<serde_json::Value>(&listed.stdout).expect("JSON and nothing else");
}

#[tokio::test]
async fn lists_one_product() {
    let demo = Demo::start().await.expect("ports");
    let arguments = ["list", "--product", "strata"];
    let listed = Program::new(&demo).run(&arguments).await;
    insta::assert_snapshot!(listed);
}

#[tokio::test]
async fn says_what_it_would_create() {
    let demo = Demo::start().await.expect("ports");
    let mut said = String::new();
    for product in ["appgate", "ras", "strata"] {
        let program = Program::new(&demo).secrets();
        let planned = program
            .run(&["create", &provider(product), "--dry-run"])
            .await;
        said.push_str(&planned.to_string());
    }
    insta::assert_snapshot!(said);
    let listed = Program::new(&demo).run(&["list"]).await;
    assert!(!listed.stdout.contains("Branch"), "{listed}");
}

#[tokio::test]
async fn creates_and_lists_what_it_created() {
    let demo = Demo::start().await.expect("ports");
    let mut said = String::new();
    for (product, format) in [("appgate", "table"), ("ras", "json"), ("strata", "table")] {
        let program = Program::new(&demo).secrets();
        let created = program
            .run(&["create", &provider(product), "--format", format])
            .await;
        said.push_str(&created.to_string());
    }
    said.push_str(&Program::new(&demo).run(&["list"]).await.to_string());
    insta::assert_snapshot!(said);
}

//! What a product lacks is said by name, and nothing is sent.

use crate::demo::Demo;
use crate::program::{Program, provider};

#[tokio::test]
async fn operations_that_a_product_does_not_have() {
    let demo = Demo::start().await.expect("ports");
    let strata = provider("strata");
    let mut said = String::new();
    for arguments in [
        &["apply", "appgate"][..],
        &["apply", "ras", "--folder", "All"],
        &["apply", "strata"],
        &["criteria", "appgate", "Head office RADIUS"],
        &["criteria", "strata", "Okta", "--access", "deny"],
        &["test", &strata],
        &["show", "ras", "No such provider"],
    ] {
        let run = Program::new(&demo).secrets().run(arguments).await;
        assert_eq!(run.status, Some(2), "{run}");
        said.push_str(&run.to_string());
    }
    insta::assert_snapshot!(said);
}

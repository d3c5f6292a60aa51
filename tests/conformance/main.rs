//! Every operation of the three clients, against a mock server that nobody here wrote and that checks what it is sent.
//!
//! `cargo xtask conformance` starts the mock server, Prism, with the documents and then these tests, which are ignored
//! otherwise. Each request example of a document is sent, and each documented response is asked for, with each of its
//! examples. The mock server must accept the request, and what it answers must decode to the documented type.
//! `exceptions.rs` says where Prism is not followed.

mod appgate;
mod asked;
mod document;
mod exceptions;
mod ras;
mod refusal;
mod strata;

use appgate_sdp_client as appgate_client;
use countersign_runtime::{Credential, Retry};
use parallels_ras_client as ras_client;
use strata_cloud_manager_client as strata_client;

use asked::Tally;
use refusal::Incomplete;

/// Where the mock server of an API listens.
fn base_url(api: &str) -> String {
    let name = format!("PRISM_{}", api.to_uppercase().replace('-', "_"));
    std::env::var(&name).unwrap_or_else(|_| {
        panic!("{name} is not set: these tests are run by `cargo xtask conformance`")
    })
}

#[tokio::test]
#[ignore = "needs Prism: cargo xtask conformance"]
async fn appgate_sdp() {
    let client = appgate_client::Client::builder()
        .base_url(base_url("appgate-sdp"))
        .accept_variable("apiVersion", 23)
        .credential(appgate_client::security::bearer_auth("example-token"))
        .retry(Retry::off())
        .build()
        .expect("a client");
    let mut tally = Tally::new("appgate-sdp");
    for asked in document::questions("appgate-sdp") {
        tally.add(&asked, appgate::send(&client, &asked).await);
    }
    tally.finish();
    refusal::expect(client.call(Incomplete::<appgate_client::CreateMfaProvider>::new())).await;
}

#[tokio::test]
#[ignore = "needs Prism: cargo xtask conformance"]
async fn parallels_ras() {
    let client = ras_client::Client::builder()
        .base_url(base_url("parallels-ras"))
        .credential(ras_client::security::auth_token("example-token"))
        .retry(Retry::off())
        .build()
        .expect("a client");
    let mut tally = Tally::new("parallels-ras");
    for asked in document::questions("parallels-ras") {
        tally.add(&asked, ras::send(&client, &asked).await);
    }
    tally.finish();
    refusal::expect(client.call(Incomplete::<ras_client::CreateRadiusMfa>::new())).await;
}

#[tokio::test]
#[ignore = "needs Prism: cargo xtask conformance"]
async fn strata_cloud_manager() {
    let token = Credential::new(strata_client::security::OAUTH2, "example-token");
    let client = strata_client::Client::builder()
        .base_url(base_url("strata-cloud-manager"))
        .base_url_for_all()
        .credential(token)
        .retry(Retry::off())
        .build()
        .expect("a client");
    let mut tally = Tally::new("strata-cloud-manager");
    for asked in document::questions("strata-cloud-manager") {
        tally.add(&asked, strata::send(&client, &asked).await);
    }
    tally.finish();
    refusal::expect(client.call(Incomplete::<strata_client::CreateMfaServer>::new())).await;
}

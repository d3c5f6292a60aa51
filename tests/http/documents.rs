//! A response that can't be read leads back to the place in the document that describes it.

use appgate_sdp_client as appgate;
use countersign_runtime::{Body, Credential, DecodeError, Error, MemoryTransport};
use parallels_ras_client as ras;
use strata_cloud_manager_client as strata;

/// Answers everything with JSON that fits nothing.
fn transport(status: u16, media: &'static str) -> MemoryTransport {
    MemoryTransport::new(move |_| {
        let response = http::Response::builder()
            .status(status)
            .header("content-type", media);
        Ok(response.body(Body::from("[\"no such thing\"]")).unwrap())
    })
}

#[track_caller]
fn decode<E: std::fmt::Debug>(error: Error<E>) -> Box<DecodeError> {
    match error {
        Error::Decode(error) => error,
        Error::Undocumented(failed) => Box::new(failed.unread().expect("a reason").clone()),
        other => panic!("{other:?}"),
    }
}

/// Asserts that a place in a document is that of a response of this status.
#[track_caller]
fn assert_describes(error: &DecodeError, file: &str, status: &str) {
    let (path, pointer) = error.document().rsplit_once('#').expect("a pointer");
    assert_eq!(path, file);
    assert!(
        pointer.ends_with(&format!("/responses/{status}")),
        "{pointer}"
    );
    let told = format!("; described in {}", error.document());
    assert!(error.to_string().contains(&told), "{error}");
}

async fn appgate(status: u16) -> DecodeError {
    let client = appgate::Client::builder()
        .base_url("https://controller.example.com/admin")
        .accept_variable("apiVersion", 22)
        .credential(appgate::security::bearer_auth("token"))
        .transport(transport(status, "application/json"))
        .build()
        .unwrap();
    let id = "4c07bc67-57ea-42dd-b702-c2d6c45419fc".parse().unwrap();
    *decode(client.get_mfa_provider(id).send().await.unwrap_err())
}

#[tokio::test]
async fn a_success_of_appgate_leads_to_its_place() {
    let error = appgate(200).await;
    assert_describes(&error, "spec/appgate-sdp/mfa_provider.yaml", "200");
    assert_eq!(
        error.rust_type(),
        "appgate_sdp_model::mfa_provider::MfaProvider"
    );
}

#[tokio::test]
async fn a_failure_of_appgate_leads_to_its_place() {
    let error = appgate(404).await;
    assert_describes(&error, "spec/appgate-sdp/mfa_provider.yaml", "404");
    assert_eq!(error.rust_type(), "appgate_sdp_model::error::Error");
}

#[tokio::test]
async fn a_success_of_parallels_leads_to_its_place() {
    let client = ras::Client::builder()
        .base_url("https://ras.example.com")
        .credential(ras::security::auth_token("token"))
        .transport(transport(201, "application/json; api-version=1.0"))
        .build()
        .unwrap();
    let call = client.create_safenet_mfa(crate::ras::safenet());
    let error = decode(call.send().await.unwrap_err());
    assert_describes(&error, "spec/parallels-ras/safenet.yaml", "201");
}

#[tokio::test]
async fn a_success_of_strata_leads_to_its_place() {
    let client = strata::Client::builder()
        .base_url("https://api.example.com/config/identity/v1")
        .credential(Credential::new(strata::security::OAUTH2, "token"))
        .transport(transport(201, "application/json"))
        .build()
        .unwrap();
    let call = client.create_mfa_server(crate::strata::profile());
    let error = decode(call.send().await.unwrap_err());
    assert_describes(&error, "spec/strata-cloud-manager/mfa_server.yaml", "201");
}

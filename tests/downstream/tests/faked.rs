//! Provisions at three fakes in memory: no socket, no JSON, and nothing that the vendors would not take or answer.

use appgate_sdp_client as appgate;
use countersign_downstream::{Service, Vendors, provision};
use parallels_ras_client as ras;
use parallels_ras_client::countersign_runtime::Presence;
use strata_cloud_manager_client as strata;

use appgate::fake::Received;

/// The three vendors.
struct Fakes {
    appgate: appgate::fake::Server,
    ras: ras::fake::Server,
    strata: strata::fake::Server,
}

impl Fakes {
    /// Vendors that take whatever they are told.
    fn new() -> Self {
        Self {
            appgate: appgate::fake::Server::new().on(
                |call: Received<appgate::CreateMfaProvider>| {
                    let body = &call.body;
                    Ok(appgate::model::MfaProvider::new(
                        &body.name,
                        body.kind.clone(),
                    ))
                },
            ),
            ras: ras::fake::Server::new()
                .on(|_: Received<ras::CreateRadiusMfa>| {
                    let mut created = ras::model::MfaRadius::default();
                    created.id = Some(7);
                    Ok(created)
                })
                .on(|_: Received<ras::UpdateRadiusMfa>| Ok(())),
            strata: strata::fake::Server::new().on(|_: Received<strata::CreateMfaServer>| Ok(None)),
        }
    }

    fn vendors(&self) -> Vendors {
        Vendors {
            appgate: self.appgate.client(),
            ras: self.ras.client(),
            strata: self.strata.client(),
        }
    }
}

fn service() -> Service {
    Service {
        name: "Codes".to_owned(),
        host: "radius.example.com".to_owned(),
        port: 1812,
        timeout: 10,
        shared_secret: "shared".into(),
        access_key: "long-enough".into(),
    }
}

#[tokio::test]
async fn each_vendor_is_told_once() {
    let fakes = Fakes::new();
    let provisioned = provision(&fakes.vendors(), &service()).await.unwrap();
    assert_eq!((provisioned.ras, provisioned.strata), (Some(7), None));
    let told = &fakes.appgate.calls::<appgate::CreateMfaProvider>()[0].body;
    assert_eq!(
        (
            told.port,
            told.shared_secret.as_ref().unwrap().expose().as_str()
        ),
        (Some(1812), "shared")
    );
    let updates = fakes.ras.calls::<ras::UpdateRadiusMfa>();
    assert_eq!((updates.len(), updates[0].id), (1, 7));
    assert_eq!(updates[0].body.enabled, Presence::Present(true));
    assert_eq!(fakes.strata.calls::<strata::CreateMfaServer>().len(), 1);
}

#[tokio::test]
async fn a_name_that_is_taken_ends_it() {
    let mut fakes = Fakes::new();
    fakes.ras = fakes
        .ras
        .on(|_: Received<ras::CreateRadiusMfa>| Err(ras::CreateRadiusMfaError::Conflict(None)));
    let error = provision(&fakes.vendors(), &service()).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(409));
    assert_eq!(fakes.appgate.calls::<appgate::CreateMfaProvider>().len(), 1);
    assert!(fakes.strata.calls::<strata::CreateMfaServer>().is_empty());
}

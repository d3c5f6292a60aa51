//! Tells three vendors of one service that verifies second factors.
//!
//! Appgate SDP and Parallels RAS reach it by RADIUS. Strata Cloud Manager has no RADIUS among its vendors: it is
//! told of the RSA SecurID API of the same service.

use appgate_sdp_client as appgate;
use parallels_ras_client as ras;
use strata_cloud_manager_client as strata;

/// The service to tell of.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name at all vendors.
    pub name: String,
    /// Host name, for RADIUS and for HTTPS.
    pub host: String,
    /// UDP port of RADIUS.
    pub port: u16,
    /// The time to wait for it, in seconds.
    pub timeout: u16,
    /// The secret that it shares with those who ask it by RADIUS.
    pub shared_secret: ras::Secret<String>,
    /// Key for its API.
    pub access_key: ras::Secret<String>,
}

/// The clients of the three vendors.
#[derive(Clone, Debug)]
pub struct Vendors {
    /// Of an Appgate SDP Controller.
    pub appgate: appgate::Client,
    /// Of a Parallels RAS farm.
    pub ras: ras::Client,
    /// Of a tenant at Strata Cloud Manager.
    pub strata: strata::Client,
}

/// The vendors' name of the service, where they have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provisioned {
    /// ID at Appgate SDP.
    pub appgate: Option<String>,
    /// ID at Parallels RAS.
    pub ras: Option<i32>,
    /// ID at Strata Cloud Manager.
    pub strata: Option<String>,
}

/// Tells all vendors of the service, one after the other, and switches it on where it is created disabled.
///
/// # Errors
/// The first failure; what was created before it stays.
pub async fn provision(
    vendors: &Vendors,
    service: &Service,
) -> Result<Provisioned, ras::countersign_runtime::AnyError> {
    let at_appgate = vendors.appgate.create_mfa_provider(for_appgate(service));
    let at_appgate = at_appgate.send().await?.into_inner();

    let at_ras = vendors.ras.create_radius_mfa(for_ras(service));
    let at_ras = at_ras.send().await?.into_inner();
    if let Some(id) = at_ras.id {
        let on = ras::model::UpdateMfa::default().enabled(true);
        vendors.ras.update_radius_mfa(id, on).send().await?;
    }

    let at_strata = vendors.strata.create_mfa_server(for_strata(service));
    let at_strata = at_strata.send().await?.into_inner();

    Ok(Provisioned {
        appgate: at_appgate.id.map(|id| id.to_string()),
        ras: at_ras.id,
        strata: at_strata
            .and_then(|profile| profile.id)
            .map(|id| id.to_string()),
    })
}

fn for_appgate(service: &Service) -> appgate::model::MfaProviderInput {
    use appgate::model::{AuthenticationProtocol, MfaMode, MfaProviderInput, MfaProviderType};
    MfaProviderInput::new(&service.name, MfaProviderType::Radius)
        .hostnames(vec![service.host.clone()])
        .port(service.port.into())
        .timeout(service.timeout.into())
        .authentication_protocol(AuthenticationProtocol::Pap)
        .mode(MfaMode::OneFactor)
        .use_user_password(true)
        .shared_secret(service.shared_secret.clone())
}

fn for_ras(service: &Service) -> ras::model::NewMfaRadius {
    const RETRIES: i32 = 3;
    ras::model::NewMfaRadius::new(
        service.name.as_str(),
        service.name.as_str(),
        service.host.as_str(),
        i32::from(service.port),
        RETRIES,
        i32::from(service.timeout),
        service.shared_secret.clone(),
    )
}

fn for_strata(service: &Service) -> strata::model::MfaServerInput {
    use strata::model::{MfaServerContainer, MfaServerInput, MfaVendor, RsaSecuridAccessV1};
    let rsa = RsaSecuridAccessV1::default()
        .api_host(&service.host)
        .access_key(service.access_key.clone())
        .timeout(service.timeout.into());
    let everywhere = MfaServerContainer::Folder("All".to_owned());
    MfaServerInput::new(&service.name, "Default", everywhere)
        .vendor(MfaVendor::RsaSecuridAccessV1(Box::new(rsa)))
}

/// The pages of the guide: their examples compile.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../../docs/first-client.md")]
    mod first_client {}

    #[doc = include_str!("../../../docs/errors.md")]
    mod errors {}

    #[doc = include_str!("../../../docs/retries.md")]
    mod retries {}
}

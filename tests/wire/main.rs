//! Every example of the documents, both ways: decoded into its type and encoded again, it is the same JSON.

mod examples;

use countersign_runtime::wire;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use examples::{Example, Side, examples};

/// The fate of an example of a schema.
type RoundTrip = fn(&Value) -> Result<Value, String>;

fn through<T: DeserializeOwned + Serialize>(example: &Value) -> Result<Value, String> {
    let value: T = serde_json::from_str(&example.to_string()).map_err(|error| error.to_string())?;
    wire::to_value(&value).map_err(|error| error.to_string())
}

/// Tries every example of an API with the type that `round_trip` gives for its schema.
fn all(api: &str, round_trip: fn(&str, Side) -> Option<RoundTrip>) {
    let examples = examples(api);
    assert!(!examples.is_empty(), "{api} has no examples");
    let mut wrong = Vec::new();
    for Example {
        place,
        schema,
        side,
        value,
    } in &examples
    {
        match round_trip(schema, *side).map(|through| through(value)) {
            None => wrong.push(format!("{place}: no type is named for {schema} ({side:?})")),
            Some(Err(error)) => wrong.push(format!("{place}: {schema} ({side:?}): {error}")),
            Some(Ok(back)) if back != *value => {
                wrong.push(format!(
                    "{place}: {schema} ({side:?}):\n  there {value}\n  back  {back}"
                ));
            }
            Some(Ok(_)) => {}
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} examples:\n{}",
        wrong.len(),
        examples.len(),
        wrong.join("\n")
    );
}

#[test]
fn appgate_sdp() {
    use appgate_sdp_model as model;
    all("appgate-sdp", |schema, side| {
        Some(match (schema, side) {
            ("MfaProvider", Side::Request) => through::<model::MfaProviderInput>,
            ("MfaProvider", Side::Response) => through::<model::MfaProvider>,
            ("MfaProviderList", _) => through::<model::MfaProviderList>,
            ("TestResult", _) => through::<model::TestResult>,
            ("LoginRequest", _) => through::<model::LoginRequest>,
            ("LoginResponse", _) => through::<model::LoginResponse>,
            ("Version", _) => through::<model::Version>,
            ("Error", _) => through::<model::Error>,
            ("ValidationError", _) => through::<model::ValidationError>,
            ("AuthenticationError", _) => through::<model::AuthenticationError>,
            ("VersionError", _) => through::<model::VersionError>,
            _ => return None,
        })
    });
}

#[test]
fn strata_cloud_manager() {
    use strata_cloud_manager_model as model;
    all("strata-cloud-manager", |schema, side| {
        Some(match (schema, side) {
            ("MfaServer", Side::Request) => through::<model::MfaServerInput>,
            ("MfaServer", Side::Response) => through::<model::MfaServer>,
            ("MfaServerList", _) => through::<model::MfaServerList>,
            ("GenericError", _) => through::<model::GenericError>,
            ("PushRequest", _) => through::<model::PushRequest>,
            ("PushResult", _) => through::<model::PushResult>,
            ("JobList", _) => through::<model::JobList>,
            _ => return None,
        })
    });
}

#[test]
fn parallels_ras() {
    use parallels_ras_model as model;
    all("parallels-ras", |schema, _| {
        Some(match schema {
            "AllowedIPsCriteria" => through::<model::AllowedIpRanges>,
            "AllowedOperatingSystems" => through::<model::AllowedOperatingSystems>,
            "ClientDeviceCriteriaEntry[]" => through::<Vec<model::ClientDeviceCriteriaEntry>>,
            "DeviceMember" => through::<model::DeviceMember>,
            "ErrorMessage" => through::<model::ErrorMessage>,
            "GatewayCriteriaEntry[]" => through::<Vec<model::GatewayCriteriaEntry>>,
            "GatewayMember" => through::<model::GatewayMember>,
            "HardwareIDCriteriaEntry[]" => through::<Vec<model::HardwareIdCriteriaEntry>>,
            "HardwareIDMember" => through::<model::HardwareIdMember>,
            "IPMember" => through::<model::IpMember>,
            "MFA" => through::<model::Mfa>,
            "MFA[]" => through::<Vec<model::Mfa>>,
            "MFACriteria" => through::<model::MfaCriteria>,
            "MFADeepnet" => through::<model::MfaDeepnet>,
            "MFADefaultSiteSettings" => through::<model::MfaDefaultSiteSettings>,
            "MFAEmailOTP" => through::<model::MfaEmailOtp>,
            "MFARadius" => through::<model::MfaRadius>,
            "MFASafeNet" => through::<model::MfaSafeNet>,
            "MFATOTP" => through::<model::MfaTotp>,
            "NewAPISession" => through::<model::NewApiSession>,
            "NewGatewayMember" => through::<model::NewGatewayMember>,
            "NewMFADeepnet" => through::<model::NewMfaDeepnet>,
            "NewMFAEmailOTP" => through::<model::NewMfaEmailOtp>,
            "NewMFARadius" => through::<model::NewMfaRadius>,
            "NewMFASafeNet" => through::<model::NewMfaSafeNet>,
            "NewMFATOTP" => through::<model::NewMfaTotp>,
            "ProblemDetails" => through::<model::ProblemDetails>,
            "SecurityPrincipalCriteriaEntry[]" => {
                through::<Vec<model::SecurityPrincipalCriteriaEntry>>
            }
            "SecurityPrincipalMember" => through::<model::SecurityPrincipalMember>,
            "Session" => through::<model::Session>,
            "UpdateAllowedOperatingSystems" => through::<model::UpdateAllowedOperatingSystems>,
            "UpdateCriteria" => through::<model::UpdateCriteria>,
            "UpdateMFA" => through::<model::UpdateMfa>,
            "string" => through::<String>,
            _ => return None,
        })
    });
}

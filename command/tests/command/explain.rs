//! `countersign explain` as its users run it, on the documents of this workspace.

use std::path::Path;

use crate::support::{countersign, told};

fn explain(arguments: &[&str]) -> (Option<i32>, String, String) {
    told(&countersign(
        Path::new("."),
        [&["explain"], arguments].concat(),
    ))
}

#[test]
fn the_api_can_be_left_out_where_only_one_has_the_item() {
    let (code, said, _) = explain(&["MfaProvider.sharedSecret"]);
    assert_eq!(code, Some(0));
    assert!(
        said.starts_with("MfaProviderInput.sharedSecret: Option<Secret<String>>\n"),
        "{said}"
    );
    assert!(
        said.contains("spec/appgate-sdp/mfa_provider.yaml:"),
        "{said}"
    );
    assert!(
        said.contains("| generated/appgate-sdp-model/src/mfa_provider.rs:"),
        "{said}"
    );
    assert_eq!(
        explain(&["appgate-sdp", "MfaProvider.sharedSecret"]).1,
        said
    );
}

#[test]
fn where_several_have_it_they_are_named() {
    let (code, _, said) = explain(&["GetMfaProvider"]);
    assert_eq!(code, Some(2));
    for api in ["appgate-sdp", "parallels-ras"] {
        assert!(
            said.contains(&format!("  {api} GetMfaProvider\n")),
            "{said}"
        );
    }
    let (code, said, _) = explain(&["parallels-ras", "GetMfaProvider"]);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_near_miss_gets_suggestions_as_a_shell_takes_them() {
    let (code, _, said) = explain(&["POST /mfa-server"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("did you mean one of these?"), "{said}");
    assert!(
        said.contains("strata-cloud-manager 'POST /mfa-servers'"),
        "{said}"
    );
    let (code, _, said) = explain(&["nowhere", "MfaProvider"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("there is no API `nowhere`"), "{said}");
}

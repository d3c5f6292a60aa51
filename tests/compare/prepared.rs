//! Ten changes of our own documents, as one who reviews them reads what they mean.

use countersign_codegen::Strictness;
use countersign_codegen::compare::render::{Subject, text};

use crate::documents::{Documents, compare};

/// An API, the change that is made to its documents, and these documents before and after.
pub(crate) struct Prepared {
    pub(crate) name: &'static str,
    pub(crate) api: &'static str,
    pub(crate) old: Documents,
    pub(crate) new: Documents,
}

fn prepared(
    name: &'static str,
    api: &'static str,
    change: impl FnOnce(Documents) -> Documents,
) -> Prepared {
    let old = Documents::of(api);
    let new = change(old.clone());
    Prepared {
        name,
        api,
        old,
        new,
    }
}

/// All ten.
pub(crate) fn all() -> Vec<Prepared> {
    vec![
        prepared("add_an_optional_property", "appgate-sdp", |documents| {
            let before = "        useUserPassword:\n          type: boolean\n";
            let added = "        retries:\n          type: integer\n          description: How often a RADIUS server is asked again.\n";
            documents.edit("mfa_provider.yaml", before, &format!("{added}{before}"))
        }),
        prepared("require_a_property", "strata-cloud-manager", |documents| {
            let example = "              without_vendor:
                summary: Without a vendor, which is not required
                value:
                  folder: Mobile Users
                  name: mfa
                  mfa_cert_profile: mfa-certificates
";
            documents.edit("mfa_server.yaml", example, "").edit(
                "mfa_server.yaml",
                "required: [name, mfa_cert_profile]",
                "required: [name, mfa_cert_profile, mfa_vendor_type]",
            )
        }),
        prepared("remove_an_enum_value", "appgate-sdp", |documents| {
            documents
                .edit(
                    "mfa_provider.yaml",
                    "enum: [Masked, Numeric, Text]",
                    "enum: [Masked, Numeric]",
                )
                .edit(
                    "mfa_provider.yaml",
                    "        - A plain field for text.\n",
                    "",
                )
        }),
        prepared("add_an_enum_value", "appgate-sdp", |documents| {
            let last = "        - Challenge-Handshake Authentication Protocol (CHAP).\n";
            let added = "        - Microsoft's version of CHAP, the second.\n";
            documents
                .edit(
                    "mfa_provider.yaml",
                    "enum: [PAP, CHAP]",
                    "enum: [PAP, CHAP, MSCHAPv2]",
                )
                .edit("mfa_provider.yaml", last, &format!("{last}{added}"))
        }),
        prepared("tighten_a_pattern", "strata-cloud-manager", |documents| {
            documents.edit(
                "container.yaml",
                r"pattern: '^[a-zA-Z\d\-_\. ]+$'",
                r"pattern: '^[a-zA-Z][a-zA-Z\d\-_\. ]*$'",
            )
        }),
        prepared("add_a_409", "appgate-sdp", |documents| {
            let before = "NotFoundError
        '406':
          $ref: error.yaml#/components/responses/NotAcceptableError
        '422':
";
            let after = before.replace(
                "        '422':\n",
                "        '409':
          $ref: error.yaml#/components/responses/ConflictError
        '422':
",
            );
            documents.edit("mfa_provider.yaml", before, &after)
        }),
        prepared(
            "change_a_media_type_version",
            "parallels-ras",
            |documents| documents.edit_all("safenet.yaml", "api-version=1.0", "api-version=2.0"),
        ),
        prepared("rename_an_operation", "strata-cloud-manager", |documents| {
            documents.edit(
                "mfa_server.yaml",
                "operationId: getMfaServer",
                "operationId: readMfaServer",
            )
        }),
        prepared(
            "move_a_schema_to_another_file",
            "appgate-sdp",
            |documents| {
                documents
                .cut("connection_test.yaml", "components:\n", "test_result.yaml", "info:\n  title: Test results\n  description: How tests went.\nx-source: {page: sdp-api-specification, section: mfa_provider.yml}\n")
                .edit("connection_test.yaml", "'#/components/schemas/TestResult'", "test_result.yaml#/components/schemas/TestResult")
            },
        ),
        prepared("only_touch_descriptions", "appgate-sdp", |documents| {
            documents
                .edit(
                    "mfa_provider.yaml",
                    "description: Port of the RADIUS servers to connect to.",
                    "description: UDP port of the RADIUS servers.",
                )
                .edit(
                    "mfa_provider.yaml",
                    "summary: Delete an MFA provider",
                    "summary: Remove an MFA provider",
                )
        }),
    ]
}

#[test]
fn a_reviewer_is_told_what_each_does_to_callers() {
    for Prepared {
        name,
        api,
        old,
        new,
    } in all()
    {
        let comparison = compare(Some(&old), Some(&new), Strictness::DenyWarnings);
        let text = text(Subject {
            name: api,
            prefix: &format!("spec/{api}/"),
            old_prefix: &format!("spec/{api}/"),
            comparison: &comparison,
            model: Some("0.1.0"),
            client: Some("0.1.0"),
        });
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(name, text);
        });
    }
}

#[test]
fn the_same_documents_differ_in_nothing() {
    for api in countersign_tests::APIS {
        let documents = Documents::of(api);
        let comparison = compare(Some(&documents), Some(&documents), Strictness::Lenient);
        assert!(comparison.changes.is_empty(), "{api}: {comparison:#?}");
    }
}

/// Two paths that differ by the name of their parameter alone are each compared with itself.
#[test]
fn paths_of_one_shape_are_not_mixed_up() {
    let text = "openapi: 3.0.3
info: {title: Files, version: '1'}
paths:
  /files/{id}:
    get:
      operationId: getFile
      parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
      responses: {'204': {description: There.}}
  /files/{name}:
    delete:
      operationId: deleteFile
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Gone.}}
    get:
      operationId: getFileByName
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: There.}}
";
    let documents = Documents::one(text);
    let same = compare(Some(&documents), Some(&documents), Strictness::Lenient);
    assert!(same.changes.is_empty(), "{:?}", same.changes);
}

/// A list or a map of itself ends, and a change below it is found.
#[test]
fn types_of_themselves_are_compared_to_an_end() {
    let text = "openapi: 3.0.3
info: {title: Trees, version: '1'}
paths:
  /tree:
    get:
      operationId: getTree
      responses:
        '200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}}}
        '404': {description: None., content: {application/json: {schema: {$ref: '#/components/schemas/Bag'}}}}
components:
  schemas:
    Tree: {type: array, maxItems: 9, items: {$ref: '#/components/schemas/Tree'}}
    Bag: {type: object, additionalProperties: {$ref: '#/components/schemas/Bag'}}
";
    let old = Documents::one(text);
    let same = compare(Some(&old), Some(&old), Strictness::Lenient);
    assert!(same.changes.is_empty(), "{:?}", same.changes);
    let new = old
        .clone()
        .edit("openapi.yaml", "maxItems: 9", "maxItems: 8");
    let changed = compare(Some(&old), Some(&new), Strictness::Lenient);
    assert!(!changed.changes.is_empty());
}

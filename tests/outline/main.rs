//! The outline of each API, a line for each item: the text that a reviewer of a document reads.

#[test]
fn the_outline_of_each_api() {
    for api in countersign_tests::APIS {
        let generated = countersign_tests::generate(api);
        insta::with_settings!({ description => format!("what the crates of {api} offer"), omit_expression => true }, {
            insta::assert_snapshot!(api, generated.outline());
        });
    }
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    for api in countersign_tests::APIS {
        let (once, again) = (
            countersign_tests::generate(api),
            countersign_tests::generate(api),
        );
        assert_eq!(once.tree, again.tree, "{api}");
        assert_eq!(once.outline(), again.outline(), "{api}");
    }
}

#[test]
fn every_operation_is_there_and_nothing_is_raw() {
    for (api, operations) in [
        ("appgate-sdp", 9),
        ("parallels-ras", 57),
        ("strata-cloud-manager", 7),
    ] {
        let stats = countersign_tests::generate(api).api.stats;
        assert_eq!(stats.operations, operations, "{api}");
        assert!(stats.left_out.is_empty(), "{api}: {:?}", stats.left_out);
        assert!(stats.raw_json.is_empty(), "{api}");
    }
}

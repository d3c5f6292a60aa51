//! Methods that older versions of OpenAPI do not have, through the client and its fake.

use methods_client::countersign_runtime::{Method, Operation};
use methods_client::fake::{Received, Server};
use methods_client::{CopyThings, FindThings, GetAllThings, model};

#[test]
fn other_methods_are_sent_as_the_document_writes_them() {
    assert_eq!(FindThings::SPEC.method, Method::QUERY);
    assert_eq!(CopyThings::SPEC.method.as_str(), "COPY");
    assert_eq!(GetAllThings::SPEC.method.as_str(), "get-all");
    let fake = Server::new()
        .on(|asked: Received<FindThings>| Ok(vec![model::Thing::new(asked.body.term.as_str())]))
        .on(|_: Received<CopyThings>| Ok(()))
        .on(|_: Received<GetAllThings>| Ok(()));
    let client = fake.client();
    let found = client
        .find_things(model::FindThingsBody::new("bolt"))
        .send_blocking()
        .unwrap();
    assert_eq!(found.into_inner(), [model::Thing::new("bolt")]);
    client.copy_things().send_blocking().unwrap();
    client.get_all_things().send_blocking().unwrap();
}

//! The additions of OpenAPI 3.2 to schemas, servers and security, through the client and its fake.

use zoo_client::countersign_runtime::{Deserialize, Value};
use zoo_client::fake::{Received, Server};
use zoo_client::{AddPet, model, servers};

#[test]
fn a_value_with_another_tag_or_none_is_the_default() {
    let fake = Server::new().on(|asked: Received<AddPet>| Ok(asked.body.clone()));
    let client = fake.client();
    for json in [
        r#"{"kind":"zebra","name":"Zoe"}"#,
        r#"{"name":"Zoe"}"#,
        r#"{"kind":"cat","name":"Zoe"}"#,
    ] {
        let value: Value = json.parse().unwrap();
        let pet = <model::Pet as Deserialize>::deserialize(&value).unwrap();
        let is_cat = matches!(pet, model::Pet::Cat(_));
        assert_eq!(is_cat, json.contains("cat"), "{json}");
        let back = client.add_pet(pet.clone()).send_blocking().unwrap();
        assert_eq!(back.into_inner(), pet);
        assert_eq!(fake.calls::<AddPet>().last(), Some(&AddPet::new(pet)));
    }
}

#[test]
fn servers_have_names() {
    assert_eq!((servers::PRODUCTION, servers::TEST_BED), (0, 1));
    assert_eq!(
        servers::SERVERS[servers::TEST_BED].url,
        "https://test.h.example"
    );
}

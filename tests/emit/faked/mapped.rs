//! A discriminator that maps some of its subtypes, and its base.

use mapped_client::countersign_runtime::{Deserialize, Presence, Value, wire};
use mapped_client::model::{Cat, Owner, Pet};

#[test]
fn the_mapping_comes_first_and_names_are_for_the_rest() {
    for (tag, fits) in [
        ("dog", (|pet| matches!(pet, Pet::Dog(_))) as fn(&Pet) -> bool),
        ("Cat", |pet| matches!(pet, Pet::Cat(_))),
        ("Lizard", |pet| matches!(pet, Pet::Lizard(_))),
        ("SNAKE", |pet| matches!(pet, Pet::Snake(_))),
        ("pet", |pet| matches!(pet, Pet::Base(_))),
        ("Dog", |pet| matches!(pet, Pet::Unknown(_))),
    ] {
        let json = format!(r#"{{"petType":"{tag}"}}"#);
        let value: Value = json.parse().unwrap();
        let pet = Pet::deserialize(&value).unwrap();
        assert!(fits(&pet), "{tag}: {pet:?}");
        assert_eq!(wire::to_value(&pet).unwrap(), value);
    }
}

#[test]
fn a_reference_that_may_be_null_is_the_type_itself() {
    let value: Value = r#"{"kept":null,"lost":{"petType":"Cat"}}"#.parse().unwrap();
    let owner = Owner::deserialize(&value).unwrap();
    assert_eq!(owner.kept, Presence::Null);
    assert_eq!(owner.lost, Presence::Present(Cat::new()));
}

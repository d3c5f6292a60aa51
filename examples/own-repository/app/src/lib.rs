//! A program that calls two APIs: one by crates of its own, the other by modules of this crate.

pub mod weather;

use pets_client::{Client, Error, GetPetError};

/// The name of a pet; none if there is no such pet.
///
/// # Errors
/// If the shop can't be asked.
pub async fn name_of(shop: &Client, pet: i64) -> Result<Option<String>, Error<GetPetError>> {
    match shop.get_pet(pet).send().await {
        Ok(pet) => Ok(Some(pet.name.clone())),
        Err(Error::Api(GetPetError::NotFound, _)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// A client of the weather.
pub fn station(url: &str) -> weather::Client {
    let client = weather::Client::builder().base_url(url).build();
    client.expect("a client with a sound URL")
}

//! The program against a fake of the shop.

use pets_client::fake::{Received, Server};
use pets_client::model::Pet;
use pets_client::{GetPet, GetPetError};

#[tokio::test]
async fn a_pet_has_a_name_or_is_not_there() {
    let shop = Server::new().on(|call: Received<GetPet>| match call.id {
        7 => Ok(Pet::new("Rex")),
        _ => Err(GetPetError::NotFound),
    });
    let client = shop.client();
    let name = app::name_of(&client, 7).await.expect("an answer");
    assert_eq!(name.as_deref(), Some("Rex"));
    let nobody = app::name_of(&client, 8).await.expect("an answer");
    assert_eq!(nobody, None);
}

#[tokio::test]
async fn the_weather_is_asked_where_the_caller_says() {
    let nowhere = app::station("http://127.0.0.1:9");
    let answer = nowhere.get_weather().send().await;
    assert!(answer.is_err());
}

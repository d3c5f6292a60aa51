use pets_client as client;
use pets_client::countersign_runtime;
use pets_client::PutPetBody;

mod calls {
    use super::*;

    async fn calls(client: &Client, pet: model::Pet) -> Result<(), AnyError> {
        /* block 1 */
        _ = listed;
        Ok(())
    }
}

fn files(bytes: Vec<u8>) -> Result<model::Pet, AnyError> {
    /* block 2 */
    Ok(pet)
}

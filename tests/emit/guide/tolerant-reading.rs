use std::fs::File;

use pets_client::countersign_runtime::{Departure, MemberReading, Reading};

async fn reading() -> Result<(), AnyError> {
    /* block 1 */
    Ok(())
}

type Database = model::Pet;

async fn another(client: &Client) -> Result<(), AnyError> {
    /* block 2 */
    Ok(())
}

async fn lists(client: &Client) -> Result<(), AnyError> {
    /* block 1 */
    let _: Vec<model::Pet> = all;
    Ok(())
}

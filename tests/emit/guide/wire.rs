use pets_client::countersign_runtime::DeepLists;

fn lists() -> Result<Client, AnyError> {
    /* block 1 */
    Ok(client)
}

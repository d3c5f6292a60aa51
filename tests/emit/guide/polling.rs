mod exports {
    use exports_client::Client;
    use exports_client::countersign_runtime::Polling;

    use super::AnyError;

    async fn wait(client: &Client) -> Result<(), AnyError> {
        /* block 1 */
        Ok(())
    }

    async fn another_place(client: &Client) -> Result<(), AnyError> {
        /* block 2 */
        Ok(())
    }
}

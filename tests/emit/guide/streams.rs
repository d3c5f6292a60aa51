use pets_client::countersign_runtime::{ItemStream, Reconnect};
use pets_client::model::Tick;

async fn reading(client: &Client) -> Result<(), AnyError> {
    /* block 1 */
    Ok(())
}

async fn going_on(client: &Client) -> Result<(), AnyError> {
    /* block 2 */
    _ = ticks;
    Ok(())
}

async fn either(client: &Client, body: model::CompleteBody) -> Result<(), AnyError> {
    /* block 3 */
    _ = (text, deltas);
    Ok(())
}

async fn otherwise(client: &Client, body: model::CompleteBody) -> Result<(), AnyError> {
    /* block 4 */
    Ok(())
}

async fn sending<S>(client: &Client, ticks: S) -> Result<(), AnyError>
where
    S: futures_core::Stream<Item = std::io::Result<Tick>> + Send + 'static,
{
    /* block 5 */
    Ok(())
}

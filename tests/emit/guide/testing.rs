async fn fakes() -> Result<(), AnyError> {
    /* block 1 */
    _ = (client, url);
    Ok(())
}

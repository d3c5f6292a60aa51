async fn first() -> Result<(), AnyError> {
    /* block 1 */
    Ok(())
}

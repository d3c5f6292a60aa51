use pets_client::countersign_runtime::OAuth;
use pets_client::security;

async fn oauth(client: &Client) -> Result<OAuth, AnyError> {
    let core = client.as_ref();
    /* block 1 */
    Ok(oauth)
}

struct Key;

impl Key {
    fn sign(&self, _: String, _: &[u8]) -> Result<http::HeaderValue, http::header::InvalidHeaderValue> {
        "signed".parse()
    }
}

fn signing(key: Key) -> Credential {
    /* block 2 */
    signed
}

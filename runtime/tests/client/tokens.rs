//! Tokens of OAuth 2.0 that are kept: used, refreshed, and fetched by a sign-in.

use std::sync::{Arc, Mutex};

use countersign_runtime::{
    AnyError, BoxError, Credential, Error, MemoryTokens, TokenStore, Tokens,
};

use crate::oauth::{OK, answering, core, field, oauth};
use crate::sample::*;
use crate::support::{Hurried, Seen, Server as Loopback, json, response};

/// A store that tells what was done with it.
#[derive(Clone, Default)]
struct Told(Arc<MemoryTokens>, Arc<Mutex<Vec<&'static str>>>);

impl TokenStore for Told {
    fn load(&self) -> Result<Option<Tokens>, BoxError> {
        self.0.load()
    }

    fn save(&self, tokens: &Tokens) -> Result<(), BoxError> {
        self.1.lock().unwrap().push("save");
        self.0.save(tokens)
    }

    fn clear(&self) -> Result<(), BoxError> {
        self.1.lock().unwrap().push("clear");
        self.0.clear()
    }
}

fn with(server: &Loopback, credential: Credential) -> Client {
    let client = Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default());
    client.credential(credential).build().unwrap()
}

#[tokio::test]
async fn kept_tokens_are_used_and_refreshed() {
    let server = Loopback::start(|seen: &Seen| match seen.line.as_str() {
        "POST /token HTTP/1.1" => json("200 OK", r#"{"access_token":"t2","expires_in":3600}"#),
        _ if seen.header("authorization") == Some("Bearer t2") => json("200 OK", OK),
        _ => response("401 Unauthorized", &[], ""),
    })
    .await;
    let store = Told::default();
    store
        .0
        .save(&Tokens::new("t1").refresh_token("r1"))
        .unwrap();
    let client = with(
        &server,
        Credential::oauth(security::BEARER, oauth(), store.clone()),
    );
    // The server refuses the kept one, and it is refreshed once.
    assert_eq!(client.get_server("1").send().await.unwrap().attempts(), 2);
    client.get_server("1").send().await.unwrap();
    let lines: Vec<_> = server.seen().iter().map(|seen| seen.line.clone()).collect();
    let get = "GET /servers/1 HTTP/1.1";
    assert_eq!(lines, [get, "POST /token HTTP/1.1", get, get]);
    let kept = store.load().unwrap().unwrap();
    assert_eq!(kept.access_token.expose(), "t2");
    assert_eq!(kept.refresh_token.unwrap().expose(), "r1");
    // Another client finds them.
    let other = with(
        &server,
        Credential::oauth(security::BEARER, oauth(), store.clone()),
    );
    assert_eq!(other.get_server("1").send().await.unwrap().attempts(), 1);
    assert_eq!(*store.1.lock().unwrap(), ["save"]);
}

#[tokio::test]
async fn a_sign_in_comes_where_nothing_can_be_refreshed() {
    let server = Loopback::start(|seen: &Seen| match seen.line.as_str() {
        "POST /token HTTP/1.1" if field(seen, "grant_type").as_deref() == Some("refresh_token") => {
            json("400 Bad Request", r#"{"error":"invalid_grant"}"#)
        }
        "POST /token HTTP/1.1" => json("200 OK", r#"{"access_token":"t2"}"#),
        _ => json("200 OK", OK),
    })
    .await;
    let store = Told::default();
    let past = std::time::SystemTime::UNIX_EPOCH;
    let old = Tokens::new("t1").refresh_token("r1").expires_at(past);
    store.0.save(&old).unwrap();
    let signs_in = Credential::oauth_or_sign_in(
        security::BEARER,
        oauth(),
        store.clone(),
        |core, oauth| async move { oauth.password(&core, "u", "p").await },
    );
    with(&server, signs_in)
        .get_server("1")
        .send()
        .await
        .unwrap();
    assert_eq!(server.seen()[2].header("authorization"), Some("Bearer t2"));
    assert_eq!(*store.1.lock().unwrap(), ["clear", "save"]);
    // Without a sign-in, the caller is told why.
    store.0.save(&old).unwrap();
    let plain = with(
        &server,
        Credential::oauth(security::BEARER, oauth(), store.clone()),
    );
    let error = plain.get_server("1").send().await.unwrap_err();
    assert!(
        matches!(error, Error::Credential(_)) && error.to_string().contains("invalid_grant"),
        "{error}"
    );
    let none = with(
        &server,
        Credential::oauth(security::BEARER, oauth(), MemoryTokens::default()),
    );
    let error = AnyError::from(none.get_server("1").send().await.unwrap_err());
    assert!(error.to_string().contains("sign in first"), "{error}");
}

#[cfg(feature = "loopback")]
#[tokio::test]
async fn a_browser_comes_back_to_this_machine() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let server = answering(r#"{"access_token":"t"}"#).await;
    let core = core(&server);
    let loopback = countersign_runtime::Loopback::open().await.unwrap();
    let oauth = oauth().authorization_url(format!("{}/authorize", server.url));
    // The browser asks for its icon first.
    let open = |url: &str| {
        let url = url::Url::parse(url).unwrap();
        let query: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
        let redirect = url::Url::parse(&query["redirect_uri"]).unwrap();
        let (port, state) = (redirect.port().unwrap(), query["state"].clone());
        tokio::spawn(async move {
            for target in [
                "/favicon.ico".to_owned(),
                format!("/callback?code=c&state={state}"),
            ] {
                let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port))
                    .await
                    .unwrap();
                let request = format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n");
                stream.write_all(request.as_bytes()).await.unwrap();
                let mut answer = String::new();
                stream.read_to_string(&mut answer).await.unwrap();
                assert_eq!(
                    answer.contains("close this window"),
                    target.contains("code")
                );
            }
        });
        Ok(())
    };
    let tokens = loopback.sign_in(&core, &oauth, open).await.unwrap();
    assert_eq!(tokens.access_token.expose(), "t");
    let seen = &server.seen()[0];
    assert_eq!(field(seen, "code").as_deref(), Some("c"));
    assert_eq!(field(seen, "code_verifier").unwrap().len(), 43);
    assert_eq!(
        field(seen, "grant_type").as_deref(),
        Some("authorization_code")
    );
}

#[cfg(all(feature = "token-file", unix))]
#[tokio::test]
async fn a_file_of_tokens_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = std::env::temp_dir().join(format!("countersign-tokens-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("tokens.json");
    let file = countersign_runtime::TokenFile::new(&path);
    assert!(file.load().unwrap().is_none());
    let expiry = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_800_000_000);
    file.save(&Tokens::new("t1").refresh_token("r").expires_at(expiry))
        .unwrap();
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let read = file.load().unwrap().unwrap();
    assert_eq!(read.access_token.expose(), "t1");
    assert_eq!(read.refresh_token.as_ref().unwrap().expose(), "r");
    assert_eq!(read.expiry(), Some(expiry));
    file.save(&Tokens::new("t2")).unwrap();
    assert_eq!(file.load().unwrap().unwrap().access_token.expose(), "t2");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(file.load().unwrap_err().to_string().contains("0600"));
    file.clear().unwrap();
    file.clear().unwrap();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[cfg(feature = "token-keyring")]
#[test]
fn a_keyring_holds_tokens_under_the_names_of_service_and_user() {
    use countersign_runtime::{TokenKeyring, keyring_core};

    assert!(TokenKeyring::new("api", "ada").is_err());
    let store = keyring_core::mock::Store::new().unwrap();
    keyring_core::set_default_store(store);
    let keyring = TokenKeyring::new("api", "ada").unwrap();
    assert!(keyring.load().unwrap().is_none());
    keyring.save(&Tokens::new("t1").refresh_token("r")).unwrap();
    let same = TokenKeyring::new("api", "ada").unwrap();
    let read = same.load().unwrap().unwrap();
    assert_eq!(read.access_token.expose(), "t1");
    assert_eq!(read.refresh_token.as_ref().unwrap().expose(), "r");
    let other = TokenKeyring::new("api", "grace").unwrap();
    assert!(other.load().unwrap().is_none());

    let entry = keyring_core::Entry::new("api", "ada").unwrap();
    entry.set_secret(b"{\"access_token\": hush").unwrap();
    let error = same.load().unwrap_err().to_string();
    assert!(
        error.contains("no tokens") && !error.contains("hush"),
        "{error}"
    );
    same.clear().unwrap();
    same.clear().unwrap();
    assert!(keyring.load().unwrap().is_none());
}

//! Tokens with the scopes that operations need, and client certificates.

use countersign_runtime::{
    Body, ClientCredentials, Credential, Decoded, Error, MemoryTransport, Method, Operation,
    OperationSpec, Reply, RequestError, RequestParts, Scheme,
};

use crate::sample::Client;
use crate::support::{Hurried, Server as Loopback, json};

const OAUTH: Scheme = Scheme::oauth2("oauth");
const CERTIFICATE: Scheme = Scheme::mutual_tls("certificate");

macro_rules! operations {
    ($($name:ident: $security:expr;)*) => {$(
        pub(crate) struct $name;

        impl Operation for $name {
            type Success = ();
            type Failure = std::convert::Infallible;

            const SPEC: OperationSpec =
                OperationSpec::new(stringify!($name), Method::GET, "/a").security($security);

            fn request(&self, _: &mut RequestParts) -> Result<(), RequestError> {
                Ok(())
            }

            fn decode(reply: &mut Reply) -> Decoded<Self> {
                reply.empty().map(Ok)
            }
        }
    )*};
}

operations! {
    Read: &[&[OAUTH.scopes(&["read"])]];
    Write: &[&[OAUTH.scopes(&["write", "read"])]];
    WriteToo: &[&[OAUTH.scopes(&["read", "write"])]];
    Unscoped: &[&[OAUTH]];
    Proven: &[&[CERTIFICATE]];
    ProvenOrSignedIn: &[&[CERTIFICATE], &[OAUTH]];
}

async fn start() -> Loopback {
    Loopback::start(|seen| match seen.line.as_str() {
        "POST /token HTTP/1.1" => {
            let token = format!(r#"{{"access_token":"t{}","expires_in":900}}"#, seen.number);
            json("200 OK", &token)
        }
        _ => json("200 OK", "{}"),
    })
    .await
}

fn with(server: &Loopback, grant: ClientCredentials) -> Client {
    Client::builder()
        .base_url(&server.url)
        .clock(Hurried::default())
        .credential(Credential::client_credentials(OAUTH, grant))
        .build()
        .unwrap()
}

/// The bodies of the requests for tokens.
fn asked(server: &Loopback) -> Vec<String> {
    let seen = server.seen();
    let tokens = seen.iter().filter(|seen| seen.line.contains("/token"));
    tokens.map(|seen| seen.text()).collect()
}

#[tokio::test]
async fn there_is_a_token_for_each_set_of_scopes() {
    let server = start().await;
    let client = with(&server, ClientCredentials::new("/token", "id", "s3cret"));
    client.call(Read).send().await.unwrap();
    client.call(Write).send().await.unwrap();
    client.call(WriteToo).send().await.unwrap();
    client.call(Read).send().await.unwrap();
    client.call(Unscoped).send().await.unwrap();
    let grant = "grant_type=client_credentials";
    assert_eq!(
        asked(&server),
        [
            format!("{grant}&scope=read"),
            format!("{grant}&scope=read+write"),
            grant.to_owned()
        ]
    );
    let seen = server.seen();
    let carried: Vec<_> = seen
        .iter()
        .filter(|seen| seen.line.contains("/a "))
        .filter_map(|seen| seen.header("authorization"))
        .collect();
    let (read, write, none) = ("Bearer t0", "Bearer t2", "Bearer t6");
    assert_eq!(carried, [read, write, write, read, none]);
}

#[tokio::test]
async fn scopes_of_the_callers_own_are_for_all_operations() {
    let server = start().await;
    let grant = ClientCredentials::new("/token", "id", "s3cret").scopes(["all"]);
    let client = with(&server, grant);
    client.call(Read).send().await.unwrap();
    client.call(Write).send().await.unwrap();
    client.call(Unscoped).send().await.unwrap();
    assert_eq!(asked(&server), ["grant_type=client_credentials&scope=all"]);
}

#[tokio::test]
async fn a_missing_client_certificate_is_an_error_before_anything_is_sent() {
    let server = start().await;
    let client = with(&server, ClientCredentials::new("/token", "id", "s3cret"));
    match client.call(Proven).send().await {
        Err(Error::MissingCredential(missing)) => {
            assert_eq!(missing.alternatives(), [vec!["certificate"]]);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(server.seen().len(), 0);
    // Another alternative does as well.
    client.call(ProvenOrSignedIn).send().await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn whoever_brings_a_transport_answers_for_its_certificate() {
    let client = Client::builder()
        .base_url("https://h.example")
        .transport(MemoryTransport::new(|_| {
            Ok(http::Response::new(Body::empty()))
        }))
        .build()
        .unwrap();
    client.call(Proven).send().await.unwrap();
}

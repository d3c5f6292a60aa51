//! Certificates: whom a client believes.

use countersign_runtime::{Error, Retry, TransportErrorKind};
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, KeyPair, date_time_ymd,
};

use crate::sample::*;
use crate::support::certificates::{Authority, Pair, serve};

fn builder(url: &str) -> countersign_runtime::Builder<Client> {
    Client::builder()
        .base_url(url)
        .retry(Retry::off())
        .no_proxy()
}

async fn kind(client: Client) -> TransportErrorKind {
    match client.get_server("1").send().await.unwrap_err() {
        Error::Transport(error) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_private_authority_is_believed_when_the_caller_says_so() {
    let authority = Authority::new();
    let url = serve(&authority.sign("localhost", |_| {}), None).await;
    let trusting = builder(&url)
        .root_certificates(authority.pem.clone())
        .build()
        .unwrap();
    assert_eq!(trusting.get_server("1").send().await.unwrap().id, 1);
    let only = builder(&url)
        .root_certificates(authority.pem.clone())
        .no_system_certificates()
        .build()
        .unwrap();
    assert_eq!(only.get_server("1").send().await.unwrap().id, 1);
    assert_eq!(
        kind(builder(&url).build().unwrap()).await,
        TransportErrorKind::Tls
    );
    let other = Authority::new();
    assert_eq!(
        kind(builder(&url).root_certificates(other.pem).build().unwrap()).await,
        TransportErrorKind::Tls
    );
}

#[tokio::test]
async fn wrong_hosts_and_expired_certificates_are_refused() {
    let authority = Authority::new();
    let expired = |params: &mut CertificateParams| params.not_after = date_time_ymd(2001, 1, 1);
    for pair in [
        authority.sign("other.example", |_| {}),
        authority.sign("localhost", expired),
    ] {
        let url = serve(&pair, None).await;
        let client = builder(&url)
            .root_certificates(authority.pem.clone())
            .build()
            .unwrap();
        assert_eq!(kind(client).await, TransportErrorKind::Tls);
    }
}

#[tokio::test]
async fn a_server_may_sign_its_own_certificate() {
    for ca in [IsCa::NoCa, IsCa::Ca(BasicConstraints::Unconstrained)] {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.is_ca = ca;
        let pair = Pair {
            chain: params.self_signed(&key).unwrap().pem(),
            key: key.serialize_pem(),
        };
        let url = serve(&pair, None).await;
        let client = builder(&url)
            .root_certificates(pair.chain.clone())
            .build()
            .unwrap();
        assert_eq!(client.get_server("1").send().await.unwrap().id, 1);
        let by_address = url.replace("localhost", "127.0.0.1");
        let client = builder(&by_address)
            .root_certificates(pair.chain.clone())
            .build()
            .unwrap();
        assert_eq!(kind(client).await, TransportErrorKind::Tls);
    }
}

#[tokio::test]
async fn a_client_proves_itself_by_a_certificate() {
    let authority = Authority::new();
    let url = serve(&authority.sign("localhost", |_| {}), Some(&authority)).await;
    let id = authority.sign("me", |params| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]
    });
    let known = builder(&url)
        .root_certificates(authority.pem.clone())
        .client_certificate(id.chain, id.key.into_bytes())
        .build()
        .unwrap();
    assert_eq!(known.get_server("1").send().await.unwrap().id, 1);
    known.call(crate::scopes::Proven).send().await.unwrap();
    let unknown = builder(&url)
        .root_certificates(authority.pem.clone())
        .build()
        .unwrap();
    assert!(unknown.get_server("1").send().await.is_err());
}

//! Certificates: whom a client believes.

use std::sync::Arc;

use countersign_runtime::{Error, Retry, TransportErrorKind};
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::sample::*;

/// A private authority.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

struct Pair {
    chain: String,
    key: String,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            pem,
            issuer: Issuer::new(params, key),
        }
    }

    fn sign(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Pair {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let chain = params.signed_by(&key, &self.issuer).unwrap().pem();
        Pair {
            chain,
            key: key.serialize_pem(),
        }
    }
}

/// A server that answers every request with a server of its own.
async fn serve(pair: &Pair, clients: Option<&Authority>) -> String {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots
                .add(CertificateDer::from_pem_slice(authority.pem.as_bytes()).unwrap())
                .unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider)
                .build()
                .unwrap();
            builder.with_client_cert_verifier(verifier)
        }
    };
    let chain = vec![CertificateDer::from_pem_slice(pair.chain.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(builder.with_single_cert(chain, key).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let body = r#"{"id":1,"name":"a"}"#;
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    url
}

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
    let unknown = builder(&url)
        .root_certificates(authority.pem.clone())
        .build()
        .unwrap();
    assert!(unknown.get_server("1").send().await.is_err());
}

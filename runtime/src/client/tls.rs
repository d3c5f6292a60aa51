//! TLS: rustls with ring, versions 1.2 and 1.3, and whom to trust.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

use super::body::BoxError;
use crate::Secret;

/// Whom to trust, and how to prove oneself.
#[derive(Default)]
pub(super) struct Trust {
    pub(super) roots: Vec<Vec<u8>>,
    pub(super) identity: Option<(Vec<u8>, Secret<Vec<u8>>)>,
    system: System,
}

/// Whether the system's certificates count.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum System {
    #[default]
    Trusted,
    Ignored,
}

impl Trust {
    pub(super) fn without_system(&mut self) {
        self.system = System::Ignored;
    }

    pub(super) fn config(self) -> Result<ClientConfig, BoxError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut own = Vec::new();
        for pem in &self.roots {
            let before = own.len();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                own.push(certificate?);
            }
            if own.len() == before {
                return Err("there is no certificate in the PEM text".into());
            }
        }
        let verifier: Arc<dyn ServerCertVerifier> = match (own.is_empty(), self.system) {
            (true, System::Trusted) => system(&provider)?,
            _ => Arc::new(Pinned {
                inner: verifier(own.clone(), self.system, &provider)?,
                own,
            }),
        };
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous() // rustls calls any verifier of one's own that
            .with_custom_certificate_verifier(verifier);
        let mut config = match self.identity {
            None => builder.with_no_client_auth(),
            Some((chain, key)) => {
                let chain = CertificateDer::pem_slice_iter(&chain).collect::<Result<_, _>>()?;
                builder
                    .with_client_auth_cert(chain, PrivateKeyDer::from_pem_slice(key.expose())?)?
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }
}

/// The system's own judgement.
fn system(provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, BoxError> {
    match Verifier::new(Arc::clone(provider)) {
        Ok(verifier) => Ok(Arc::new(verifier)),
        // A container without certificates still talks to its own machine; any TLS handshake will say what is missing.
        Err(_) => Ok(Arc::new(Nobody(Arc::clone(provider)))),
    }
}

fn verifier(
    own: Vec<CertificateDer<'static>>,
    system: System,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, BoxError> {
    if system == System::Trusted {
        return Ok(Arc::new(Verifier::new_with_extra_roots(
            own,
            Arc::clone(provider),
        )?));
    }
    let mut roots = RootCertStore::empty();
    for certificate in own {
        roots.add(certificate)?;
    }
    Ok(WebPkiServerVerifier::builder_with_provider(roots.into(), Arc::clone(provider)).build()?)
}

/// Trusts what the inner verifier trusts, and a server that shows one of the caller's own certificates although it is
/// marked as an authority's: that is what `openssl req -x509` makes for a server.
#[derive(Debug)]
struct Pinned {
    inner: Arc<dyn ServerCertVerifier>,
    own: Vec<CertificateDer<'static>>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let judged = self.inner.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        match judged {
            // Its validity in time has been found good by then; its name is still to be looked at.
            Err(error) if is_authority_as_server(&error) && self.own.contains(end_entity) => {
                rustls::client::verify_server_name(
                    &ParsedCertificate::try_from(end_entity)?,
                    server_name,
                )?;
                Ok(ServerCertVerified::assertion())
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

fn is_authority_as_server(error: &rustls::Error) -> bool {
    let rustls::Error::InvalidCertificate(CertificateError::Other(other)) = error else {
        return false;
    };
    matches!(
        other.0.downcast_ref(),
        Some(webpki::Error::CaUsedAsEndEntity)
    )
}

/// Trusts nobody, for want of certificates.
#[derive(Debug)]
struct Nobody(Arc<CryptoProvider>);

impl ServerCertVerifier for Nobody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Err(rustls::Error::General(
            "the system has no root certificates".to_owned(),
        ))
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(rustls::Error::General(
            "the system has no root certificates".to_owned(),
        ))
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(rustls::Error::General(
            "the system has no root certificates".to_owned(),
        ))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

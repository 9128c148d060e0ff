//! Whom TLS trusts, and by which ciphers it speaks.

use super::setup_error::SetupError;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;

/// The system's certificate authorities, or those of the PEM text alone.
///
/// The ciphers are named here and not taken from the process, of which another crate may have set or not set them.
pub(super) fn config(roots: Option<&[u8]>) -> Result<ClientConfig, SetupError> {
    let versions = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| SetupError::Client)?;
    let trusting = match roots {
        Some(pem) => versions.with_root_certificates(store(pem)?),
        None => versions.with_platform_verifier().map_err(|_| SetupError::NoRootCertificates)?,
    };
    let mut config = trusting.with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn store(pem: &[u8]) -> Result<RootCertStore, SetupError> {
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|_| SetupError::RootCertificates)?;
        store.add(certificate).map_err(|_| SetupError::RootCertificates)?;
    }
    if store.is_empty() { Err(SetupError::RootCertificates) } else { Ok(store) }
}

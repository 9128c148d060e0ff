//! Why no transport could be set up.

/// Why a [`ReqwestTransport`](crate::ReqwestTransport) cannot be set up. It holds no value: an address of a proxy may hold a
/// password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The system has no certificate authorities to trust. In a container that is a package like `ca-certificates`.
    #[error("the system has no root certificates; in a container, a package like ca-certificates is missing")]
    NoRootCertificates,
    /// The PEM text holds no certificate, or a broken one.
    #[error("the PEM text holds no root certificate, or a broken one")]
    RootCertificates,
    /// The address of the proxy is no URL of http or https.
    #[error("the proxy's address is no URL of http or https")]
    Proxy,
    /// The client could not be built: `reqwest` or its TLS refuses what it was given.
    #[error("the client for HTTP could not be built")]
    Client,
}

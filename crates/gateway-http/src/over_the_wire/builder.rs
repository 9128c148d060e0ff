//! What a transport can be told before it is built.

use super::destination::{LOCALHOST, loopback};
use super::setup_error::SetupError;
use super::tls;
use super::transport::ReqwestTransport;
use reqwest::{Client, NoProxy, Proxy, Url, redirect, retry};
use std::fmt;
use std::time::Duration;

/// Settings of a [`ReqwestTransport`].
///
/// ```
/// use gateway_http::ReqwestTransport;
/// use std::time::Duration;
///
/// # fn transport() -> Result<ReqwestTransport, gateway_http::SetupError> {
/// let transport = ReqwestTransport::builder()
///     .with_timeout(Duration::from_secs(60))
///     .with_proxy("http://proxy.shop.example:3128")
///     .build()?;
/// # Ok(transport)
/// # }
/// ```
#[derive(Clone)]
pub struct ReqwestBuilder {
    connect_timeout: Duration,
    timeout: Duration,
    roots: Option<Vec<u8>>,
    proxy: Option<String>,
}

impl Default for ReqwestBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(30),
            roots: None,
            proxy: None,
        }
    }
}

impl ReqwestBuilder {
    /// How long it may take to have a connection: the name looked up, TCP, and TLS. 5 seconds by default.
    #[must_use]
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long it may take until the last byte of the answer is there, the connection included. 30 seconds by default. The
    /// shorter it is, the more calls have an unknown outcome.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Trusts the certificate authorities of this PEM text, and the system's no more.
    #[must_use]
    pub fn with_root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots = Some(pem.into());
        self
    }

    /// Sends what goes by TLS through this proxy, which sees the gateway's name and nothing else. What goes to this machine
    /// never takes a proxy.
    #[must_use]
    pub fn with_proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// The transport.
    ///
    /// # Errors
    ///
    /// What of the settings, or of the system's certificate authorities, is at fault.
    pub fn build(self) -> Result<ReqwestTransport, SetupError> {
        let client = Client::builder()
            .tls_backend_preconfigured(tls::config(self.roots.as_deref())?)
            .connect_timeout(self.connect_timeout)
            .timeout(self.timeout)
            .user_agent(concat!("paygate/", env!("CARGO_PKG_VERSION")))
            .resolve_to_addrs(LOCALHOST, &loopback())
            .redirect(redirect::Policy::none())
            .referer(false)
            // The courier decides on that, since it knows the call.
            .retry(retry::never())
            // Every call has its own connection: one that was kept may be closed just when a credit is sent over it, and
            // nobody could tell whether the credit was read.
            .pool_max_idle_per_host(0)
            .http1_only()
            // Another crate may have turned these features of reqwest on.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .no_hickory_dns()
            // A variable of the environment that another program needs, or an attacker sets, must not lead payments away.
            .no_proxy();
        let client = match self.proxy {
            Some(url) => client.proxy(proxy(&url)?),
            None => client,
        };
        client.build().map(ReqwestTransport::over).map_err(|_| SetupError::Client)
    }
}

fn proxy(url: &str) -> Result<Proxy, SetupError> {
    let url = Url::parse(url).map_err(|_| SetupError::Proxy)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(SetupError::Proxy);
    }
    let this_machine = NoProxy::from_string("localhost,127.0.0.0/8,::1");
    Proxy::https(url).map(|proxy| proxy.no_proxy(this_machine)).map_err(|_| SetupError::Proxy)
}

/// Without the proxy's address, which may hold a password.
impl fmt::Debug for ReqwestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(builder: ReqwestBuilder) -> Option<SetupError> {
        builder.build().err()
    }

    #[test]
    fn a_proxy_is_a_url_of_http() {
        for url in ["", "proxy.example", "socks5://proxy.example", "file:///proxy"] {
            assert_eq!(refused(ReqwestBuilder::default().with_proxy(url)), Some(SetupError::Proxy), "{url}");
        }
        assert_eq!(refused(ReqwestBuilder::default().with_proxy("http://proxy.example:3128")), None);
    }

    #[test]
    fn a_pem_text_without_a_sound_certificate_is_refused() {
        for pem in ["", "a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            let builder = ReqwestBuilder::default().with_root_certificates(pem);
            assert_eq!(refused(builder), Some(SetupError::RootCertificates), "{pem}");
        }
    }

    #[test]
    fn debug_shows_no_password_of_a_proxy() {
        let builder = ReqwestBuilder::default().with_proxy("http://shop:canary@proxy.example");
        assert!(!format!("{builder:?}").contains("canary"));
        assert!(!format!("{:?}", builder.build()).contains("canary"));
    }
}

//! The one way to make an HTTP client: it settles which cryptography stands under TLS.

use std::sync::Once;

/// A client to be configured. Every client of this process is made here.
#[expect(clippy::disallowed_methods, reason = "this is the place where it is allowed")]
pub fn builder() -> reqwest::ClientBuilder {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error says that somebody installed one before, which serves as well.
        rustls::crypto::ring::default_provider().install_default().ok();
    });
    reqwest::Client::builder()
}

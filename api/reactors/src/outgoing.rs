//! Which addresses may be called: https on the public internet, and hosts that the configuration
//! lists. Checked against every address that a name stands for; the call then goes to exactly the
//! addresses that were checked, so that a second answer of the name server changes nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::Url;

/// How long the name server may take where nothing is called afterwards.
const LOOKUP_PATIENCE: Duration = Duration::from_secs(5);

/// Hosts that may be called although they are private.
#[derive(Clone, Debug)]
pub struct OutgoingGuard {
    allowed: Vec<String>,
}

/// Why an address may not be called. Names the field it came from, never the address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// It is no address.
    #[error("{0} must be an address such as https://example.com/path")]
    NotAnAddress(&'static str),
    /// It is private, or not https.
    #[error(
        "{0} must be an https address on the public internet, or its host must be listed in CONVOLOG_ALLOW_PRIVATE_URLS"
    )]
    Refused(&'static str),
    /// Its name stands for nothing at the moment.
    #[error("the host of {0} is not known to the name server")]
    UnknownHost(&'static str),
}

/// An address that may be called.
#[derive(Clone, Debug)]
pub struct Destination {
    /// The address.
    pub url: Url,
    /// Its host as a client names it.
    pub host: String,
    /// What the host stands for: checked, and to be called exactly as it is.
    pub addresses: Vec<SocketAddr>,
}

impl Destination {
    /// A client that calls these addresses and no others: it follows no redirect and no proxy.
    pub fn client(&self) -> reqwest::ClientBuilder {
        crate::http_client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .resolve_to_addrs(&self.host, &self.addresses)
    }
}

impl OutgoingGuard {
    /// With `host` or `host:port` entries that are let through.
    pub fn new(allowed: &[String]) -> Self {
        let clean = allowed.iter().map(|entry| entry.trim().to_ascii_lowercase());
        Self { allowed: clean.filter(|entry| !entry.is_empty()).collect() }
    }

    /// Whether the host of this address is listed.
    pub fn lists(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
        let port = url.port_or_known_default().unwrap_or_default();
        self.allowed.iter().any(|entry| {
            *entry == host
                || *entry == format!("{host}:{port}")
                || *entry == format!("[{host}]:{port}")
        })
    }

    /// Reads an address given by a caller.
    pub fn read(&self, field: &'static str, text: &str) -> Result<Url, AddressError> {
        let url = Url::parse(text).map_err(|_| AddressError::NotAnAddress(field))?;
        if url.host_str().is_none() || !(url.scheme() == "https" || self.lists(&url)) {
            return Err(AddressError::Refused(field));
        }
        Ok(url)
    }

    /// Reads an address given by a caller that will be called later, over and over: what its text
    /// already gives away is refused at once. Every call resolves the name and looks again.
    pub fn read_public(&self, field: &'static str, text: &str) -> Result<Url, AddressError> {
        let url = self.read(field, text)?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let private = match host.parse::<IpAddr>() {
            Ok(address) => !is_public(address),
            Err(_) => is_local(host),
        };
        if private && !self.lists(&url) {
            return Err(AddressError::Refused(field));
        }
        Ok(url)
    }

    /// Whether an address that somebody else is to call leads into this network, as far as can be
    /// told: by its text, or by what its name stands for at the moment.
    pub async fn is_private(&self, text: &str) -> bool {
        let Ok(url) = self.read_public("link", text) else { return true };
        let looking = tokio::time::timeout(LOOKUP_PATIENCE, self.resolve("link", url));
        matches!(looking.await, Ok(Err(AddressError::Refused(_))))
    }

    /// The addresses behind a name, if all of them may be called.
    pub async fn resolve(
        &self,
        field: &'static str,
        url: Url,
    ) -> Result<Destination, AddressError> {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default().unwrap_or(443);
        let found = tokio::net::lookup_host((host.as_str(), port)).await;
        let addresses: Vec<SocketAddr> =
            found.map_err(|_| AddressError::UnknownHost(field))?.collect();
        if addresses.is_empty() {
            return Err(AddressError::UnknownHost(field));
        }
        if !self.lists(&url) && !addresses.iter().all(|address| is_public(address.ip())) {
            return Err(AddressError::Refused(field));
        }
        Ok(Destination { url, host, addresses })
    }
}

/// Whether a name can only mean this machine or this network (RFC 6761, RFC 6762, RFC 8375).
fn is_local(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let under = |suffix: &str| name == suffix || name.ends_with(&format!(".{suffix}"));
    !name.contains('.') || ["localhost", "local", "internal", "home.arpa"].into_iter().any(under)
}

/// Whether an address is on the public internet: none of the special purposes that IANA lists.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

const fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && b & 0xc0 == 64)
        || (a == 169 && b == 254)
        || (a == 172 && b & 0xf0 == 16)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 168)
        || (a == 198 && b & 0xfe == 18)
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113);
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // Addresses that carry an IPv4 address are judged by it: mapped, NAT64, 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            embedded(high, low)
        }
        [0x2002, high, low, ..] => embedded(high, low),
        // Documentation, Teredo, ORCHID, benchmarking.
        [0x2001, 0x0db8 | 0 | 2 | 0x10..=0x2f, ..] | [0x3fff, ..] => false,
        // Global unicast is 2000::/3; everything else is local, multicast or reserved.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_public() {
        for public in
            ["1.1.1.1", "157.240.1.1", "2606:4700::1111", "64:ff9b::1.1.1.1", "2002:0101:0101::1"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn plain_http_needs_a_listed_host() {
        let guard = OutgoingGuard::new(&["127.0.0.1:9".to_owned(), " Sim.internal ".to_owned()]);
        for good in ["https://graph.example.com", "http://127.0.0.1:9/x", "http://sim.internal:81"]
        {
            assert!(guard.read("graph_url", good).is_ok(), "{good}");
        }
        for bad in ["http://127.0.0.1:10", "http://example.com", "ftp://example.com", "x", "https:"]
        {
            assert!(guard.read("graph_url", bad).is_err(), "{bad}");
        }
        assert_eq!(guard.read("url", "x"), Err(AddressError::NotAnAddress("url")));
    }

    #[test]
    fn what_is_private_by_its_text_is_refused_unless_it_is_listed() {
        let guard = OutgoingGuard::new(&["127.0.0.1:9".to_owned(), "hooks.internal".to_owned()]);
        for good in
            ["https://crm.example.com/x?t=1", "http://127.0.0.1:9/", "https://hooks.internal"]
        {
            assert!(guard.read_public("url", good).is_ok(), "{good}");
        }
        for bad in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://0x7f000001/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest",
            "https://localhost/",
            "https://a.localhost./",
            "https://printer.local",
            "https://intranet",
            "http://crm.example.com",
        ] {
            assert!(guard.read_public("url", bad).is_err(), "{bad}");
        }
    }

    #[tokio::test]
    async fn what_was_checked_is_called_whatever_the_name_stands_for_now() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let checked = listener.local_addr().unwrap();
        let url = Url::parse(&format!("http://crm.invalid:{}/", checked.port())).unwrap();
        let destination =
            Destination { url: url.clone(), host: "crm.invalid".into(), addresses: vec![checked] };
        let client = destination.client().build().unwrap();
        let calling = tokio::spawn(async move { client.get(url).send().await });
        let (_, from) = listener.accept().await.unwrap();
        assert!(from.ip().is_loopback());
        calling.abort();
    }

    #[tokio::test]
    async fn a_literal_private_address_is_refused() {
        let guard = OutgoingGuard::new(&[]);
        let url = guard.read("graph_url", "https://127.0.0.1").unwrap();
        let refused = guard.resolve("graph_url", url).await.unwrap_err();
        assert_eq!(refused, AddressError::Refused("graph_url"));
    }
}

//! Which addresses may be called: https on the public internet, and hosts that the configuration
//! lists. Checked against every address that a name stands for; the call then goes to exactly the
//! addresses that were checked, so that a second answer of the name server changes nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;

use crate::problem::{Code, Outcome, Problem};

/// Hosts that may be called although they are private.
#[derive(Clone, Debug)]
pub(crate) struct OutgoingGuard {
    allowed: Vec<String>,
}

/// An address that may be called.
#[derive(Clone, Debug)]
pub(crate) struct Destination {
    pub(crate) url: Url,
    pub(crate) host: String,
    pub(crate) addresses: Vec<SocketAddr>,
}

impl OutgoingGuard {
    /// With `host` or `host:port` entries that are let through.
    pub(crate) fn new(allowed: &[String]) -> Self {
        let clean = allowed.iter().map(|entry| entry.trim().to_ascii_lowercase());
        Self { allowed: clean.filter(|entry| !entry.is_empty()).collect() }
    }

    /// Whether the host of this address is listed.
    pub(crate) fn lists(&self, url: &Url) -> bool {
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
    pub(crate) fn read(&self, field: &'static str, text: &str) -> Outcome<Url> {
        let url = Url::parse(text).map_err(|_| {
            Problem::field(
                field,
                format!("{field} must be an address such as https://example.com/path."),
            )
        })?;
        if url.host_str().is_none() || !(url.scheme() == "https" || self.lists(&url)) {
            return Err(refused(field));
        }
        Ok(url)
    }

    /// Reads an address given by a caller that will be called later, over and over: what its text
    /// already gives away is refused at once. Every call resolves the name and looks again.
    pub(crate) fn read_public(&self, field: &'static str, text: &str) -> Outcome<Url> {
        let url = self.read(field, text)?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let private = match host.parse::<IpAddr>() {
            Ok(address) => !is_public(address),
            Err(_) => is_local(host),
        };
        if private && !self.lists(&url) {
            return Err(refused(field));
        }
        Ok(url)
    }

    /// The addresses behind a name, if all of them may be called.
    pub(crate) async fn resolve(&self, field: &'static str, url: Url) -> Outcome<Destination> {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default().unwrap_or(443);
        let found = tokio::net::lookup_host((host.as_str(), port)).await;
        let addresses: Vec<SocketAddr> = found
            .map_err(|_| {
                Problem::new(
                    Code::PlatformUnavailable,
                    "The host of graph_url is not known to the name server.",
                )
                .at(field)
            })?
            .collect();
        if !self.lists(&url) && !addresses.iter().all(|address| is_public(address.ip())) {
            return Err(refused(field));
        }
        Ok(Destination { url, host, addresses })
    }
}

fn refused(field: &'static str) -> Problem {
    Problem::new(
        Code::AddressRefused,
        format!("{field} must be an https address on the public internet, or its host must be listed in CONVOLOG_ALLOW_PRIVATE_URLS."),
    )
    .at(field)
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
        let said = format!("{:?}", guard.read("url", "x"));
        assert!(said.contains("such as https://example.com/path"), "{said}");
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
    async fn a_literal_private_address_is_refused() {
        let guard = OutgoingGuard::new(&[]);
        let url = guard.read("graph_url", "https://127.0.0.1").unwrap();
        let problem = guard.resolve("graph_url", url).await.unwrap_err();
        assert_eq!(problem.code(), Code::AddressRefused);
    }
}

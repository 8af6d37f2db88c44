//! Where a request comes from: the other end of its connection, or what a trusted proxy says.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::HeaderMap;

/// The header in which a proxy names whom it speaks for; the last name is the proxy's own word.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Stands for addresses that are not told apart.
pub(super) const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

impl Default for Peer {
    fn default() -> Self {
        Self(ELSEWHERE)
    }
}

/// The address of whoever calls.
pub(super) fn of_caller(peer: Peer, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let Peer(address) = peer;
    if !proxies.contains(&address.to_canonical()) {
        return address;
    }
    let named = headers.get_all(FORWARDED_FOR).iter().next_back();
    named
        .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok())
        .unwrap_or(address)
}

/// What is counted together: an IPv4 address, or the /64 of an IPv6 one, since a household or a
/// machine has a whole /64 to choose from.
pub(super) fn block(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

    fn headers(values: &[&str]) -> HeaderMap {
        values
            .iter()
            .map(|value| (FORWARDED_FOR.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_its_own_word() {
        let said = headers(&["203.0.113.9", "198.51.100.1, 203.0.113.7"]);
        let caller: IpAddr = "203.0.113.7".parse().unwrap();
        assert_eq!(of_caller(Peer(PROXY), &said, &[PROXY]), caller);
        assert_eq!(of_caller(Peer(PROXY), &said, &[]), PROXY);
        assert_eq!(of_caller(Peer(caller), &headers(&["1.1.1.1"]), &[PROXY]), caller);
        assert_eq!(of_caller(Peer(PROXY), &headers(&["nonsense"]), &[PROXY]), PROXY);
    }

    #[test]
    fn an_ipv4_address_in_ipv6_clothes_is_the_same() {
        let mapped: IpAddr = "::ffff:10.0.0.1".parse().unwrap();
        assert_eq!(block(mapped), PROXY);
    }
}

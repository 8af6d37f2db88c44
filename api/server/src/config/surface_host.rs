//! A host name at which a dialect is spoken without its prefix.

use std::str::FromStr;

use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Uri, header};

use crate::surfaces::{SURFACES, Surface};

/// What whoever runs the server asks, by any of its names.
const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// `HOST=SURFACE`.
#[derive(Clone, Debug)]
pub struct SurfaceHost {
    host: String,
    surface: &'static Surface,
}

impl FromStr for SurfaceHost {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let dialects: Vec<_> =
            SURFACES.iter().filter(|one| !one.is_native).map(|one| one.name).collect();
        let wrong = || format!("write HOST=SURFACE; surfaces are {}", dialects.join(", "));
        let (host, surface) = text.trim().split_once('=').ok_or_else(wrong)?;
        let surface = Surface::named(surface).filter(|one| !one.is_native).ok_or_else(wrong)?;
        if host.is_empty() || host.contains(['/', ' ']) {
            return Err(wrong());
        }
        Ok(Self { host: host.to_lowercase(), surface })
    }
}

/// Where a request leads: behind the prefix of the surface whose host was called, unless it is there
/// already, or asks for the native API, which a key of a dialect opens too; none if nothing changes.
pub(crate) fn bound(hosts: &[SurfaceHost], headers: &HeaderMap, uri: &Uri) -> Option<Uri> {
    let called = headers.get(header::HOST)?.to_str().ok()?.to_lowercase();
    let name = called.rsplit_once(':').map_or(called.as_str(), |(name, _)| name);
    let found = hosts.iter().find(|one| one.host == called || one.host == name)?;
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let at = uri.path();
    let is_native = at.starts_with("/v1/") || PROBES.contains(&at);
    if is_native || Surface::at(at).name == found.surface.name {
        return None;
    }
    format!("{}{path}", found.surface.prefix).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_leads_behind_the_prefix_of_its_surface() {
        let hosts: Vec<SurfaceHost> = vec!["app.convoai.cloud=convoai".parse().unwrap()];
        let led = |host: &str, uri: &str| {
            let headers = [(header::HOST, host.parse().unwrap())].into_iter().collect();
            bound(&hosts, &headers, &uri.parse().unwrap()).map(|uri| uri.to_string())
        };
        let me = Some("/convoai/api/v1/me/?a=b".to_owned());
        assert_eq!(led("app.convoai.cloud", "/api/v1/me/?a=b"), me);
        assert_eq!(led("APP.convoai.cloud:8443", "/api/v1/me/?a=b"), me);
        assert_eq!(led("app.convoai.cloud", "/convoai/api/v1/me/"), None);
        assert_eq!(led("example.com", "/api/v1/me/"), None);
        for native in ["/v1/agents?limit=2", "/healthz"] {
            assert_eq!(led("app.convoai.cloud", native), None, "{native}");
        }
        for wrong in ["", "x", "x=native", "x=soap", "=convoai", "a/b=convoai"] {
            assert!(wrong.parse::<SurfaceHost>().is_err(), "{wrong}");
        }
    }
}

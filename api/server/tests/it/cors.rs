//! Web pages that call from a browser.

use convolog_server::Config;
use reqwest::Method;

use crate::support::{Reply, TestServer};

const PAGE: &str = "https://app.example.com";

async fn open_to(origins: &[&str]) -> TestServer {
    TestServer::start_with(|config: &mut Config| {
        config.cors_origins = origins.iter().map(|origin| origin.parse().unwrap()).collect();
    })
    .await
}

async fn preflight(server: &TestServer, origin: &str) -> Reply {
    server
        .admin
        .without_token()
        .request(Method::OPTIONS, "/v1/people")
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,idempotency-key")
        .await
}

#[tokio::test]
async fn by_default_no_page_may_call() {
    let server = open_to(&[]).await;
    preflight(&server, PAGE).await.problem(405, "method_not_allowed");
    let reply = server.admin.get("/v1/workspaces").header("origin", PAGE).await;
    reply.ok(200);
    assert_eq!(reply.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_page_of_an_allowed_origin_may_call_and_read_what_it_needs() {
    let server = open_to(&[PAGE, "http://localhost:3000"]).await;
    let asked = preflight(&server, PAGE).await;
    assert_eq!(asked.status, 200);
    assert_eq!(asked.header("access-control-allow-origin"), PAGE);
    assert!(asked.header("access-control-allow-methods").contains("POST"));
    let headers = asked.header("access-control-allow-headers");
    assert!(headers.contains("authorization") && headers.contains("idempotency-key"), "{headers}");
    assert!(headers.contains("x-original-name"), "{headers}");
    assert_eq!(asked.header("access-control-allow-credentials"), "");
    let reply = server.admin.get("/v1/workspaces").header("origin", PAGE).await;
    reply.ok(200);
    assert_eq!(reply.header("access-control-allow-origin"), PAGE);
    let exposed = reply.header("access-control-expose-headers");
    for name in [
        "convolog-position",
        "x-ratelimit-remaining",
        "etag",
        "x-request-id",
        "retry-after",
        "link",
        "x-total-count",
        "deprecation",
    ] {
        assert!(exposed.contains(name), "{name}: {exposed}");
    }
    let varies = reply.headers.get_all("vary");
    assert!(varies.iter().any(|names| names.to_str().unwrap().contains("origin")));
    // A refusal can be read, too.
    let refused = server.admin.without_token().get("/v1/people").header("origin", PAGE).await;
    refused.problem(401, "missing_credentials");
    assert_eq!(refused.header("access-control-allow-origin"), PAGE);
}

#[tokio::test]
async fn another_origin_is_not_let_in() {
    let server = open_to(&[PAGE]).await;
    let other = "https://elsewhere.example";
    assert_eq!(preflight(&server, other).await.header("access-control-allow-origin"), "");
    let reply = server.admin.get("/v1/workspaces").header("origin", other).await;
    assert_eq!(reply.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn any_origin_comes_without_credentials() {
    let server = open_to(&["*"]).await;
    let asked = preflight(&server, PAGE).await;
    assert_eq!(asked.header("access-control-allow-origin"), "*");
    assert_eq!(asked.header("access-control-allow-credentials"), "");
}

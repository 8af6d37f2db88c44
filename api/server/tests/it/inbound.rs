//! `/inbound/whatsapp`

use serde_json::json;

use crate::support::{TestServer, sign};

#[tokio::test]
async fn the_handshake_repeats_the_challenge_to_whoever_knows_the_token() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.number().await;
    let client = server.admin.without_token();
    let path = "/inbound/whatsapp?hub.mode=subscribe&hub.challenge=1158201444";
    let reply = client.get(&format!("{path}&hub.verify_token=the-verify-token")).await;
    assert_eq!((reply.status, reply.text.as_str()), (200, "1158201444"));
    assert!(reply.header("content-type").starts_with("text/plain"));
    client.get(&format!("{path}&hub.verify_token=wrong")).await.problem(403, "handshake_refused");
    let reply = client.get("/inbound/whatsapp").await;
    reply.problem(400, "invalid_field");
}

#[tokio::test]
async fn an_unsigned_post_is_refused_and_nothing_is_stored() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let before = server.app().engine().log().head();
    let body = number.text("wamid.1", "5511999990001", "Hello").to_string();
    let client = server.admin.without_token();
    let wrong = sign("another-secret", body.as_bytes());
    for signature in [None, Some("sha256=00".to_owned()), Some("nonsense".to_owned()), Some(wrong)]
    {
        let request = client.post("/inbound/whatsapp").body(body.clone());
        let request = match signature {
            Some(signature) => request.header("x-hub-signature-256", signature),
            None => request,
        };
        let reply = request.await;
        assert_eq!(reply.header("www-authenticate"), "", "no key helps here");
        reply.problem(401, "invalid_signature");
    }
    assert_eq!(server.app().engine().log().head(), before);
    let metrics = client.get("/metrics").await;
    assert!(
        metrics.text.contains("convolog_inbound_posts_total{outcome=\"unsigned\"}"),
        "{}",
        metrics.text
    );
}

#[tokio::test]
async fn the_same_post_again_changes_nothing() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let first = number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await;
    assert!(first.position() > 0 && first.ok(200)["accepted"].as_u64().unwrap() >= 1);
    let head = server.app().engine().log().head();
    let again = number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await;
    assert_eq!(again.ok(200)["accepted"], 0);
    assert_eq!(server.app().engine().log().head(), head);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let before = figure(&server, "posts_total{outcome=\"too_large\"}").await;
    for size in [3 * 1024 * 1024 + 1, 4 * 1024 * 1024] {
        let body = json!({ "pad": "x".repeat(size) });
        let problem = number.deliver(&server.admin, &body).await.problem(413, "body_too_large");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(" 3145728 bytes"), "{detail}");
    }
    let after = figure(&server, "posts_total{outcome=\"too_large\"}").await;
    assert!(after >= before + 2.0, "{before} {after}");
}

/// A figure of `/metrics`. All tests of this process count in it together.
async fn figure(server: &TestServer, name: &str) -> f64 {
    let metrics = server.admin.get("/metrics").await.text;
    let line = format!("convolog_inbound_{name} ");
    metrics.lines().find_map(|text| text.strip_prefix(&line)?.parse().ok()).unwrap_or_default()
}

#[tokio::test]
async fn what_was_set_aside_is_counted() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let names = ["posts_total{outcome=\"quarantined\"}", "quarantined_total"];
    let before = [figure(&server, names[0]).await, figure(&server, names[1]).await];
    assert_eq!(number.deliver(&server.admin, &json!({ "a": 1 })).await.ok(200)["quarantined"], 1);
    for (name, before) in names.into_iter().zip(before) {
        assert!(figure(&server, name).await >= before + 1.0, "{name}");
    }
}

#[tokio::test]
async fn a_large_post_within_the_limit_is_taken() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let said = number.say(&server.admin, "wamid.1", "5511999990001", &"é".repeat(4_096)).await;
    said.ok(200);
    let body = json!({ "pad": "x".repeat(2 * 1024 * 1024) });
    assert_eq!(number.deliver(&server.admin, &body).await.ok(200)["quarantined"], 1);
}

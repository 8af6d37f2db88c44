//! `/v1/webhooks`

use serde_json::{Value, json};

use crate::support::{TestServer, text};

#[tokio::test]
async fn a_secret_is_shown_once_and_both_sign_during_a_rotation() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let url = "https://crm.example.com/hooks?token=abc";
    let body = json!({ "url": url, "events": ["conversation.*", "contact_created"] });
    let create = async || {
        client.post("/v1/webhooks").json(&body).header("Idempotency-Key", "one").await.ok(201)
    };
    let made = create().await;
    assert!(text(&made, "secret").starts_with("whsec_") && text(&made, "secret").len() == 50);
    assert_eq!((&made["url"], &made["status"]), (&json!(url), &json!("active")));
    let again = create().await;
    assert_eq!((&again["secret"], &again["id"]), (&json!("whsec_…"), &made["id"]));
    let path = format!("/v1/webhooks/{}", text(&made, "id"));
    let shown = client.get(&path).await.ok(200);
    assert_eq!(shown["url"], url);
    assert!(shown.get("secret").is_none());
    let rotate = format!("{path}/rotate-secret");
    let rotated = client.post(&rotate).json(&json!({ "overlap_seconds": 60 })).await.ok(200);
    assert_ne!(rotated["secret"], made["secret"]);
    let secrets = rotated["secrets"].as_array().unwrap();
    assert_eq!(secrets[0]["expires_at"], "2026-11-21T09:01:00Z");
    assert_eq!((secrets.len(), &secrets[1]["expires_at"]), (2, &Value::Null));
    server.clock.advance_micros(60_000_000);
    let later = client.get(&path).await.ok(200);
    assert_eq!(later["secrets"].as_array().unwrap().len(), 1);
    let log = client.get("/v1/events?limit=200").await.text;
    assert!(!log.contains(&text(&made, "secret")), "secrets never stand in the log");
}

#[tokio::test]
async fn a_webhook_is_changed_paused_listed_and_deleted() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let body = json!({ "url": "https://crm.example.com/", "events": ["*"], "name": "CRM" });
    let made = client.post("/v1/webhooks").json(&body).await.ok(201);
    let path = format!("/v1/webhooks/{}", text(&made, "id"));
    let wanted = json!({ "url": "https://other.example.com/in", "order": "unordered" });
    let changed = client.patch(&path).json(&wanted).await.ok(200);
    assert_eq!((&changed["name"], &changed["order"]), (&json!("CRM"), &json!("unordered")));
    assert_eq!(client.post(&format!("{path}/pause")).await.ok(200)["status"], "paused");
    let head = server.app().engine().log().head();
    let list = client.get(&format!("/v1/webhooks?at_least={head}")).await.ok(200);
    assert_eq!(list["data"][0]["url"], "https://other.example.com/in");
    // This instance is not armed.
    let deliveries = client.get(&format!("{path}/deliveries")).await.ok(200);
    assert_eq!(deliveries["data"], json!([]));
    assert_eq!(client.post(&format!("{path}/resume")).await.ok(200)["status"], "active");
    client.delete(&path).await.ok(204);
    client.get(&path).await.problem(404, "not_found");
    let list = client.get("/v1/webhooks").await.ok(200);
    assert_eq!(list["data"], json!([]));
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_name() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    for (url, code, status) in [
        ("https://127.0.0.1/", "address_refused", 422),
        ("https://localhost/", "address_refused", 422),
        ("http://crm.example.com/", "address_refused", 422),
        ("not an address", "invalid_field", 400),
        ("https://user:pass@crm.example.com/", "invalid_field", 400),
    ] {
        let body = json!({ "url": url, "events": ["*"] });
        let refused = client.post("/v1/webhooks").json(&body).await;
        assert_eq!(refused.problem(status, code)["field"], "url", "{url}");
    }
    for events in [json!([]), json!(["nope"]), json!(["request_completed"]), json!(["nope.*"])] {
        let body = json!({ "url": "https://crm.example.com/", "events": events });
        let refused = client.post("/v1/webhooks").json(&body).await;
        assert_eq!(refused.problem(400, "invalid_field")["field"], "events", "{events}");
    }
}

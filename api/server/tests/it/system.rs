//! Health and figures.

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn it_is_ready_when_the_read_models_caught_up() {
    let server = TestServer::start().await;
    let client = server.admin.without_token();
    assert_eq!(client.get("/healthz").await.ok(200)["status"], "ok");
    // Ready comes by itself; asking yields to it.
    while client.get("/readyz").await.status != 200 {}
    let workspace = server.workspace().await;
    let following = workspace.client.get("/v1/events/stream").open().await;
    assert_eq!(following.status(), 200);
    let ready = client.get("/readyz").await.ok(200);
    assert_eq!((&ready["ready"], &ready["reasons"]), (&json!(true), &json!([])));
}

#[tokio::test]
async fn figures_name_routes_and_nothing_personal() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    workspace.client.get(&format!("/v1/conversations/{id}")).await.ok(200);
    let text = server.admin.without_token().get("/metrics").await.text;
    for figure in [
        "convolog_http_requests_total{method=\"GET\",route=\"/v1/conversations/{id}\",status=\"200\"}",
        "convolog_http_request_seconds_bucket{route=\"/v1/conversations/{id}\",le=\"0.01\"}",
        "convolog_log_head ",
        "convolog_log_poisoned 0",
        "convolog_model_lag_events{model=\"conversations\"}",
        "convolog_inbound_posts_total{outcome=\"taken\"}",
    ] {
        assert!(text.contains(figure), "{figure} is not in {text}");
    }
    for personal in [id.as_str(), "5511999990001", "Ana", &workspace.key] {
        assert!(!text.contains(personal), "{personal}");
    }
}

//! `/v1/workspaces`

use reqwest::Method;
use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_workspace_is_made_listed_and_shown() {
    let server = TestServer::start().await;
    let made = server
        .admin
        .post("/v1/workspaces")
        .json(&json!({ "name": " Clinic ", "plan": "pro" }))
        .await;
    let made = made.ok(201);
    assert_eq!((&made["name"], &made["plan"]), (&json!("Clinic"), &json!("pro")));
    let shown =
        server.admin.get(&format!("/v1/workspaces/{}", made["id"].as_str().unwrap())).await.ok(200);
    assert_eq!(shown["id"], made["id"]);
    assert_eq!(shown["created_at"], "2026-11-21T09:00:00Z");
    let list = server.admin.get("/v1/workspaces").await.ok(200);
    assert_eq!(list["data"], json!([shown]));
    assert_eq!(list["next_page"], json!(null));
}

#[tokio::test]
async fn an_unknown_plan_is_told_what_there_is() {
    let server = TestServer::start().await;
    let reply =
        server.admin.post("/v1/workspaces").json(&json!({ "name": "X", "plan": "gold" })).await;
    let problem = reply.problem(400, "invalid_field");
    assert_eq!(problem["field"], "plan");
    assert_eq!(problem["allowed"], json!(["free", "pro", "business", "enterprise"]));
}

#[tokio::test]
async fn the_list_goes_on_from_page_to_page() {
    let server = TestServer::start().await;
    let mut made = Vec::new();
    for name in ["a", "b", "c"] {
        let body = json!({ "name": name, "plan": "free" });
        made.push(server.admin.post("/v1/workspaces").json(&body).await.ok(201)["id"].clone());
    }
    let first = server.admin.get("/v1/workspaces?limit=2").await.ok(200);
    let token = first["next_page"].as_str().unwrap();
    let second = server.admin.get(&format!("/v1/workspaces?limit=2&page={token}")).await.ok(200);
    let mut listed: Vec<_> = [&first, &second]
        .into_iter()
        .flat_map(|page| page["data"].as_array().unwrap())
        .map(|workspace| workspace["id"].to_string())
        .collect();
    let mut made: Vec<_> = made.iter().map(ToString::to_string).collect();
    listed.sort();
    made.sort();
    assert_eq!(listed, made);
    assert_eq!(second["next_page"], json!(null));
    server.admin.get("/v1/workspaces?page=nonsense").await.problem(400, "invalid_page");
}

#[tokio::test]
async fn a_workspace_gets_another_name_and_another_plan_at_once() {
    let server = TestServer::start().await;
    let body = json!({ "name": "Clinic", "plan": "free" });
    let made = server.admin.post("/v1/workspaces").json(&body).await.ok(201);
    let path = format!("/v1/workspaces/{}", made["id"].as_str().unwrap());
    let change = |body| server.admin.request(Method::PATCH, &path).json(&body);
    let changed = change(json!({ "name": " Practice ", "plan": "pro" })).await.ok(200);
    assert_eq!((&changed["name"], &changed["plan"]), (&json!("Practice"), &json!("pro")));
    assert_eq!(server.admin.get(&path).await.ok(200), changed);
    // What is refused changes nothing of it.
    change(json!({ "name": "Surgery", "plan": "gold" })).await.problem(400, "invalid_field");
    change(json!({ "name": "  ", "plan": "free" })).await.problem(400, "invalid_field");
    let head = server.app().engine().log().head();
    for nothing in [json!({}), json!({ "name": "Practice" }), json!({ "plan": "pro" })] {
        assert_eq!(change(nothing).await.ok(200), changed);
    }
    assert_eq!(server.app().engine().log().head(), head);
    change(json!({ "name": null })).await.problem(400, "invalid_field");
    let nobodys = "/v1/workspaces/0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    let change = server.admin.request(Method::PATCH, nobodys).json(&json!({ "plan": "pro" }));
    change.await.problem(404, "not_found");
    let workspace = server.workspace().await;
    let path = format!("/v1/workspaces/{}", workspace.id);
    let change = workspace.client.request(Method::PATCH, &path).json(&json!({ "plan": "pro" }));
    change.await.problem(403, "administrator_required");
}

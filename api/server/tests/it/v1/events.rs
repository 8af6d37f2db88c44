//! `/v1/events`

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn pages_cover_everything_once() {
    let server = TestServer::start().await;
    let (workspace, other) = (server.workspace().await, server.workspace().await);
    let number = workspace.number().await;
    for n in 0..5 {
        number.say(&server.admin, &format!("wamid.{n}"), "5511999990001", "Hello").await.ok(200);
    }
    other.client.post("/v1/people").json(&json!({ "name": "Noa", "role": "owner" })).await.ok(201);
    let all = workspace.client.get("/v1/events?limit=200").await.ok(200);
    assert_eq!(all["next_page"], json!(null));
    let all: Vec<u64> =
        all["data"].as_array().unwrap().iter().map(|e| e["position"].as_u64().unwrap()).collect();
    let (mut paged, mut query) = (Vec::new(), String::new());
    loop {
        let page = workspace.client.get(&format!("/v1/events?limit=3{query}")).await.ok(200);
        paged.extend(
            page["data"].as_array().unwrap().iter().map(|e| e["position"].as_u64().unwrap()),
        );
        let Some(token) = page["next_page"].as_str() else { break };
        query = format!("&page={token}");
    }
    assert_eq!(paged, all);
    assert!(all.is_sorted() && all.len() > 10);
    let after = all[4];
    let rest = workspace.client.get(&format!("/v1/events?after={after}&limit=2")).await.ok(200);
    assert_eq!(rest["data"][0]["position"], all[5]);
}

#[tokio::test]
async fn types_and_streams_filter() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let query = "/v1/events?type=message_received,contact_created";
    let list = workspace.client.get(query).await.ok(200);
    let types: Vec<_> =
        list["data"].as_array().unwrap().iter().map(|e| e["type"].clone()).collect();
    assert_eq!(types, ["contact_created", "message_received"]);
    let list = workspace.client.get(&format!("/v1/events?stream=conversation/{id}")).await.ok(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 2);
    let problem = workspace.client.get("/v1/events?type=nope").await.problem(400, "invalid_field");
    assert!(problem["allowed"].as_array().unwrap().contains(&json!("message_received")));
    let problem =
        workspace.client.get("/v1/events?stream=nope").await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "stream");
    workspace.client.get("/v1/events?page=x").await.problem(400, "invalid_page");
}

#[tokio::test]
async fn another_workspaces_events_are_not_there() {
    let server = TestServer::start().await;
    let (workspace, other) = (server.workspace().await, server.workspace().await);
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let seen = other.client.get(&format!("/v1/events?stream=conversation/{id}")).await.ok(200);
    assert_eq!(seen["data"], json!([]));
}

#[tokio::test]
async fn a_token_of_another_list_and_a_place_past_the_end_are_refused() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let client = &workspace.client;
    let all = client.get("/v1/events?limit=1").await.ok(200);
    let own = client.get(&format!("/v1/conversations/{id}/events?limit=1")).await.ok(200);
    let [all, own] = [all, own].map(|page| page["next_page"].as_str().unwrap().to_owned());
    client.get(&format!("/v1/events?limit=1&page={all}")).await.ok(200);
    for wrong in [
        format!("/v1/events?page={own}"),
        format!("/v1/events?type=message_received&page={all}"),
        format!("/v1/conversations/{id}/events?page={all}"),
        "/v1/events?page=e99999999".to_owned(),
    ] {
        assert_eq!(client.get(&wrong).await.problem(400, "invalid_page")["field"], "page");
    }
    let beyond = client.get("/v1/events?after=99999999").await;
    assert_eq!(beyond.problem(400, "invalid_field")["field"], "after");
}

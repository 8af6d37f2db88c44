//! `/v1/people`

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_person_is_added_listed_named_and_removed() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let body = json!({ "name": "Maya Cohen", "email": "maya@example.com", "role": "operator" });
    let reply = workspace.client.post("/v1/people").json(&body).await;
    let id = reply.ok(201)["id"].as_str().unwrap().to_owned();
    let list =
        workspace.client.get(&format!("/v1/people?at_least={}", reply.position())).await.ok(200);
    assert_eq!(list["data"][0]["name"], "Maya Cohen");
    assert_eq!(list["data"][0]["email"], "maya@example.com");
    workspace.client.delete(&format!("/v1/people/{id}")).await.ok(204);
    let shown = workspace.client.get(&format!("/v1/people/{id}")).await.ok(200);
    assert_eq!(shown["removed"], true);
}

#[tokio::test]
async fn a_key_acts_for_a_named_person_and_the_event_says_so() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let person = |name: &str| json!({ "name": name, "role": "owner" });
    let maya = workspace.client.post("/v1/people").json(&person("Maya")).await.ok(201);
    let maya = maya["id"].as_str().unwrap();
    let request = workspace.client.post("/v1/people").json(&person("Noa"));
    request.header("Convolog-On-Behalf-Of", maya).await.ok(201);
    let events = workspace.client.get("/v1/events?type=person_added").await.ok(200);
    assert_eq!(events["data"][0]["actor"]["on_behalf_of"], json!(null));
    assert_eq!(events["data"][1]["actor"]["on_behalf_of"], maya);
    workspace.client.delete(&format!("/v1/people/{maya}")).await.ok(204);
    let request = workspace.client.post("/v1/people").json(&person("Gil"));
    let problem = request.header("Convolog-On-Behalf-Of", maya).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "Convolog-On-Behalf-Of");
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_without_being_repeated() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let body = json!({ "name": "Maya", "email": "not-an-address", "role": "operator" });
    let reply = workspace.client.post("/v1/people").json(&body).await;
    assert_eq!(reply.problem(400, "invalid_field")["field"], "email");
    assert!(!reply.text.contains("not-an-address"));
}

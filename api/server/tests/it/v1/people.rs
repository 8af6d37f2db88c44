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

#[tokio::test]
async fn nobody_does_more_than_their_role_allows() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let number = workspace.number().await;
    let conversation = workspace.conversation(&number).await;
    let close = format!("/v1/conversations/{conversation}/close");
    let reopen = format!("/v1/conversations/{conversation}/reopen");
    let webhook = json!({ "name": "hook", "url": "https://hooks.example/in", "events": ["*"] });
    let newcomer = json!({ "name": "Gil", "role": "operator" });
    for (role, works, sets, keeps) in [
        ("auditor", false, false, false),
        ("operator", true, false, false),
        ("manager", true, true, false),
        ("owner", true, true, true),
    ] {
        let person = json!({ "name": role, "role": role });
        let person = client.post("/v1/people").json(&person).await.ok(201);
        let person = person["id"].as_str().unwrap();
        let wanted = json!({ "scopes": ["read", "write", "manage"], "person": person });
        let own = server.admin.with_token(&server.key(&workspace.id, wanted).await);
        own.get("/v1/conversations").await.ok(200);
        let judge = |reply: crate::support::Reply, may: bool| {
            if may {
                assert!(reply.status < 300, "{role}: {}", reply.text);
            } else {
                reply.problem(403, "role_forbids");
            }
        };
        judge(own.post(&close).json(&json!({})).await, works);
        judge(own.post(&reopen).json(&json!({})).await, works);
        judge(own.post("/v1/webhooks").json(&webhook).await, sets);
        judge(own.post("/v1/people").json(&newcomer).await, keeps);
        let keys = format!("/v1/workspaces/{}/keys", workspace.id);
        judge(own.post(&keys).json(&json!({ "name": "more" })).await, keeps);
        let named = client.post("/v1/people").json(&newcomer);
        judge(named.header("Convolog-On-Behalf-Of", person).await, keeps);
    }
}

#[tokio::test]
async fn the_key_of_a_person_is_nobody_elses_and_goes_with_them() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let mut people = Vec::new();
    for name in ["Maya", "Noa"] {
        let person = json!({ "name": name, "role": "owner" });
        let person = client.post("/v1/people").json(&person).await.ok(201);
        people.push(person["id"].as_str().unwrap().to_owned());
    }
    let key = server.key(&workspace.id, json!({ "scopes": ["read"], "person": people[0] })).await;
    let own = server.admin.with_token(&key);
    own.get("/v1/people").header("Convolog-On-Behalf-Of", &people[0]).await.ok(200);
    let other = own.get("/v1/people").header("Convolog-On-Behalf-Of", &people[1]).await;
    assert_eq!(other.problem(400, "invalid_field")["field"], "Convolog-On-Behalf-Of");
    client.delete(&format!("/v1/people/{}", people[0])).await.ok(204);
    own.get("/v1/people").await.problem(401, "invalid_credentials");
}

//! `/v1/contacts`

use reqwest::Method;
use serde_json::json;

use crate::support::{Client, TestServer, Workspace};

async fn two_contacts(server: &TestServer, workspace: &Workspace) -> (String, String) {
    let number = workspace.number().await;
    number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await.ok(200);
    let said = number.say(&server.admin, "wamid.2", "972501234567", "Shalom").await;
    let path = format!("/v1/contacts?order=oldest&at_least={}", said.position());
    let list = workspace.client.get(&path).await.ok(200);
    let id = |at: usize| list["data"][at]["id"].as_str().unwrap().to_owned();
    (id(0), id(1))
}

#[tokio::test]
async fn two_contacts_become_one_and_two_again() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (one, other) = two_contacts(&server, &workspace).await;
    let body = json!({ "other": other });
    let merged = workspace.client.post(&format!("/v1/contacts/{one}/merge")).json(&body).await;
    assert_eq!(merged.ok(200)["merged"], true);
    let path = format!("/v1/contacts/{other}?at_least={}", merged.position());
    assert_eq!(workspace.client.get(&path).await.ok(200)["merged_into"], json!(one));
    // Whoever asks for the one that was merged is told which one goes on.
    let again = workspace.client.post(&format!("/v1/contacts/{other}/merge"));
    let problem = again.json(&json!({ "other": one })).await.problem(409, "not_allowed_now");
    assert_eq!(problem["other"], json!({ "type": "contact", "id": one }));
    let list = workspace.client.get(&format!("/v1/conversations?contact_id={one}")).await.ok(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 2);
    let parted = workspace.client.post(&format!("/v1/contacts/{one}/unmerge")).json(&body).await;
    parted.ok(200);
    let path = format!("/v1/contacts/{other}?at_least={}", parted.position());
    assert_eq!(workspace.client.get(&path).await.ok(200)["merged_into"], json!(null));
    // As it stood while they were one.
    let path = format!("/v1/contacts/{other}?as_of={}", merged.position());
    assert_eq!(workspace.client.get(&path).await.ok(200)["merged_into"], json!(one));
}

#[tokio::test]
async fn a_merge_that_makes_no_sense_is_refused() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (one, other) = two_contacts(&server, &workspace).await;
    let merge = format!("/v1/contacts/{one}/merge");
    let reply = workspace.client.post(&merge).json(&json!({ "other": one })).await;
    assert_eq!(reply.problem(400, "invalid_field")["field"], "other");
    let nobody = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    let reply = workspace.client.post(&merge).json(&json!({ "other": nobody })).await;
    reply.problem(404, "not_found");
    let unmerge = format!("/v1/contacts/{one}/unmerge");
    let reply = workspace.client.post(&unmerge).json(&json!({ "other": other })).await;
    reply.problem(409, "not_allowed_now");
}

#[tokio::test]
async fn an_erased_person_is_read_by_nobody_now_or_as_of_then() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (one, _) = two_contacts(&server, &workspace).await;
    let then = server.app().engine().log().head();
    let path = format!("/v1/contacts/{one}/erase");
    let reply = workspace.client.post(&path).json(&json!({ "reason": "because of Ana" })).await;
    assert_eq!(reply.problem(400, "invalid_field")["field"], "reason");
    let erased = workspace.client.post(&path).json(&json!({ "reason": "requested" })).await;
    assert_eq!(erased.ok(200)["contacts"], json!([one]));
    let position = erased.position();
    let conversations = format!("/v1/conversations?contact_id={one}&at_least={position}");
    let list = workspace.client.get(&conversations).await.ok(200);
    let conversation = list["data"][0]["id"].as_str().unwrap().to_owned();
    for path in [
        format!("/v1/contacts/{one}?at_least={position}"),
        format!("/v1/contacts/{one}?as_of={then}"),
        format!("/v1/conversations/{conversation}/messages"),
        format!("/v1/conversations/{conversation}/messages?as_of={then}"),
        format!("/v1/conversations/{conversation}/events"),
        conversations,
    ] {
        let reply = workspace.client.get(&path).await;
        reply.ok(200);
        for personal in ["Hello", "5511999990001", "wamid.1"] {
            assert!(!reply.text.contains(personal), "{personal} in {path}: {}", reply.text);
        }
    }
    let events =
        workspace.client.get(&format!("/v1/conversations/{conversation}/events")).await.ok(200);
    assert_eq!(events["data"][1]["data"]["erased"], true);
    let send = format!("/v1/conversations/{conversation}/messages");
    let reply = workspace.client.post(&send).json(&json!({ "type": "text", "text": "x" })).await;
    reply.problem(410, "erased");
    workspace
        .client
        .post(&path)
        .json(&json!({ "reason": "requested" }))
        .await
        .problem(410, "erased");
}

#[tokio::test]
async fn a_contact_is_found_by_number_and_by_the_address_of_their_lead() {
    let server = TestServer::start().await;
    let (workspace, other) = (server.workspace().await, server.workspace().await);
    let (one, two) = two_contacts(&server, &workspace).await;
    let client = &workspace.client;
    let lead = client.get("/v1/leads?phone=972501234567").await.ok(200)["data"][0]["id"].clone();
    let path = format!("/v1/leads/{}", lead.as_str().unwrap());
    let body = json!({ "email": "Shalom@Example.com" });
    client.request(Method::PATCH, &path).json(&body).await.ok(200);
    let found = async |client: &Client, query: &str| -> Vec<String> {
        let list = client.get(&format!("/v1/contacts?{query}")).await.ok(200);
        assert_eq!(list["next_page"], json!(null));
        let found = list["data"].as_array().unwrap().iter();
        found.map(|contact| contact["id"].as_str().unwrap().to_owned()).collect()
    };
    for (query, expected) in [
        ("phone=5511999990001", vec![&one]),
        ("phone=%2B55%20(11)%2099999-0001", vec![&one]),
        ("phone=0055%2011%2099999-0001", vec![&one]),
        // The same person without the ninth digit.
        ("phone=551199990001", vec![&one]),
        ("phone=55119999900", vec![]),
        ("phone=nobody", vec![]),
        ("email=shalom%40example.com", vec![&two]),
        ("email=SHALOM%40EXAMPLE.COM", vec![&two]),
        ("email=shalom%40example.org", vec![]),
        ("phone=972501234567&email=shalom%40example.com", vec![&two]),
        ("phone=5511999990001&email=shalom%40example.com", vec![]),
    ] {
        assert_eq!(found(client, query).await, expected.into_iter().cloned().collect::<Vec<_>>());
        assert_eq!(found(&other.client, query).await, Vec::<String>::new(), "{query}");
    }
    let refused = client.get("/v1/contacts?phone=5511999990001&as_of=5").await;
    refused.problem(400, "not_allowed_with_as_of");
    // Whoever goes on is found by what is known of both, until both are erased.
    let merge = client.post(&format!("/v1/contacts/{one}/merge")).json(&json!({ "other": two }));
    let at = merge.await.position();
    for query in ["phone=972501234567", "phone=5511999990001", "email=shalom%40example.com"] {
        let query = format!("{query}&at_least={at}");
        assert_eq!(found(client, &query).await, std::slice::from_ref(&one));
    }
    let erase = client.post(&format!("/v1/contacts/{one}/erase"));
    let at = erase.json(&json!({ "reason": "requested" })).await.position();
    for query in ["phone=972501234567", "phone=5511999990001", "email=shalom%40example.com"] {
        let query = format!("{query}&at_least={at}");
        assert_eq!(found(client, &query).await, Vec::<String>::new());
    }
}

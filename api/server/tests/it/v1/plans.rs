//! What a plan allows, over HTTP.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Number, TestServer};

async fn on_the_free_plan(server: &TestServer) -> String {
    let body = json!({ "name": "Salon Ida", "plan": "free" });
    server.admin.post("/v1/workspaces").json(&body).await.ok(201)["id"].as_str().unwrap().to_owned()
}

fn says(problem: &Value, parts: &[&str]) {
    let detail = problem["detail"].as_str().unwrap();
    for part in parts {
        assert!(detail.contains(part), "{part}: {detail}");
    }
}

#[tokio::test]
async fn a_key_too_many_is_refused_until_one_is_revoked() {
    let server = TestServer::start().await;
    let path = format!("/v1/workspaces/{}/keys", on_the_free_plan(&server).await);
    let make = || server.admin.post(&path).json(&json!({ "name": "key" }));
    let mut last = Value::Null;
    for _ in 0..10 {
        last = make().await.ok(201);
    }
    let problem = make().await.problem(403, "plan_limit_reached");
    says(&problem, &["plan free", "10 API keys", "revoke one"]);
    let limit = json!({ "name": "keys", "used": 10, "allowed": 10, "resets_at": null });
    assert_eq!(problem["limit"], limit);
    let id = last["id"].as_str().unwrap();
    server.admin.delete(&format!("{path}/{id}")).await.ok(204);
    make().await.ok(201);
}

#[tokio::test]
async fn a_repetition_of_the_request_that_took_the_last_place_is_answered_alike() {
    let server = TestServer::start().await;
    let path = format!("/v1/workspaces/{}/keys", on_the_free_plan(&server).await);
    let make = |n: u32| {
        let request = server.admin.post(&path).json(&json!({ "name": "key" }));
        request.header("idempotency-key", format!("key {n}"))
    };
    for n in 0..10 {
        make(n).await.ok(201);
    }
    make(9).await.ok(201);
    make(10).await.problem(403, "plan_limit_reached");
}

#[tokio::test]
async fn a_channel_too_many_reserves_nothing_and_messages_still_come_in() {
    let server = TestServer::start().await;
    let workspace = on_the_free_plan(&server).await;
    let key = server.key(&workspace, json!({ "scopes": ["read", "write", "manage"] })).await;
    let client = server.admin.with_token(&key);
    let numbers = ["106540352242921", "106540352242922", "106540352242923"].map(Number::new);
    let connect = |number: &Number| client.post("/v1/channels").json(&number.channel());
    let channel = connect(&numbers[0]).await.ok(201);
    connect(&numbers[1]).await.ok(201);
    let problem = connect(&numbers[2]).await.problem(403, "plan_limit_reached");
    says(&problem, &["plan free", "2 channels", "disconnect one"]);
    numbers[0].say(&server.admin, "wamid.1", "5511999990001", "Hello").await.ok(200);
    // Somebody else can have the number, and here it can come when another goes.
    let id = channel["id"].as_str().unwrap();
    client.delete(&format!("/v1/channels/{id}")).await.ok(204);
    connect(&numbers[2]).await.ok(201);
    connect(&numbers[0]).await.problem(403, "plan_limit_reached");
}

#[tokio::test]
async fn limits_show_what_is_used_and_when_messages_count_anew() {
    let server = TestServer::start_with(|config| {
        config.trust_numbers = true;
        config.plan_limits =
            vec!["pro.messages=2".parse().unwrap(), "pro.people=any".parse().unwrap()];
    })
    .await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let path = format!("/v1/conversations/{}/messages", workspace.conversation(&number).await);
    let send = || workspace.client.post(&path).json(&json!({ "type": "text", "text": "Yes." }));
    for _ in 0..2 {
        send().await.ok(202);
    }
    let refused = send().await;
    let problem = refused.problem(403, "plan_limit_reached");
    let limit = &problem["limit"];
    assert_eq!(
        (&limit["name"], &limit["used"], &limit["allowed"]),
        (&json!("messages"), &json!(2), &json!(2))
    );
    assert_eq!(limit["resets_at"], "2026-12-01T00:00:00Z");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 9 * 24 * 60 * 60);
    says(&problem, &["plan pro", "2 messages a month", "from 2026-12-01T00:00:00Z on"]);
    let shown = workspace.client.get("/v1/limits").await.ok(200);
    assert_eq!(shown["plan"], "pro");
    let channels = json!({ "name": "channels", "used": 1, "allowed": 20, "resets_at": null });
    let people = json!({ "name": "people", "used": null, "allowed": null, "resets_at": null });
    let messages =
        json!({ "name": "messages", "used": 2, "allowed": 2, "resets_at": "2026-12-01T00:00:00Z" });
    for limit in [channels, people, messages] {
        assert!(shown["limits"].as_array().unwrap().contains(&limit), "{limit} in {shown}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn however_many_ask_at_once_no_more_get_in_than_the_plan_allows() {
    let server = TestServer::start_with(|config| {
        config.trust_numbers = true;
        config.plan_limits = vec!["free.messages=4".parse().unwrap()];
    })
    .await;
    let workspace = on_the_free_plan(&server).await;
    let key = server.key(&workspace, json!({ "scopes": ["read", "write", "manage"] })).await;
    let client = server.admin.with_token(&key);
    let person = json!({ "name": "Ida Berg", "role": "operator" });
    let add = (0..16).map(|_| async { client.post("/v1/people").json(&person).await.status });
    let mut tried = futures::future::join_all(add).await;
    tried.sort_unstable();
    assert_eq!(tried, [vec![201; 5], vec![403; 11]].concat());
    let number = Number::new("106540352242921");
    client.post("/v1/channels").json(&number.channel()).await.ok(201);
    let said = number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await.position();
    let list = client.get(&format!("/v1/conversations?at_least={said}")).await.ok(200);
    let path = format!("/v1/conversations/{}/messages", list["data"][0]["id"].as_str().unwrap());
    let body = json!({ "type": "text", "text": "Yes." });
    let send = (0..12).map(|_| async { client.post(&path).json(&body).await.status });
    let mut tried = futures::future::join_all(send).await;
    tried.sort_unstable();
    assert_eq!(tried, [vec![202; 4], vec![403; 8]].concat());
    let shown = client.get("/v1/limits").await.ok(200);
    let used = |name: &str| {
        let limits = shown["limits"].as_array().unwrap();
        limits.iter().find(|limit| limit["name"] == name).unwrap()["used"].clone()
    };
    assert_eq!((used("people"), used("messages"), used("keys")), (json!(5), json!(4), json!(1)));
}

#[tokio::test]
async fn another_plan_holds_from_then_on() {
    let server = TestServer::start().await;
    let workspace = on_the_free_plan(&server).await;
    let key = server.key(&workspace, json!({ "scopes": ["read", "write", "manage"] })).await;
    let client = server.admin.with_token(&key);
    let add = || client.post("/v1/people").json(&json!({ "name": "Ida", "role": "operator" }));
    for _ in 0..5 {
        add().await.ok(201);
    }
    add().await.problem(403, "plan_limit_reached");
    let path = format!("/v1/workspaces/{workspace}");
    let plan = async |plan: &str| {
        let request = server.admin.request(Method::PATCH, &path).json(&json!({ "plan": plan }));
        request.await.ok(200);
    };
    plan("enterprise").await;
    add().await.ok(201);
    plan("free").await;
    let problem = add().await.problem(403, "plan_limit_reached");
    assert_eq!((&problem["limit"]["used"], &problem["limit"]["allowed"]), (&json!(6), &json!(5)));
    plan("pro").await;
    add().await.ok(201);
}

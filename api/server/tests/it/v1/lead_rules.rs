//! `/v1/leads`: what may be known of a lead, where it may stand, and what an erasure leaves.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Client, Reply, TestServer, text};

/// In microseconds.
const MINUTE: i64 = 60_000_000;

async fn open(client: &Client, body: Value) -> Reply {
    client.post("/v1/leads").json(&body).await
}

async fn opened(client: &Client, body: Value) -> String {
    text(&open(client, body).await.ok(201), "id")
}

async fn patch(client: &Client, id: &str, body: Value) -> Reply {
    client.request(Method::PATCH, &format!("/v1/leads/{id}")).json(&body).await
}

async fn names(client: &Client, query: &str) -> Vec<String> {
    let list = client.get(&format!("/v1/leads?{query}")).await.ok(200);
    list["data"].as_array().unwrap().iter().map(|lead| text(lead, "name")).collect()
}

#[tokio::test]
async fn numbers_and_addresses_are_such_and_lead_to_one_lead() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    for (body, field) in [
        (json!({ "phone": "abc" }), "phone"),
        (json!({ "phone": "12" }), "phone"),
        (json!({ "email": "abc" }), "email"),
        (json!({ "email": "@example.com" }), "email"),
        (json!({ "email": "ana @example.com" }), "email"),
        (json!({ "name": "Ana", "email": "a@b@c" }), "email"),
        (json!({}), "fields"),
        (json!({ "score": 10, "source": "fair", "name": null }), "fields"),
    ] {
        let problem = open(&client, body.clone()).await.problem(400, "invalid_field");
        assert_eq!(problem["field"], field, "{body}");
    }
    let id = opened(&client, json!({ "phone": "+49 151 23456789" })).await;
    let again = open(&client, json!({ "phone": "0049 151 23456789" })).await;
    let problem = again.problem(409, "already_exists");
    assert_eq!(problem["field"], "phone");
    assert!(text(&problem, "detail").contains(&id), "{problem}");
    assert_eq!(problem["other"], json!({ "type": "lead", "id": id }));
    for (body, field) in [(json!({ "phone": "call" }), "phone"), (json!({ "email": "x" }), "email")]
    {
        let problem = patch(&client, &id, body).await.problem(400, "invalid_field");
        assert_eq!(problem["field"], field);
    }
}

#[tokio::test]
async fn null_takes_the_score_away() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let id = opened(&client, json!({ "name": "Ana", "score": 40 })).await;
    let body = json!({ "score": null, "score_reasons": ["x"] });
    let problem = patch(&client, &id, body).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "score");
    let shown = patch(&client, &id, json!({ "score": null })).await;
    assert_eq!(shown.ok(200)["score"], Value::Null);
    let at = shown.position();
    assert_eq!(names(&client, &format!("score_min=0&at_least={at}")).await, Vec::<String>::new());
    let before = server.app().engine().log().head();
    patch(&client, &id, json!({ "score": null })).await.ok(200);
    assert_eq!(server.app().engine().log().head(), before);
}

#[tokio::test]
async fn value_owner_and_time_in_stage_are_filtered() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let person = json!({ "name": "Rui", "role": "operator" });
    let owner = text(&client.post("/v1/people").json(&person).await.ok(201), "id");
    let value = |amount, currency: &str| json!({ "amount": amount, "currency": currency });
    let mut last = 0;
    // At 9:01, 9:02, 9:03.
    for body in [
        json!({ "name": "A", "value": value(100, "EUR"), "owner_id": owner }),
        json!({ "name": "B", "value": value(300, "EUR") }),
        json!({ "name": "C", "value": value(300, "BRL") }),
    ] {
        server.clock.advance_micros(MINUTE);
        let reply = open(&client, body).await;
        reply.ok(201);
        last = reply.position();
    }
    for (query, expected) in [
        ("currency=EUR", vec!["B", "A"]),
        ("currency=EUR&value_min=101", vec!["B"]),
        ("currency=EUR&value_max=100&sort=value", vec!["A"]),
        ("currency=EUR&value_min=101&value_max=299", vec![]),
        ("has_owner=false", vec!["C", "B"]),
        ("has_owner=true", vec!["A"]),
        ("status_since_max=2026-11-21T09:02:00Z&sort=time_in_stage", vec!["A", "B"]),
        ("status_since_min=2026-11-21T09:02:00.5Z", vec!["C"]),
    ] {
        let query = format!("{query}&at_least={last}");
        assert_eq!(names(&client, &query).await, expected, "{query}");
    }
    let problem = client.get("/v1/leads?value_min=1").await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "currency");
    let problem = client.get("/v1/leads?status_since_min=noon").await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "status_since_min");
}

#[tokio::test]
async fn a_lead_goes_just_below_the_upper_one_if_its_neighbours_are_none() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let mut ids = Vec::new();
    for name in ["F", "E", "D", "C", "B", "A"] {
        server.clock.advance_micros(MINUTE);
        ids.push(opened(&client, json!({ "name": name })).await);
    }
    ids.reverse();
    let id = |name: &str| ids[usize::from(name.as_bytes()[0] - b'A')].clone();
    for (moved, after, before, expected) in [
        // The upper one stands below the lower one.
        ("F", "D", "B", ["A", "B", "C", "D", "F", "E"]),
        // They are far apart.
        ("F", "A", "E", ["A", "F", "B", "C", "D", "E"]),
        // They are the same.
        ("F", "C", "C", ["A", "B", "C", "F", "D", "E"]),
        // It stands there already.
        ("F", "C", "D", ["A", "B", "C", "F", "D", "E"]),
        ("A", "E", "B", ["B", "C", "F", "D", "E", "A"]),
    ] {
        let path = format!("/v1/leads/{}/move", id(moved));
        let body = json!({ "after": id(after), "before": id(before) });
        let reply = client.post(&path).json(&body).await;
        reply.ok(200);
        let query = format!("sort=board&at_least={}", reply.position());
        assert_eq!(names(&client, &query).await, expected, "{moved} after {after}");
    }
}

#[tokio::test]
async fn who_was_erased_is_off_the_board_and_their_external_id_is_free() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let lead = json!({ "name": "Ana", "external_id": "CRM-1" });
    let value = json!({ "amount": 900, "currency": "EUR" });
    let first =
        opened(&client, json!({ "name": "Ana", "external_id": "CRM-1", "value": value })).await;
    let other = opened(&client, json!({ "name": "Rui" })).await;
    let path = format!("/v1/leads/{first}/personal-data?reason=requested");
    let erased = client.request(Method::DELETE, &path).await;
    erased.ok(200);
    let at = format!("at_least={}", erased.position());
    let found = client.get(&format!("/v1/leads?external_id=CRM-1&{at}")).await.ok(200);
    assert_eq!(found["data"], json!([]));
    assert_eq!(names(&client, &format!("sort=board&{at}")).await, ["Rui"]);
    let all = client.get(&format!("/v1/leads?{at}")).await.ok(200);
    assert_eq!(all["data"].as_array().unwrap().len(), 2);
    let pipeline = client.get(&format!("/v1/pipeline?{at}")).await.ok(200);
    assert_eq!(pipeline["stages"][0]["count"], 2);
    let beside = client.post(&format!("/v1/leads/{other}/move")).json(&json!({ "after": first }));
    assert_eq!(beside.await.problem(400, "invalid_field")["field"], "after");
    let again = opened(&client, lead).await;
    assert_ne!(again, first);
    let at = server.app().engine().log().head();
    let found = client.get(&format!("/v1/leads?external_id=CRM-1&at_least={at}")).await.ok(200);
    assert_eq!(found["data"][0]["id"], json!(again));
}

#[tokio::test]
async fn the_certificate_of_a_lead_erased_with_its_contact_is_the_contacts() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (client, number) = (&workspace.client, workspace.number().await);
    let said = number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await;
    let leads = client.get(&format!("/v1/leads?at_least={}", said.position())).await.ok(200);
    let (lead, contact) = (text(&leads["data"][0], "id"), text(&leads["data"][0]["contact"], "id"));
    let certificate = format!("/v1/leads/{lead}/erasure");
    let problem = client.get(&certificate).await.problem(404, "not_found");
    assert!(!text(&problem, "detail").contains(&contact), "{problem}");
    let path = format!("/v1/contacts/{contact}/erase");
    client.post(&path).json(&json!({ "reason": "requested" })).await.ok(200);
    let problem = client.get(&certificate).await.problem(404, "not_found");
    let detail = text(&problem, "detail");
    let there = format!("/v1/contacts/{contact}/erasure");
    assert!(detail.contains(&there), "{problem}");
    let shown = client.get(&there).await.ok(200);
    assert!(shown["leads"].as_array().unwrap().contains(&json!(lead)), "{shown}");
}

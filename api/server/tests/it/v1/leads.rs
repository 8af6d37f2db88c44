//! `/v1/leads`

use serde_json::{Value, json};

use crate::support::{Client, Reply, TestServer, Workspace, text};

/// In microseconds.
const MINUTE: i64 = 60_000_000;

async fn open(client: &Client, body: Value) -> Reply {
    client.post("/v1/leads").json(&body).await
}

async fn names(client: &Client, query: &str) -> Vec<String> {
    let list = client.get(&format!("/v1/leads?{query}")).await.ok(200);
    list["data"].as_array().unwrap().iter().map(|lead| text(lead, "name")).collect()
}

async fn change(workspace: &Workspace, id: &str, what: &str, body: Value) -> Reply {
    let path = format!("/v1/leads/{id}{what}");
    workspace.client.request(reqwest::Method::PATCH, &path).json(&body).await
}

#[tokio::test]
async fn a_lead_is_opened_changed_and_won() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let reply = open(
        &workspace.client,
        json!({
            "name": "Ana", "company": "Padaria Sol", "fields": { "size": "12" }, "score": 40,
            "value": { "amount": 90_000, "currency": "EUR" }, "external_id": "A-1",
        }),
    )
    .await;
    let lead = reply.ok(201);
    let id = text(&lead, "id");
    assert_eq!((&lead["status"], &lead["source"]), (&json!("NEW"), &json!("api")));
    assert_eq!(lead["fields"], json!({ "size": "12" }));
    let person = json!({ "name": "Rui", "role": "operator" });
    let owner = text(&workspace.client.post("/v1/people").json(&person).await.ok(201), "id");
    let body = json!({ "company": null, "note": "call", "score": 90, "owner_id": owner });
    let changed = change(&workspace, &id, "", body).await.ok(200);
    assert_eq!((&changed["company"], &changed["note"]), (&Value::Null, &json!("call")));
    assert_eq!((&changed["score"], &changed["owner_id"]), (&json!(90), &json!(owner)));
    let refused = change(&workspace, &id, "/status", json!({ "status": "WON" })).await;
    let problem = refused.problem(409, "not_allowed_now");
    assert_eq!(problem["allowed"], json!(["QUALIFIED", "CONTACTED", "LOST"]));
    for status in ["QUALIFIED", "CONTACTED", "WON"] {
        let body = json!({ "status": status, "reason": "She said so" });
        let moved = change(&workspace, &id, "/status", body).await;
        assert_eq!(moved.ok(200)["status_reason"], "She said so");
    }
    let won = change(&workspace, &id, "/status", json!({ "status": "WON" })).await;
    let path = format!("/v1/leads/{id}?at_least={}", won.position());
    assert_eq!(workspace.client.get(&path).await.ok(200), won.ok(200));
    let path = format!("/v1/leads/{id}?as_of={}", reply.position());
    let then = workspace.client.get(&path).await.ok(200);
    assert_eq!((&then["status"], &then["score"]), (&json!("NEW"), &json!(40)));
    let events = workspace.client.get(&format!("/v1/leads/{id}/events")).await.ok(200);
    let last = events["data"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["type"], "lead_stage_changed");
    assert!(last["data"].to_string().contains("She said so"), "{last}");
}

#[tokio::test]
async fn the_same_request_twice_opens_one_lead() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let post = || client.post("/v1/leads").header("Idempotency-Key", "k1");
    let first = post().json(&json!({ "name": "Ana" })).await;
    let again = post().json(&json!({ "name": "Ana" })).await;
    assert_eq!(first.ok(201), again.ok(201));
    assert_eq!(again.header("idempotency-replayed"), "true");
    let path = format!("at_least={}", first.position());
    assert_eq!(names(&client, &path).await, ["Ana"]);
    let taken = open(&client, json!({ "external_id": "A-1" })).await;
    taken.ok(201);
    let problem = open(&client, json!({ "external_id": " A-1 " })).await;
    assert_eq!(problem.problem(409, "already_exists")["field"], "external_id");
}

#[tokio::test]
async fn lists_filter_sort_and_look_up() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    for (name, score, amount) in [("A", 10, 300), ("B", 90, 100), ("C", 50, 200)] {
        server.clock.advance_micros(MINUTE);
        let value = json!({ "amount": amount, "currency": "EUR" });
        open(&client, json!({ "name": name, "score": score, "value": value })).await.ok(201);
    }
    server.clock.advance_micros(MINUTE);
    let body = json!({
        "name": "D", "source": "fair", "phone": "+351 912 345 678", "email": "D@example.com",
        "external_id": "X9",
    });
    let last = open(&client, body).await;
    let id = text(&last.ok(201), "id");
    let at = format!("at_least={}", last.position());
    for (query, expected) in [
        ("sort=created", vec!["D", "C", "B", "A"]),
        ("order=reversed", vec!["A", "B", "C", "D"]),
        ("sort=score", vec!["B", "C", "A", "D"]),
        ("sort=value", vec!["A", "C", "B", "D"]),
        ("sort=time_in_stage", vec!["A", "B", "C", "D"]),
        ("sort=board", vec!["D", "C", "B", "A"]),
        ("status=NEW&sort=score", vec!["B", "C", "A", "D"]),
        ("status=WON", vec![]),
        ("source=fair", vec!["D"]),
        ("score_min=50", vec!["C", "B"]),
        ("score_max=49", vec!["D", "A"]),
        ("created_after=2026-11-21T09:02:30Z", vec!["D", "C"]),
        ("created_before=2026-11-21T09:02:30Z", vec!["B", "A"]),
        ("phone=%2B351%20912345678", vec!["D"]),
        ("phone=351912345679", vec![]),
        ("email=d%40EXAMPLE.com", vec!["D"]),
        ("external_id=X9", vec!["D"]),
        ("external_id=X9&phone=351912345679", vec![]),
        ("external_id=X9&source=api", vec![]),
    ] {
        assert_eq!(names(&client, &format!("{query}&{at}")).await, expected, "{query}");
    }
    let page = client.get("/v1/leads?sort=value&limit=2").await.ok(200);
    let next = format!("sort=value&page={}", text(&page, "next_page"));
    assert_eq!(names(&client, &next).await, ["B", "D"]);
    let path = format!("/v1/leads?sort=score&page={}", text(&page, "next_page"));
    client.get(&path).await.problem(400, "invalid_page");
    let problem = client.get("/v1/leads?colour=red").await.problem(400, "unknown_parameter");
    assert!(problem["allowed"].as_array().unwrap().contains(&json!("score_min")));
    let problem = client.get("/v1/leads?sort=score&as_of=5").await;
    assert_eq!(problem.problem(400, "not_allowed_with_as_of")["allowed"], json!(["created"]));
    let path = format!("/v1/leads/{id}/move");
    let up = json!({ "after": null });
    assert_eq!(client.post(&path).json(&up).await.problem(400, "invalid_field")["field"], "after");
}

#[tokio::test]
async fn a_lead_is_moved_between_its_neighbours() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let mut ids = Vec::new();
    for name in ["A", "B", "C"] {
        server.clock.advance_micros(MINUTE);
        ids.push(text(&open(&client, json!({ "name": name })).await.ok(201), "id"));
    }
    let mut last = 0;
    // The board shows C, B, A.
    for (lead, body, expected) in [
        (0, json!({ "before": ids[2] }), ["A", "C", "B"]),
        (0, json!({ "after": ids[2] }), ["C", "A", "B"]),
        (2, json!({ "after": ids[1] }), ["A", "B", "C"]),
        (1, json!({ "after": ids[2], "before": null }), ["A", "C", "B"]),
        (1, json!({ "before": ids[2], "after": ids[0] }), ["A", "B", "C"]),
    ] {
        let path = format!("/v1/leads/{}/move", ids[lead]);
        client.get(&format!("/v1/leads?at_least={last}")).await.ok(200);
        let moved = client.post(&path).json(&body).await;
        moved.ok(200);
        last = moved.position();
        assert_eq!(names(&client, &format!("sort=board&at_least={last}")).await, expected);
    }
}

#[tokio::test]
async fn two_leads_become_one_that_is_found_by_what_is_known_of_both() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let one = text(&open(&client, json!({ "name": "Ana", "source": "fair" })).await.ok(201), "id");
    let body = json!({ "email": "ana@example.com", "company": "Sol", "name": "Ana M." });
    let other = text(&open(&client, body).await.ok(201), "id");
    let merged =
        client.post(&format!("/v1/leads/{one}/merge")).json(&json!({ "other": other })).await;
    assert_eq!(merged.ok(200), json!({ "id": one, "other": other, "merged": true }));
    let at = format!("at_least={}", merged.position());
    let shown = client.get(&format!("/v1/leads/{one}?{at}")).await.ok(200);
    assert_eq!((&shown["name"], &shown["company"]), (&json!("Ana"), &json!("Sol")));
    assert_eq!(names(&client, &at).await, ["Ana"]);
    assert_eq!(names(&client, &format!("email=ana%40example.com&{at}")).await, ["Ana"]);
    let shown = client.get(&format!("/v1/leads/{other}")).await.ok(200);
    assert_eq!(shown["merged_into"], json!(one));
    // Whoever changes the one that was merged is told which one goes on.
    let change = client.patch(&format!("/v1/leads/{other}")).json(&json!({ "score": 10 }));
    let problem = change.await.problem(409, "not_allowed_now");
    assert_eq!(problem["other"], json!({ "type": "lead", "id": one }));
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let nobody = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    for (body, status, code, field) in [
        (json!({ "colour": "red" }), 400, "unknown_field", "colour"),
        (json!({ "fields": { "name": "Ana" } }), 400, "invalid_field", "fields"),
        (json!({ "fields": { "Full Name": "Ana" } }), 400, "invalid_field", "fields"),
        (json!({ "fields": { "size": 12 } }), 400, "invalid_field", "fields.size"),
        (json!({ "name": " " }), 400, "invalid_field", "fields"),
        (json!({ "score": 101 }), 400, "invalid_field", "score"),
        (json!({ "score_reasons": ["x"] }), 400, "invalid_field", "score"),
        (json!({ "value": { "amount": 1, "currency": "eur" } }), 400, "invalid_field", "value"),
        (
            json!({ "value": { "amount": -1, "currency": "EUR" } }),
            400,
            "invalid_field",
            "value.amount",
        ),
        (json!({ "owner_id": nobody }), 404, "not_found", "owner_id"),
        (json!({ "contact_id": nobody }), 404, "not_found", "contact_id"),
        (json!({ "source": "Two Words" }), 400, "invalid_field", "source"),
    ] {
        let problem = open(&client, body.clone()).await.problem(status, code);
        assert_eq!(problem["field"], field, "{body}");
    }
    let head = server.app().engine().log().head();
    assert_eq!(names(&client, &format!("at_least={head}")).await, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_wrote_is_found_by_number_and_erased_with_their_lead() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let said = number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await;
    let at = format!("at_least={}", said.position());
    let found = workspace.client.get(&format!("/v1/leads?phone=5511999990001&{at}")).await.ok(200);
    let lead = found["data"][0].clone();
    let id = text(&lead, "id");
    assert_eq!(lead["opened_by"], "first_contact");
    let body = json!({ "note": "likes canaries", "email": "canary@example.com" });
    change(&workspace, &id, "", body).await.ok(200);
    let body = json!({ "status": "LOST", "reason": "canary" });
    let then = change(&workspace, &id, "/status", body).await.position();
    let contact = text(&lead["contact"], "id");
    let path = format!("/v1/contacts/{contact}/erase");
    let erased = workspace.client.post(&path).json(&json!({ "reason": "requested" })).await;
    erased.ok(200);
    let at = format!("at_least={}", erased.position());
    for path in [
        format!("/v1/leads/{id}?{at}"),
        format!("/v1/leads/{id}?as_of={then}"),
        format!("/v1/leads/{id}/events"),
        "/v1/leads".to_owned(),
    ] {
        let reply = workspace.client.get(&path).await;
        reply.ok(200);
        for personal in ["canar", "5511999990001", "Ana"] {
            assert!(!reply.text.contains(personal), "{personal} in {path}: {}", reply.text);
        }
    }
    let shown = workspace.client.get(&format!("/v1/leads/{id}")).await.ok(200);
    assert!(shown["erased"]["position"].is_u64());
    for query in ["phone=5511999990001", "email=canary%40example.com"] {
        let list = workspace.client.get(&format!("/v1/leads?{query}")).await.ok(200);
        assert_eq!(list["data"], json!([]));
    }
    change(&workspace, &id, "", json!({ "note": "x" })).await.problem(410, "erased");
}

//! `/v1/pipeline` and `/v1/leads/import`

use serde_json::{Value, json};

use crate::support::{Client, Reply, TestServer, text};

const LIST: &str = "\
name,phone,external_id,Score,value,currency,Shoe Size
Ana,+351 912 345 678,A1,40,90000,EUR,38
\"Rui, the baker\",,A2,high,,,
Eva,,A3,,,,
,,A4,101,,,
Ivo,+351 912 345 678,A5,,,,
Ana again,,A1,,,,
Zoe,,,,100,,
";

async fn import(client: &Client, query: &str, body: &str) -> Reply {
    let path = format!("/v1/leads/import{query}");
    client.post(&path).header("content-type", "text/csv; charset=utf-8").body(body.to_owned()).await
}

fn outcomes(report: &Value) -> Vec<(u64, String, Value)> {
    let rows = report["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["line"].as_u64().unwrap(), text(row, "outcome"), row["field"].clone()))
        .collect()
}

#[tokio::test]
async fn a_list_is_taken_in_row_by_row() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let dry = import(&client, "?dry_run=true", LIST).await.ok(200);
    assert_eq!((&dry["dry_run"], &dry["failed"]), (&json!(true), &json!(4)), "{dry}");
    let head = server.app().engine().log().head();
    let none = client.get(&format!("/v1/leads?at_least={head}")).await.ok(200);
    assert_eq!(none["data"], json!([]));
    let taken = import(&client, "", LIST).await;
    let report = taken.ok(200);
    let counts = ["opened", "existing", "failed"].map(|name| report[name].as_u64().unwrap());
    // Of two rows with one number, or one id, the first makes the lead.
    assert_eq!(counts, [2, 1, 4], "{report}");
    let rows = outcomes(&report);
    assert_eq!(rows[1], (3, "failed".to_owned(), json!("score")));
    assert_eq!(rows[2].1, "opened");
    assert_eq!(rows[3], (5, "failed".to_owned(), json!("score")));
    assert_eq!(rows[6], (8, "failed".to_owned(), json!("currency")));
    let reasons = report.to_string();
    for personal in ["Ana", "912 345", "baker"] {
        assert!(!reasons.contains(personal), "{personal}: {reasons}");
    }
    let again = import(&client, "", LIST).await.ok(200);
    assert_eq!(again["opened"], 0, "{again}");
    let list = client.get(&format!("/v1/leads?external_id=A3&at_least={}", taken.position())).await;
    let lead = &list.ok(200)["data"][0];
    assert_eq!((&lead["source"], &lead["opened_by"]), (&json!("import"), &json!("import")));
}

#[tokio::test]
async fn a_list_in_json_names_what_is_wrong_with_a_row() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let body = json!({ "leads": [
        { "name": "Ana", "fields": { "shoe_size": "38" }, "source": "fair" },
        { "colour": "red" },
        "Eva",
    ] });
    let post = || client.post("/v1/leads/import").header("Idempotency-Key", "k").json(&body);
    let report = post().await.ok(200);
    let rows = outcomes(&report);
    assert_eq!(rows[0].1, "opened", "{report}");
    assert_eq!(rows[1], (2, "failed".to_owned(), json!("colour")));
    assert_eq!((rows[2].0, rows[2].1.as_str()), (3, "failed"));
    // The same list with the same key makes no second lead, though it has no external ids.
    let again = post().await.ok(200);
    assert_eq!((&again["opened"], &again["existing"]), (&json!(0), &json!(1)));
    assert_eq!(again["rows"][0]["id"], report["rows"][0]["id"]);
    for (body, code) in [
        ("{", "malformed_body"),
        ("[]", "invalid_field"),
        ("{\"rows\": []}", "unknown_field"),
        ("{\"leads\": 7}", "invalid_field"),
    ] {
        let reply = client.post("/v1/leads/import").body(body).await;
        reply.problem(400, code);
    }
    import(&client, "", "").await.problem(400, "malformed_body");
}

#[tokio::test]
async fn the_pipeline_counts_what_moves() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let target = json!({
        "status": "WON", "period": "2026-11", "count": 2,
        "value": { "amount": 500_000, "currency": "EUR" },
    });
    let path = "/v1/pipeline/targets";
    let first = client.post(path).json(&target).await;
    assert_eq!(first.ok(200)["count"], 2);
    let wrong = json!({ "status": "WON", "period": "2026-13" });
    assert_eq!(
        client.post(path).json(&wrong).await.problem(400, "invalid_field")["field"],
        "period"
    );
    let mut ids = Vec::new();
    for amount in [100, 200, 400] {
        let body = json!({ "name": "Ana", "value": { "amount": amount, "currency": "EUR" } });
        ids.push(text(&client.post("/v1/leads").json(&body).await.ok(201), "id"));
    }
    let opened = server.app().engine().log().head();
    server.clock.advance_micros(3_600_000_000);
    let mut last = 0;
    for (id, status) in [(0, "QUALIFIED"), (0, "WON"), (1, "LOST")] {
        let path = format!("/v1/leads/{}/status", ids[id]);
        let request = client.request(reqwest::Method::PATCH, &path);
        last = request.json(&json!({ "status": status })).await.position();
    }
    let shown = client.get(&format!("/v1/pipeline?at_least={last}")).await.ok(200);
    let stage = |shown: &Value, at: usize| shown["stages"][at].clone();
    let new = stage(&shown, 0);
    assert_eq!((&new["status"], &new["count"]), (&json!("NEW"), &json!(1)));
    assert_eq!(new["value"], json!([{ "amount": 400, "currency": "EUR" }]));
    assert_eq!((&new["mean_seconds"], &new["conversion"]), (&json!(3_600), &json!(0.5)));
    assert_eq!(new["moves"], json!({ "QUALIFIED": 1, "LOST": 1 }));
    assert_eq!((&shown["opened"], &shown["won"]), (&json!(3), &json!(1)));
    assert_eq!((&shown["conversion"], &shown["counted_until"]), (&json!(0.3333), &Value::Null));
    let reached = &shown["targets"][0];
    assert_eq!((&reached["count"], &reached["reached"]), (&json!(2), &json!(1)));
    assert_eq!(reached["reached_value"], json!([{ "amount": 100, "currency": "EUR" }]));
    assert_eq!(reached["starts_at"], "2026-11-01T00:00:00Z");
    let then = client.get(&format!("/v1/pipeline?as_of={opened}")).await.ok(200);
    assert_eq!((&stage(&then, 0)["count"], &then["won"]), (&json!(3), &json!(0)));
    assert_eq!(then["counted_until"], "2026-11-21T10:00:00Z");
    let before = client.get(&format!("/v1/pipeline?as_of={}", first.position() - 1)).await.ok(200);
    assert_eq!((&before["opened"], &before["targets"]), (&json!(0), &json!([])));
    let other = server.workspace().await.client.get("/v1/pipeline").await.ok(200);
    assert_eq!((&other["opened"], &other["targets"]), (&json!(0), &json!([])));
}

//! What is learned of leads from what they say, over HTTP.

use serde_json::{Value, json};

use super::sending::Clinic;
use crate::support::text;

impl Clinic {
    /// Waits until the newest lead is so.
    async fn until_lead(&self, is: impl Fn(&Value) -> bool) -> Value {
        let mut head = self.server.app().engine().log().watch();
        loop {
            head.mark_unchanged();
            let list = self.workspace.client.get("/v1/leads").await.ok(200);
            let id = text(&list["data"][0], "id");
            let lead = self.workspace.client.get(&format!("/v1/leads/{id}")).await.ok(200);
            if is(&lead) {
                return lead;
            }
            head.changed().await.unwrap();
        }
    }

    async fn rules(&self, rules: Value) {
        self.workspace.client.post("/v1/lead-rules").json(&rules).await.ok(200);
    }
}

fn ready() -> Value {
    json!({
        "currency": "GBP",
        "qualifies": [{
            "name": "ready_to_rent", "fields": ["email"],
            "budget_at_least": { "amount": 90_000, "currency": "GBP" },
        }],
    })
}

#[tokio::test]
async fn a_lead_is_qualified_by_what_was_said_and_shows_where() {
    let clinic = Clinic::open().await;
    clinic.rules(ready()).await;
    clinic.hears("wamid.2", "Hi, my name is Ana Souza, write to ana@example.com please").await;
    let lead = clinic.until_lead(|lead| lead["email"] == "ana@example.com").await;
    assert_eq!((&lead["name"], &lead["status"]), (&json!("Ana Souza"), &json!("NEW")));
    assert_eq!((&lead["score"], &lead["score_by_rule"]), (&json!(30), &json!(true)), "{lead}");
    clinic
        .hears("wamid.3", "I am looking for a two bedroom flat. My budget is up to 950 a month")
        .await;
    let lead = clinic.until_lead(|lead| lead["status"] == "QUALIFIED").await;
    assert_eq!(lead["status_rule"], "ready_to_rent", "{lead}");
    assert_eq!(lead["fields"]["need"], "a two bedroom flat");
    assert_eq!(lead["fields"]["budget"], "950 GBP");
    let learned = lead["learned"].as_array().unwrap();
    let fields: Vec<&str> = learned.iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["budget", "email", "name", "need"]);
    let messages = format!("/v1/conversations/{}/messages?limit=10", clinic.conversation);
    let messages = clinic.workspace.client.get(&messages).await.ok(200);
    let said = |text: &str| {
        let all = messages["data"].as_array().unwrap();
        all.iter().find(|one| one["text"].as_str().unwrap().contains(text)).unwrap()["id"].clone()
    };
    assert_eq!(learned[0]["message_id"], said("My budget"));
    assert_eq!(learned[2]["message_id"], said("my name is"));
    // In the lead's history: who moved it, why, and no value in the clear.
    let path = format!("/v1/leads/{}/events?limit=100", text(&lead, "id"));
    let events = clinic.workspace.client.get(&path).await.ok(200);
    let moved =
        events["data"].as_array().unwrap().iter().find(|e| e["type"] == "lead_stage_changed");
    let moved = moved.unwrap();
    assert_eq!(moved["actor"]["kind"], "reactor");
    assert_eq!(moved["data"]["rule"], "ready_to_rent");
    for event in events["data"].as_array().unwrap() {
        assert!(!event["data"]["learned"].to_string().contains("ana@"), "{event}");
    }
}

#[tokio::test]
async fn what_people_entered_stays_and_what_was_said_before_is_not_read() {
    let clinic = Clinic::open().await;
    clinic.hears("wamid.2", "my name is Zoe, zoe@example.com").await;
    clinic.server.clock.advance_micros(2_000_000);
    clinic.rules(json!({})).await;
    let lead = clinic.until_lead(|_| true).await;
    let path = format!("/v1/leads/{}", text(&lead, "id"));
    let by_hand = json!({ "name": "Ms Souza", "score": 7 });
    clinic.workspace.client.patch(&path).json(&by_hand).await.ok(200);
    clinic.hears("wamid.3", "I am Ana, my name is Ana Souza. ana@example.com").await;
    let lead = clinic.until_lead(|lead| lead["email"] != Value::Null).await;
    assert_eq!(lead["email"], "ana@example.com", "{lead}");
    assert_eq!((&lead["name"], &lead["score"]), (&json!("Ms Souza"), &json!(7)));
    assert_eq!(lead["score_by_rule"], false);
}

#[tokio::test]
async fn what_was_learned_is_erased_with_the_person() {
    let clinic = Clinic::open().await;
    clinic.rules(json!({})).await;
    clinic.hears("wamid.2", "my name is Ana Souza, ana@example.com").await;
    let lead = clinic.until_lead(|lead| lead["email"] == "ana@example.com").await;
    let contact = text(&lead["contact"], "id");
    let path = format!("/v1/contacts/{contact}/erase");
    let body = json!({ "reason": "requested" });
    clinic.workspace.client.post(&path).json(&body).await.ok(200);
    let lead = clinic.until_lead(|lead| lead["erased"] != Value::Null).await;
    assert_eq!((&lead["email"], &lead["name"]), (&Value::Null, &Value::Null), "{lead}");
    let events = clinic.workspace.client.get("/v1/events?limit=200").await.ok(200);
    assert!(!events.to_string().contains("ana@example.com"));
}

#[tokio::test]
async fn rules_are_listed_and_taken_away() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    assert_eq!(client.get("/v1/lead-rules").await.ok(200)["data"], json!([]));
    clinic.rules(ready()).await;
    let rules = client.get("/v1/lead-rules").await.ok(200)["data"][0].clone();
    assert_eq!(rules["points"]["email"], 20, "{rules}");
    assert_eq!(rules["qualifies"][0]["name"], "ready_to_rent");
    let unknown = json!({ "agent_id": uuid::Uuid::new_v4() });
    client.post("/v1/lead-rules").json(&unknown).await.problem(400, "invalid_field");
    clinic.rules(json!({ "enabled": false })).await;
    assert_eq!(client.get("/v1/lead-rules").await.ok(200)["data"], json!([]));
}

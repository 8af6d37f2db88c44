//! Canned replies: kept under a word, found by its beginning, filled in when they are sent.

use serde_json::{Value, json};

use super::sending::Clinic;
use crate::support::text;

impl Clinic {
    async fn canned(&self, shortcut: &str, said: &str) -> String {
        let client = &self.workspace.client;
        let body =
            json!({ "shortcut": shortcut, "text": said, "tags": ["desk"], "language": "pt" });
        text(&client.post("/v1/canned-replies").json(&body).await.ok(201), "id")
    }

    async fn shortcuts(&self, query: &str) -> Vec<String> {
        let path = format!("/v1/canned-replies?{query}");
        let list = self.workspace.client.get(&path).await.ok(200);
        list["data"].as_array().unwrap().iter().map(|one| text(one, "shortcut")).collect()
    }
}

#[tokio::test]
async fn a_canned_reply_is_filled_in_and_the_message_says_where_it_came_from() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let said = "Hello {{contact.name}}, {{doctor}} sees you on {{day}}.";
    let id = clinic.canned("hello", said).await;
    let path = format!("/v1/canned-replies/{id}");
    let shown = client.get(&path).await.ok(200);
    assert_eq!(shown["placeholders"], json!(["contact.name", "doctor", "day"]));
    let messages = format!("/v1/conversations/{}/messages", clinic.conversation);
    let ask = |values: Value| {
        let body = json!({ "type": "text", "canned_reply": "hello", "values": values });
        client.post(&messages).json(&body)
    };
    let problem = ask(json!({ "doctor": "Dr. Reis" })).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "values");
    assert!(problem["detail"].as_str().unwrap().contains("{{day}}"), "{problem}");
    let values = json!({ "doctor": "Dr. Reis", "day": "Monday" });
    let sent = ask(values.clone()).await.ok(202);
    assert_eq!(sent["text"], "Hello Ana, Dr. Reis sees you on Monday.");
    let message = clinic.until(&text(&sent, "id"), "accepted").await;
    assert_eq!(message["canned_reply"], json!({ "id": id, "version": 1 }));
    let changed = client.patch(&path).json(&json!({ "text": "Bye {{doctor}}" })).await.ok(200);
    assert_eq!((&changed["version"], &changed["language"]), (&json!(2), &json!("pt")));
    let body = json!({ "type": "text", "canned_reply": id, "values": values });
    let sent = client.post(&messages).json(&body).await.ok(202);
    assert_eq!(sent["text"], "Bye Dr. Reis");
    let message = clinic.message(&text(&sent, "id")).await;
    assert_eq!(message["canned_reply"], json!({ "id": id, "version": 2 }));
    client.delete(&path).await.ok(204);
    let problem = ask(values).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "canned_reply");
}

#[tokio::test]
async fn each_has_a_word_of_its_own_and_is_found_by_its_beginning() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let first = clinic.canned("hello", "Hello").await;
    clinic.canned("help", "Help").await;
    clinic.canned("bye", "Bye").await;
    assert_eq!(clinic.shortcuts("prefix=hel").await, ["hello", "help"]);
    assert_eq!(clinic.shortcuts("prefix=hel&limit=1").await, ["hello"]);
    assert_eq!(clinic.shortcuts("tag=desk&language=pt").await, ["hello", "help", "bye"]);
    assert!(clinic.shortcuts("language=de").await.is_empty());
    let body = json!({ "shortcut": "help", "text": "Other" });
    let problem =
        client.post("/v1/canned-replies").json(&body).await.problem(409, "already_exists");
    assert!(problem["other"].is_object() || problem["other"].is_string(), "{problem}");
    let path = format!("/v1/canned-replies/{first}");
    let change = json!({ "shortcut": "help" });
    client.patch(&path).json(&change).await.problem(409, "already_exists");
    client.delete(&path).await.ok(204);
    client.delete(&path).await.problem(404, "not_found");
    assert_eq!(clinic.shortcuts("").await, ["help", "bye"]);
    clinic.canned("hello", "Hello again").await;
}

#[tokio::test]
async fn whoever_waits_longest_for_a_person_comes_first() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let other = "5511999990002";
    clinic.number.say(&clinic.server.admin, "wamid.b", other, "Anybody there?").await.ok(200);
    let list = client.get("/v1/conversations?order=newest").await.ok(200);
    let second = text(&list["data"][0], "id");
    let hand_off = async |id: &str| {
        let path = format!("/v1/conversations/{id}/handoff");
        client.post(&path).json(&json!({ "reason": "requested" })).await.ok(200);
    };
    hand_off(&second).await;
    clinic.server.clock.advance_micros(60_000_000);
    hand_off(&clinic.conversation).await;
    clinic.server.clock.advance_micros(30_000_000);
    // The one that waits longest wrote last: by activity it comes first either way.
    clinic.number.say(&clinic.server.admin, "wamid.c", "5511999990001", "Hello?").await.ok(200);
    let list = client.get("/v1/conversations?order=waiting").await.ok(200);
    let shown: Vec<_> = list["data"].as_array().unwrap().iter().collect();
    assert_eq!(shown.len(), 2);
    assert_eq!(shown[0]["id"], json!(second));
    assert_eq!(shown[0]["handoff"]["since"], "2026-11-21T09:00:00Z");
    assert_eq!(shown[1]["handoff"]["since"], "2026-11-21T09:01:00Z");
    assert_eq!(shown[1]["handoff"]["reason"], "requested");
    let path = format!("/v1/conversations/{second}/handback");
    client.post(&path).json(&json!({})).await.ok(200);
    let list = client.get("/v1/conversations?order=waiting").await.ok(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    client
        .get("/v1/conversations?order=waiting&as_of=1")
        .await
        .problem(400, "not_allowed_with_as_of");
}

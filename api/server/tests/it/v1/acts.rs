//! What operators do with conversations.

use serde_json::{Value, json};

use crate::support::{Client, TestServer, Workspace, text};

/// A workspace with one conversation, and one person of its staff.
struct Office {
    server: TestServer,
    workspace: Workspace,
    conversation: String,
    maya: String,
}

impl Office {
    async fn open() -> Self {
        let server = TestServer::start().await;
        let workspace = server.workspace().await;
        let number = workspace.number().await;
        let conversation = workspace.conversation(&number).await;
        let maya = person(&workspace.client, "Maya Cohen").await;
        Self { server, workspace, conversation, maya }
    }

    fn path(&self, rest: &str) -> String {
        format!("/v1/conversations/{}{rest}", self.conversation)
    }

    async fn act(&self, what: &str, body: Value) -> Value {
        self.workspace.client.post(&self.path(what)).json(&body).await.ok(200)
    }

    /// The ids of a list, once it has caught up.
    async fn list(&self, query: &str) -> Vec<String> {
        let head = self.server.app().engine().log().head();
        let path = format!("/v1/conversations?at_least={head}{query}");
        let list = self.workspace.client.get(&path).await.ok(200);
        list["data"].as_array().unwrap().iter().map(|one| text(one, "id")).collect()
    }
}

async fn person(client: &Client, name: &str) -> String {
    let body = json!({ "name": name, "role": "operator" });
    text(&client.post("/v1/people").json(&body).await.ok(201), "id")
}

#[tokio::test]
async fn a_claim_is_for_somebody_and_tells_who_has_it() {
    let office = Office::open().await;
    let client = &office.workspace.client;
    let claim = office.path("/claim");
    let problem = client.post(&claim).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "Convolog-On-Behalf-Of");
    let request = client.post(&claim).header("Convolog-On-Behalf-Of", &office.maya);
    let claimed = request.await.ok(200);
    assert_eq!((&claimed["changed"], &claimed["assignee_id"]), (&json!(true), &json!(office.maya)));
    let again = client.post(&claim).header("Convolog-On-Behalf-Of", &office.maya).await.ok(200);
    assert_eq!(again["changed"], false);
    let noa = person(client, "Noa Levi").await;
    let request = client.post(&claim).header("Convolog-On-Behalf-Of", &noa);
    let problem = request.await.problem(409, "owned_by_another");
    assert!(text(&problem, "detail").contains(&office.maya), "{problem}");
    assert_eq!(problem["other"], json!({ "type": "person", "id": office.maya }));
    let bulk = json!({ "ids": [office.conversation], "action": "claim" });
    let request = client.post("/v1/conversations/bulk").json(&bulk);
    let done = request.header("Convolog-On-Behalf-Of", &noa).await.ok(200);
    assert_eq!(done["data"][0]["error"]["other"], problem["other"], "{done}");
    let mine = office.list(&format!("&assignee={}", office.maya)).await;
    assert_eq!(mine, std::slice::from_ref(&office.conversation));
    assert!(office.list("&assignee=none").await.is_empty());
    office.act("/release", json!({})).await;
    assert_eq!(office.list("&assignee=none").await, std::slice::from_ref(&office.conversation));
    let shown = office.act("/assign", json!({ "person_id": noa })).await;
    assert_eq!(shown["assignee_id"], noa);
    let nobody = json!({ "person_id": "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c" });
    let refused = client.post(&office.path("/assign")).json(&nobody).await;
    assert_eq!(refused.problem(400, "invalid_field")["field"], "person_id");
}

#[tokio::test]
async fn what_is_closed_is_reopened_by_the_customer() {
    let office = Office::open().await;
    let closed = office.act("/close", json!({})).await;
    assert_eq!((&closed["status"], &closed["changed"]), (&json!("closed"), &json!(true)));
    assert_eq!(office.act("/close", json!({})).await["changed"], false);
    assert!(office.list("&status=open").await.is_empty());
    assert_eq!(office.list("&status=closed").await, std::slice::from_ref(&office.conversation));
    let number = crate::support::Number::new("106540352242922");
    number.say(&office.workspace.client, "wamid.2", "5511999990001", "One more").await.ok(200);
    assert_eq!(office.list("&status=open").await, std::slice::from_ref(&office.conversation));
    let path = format!("{}?order=newest", office.path("/timeline"));
    let timeline = office.workspace.client.get(&path).await.ok(200);
    assert_eq!(timeline["data"][0]["act"]["type"], "conversation_reopened");
    assert_eq!(timeline["data"][0]["act"]["actor"]["kind"], "platform");
    let message = &timeline["data"][2]["message"];
    assert_eq!(timeline["data"][0]["act"]["message_id"], message["id"], "{timeline}");
}

#[tokio::test]
async fn notes_tags_and_titles_are_shown_with_who_and_when() {
    let office = Office::open().await;
    let client = &office.workspace.client;
    let request = client.post(&office.path("/notes")).json(&json!({ "text": "Calls at six" }));
    let noted = request.header("Convolog-On-Behalf-Of", &office.maya).await.ok(201);
    office.act("/tags", json!({ "tags": ["VIP", "billing"] })).await;
    office.act("/untag", json!({ "tags": ["billing"] })).await;
    office.act("/title", json!({ "title": "Ana's cake" })).await;
    assert_eq!(office.list("&tag=Vip").await, std::slice::from_ref(&office.conversation));
    assert!(office.list("&tag=billing").await.is_empty());
    let shown = client.get(&office.path("")).await.ok(200);
    assert_eq!((&shown["title"], &shown["notes"]), (&json!("Ana's cake"), &json!(1)));
    assert_eq!(shown["tags"], json!(["vip"]));
    let timeline = client.get(&office.path("/timeline")).await.ok(200);
    let note = timeline["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["act"]["type"] == "note_added")
        .unwrap();
    assert_eq!(note["act"]["text"], "Calls at six");
    assert_eq!(note["act"]["note_id"], noted["note_id"]);
    assert_eq!(note["act"]["actor_name"], "Maya Cohen");
    assert_eq!(note["act"]["at"], "2026-11-21T09:00:00Z");
    office.act("/title", json!({ "title": "" })).await;
    let head = office.server.app().engine().log().head();
    let shown = client.get(&format!("{}?at_least={head}", office.path(""))).await.ok(200);
    assert!(shown["title"].is_null());
    for (path, body, field) in [
        ("/notes", json!({ "text": "  " }), "text"),
        ("/tags", json!({ "tags": ["two words"] }), "tags"),
        ("/tags", json!({ "tags": [] }), "tags"),
        ("/title", json!({}), "title"),
    ] {
        let refused = client.post(&office.path(path)).json(&body).await;
        assert_eq!(refused.problem(400, "invalid_field")["field"], field, "{path}");
    }
}

#[tokio::test]
async fn a_deleted_conversation_is_read_by_its_id_and_restored() {
    let office = Office::open().await;
    let client = &office.workspace.client;
    let deleted = client.delete(&office.path("")).await.ok(200);
    assert_eq!(deleted["deleted"], true);
    assert!(office.list("").await.is_empty());
    assert_eq!(office.list("&deleted=true").await, std::slice::from_ref(&office.conversation));
    assert!(client.get(&office.path("")).await.ok(200)["deleted_at"].is_string());
    client.post(&office.path("/close")).await.problem(409, "not_allowed_now");
    office.act("/restore", json!({})).await;
    assert_eq!(office.list("").await, std::slice::from_ref(&office.conversation));
}

#[tokio::test]
async fn the_past_shows_who_had_it_then() {
    let office = Office::open().await;
    let client = &office.workspace.client;
    office.act("/assign", json!({ "person_id": office.maya })).await;
    let then = office.server.app().engine().log().head().0;
    office.act("/release", json!({})).await;
    office.act("/close", json!({})).await;
    let path = format!("/v1/conversations?as_of={then}&assignee={}&status=open", office.maya);
    let list = client.get(&path).await.ok(200);
    assert_eq!(list["data"][0]["assignee"]["name"], "Maya Cohen");
    let timeline = client.get(&format!("{}?as_of={then}", office.path("/timeline"))).await.ok(200);
    assert_eq!(timeline["data"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn in_bulk_one_that_fails_stops_nothing_and_a_repetition_does_nothing() {
    let office = Office::open().await;
    let client = &office.workspace.client;
    let nobody = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    let ids = json!([nobody, office.conversation]);
    let body = json!({ "ids": ids, "action": "close" });
    let ask = async || {
        client.post("/v1/conversations/bulk").json(&body).header("Idempotency-Key", "evening").await
    };
    let done = ask().await.ok(200);
    assert_eq!((&done["done"], &done["failed"]), (&json!(1), &json!(1)));
    assert_eq!(done["data"][0]["error"]["code"], "not_found");
    assert_eq!(done["data"][1]["conversation"]["status"], "closed");
    office.act("/reopen", json!({})).await;
    assert_eq!(ask().await.ok(200), done);
    assert_eq!(office.list("&status=open").await, std::slice::from_ref(&office.conversation));
    for (body, field) in [
        (json!({ "ids": ids, "action": "assign" }), "person_id"),
        (json!({ "ids": ids, "action": "tag" }), "tags"),
        (json!({ "ids": [], "action": "close" }), "ids"),
        (json!({ "ids": vec![nobody; 201], "action": "close" }), "ids"),
        (json!({ "ids": ids, "action": "sing" }), "action"),
    ] {
        let refused = client.post("/v1/conversations/bulk").json(&body).await;
        assert_eq!(refused.problem(400, "invalid_field")["field"], field, "{body}");
    }
}

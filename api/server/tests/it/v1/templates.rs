//! Message templates, against a double of the platform's API.

use serde_json::{Value, json};

use super::sending::Clinic;

const APPROVED: &str = "APPROVED";

/// An element of the platform's list.
fn element(id: u64, name: &str, status: &str) -> Value {
    json!({
        "id": id.to_string(), "name": name, "language": "en", "status": status,
        "category": "UTILITY",
        "components": [{ "type": "BODY", "text": "Your order {{1}} is ready." }],
    })
}

impl Clinic {
    /// Has the templates read, and waits until they are.
    pub(super) async fn sync(&self) -> Value {
        let path = "/v1/templates/sync";
        let body = json!({ "channel_id": self.channel });
        let asked = self.workspace.client.post(path).json(&body).await.ok(202);
        assert_eq!(asked["status"], "pending");
        let mut head = self.server.app().engine().log().watch();
        loop {
            head.mark_unchanged();
            let path = format!("{path}?channel_id={}", self.channel);
            let shown = self.workspace.client.get(&path).await.ok(200);
            if shown["status"] != "pending" {
                return shown;
            }
            head.changed().await.unwrap();
        }
    }

    async fn templates(&self, query: &str) -> Vec<Value> {
        let list = self.workspace.client.get(&format!("/v1/templates{query}")).await.ok(200);
        list["data"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn the_list_of_the_platform_is_read_page_by_page_and_only_what_differs_is_recorded() {
    let clinic = Clinic::open().await;
    let names: Vec<String> = (0..3).map(|n| format!("order_{n}")).collect();
    for (id, name) in (1..).zip(&names) {
        clinic.graph.has_template(element(id, name, APPROVED));
    }
    let read = clinic.sync().await;
    assert_eq!(
        (&read["status"], &read["seen"], &read["recorded"]),
        (&json!("done"), &json!(3), &json!(3))
    );
    let all = clinic.templates("").await;
    assert_eq!(all.len(), 3);
    assert_eq!(all[2]["name"], "order_0");
    assert_eq!(all[2]["status"], "approved");
    assert_eq!(all[2]["category"], "utility");
    assert_eq!(all[2]["sendable"], true);
    assert_eq!(all[2]["parameters"]["body"], json!(["1"]));
    assert_eq!(all[2]["components"][0]["text"], "Your order {{1}} is ready.");
    let shown = clinic
        .workspace
        .client
        .get(&format!("/v1/templates/{}", all[0]["id"].as_str().unwrap()))
        .await;
    assert_eq!(shown.ok(200)["name"], all[0]["name"]);

    clinic.server.clock.advance_micros(60_000_000);
    clinic.graph.has_template(element(2, "order_1", "PAUSED"));
    clinic.graph.lost_template("order_2");
    let read = clinic.sync().await;
    assert_eq!(
        (&read["seen"], &read["recorded"], &read["gone"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!(clinic.templates("").await.len(), 2);
    assert_eq!(clinic.templates("?status=paused").await[0]["name"], "order_1");
    assert_eq!(clinic.templates("?status=paused").await[0]["sendable"], false);
    assert_eq!(clinic.templates("?status=deleted").await[0]["name"], "order_2");
    assert_eq!(clinic.templates("?name=order_0&language=en").await.len(), 1);
    assert_eq!(clinic.templates("?category=marketing").await.len(), 0);
    let then = format!("?as_of={}", all[0]["position"]);
    assert_eq!(clinic.templates(&then).await.len(), 3);
}

#[tokio::test]
async fn a_list_that_is_refused_changes_nothing_and_says_why() {
    let clinic = Clinic::open().await;
    clinic.graph.has_template(element(1, "order", APPROVED));
    clinic.sync().await;
    clinic.graph.refuse_templates(190);
    let read = clinic.sync().await;
    assert_eq!(
        (&read["status"], &read["code"], &read["gone"]),
        (&json!("failed"), &json!(190), &json!(0))
    );
    assert_eq!(clinic.templates("").await.len(), 1);
}

#[tokio::test]
async fn with_a_test_key_nothing_is_read() {
    let clinic = Clinic::open().await;
    clinic.graph.has_template(element(1, "order", APPROVED));
    let wanted = json!({ "name": "Test", "mode": "test", "scopes": ["read", "write", "manage"] });
    let key = clinic.server.key(&clinic.workspace.id, wanted).await;
    let client = clinic.workspace.client.with_token(&key);
    client.post("/v1/templates/sync").json(&json!({ "channel_id": clinic.channel })).await.ok(202);
    clinic.until_event("template_sync_finished").await;
    assert_eq!(clinic.templates("").await.len(), 0);
    assert!(clinic.graph.template_calls().is_empty());
}

#[tokio::test]
async fn news_of_a_template_that_was_not_known_makes_it_known() {
    let clinic = Clinic::open().await;
    let value = json!({
        "event": "REJECTED", "message_template_id": 77, "message_template_name": "promo",
        "message_template_language": "pt_BR", "reason": "INVALID_FORMAT",
        "rejection_info": { "reason": "Variables may not stand at the end." },
    });
    clinic
        .number
        .notice(&clinic.server.admin, "message_template_status_update", &value)
        .await
        .ok(200);
    let all = clinic.templates("").await;
    assert_eq!(all.len(), 1);
    assert_eq!(
        (&all[0]["status"], &all[0]["reason"]),
        (&json!("rejected"), &json!("invalid_format"))
    );
    assert_eq!(all[0]["status_details"]["reason"], "Variables may not stand at the end.");
    assert_eq!(all[0]["parameters"], Value::Null);
    // The same news again is no news.
    clinic
        .number
        .notice(&clinic.server.admin, "message_template_status_update", &value)
        .await
        .ok(200);
    let path = "/v1/events?type=template_status_changed";
    let events = clinic.workspace.client.get(path).await.ok(200);
    assert_eq!(events["data"].as_array().unwrap().len(), 1);
}

impl Clinic {
    /// Asks for a template with one parameter that has a name.
    async fn create(&self, name: &str) -> Value {
        let body = json!({
            "channel_id": self.channel, "name": name, "language": "en", "category": "utility",
            "components": [{ "type": "BODY", "text": "Your order {{number}} is ready.",
                "example": { "body_text_named_params": [{ "param_name": "number", "example": "17" }] } }],
        });
        self.workspace.client.post("/v1/templates").json(&body).await.ok(202)
    }

    /// Waits until a template has this status.
    async fn until_template(&self, id: &Value, status: &str) -> Value {
        let path = format!("/v1/templates/{}", id.as_str().unwrap());
        let mut head = self.server.app().engine().log().watch();
        loop {
            head.mark_unchanged();
            let shown = self.workspace.client.get(&path).await.ok(200);
            if shown["status"] == status {
                return shown;
            }
            head.changed().await.unwrap();
        }
    }

    /// The platform reviewed a template.
    async fn reviewed(&self, name: &str, event: &str) {
        let value = json!({
            "event": event, "message_template_id": 901, "message_template_name": name,
            "message_template_language": "en", "reason": null,
        });
        let field = "message_template_status_update";
        self.number.notice(&self.server.admin, field, &value).await.ok(200);
    }

    /// An approved template.
    async fn approved(&self, name: &str) -> String {
        let made = self.create(name).await;
        self.until_template(&made["id"], "pending").await;
        self.reviewed(name, "APPROVED").await;
        self.until_template(&made["id"], "approved").await;
        made["id"].as_str().unwrap().to_owned()
    }

    fn path(&self) -> String {
        format!("/v1/conversations/{}/messages", self.conversation)
    }

    async fn send_template(&self, template: Value) -> Value {
        let body = json!({ "type": "template", "template": template });
        self.workspace.client.post(&self.path()).json(&body).await.ok(202)
    }
}

#[tokio::test]
async fn a_template_is_handed_over_once_and_sent_with_its_parameters_after_its_review() {
    let clinic = Clinic::open().await;
    let made = clinic.create("order_ready").await;
    assert_eq!((&made["status"], &made["name"]), (&json!("queued"), &json!("order_ready")));
    let shown = clinic.until_template(&made["id"], "pending").await;
    assert_eq!(shown["parameters"]["format"], "named");
    let calls = clinic.graph.template_calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0]["body"]["category"], "UTILITY");
    assert_eq!(calls[0]["body"]["parameter_format"], "NAMED");

    let asked = json!({ "type": "template", "template": { "name": "order_ready", "language": "en", "parameters": { "number": "17" } } });
    let refused = clinic.workspace.client.post(&clinic.path()).json(&asked).await;
    refused.problem(409, "template_unavailable");
    clinic.reviewed("order_ready", "APPROVED").await;
    let missing = json!({ "type": "template", "template": { "id": made["id"], "parameters": {} } });
    let refused = clinic.workspace.client.post(&clinic.path()).json(&missing).await;
    let problem = refused.problem(400, "invalid_field");
    assert_eq!(problem["field"], "template.parameters");
    assert!(problem["detail"].as_str().unwrap().contains("number"), "{problem}");

    let sent = clinic.workspace.client.post(&clinic.path()).json(&asked).await.ok(202);
    assert_eq!(sent["text"], "Your order 17 is ready.");
    clinic.until(sent["id"].as_str().unwrap(), "accepted").await;
    let seen = clinic.graph.seen();
    assert_eq!(
        seen[0].body["template"],
        json!({ "name": "order_ready", "language": { "code": "en" }, "components": [{
            "type": "body", "parameters": [{ "type": "text", "parameter_name": "number", "text": "17" }],
        }] })
    );
}

#[tokio::test]
async fn a_creation_without_an_answer_is_looked_up_and_never_handed_over_blindly() {
    let clinic = Clinic::open().await;
    clinic.graph.answer_templates(500, json!({}));
    let made = clinic.create("order_ready").await;
    clinic.until_event("template_unanswered").await;
    clinic.server.clock.advance_micros(31_000_000);
    clinic.until_template(&made["id"], "pending").await;
    let calls = clinic.graph.template_calls();
    let posted = calls.iter().filter(|call| call["method"] == "POST").count();
    assert_eq!(posted, 1, "{calls:?}");
}

#[tokio::test]
async fn what_the_platform_refuses_is_shown_with_its_words_and_can_be_made_again() {
    let clinic = Clinic::open().await;
    clinic.graph.refuse_templates(100);
    let made = clinic.create("order_ready").await;
    let shown = clinic.until_template(&made["id"], "refused").await;
    assert_eq!(shown["status_details"]["message"], "no");
    assert_eq!(shown["sendable"], false);
    clinic.create("order_ready").await;
    clinic.until_template(&made["id"], "pending").await;
}

#[tokio::test]
async fn a_template_is_deleted_in_its_language_only() {
    let clinic = Clinic::open().await;
    let id = clinic.approved("order_ready").await;
    let path = format!("/v1/templates/{id}");
    let deleting = clinic.workspace.client.delete(&path).await.ok(200);
    assert_eq!(deleting["deleting"], true);
    clinic.until_template(&json!(id), "deleted").await;
    let calls = clinic.graph.template_calls();
    let query = &calls.last().unwrap()["query"];
    assert_eq!((&query["name"], &query["hsm_id"]), (&json!("order_ready"), &json!("901")));
    clinic.workspace.client.delete(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_test_key_makes_a_template_that_never_leaves() {
    let clinic = Clinic::open().await;
    let wanted = json!({ "name": "Test", "mode": "test", "scopes": ["read", "write", "manage"] });
    let key = clinic.server.key(&clinic.workspace.id, wanted).await;
    let client = clinic.workspace.client.with_token(&key);
    let body = json!({
        "channel_id": clinic.channel, "name": "trial", "language": "en", "category": "utility",
        "components": [{ "type": "BODY", "text": "A trial." }],
    });
    let made = client.post("/v1/templates").json(&body).await.ok(202);
    let shown = clinic.until_template(&made["id"], "approved").await;
    assert_eq!((&shown["sandbox"], &shown["sendable"]), (&json!(true), &json!(false)));
    assert!(clinic.graph.template_calls().is_empty());
    let asked = json!({ "type": "template", "template": { "id": made["id"] } });
    let refused = clinic.workspace.client.post(&clinic.path()).json(&asked).await;
    refused.problem(409, "template_unavailable");
}

#[tokio::test]
async fn where_the_platform_refuses_a_template_the_next_of_its_group_is_sent_and_none_twice() {
    let clinic = Clinic::open().await;
    let (first, second) = (clinic.approved("ready_a").await, clinic.approved("ready_b").await);
    let body = json!({ "name": "Ready", "members": [first, second] });
    let group = clinic.workspace.client.post("/v1/template-groups").json(&body).await.ok(201);
    let path = format!("/v1/template-groups/{}", group["id"].as_str().unwrap());
    assert_eq!(clinic.workspace.client.get(&path).await.ok(200)["members"], json!([first, second]));

    clinic.graph.refuse(132_015);
    let sent = clinic
        .send_template(json!({ "group": group["id"], "language": "en_GB", "parameters": ["17"] }))
        .await;
    clinic.until(sent["id"].as_str().unwrap(), "accepted").await;
    let names: Vec<Value> =
        clinic.graph.seen().iter().map(|seen| seen.body["template"]["name"].clone()).collect();
    assert_eq!(names, [json!("ready_a"), json!("ready_b")]);
    let event = clinic.until_event("template_fell_back").await;
    assert_eq!(
        (&event["data"]["template"], &event["data"]["code"]),
        (&json!(second), &json!(132_015))
    );
    let paused = clinic.until_template(&json!(first), "paused").await;
    assert_eq!(paused["sendable"], false);

    // The next one asks no more for what is paused.
    let sent = clinic.send_template(json!({ "group": group["id"], "parameters": ["18"] })).await;
    let delivered = json!({ "id": "wamid.OUT2", "status": "delivered", "timestamp": "1795251601", "recipient_id": "5511999990001" });
    clinic.number.status(&clinic.server.admin, &delivered).await.ok(200);
    clinic.until(sent["id"].as_str().unwrap(), "accepted").await;
    assert_eq!(clinic.graph.seen().last().unwrap().body["template"]["name"], "ready_b");
    clinic.workspace.client.delete(&path).await.ok(204);
    clinic.workspace.client.get(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_template_that_is_not_known_is_left_to_the_platform_if_it_comes_whole() {
    let clinic = Clinic::open().await;
    let components = json!([{ "type": "body", "parameters": [{ "type": "text", "text": "x" }] }]);
    let sent = clinic
        .send_template(
            json!({ "name": "unknown", "language": { "code": "en" }, "components": components }),
        )
        .await;
    clinic.until(sent["id"].as_str().unwrap(), "accepted").await;
    assert_eq!(clinic.graph.seen()[0].body["template"]["components"], components);
    let filled = json!({ "type": "template", "template": { "name": "unknown", "language": "en", "parameters": ["x"] } });
    let refused = clinic.workspace.client.post(&clinic.path()).json(&filled).await;
    refused.problem(400, "invalid_field");
}

#[tokio::test]
async fn outside_the_window_the_answer_names_the_templates_that_can_be_sent() {
    let clinic = Clinic::open().await;
    clinic.approved("order_ready").await;
    clinic.create("not_reviewed").await;
    clinic.server.clock.advance_micros(25 * 3_600_000_000);
    let body = json!({ "type": "text", "text": "Hello" });
    let problem = clinic.workspace.client.post(&clinic.path()).json(&body).await;
    assert_eq!(problem.problem(403, "window_closed")["allowed"], json!(["order_ready (en)"]));
}

#[tokio::test]
async fn beyond_the_portfolios_tier_whoever_is_written_to_first_waits() {
    let clinic = Clinic::open().await;
    let path = format!("/v1/channels/{}", clinic.channel);
    let set = json!({ "people_a_day": 1, "messages_a_second": 20 });
    let shown = clinic.workspace.client.patch(&path).json(&set).await.ok(200);
    assert_eq!(shown["limits"]["people_a_day"], 1);
    assert_eq!(shown["limits"]["messages_a_second"], 20);
    clinic.workspace.client.patch(&path).json(&json!({})).await.problem(400, "invalid_field");
    let said = clinic.number.say(&clinic.server.admin, "wamid.B", "5511999990002", "Hi").await;
    said.ok(200);
    let list = clinic.workspace.client.get("/v1/conversations?limit=10").await.ok(200);
    let all = list["data"].as_array().unwrap();
    let other = all.iter().find(|one| one["id"] != clinic.conversation.as_str()).unwrap();
    let other = format!("/v1/conversations/{}/messages", other["id"].as_str().unwrap());
    clinic.server.clock.advance_micros(25 * 3_600_000_000);

    let template = json!({ "name": "hello", "language": { "code": "en" } });
    let first = clinic.send_template(template.clone()).await;
    clinic.until(first["id"].as_str().unwrap(), "accepted").await;
    let body = json!({ "type": "template", "template": template });
    let second = clinic.workspace.client.post(&other).json(&body).await.ok(202);
    // Somebody who was written to already takes no other place.
    clinic.server.clock.advance_micros(10_000_000);
    let third = clinic.send_template(template).await;
    clinic.until(third["id"].as_str().unwrap(), "accepted").await;
    assert_eq!(clinic.graph.seen().len(), 2);
    // A restart forgets nothing; a day later there is a place.
    let Clinic { server, graph, .. } = clinic;
    let server = server.restart().await;
    server.clock.advance_micros(23 * 3_600_000_000);
    let mut head = server.app().engine().log().watch();
    server.clock.advance_micros(7_200_000_000);
    while graph.seen().len() < 3 {
        head.changed().await.unwrap();
    }
    assert_eq!(graph.seen()[2].body["to"], "5511999990002");
    assert!(second["id"].is_string());
}

#[tokio::test]
async fn the_platforms_word_about_the_tier_is_shown_at_the_channel() {
    let clinic = Clinic::open().await;
    let value = json!({ "max_daily_conversations_per_business": "TIER_10K", "max_phone_numbers_per_business": 20 });
    clinic.number.notice(&clinic.server.admin, "business_capability_update", &value).await.ok(200);
    let path = format!("/v1/channels/{}", clinic.channel);
    let shown = clinic.workspace.client.get(&path).await.ok(200);
    assert_eq!(
        (&shown["limits"]["tier"], &shown["limits"]["people_a_day"]),
        (&json!("tier_10k"), &json!(10_000))
    );
}

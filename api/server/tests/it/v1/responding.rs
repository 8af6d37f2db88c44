//! Agents that answer what customers write, against a double of the platform's API.

use serde_json::{Value, json};

use super::sending::Clinic;
use crate::support::text;

const CUSTOMER: &str = "5511999990001";

/// A clinic that knows its opening hours, with a published agent.
pub(super) async fn answering(agent: Value) -> Clinic {
    answering_at(Clinic::open().await, agent).await
}

/// The same at a clinic that is set up already.
pub(crate) async fn answering_at(clinic: Clinic, agent: Value) -> Clinic {
    let client = &clinic.workspace.client;
    let known = json!({
        "title": "Opening hours",
        "content": "# Opening hours\n\nThe clinic is open Monday to Friday from 8 to 18. On Saturdays it is open from 9 to 12. It is closed on Sundays.\n\n# Parking\n\nParking is free for patients behind the house.",
        "language": "en",
    });
    let added = client.post("/v1/knowledge").json(&known).await;
    added.ok(201);
    let mut body =
        json!({ "name": "Ava", "instructions": "Be kind.", "channels": [clinic.channel] });
    for (name, value) in agent.as_object().unwrap() {
        body[name] = value.clone();
    }
    let id = text(&client.post("/v1/agents").json(&body).await.ok(201), "id");
    client.post(&format!("/v1/agents/{id}/publish")).json(&json!({})).await.ok(200);
    let head = clinic.server.app().engine().log().head();
    let patience = std::time::Duration::from_mins(1);
    clinic.server.app().search().at_least(head, patience).await.unwrap();
    clinic
}

impl Clinic {
    pub(crate) async fn hears(&self, wamid: &str, said: &str) {
        self.number.say(&self.server.admin, wamid, CUSTOMER, said).await.ok(200);
    }

    pub(super) async fn handoff(&self) -> Value {
        let path = format!("/v1/conversations/{}", self.conversation);
        self.workspace.client.get(&path).await.ok(200)["handoff"].clone()
    }
}

#[tokio::test]
async fn a_question_is_answered_from_the_documents_with_its_sources() {
    let clinic = answering(json!({})).await;
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    let replied = clinic.until_event("agent_replied").await;
    assert_eq!(replied["data"]["outcome"], "answer", "{replied}");
    assert_eq!(replied["data"]["provider"], "built_in");
    assert!(!replied["data"]["sources"].as_array().unwrap().is_empty());
    assert_eq!(replied["actor"]["kind"], "reactor");
    let message = text(&replied["data"], "message");
    clinic.until(&message, "accepted").await;
    let seen = clinic.graph.seen();
    assert_eq!(seen.len(), 1);
    let said = seen[0].body["text"]["body"].as_str().unwrap();
    assert!(said.contains("9 to 12"), "{said}");
    let path = format!("/v1/conversations/{}/timeline", clinic.conversation);
    let timeline = clinic.workspace.client.get(&path).await.ok(200);
    let acts = timeline["data"].to_string();
    assert!(acts.contains("agent_replied") && acts.contains("sources"), "{acts}");
}

#[tokio::test]
async fn what_it_cannot_answer_goes_to_a_person_who_hands_back() {
    let clinic = answering(json!({})).await;
    clinic.hears("wamid.2", "Which insurance companies do you work with abroad?").await;
    let triggered = clinic.until_event("handoff_triggered").await;
    assert_eq!(clinic.handoff().await["reason"], triggered["data"]["reason"]);
    let list = clinic.workspace.client.get("/v1/conversations?handoff=true").await.ok(200);
    assert_eq!(list["data"][0]["id"], json!(clinic.conversation));
    // While a person is to answer, the agent is silent.
    clinic.hears("wamid.3", "Are you open on Saturdays?").await;
    let own = clinic.say("I will look it up.").await;
    clinic.server.clock.advance_micros(10_000_000);
    clinic.until(&own, "accepted").await;
    let back = format!("/v1/conversations/{}/handback", clinic.conversation);
    clinic.workspace.client.post(&back).await.ok(200);
    assert_eq!(clinic.handoff().await, Value::Null);
    clinic.server.clock.advance_micros(10_000_000);
    clinic.hears("wamid.4", "And are you open on Saturdays?").await;
    clinic.until_said("9 to 12").await;
}

#[tokio::test]
async fn messages_in_quick_succession_get_one_answer() {
    let clinic = answering(json!({ "replies": { "coalesce_milliseconds": 3000 } })).await;
    clinic.hears("wamid.2", "Hello").await;
    clinic.server.clock.advance_micros(1_000_000);
    clinic.hears("wamid.3", "Are you open on Saturdays?").await;
    clinic.server.clock.advance_micros(2_999_000);
    // The window begins anew with each message.
    let order = clinic.server.app().engine().log().head();
    clinic.server.clock.advance_micros(1_000);
    clinic.until_said("9 to 12").await;
    let path = format!("/v1/events?type=agent_replied&after={}", order.0);
    let list = clinic.workspace.client.get(&path).await.ok(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_goes_on_writing_is_answered_all_the_same() {
    let clinic = answering(json!({ "replies": { "coalesce_milliseconds": 1_000 } })).await;
    for number in 2..9 {
        clinic.hears(&format!("wamid.{number}"), "Are you open on Saturdays?").await;
        clinic.server.clock.advance_micros(900_000);
    }
    clinic.until_said("9 to 12").await;
}

#[tokio::test]
async fn what_was_asked_while_a_person_had_it_is_answered_when_they_hand_back() {
    let clinic = answering(json!({})).await;
    let path = format!("/v1/conversations/{}", clinic.conversation);
    let client = &clinic.workspace.client;
    client.post(&format!("{path}/handoff")).json(&json!({ "reason": "requested" })).await.ok(200);
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    client.post(&format!("{path}/handback")).await.ok(200);
    clinic.until_said("9 to 12").await;
}

#[tokio::test]
async fn an_answer_that_the_platform_refuses_asks_for_a_person() {
    let clinic = answering(json!({})).await;
    clinic.graph.refuse(131_026);
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    clinic.until_event("handoff_triggered").await;
    assert_eq!(clinic.handoff().await["reason"], "reply_failed");
}

#[tokio::test]
async fn whoever_sends_a_picture_is_told_that_a_person_will_look() {
    let clinic = answering(json!({})).await;
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    clinic.until_said("9 to 12").await;
    let picture = json!([{ "from": CUSTOMER, "id": "wamid.3", "timestamp": "1795251500", "type": "image",
        "image": { "id": "901", "mime_type": "image/jpeg", "sha256": "x" } }]);
    let post = clinic.number.post(&picture, CUSTOMER);
    clinic.number.deliver(&clinic.server.admin, &post).await.ok(200);
    let triggered = clinic.until_event("handoff_triggered").await;
    assert_eq!(triggered["data"]["reason"], "no_text");
    let replied = clinic.until_event("agent_replied").await;
    clinic.server.clock.advance_micros(5_000_000);
    clinic.until(&text(&replied["data"], "message"), "accepted").await;
}

#[tokio::test]
async fn an_answer_that_did_not_arrive_asks_for_a_person() {
    let clinic = answering(json!({})).await;
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    let replied = clinic.until_event("agent_replied").await;
    let message = text(&replied["data"], "message");
    clinic.until(&message, "accepted").await;
    let failed = json!({
        "id": "wamid.OUT1", "status": "failed", "timestamp": "1795251600",
        "recipient_id": CUSTOMER, "errors": [{ "code": 131_026, "title": "Message undeliverable" }],
    });
    clinic.number.status(&clinic.server.admin, &failed).await.ok(200);
    assert_eq!(clinic.handoff().await["reason"], "reply_failed");
    // What failed after a person has it changes nothing.
    clinic.number.status(&clinic.server.admin, &failed).await.ok(200);
    let client = &clinic.workspace.client;
    let triggered = client.get("/v1/events?type=handoff_triggered").await.ok(200);
    assert_eq!(triggered["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_takes_over_in_the_sandbox_or_for_later() {
    let clinic = answering(json!({})).await;
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    let wanted = json!({ "mode": "test", "scopes": ["read", "write"] });
    let key = clinic.server.key(&clinic.workspace.id, wanted).await;
    let sandbox = clinic.server.admin.with_token(&key);
    sandbox.post(&path).json(&json!({ "type": "text", "text": "Hello" })).await.ok(202);
    let later = json!({ "type": "text", "text": "Until then", "send_at": "2026-11-21T12:00:00Z" });
    clinic.workspace.client.post(&path).json(&later).await.ok(202);
    assert_eq!(clinic.handoff().await, Value::Null);
    // Neither is waited for.
    clinic.server.clock.advance_micros(6_000_000);
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    clinic.until_said("9 to 12").await;
}

#[tokio::test]
async fn whoever_writes_for_the_business_silences_the_agent() {
    let clinic = answering(json!({})).await;
    clinic.say("I am Maya, how can I help?").await;
    clinic.until_event("handoff_triggered").await;
    assert_eq!(clinic.handoff().await["reason"], "person_took_over");
}

#[tokio::test]
async fn an_answer_that_is_too_late_is_a_persons() {
    let clinic = answering(json!({ "replies": { "coalesce_milliseconds": 60_000 } })).await;
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    clinic.server.clock.advance_micros(20 * 60 * 1_000_000);
    clinic.until_event("handoff_triggered").await;
    assert_eq!(clinic.handoff().await["reason"], "late");
    assert!(clinic.graph.seen().is_empty());
}

#[tokio::test]
async fn an_agent_alone_says_that_it_does_not_know() {
    let rules = json!({ "on_request": true, "when_unsure": false, "outside_hours": false, "unknown_language": true });
    let clinic = answering(json!({ "handoff": rules })).await;
    clinic.hears("wamid.2", "Which insurance companies do you work with abroad?").await;
    clinic.until_said("I am sorry, I do not know that.").await;
    let replied = clinic.until_event("agent_replied").await;
    assert_eq!(replied["data"]["outcome"], "unknown", "{replied}");
    assert_eq!(clinic.handoff().await, Value::Null);
}

#[tokio::test]
async fn a_plan_without_answers_left_calls_a_person_and_says_why() {
    let limits = ["free.generations=1", "pro.generations=1", "business.generations=1"];
    let clinic = Clinic::open_with(|config| {
        config.plan_limits = limits.iter().map(|limit| limit.parse().unwrap()).collect();
    });
    let clinic = answering_at(clinic.await, json!({})).await;
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    clinic.until_said("9 to 12").await;
    clinic.server.clock.advance_micros(10_000_000);
    clinic.hears("wamid.3", "Are you open on Saturdays?").await;
    clinic.until_event("handoff_triggered").await;
    assert_eq!(clinic.handoff().await["reason"], "plan_limit_reached");
    let limits = clinic.workspace.client.get("/v1/limits").await.ok(200);
    let generations =
        limits["limits"].as_array().unwrap().iter().find(|limit| limit["name"] == "generations");
    assert_eq!(generations.unwrap()["used"], 1, "{limits}");
}

#[tokio::test]
async fn documents_are_written_as_often_as_the_plan_allows() {
    let limits =
        ["free.knowledge_writes=2", "pro.knowledge_writes=2", "business.knowledge_writes=2"];
    let clinic = Clinic::open_with(|config| {
        config.plan_limits = limits.iter().map(|limit| limit.parse().unwrap()).collect();
    })
    .await;
    let client = &clinic.workspace.client;
    let add = async || {
        let body = json!({ "title": "Hours", "content": "Nine to five", "language": "en" });
        client.post("/v1/knowledge").json(&body).await
    };
    let id = text(&add().await.ok(201), "id");
    let change = json!({ "content": "Ten to five" });
    client.patch(&format!("/v1/knowledge/{id}")).json(&change).await.ok(200);
    let refused = add().await;
    refused.problem(403, "plan_limit_reached");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    assert!(refused.text.contains("knowledge_writes"), "{}", refused.text);
    // Another month, and it begins anew.
    clinic.server.clock.advance_micros(32 * 86_400 * 1_000_000);
    add().await.ok(201);
}

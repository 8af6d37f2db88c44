//! What customers see: that their message is read, and that somebody writes.

use serde_json::{Value, json};

use super::responding::answering;
use super::sending::Clinic;

#[tokio::test]
async fn a_customer_sees_that_their_message_is_read_and_that_somebody_writes() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let path = format!("/v1/conversations/{}/read", clinic.conversation);
    let marked = client.post(&path).json(&json!({ "typing": true })).await.ok(200);
    assert_eq!((&marked["outcome"], &marked["http_status"]), (&json!("told"), &Value::Null));
    let seen = clinic.graph.seen();
    assert_eq!(
        seen[0].body,
        json!({
            "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1",
            "typing_indicator": { "type": "text" },
        })
    );
    clinic.graph.refuse(100);
    let marked = client.post(&path).json(&json!({})).await.ok(200);
    assert_eq!((&marked["outcome"], &marked["http_status"]), (&json!("refused"), &json!(400)));
    assert!(clinic.graph.seen()[1].body.get("typing_indicator").is_none());
    let event = clinic.until_event("message_marked_read").await;
    assert_eq!(event["data"]["outcome"], "refused");
    let own = clinic.say("Come at nine.").await;
    let problem = client.post(&path).json(&json!({ "message_id": own })).await;
    assert_eq!(problem.problem(400, "invalid_field")["field"], "message_id");
    let disarm = clinic.server.admin.post("/v1/installation/disarm");
    disarm.json(&json!({ "reason": "a drill" })).await.ok(200);
    client.post(&path).json(&json!({})).await.problem(409, "not_allowed_now");
}

#[tokio::test]
async fn whoever_asks_an_agent_sees_that_it_is_read_if_the_channel_says_so() {
    let clinic = answering(json!({})).await;
    let client = &clinic.workspace.client;
    clinic.hears("wamid.2", "Are you open on Saturdays?").await;
    clinic.until_said("9 to 12").await;
    assert!(clinic.graph.seen().iter().all(|one| one.body.get("status").is_none()));
    let path = format!("/v1/channels/{}", clinic.channel);
    let shown = client.patch(&path).json(&json!({ "read_marks": "typing" })).await.ok(200);
    assert_eq!(shown["read_marks"], "typing");
    client.patch(&path).json(&json!({})).await.problem(400, "invalid_field");
    clinic.server.clock.advance_micros(10_000_000);
    clinic.hears("wamid.3", "Is parking free?").await;
    let marked = clinic.until_event("message_marked_read").await;
    assert_eq!(
        (&marked["data"]["outcome"], &marked["data"]["typing"]),
        (&json!("told"), &json!(true))
    );
    let seen = clinic.graph.seen();
    let mark = seen.iter().find(|one| one.body["status"] == "read").unwrap();
    assert_eq!(mark.body["message_id"], "wamid.3");
    assert_eq!(mark.body["typing_indicator"], json!({ "type": "text" }));
}

//! `/v1/conversations`

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn what_was_said_is_read_back() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let shown = workspace.client.get(&format!("/v1/conversations/{id}")).await.ok(200);
    assert_eq!(shown["status"], "open");
    assert_eq!(shown["contact"]["name"], "Ana");
    assert!(shown["channel_id"].is_string() && shown["agent_id"].is_null());
    let messages = workspace.client.get(&format!("/v1/conversations/{id}/messages")).await.ok(200);
    let message = &messages["data"][0];
    assert_eq!(message["direction"], "inbound");
    assert_eq!(message["type"], "text");
    assert_eq!(message["text"], "Hello");
    assert_eq!(message["sent_at"], "2026-11-21T08:58:20Z");
    assert!(message["position"].is_u64() && message["id"].is_string());
    assert_eq!(shown["last_message_at"], "2026-11-21T08:58:20Z");
}

#[tokio::test]
async fn a_sent_message_is_queued_and_seen() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let path = format!("/v1/conversations/{id}/messages");
    let reply =
        workspace.client.post(&path).json(&json!({ "type": "text", "text": "Hi Ana" })).await;
    let queued = reply.ok(202);
    assert_eq!((&queued["status"], &queued["direction"]), (&json!("queued"), &json!("outbound")));
    let list = workspace.client.get(&format!("{path}?at_least={}", reply.position())).await.ok(200);
    let message = &list["data"][1];
    assert_eq!((&message["id"], &message["status"]), (&queued["id"], &json!("queued")));
    assert_eq!(message["text"], "Hi Ana");
}

#[tokio::test]
async fn a_message_is_refused_by_name() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let path = format!("/v1/conversations/{id}/messages");
    for (body, field) in [
        (json!({ "type": "text" }), "text"),
        (json!({ "type": "text", "text": "" }), "text"),
        (json!({ "type": "text", "text": "   " }), "text"),
        (json!({ "type": "text", "text": "x".repeat(4_097) }), "text"),
        (json!({ "type": "hologram", "text": "x" }), "type"),
        (json!({ "type": "image", "text": "x" }), "text"),
        (json!({ "text": "x" }), "type"),
    ] {
        let problem = workspace.client.post(&path).json(&body).await.problem(400, "invalid_field");
        assert_eq!(problem["field"], field, "{body}");
    }
    let nowhere = "/v1/conversations/0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c/messages";
    let body = json!({ "type": "text", "text": "x" });
    workspace.client.post(nowhere).json(&body).await.problem(404, "not_found");
}

#[tokio::test]
async fn nothing_is_sent_on_a_disconnected_channel() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let shown = workspace.client.get(&format!("/v1/conversations/{id}")).await.ok(200);
    let channel = shown["channel_id"].as_str().unwrap();
    workspace.client.delete(&format!("/v1/channels/{channel}")).await.ok(204);
    let request = workspace.client.post(&format!("/v1/conversations/{id}/messages"));
    request.json(&json!({ "type": "text", "text": "x" })).await.problem(409, "not_allowed_now");
}

#[tokio::test]
async fn the_past_is_shown_as_it_stood() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let then = server.app().engine().log().head().0;
    server.clock.advance_micros(3_600_000_000);
    let said = number.say(&server.admin, "wamid.2", "5511999990001", "Are you there?").await;
    let path = format!("/v1/conversations/{id}/messages");
    let count = async |query: String| {
        let list = workspace.client.get(&format!("{path}?{query}")).await.ok(200);
        list["data"].as_array().unwrap().len()
    };
    assert_eq!(count(format!("at_least={}", said.position())).await, 2);
    assert_eq!(count(format!("as_of={then}")).await, 1);
    assert_eq!(count("as_of=2026-11-21T09:30:00Z".to_owned()).await, 1);
    assert_eq!(count("as_of=2026-11-21T10:00:00Z".to_owned()).await, 2);
    // Before it began it did not exist.
    workspace
        .client
        .get(&format!("/v1/conversations/{id}?as_of=1"))
        .await
        .problem(404, "not_found");
    let list = workspace.client.get("/v1/conversations?as_of=1").await.ok(200);
    assert_eq!(list["data"], json!([]));
}

#[tokio::test]
async fn what_does_not_go_with_as_of_is_refused_by_name() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let head = server.app().engine().log().head().0;
    let get = async |path: String| workspace.client.get(&path).await;
    let list = get(format!("/v1/conversations?as_of={head}&order=activity")).await;
    let problem = list.problem(400, "not_allowed_with_as_of");
    assert_eq!(problem["allowed"], json!(["newest", "oldest"]));
    for wrong in ["yesterday", "-1", "99999", "2026-13-01T00:00:00Z"] {
        let problem =
            get(format!("/v1/conversations?as_of={wrong}")).await.problem(400, "invalid_field");
        assert_eq!(problem["field"], "as_of", "{wrong}");
    }
    let problem = get(format!("/v1/people?as_of={head}")).await.problem(400, "unknown_parameter");
    assert_eq!(problem["field"], "as_of");
}

#[tokio::test]
async fn an_unchanged_answer_is_not_sent_again() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    for path in [format!("/v1/conversations/{id}"), "/v1/conversations".to_owned()] {
        let first = workspace.client.get(&path).await;
        let tag = first.header("etag");
        assert!(tag.starts_with("W/\""), "{tag}");
        let again = workspace.client.get(&path).header("if-none-match", &tag).await;
        assert_eq!((again.status, again.text.as_str()), (304, ""));
        let said =
            number.say(&server.admin, &format!("wamid.{path}"), "5511999990001", "More").await;
        let path = format!("{path}?at_least={}", said.position());
        let changed = workspace.client.get(&path).header("if-none-match", &tag).await;
        assert_eq!(changed.status, 200);
        assert_ne!(changed.header("etag"), tag);
    }
}

#[tokio::test]
async fn filters_and_pages_are_checked() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    for (query, code, field) in [
        ("limit=0", "invalid_field", "limit"),
        ("limit=201", "invalid_field", "limit"),
        ("limit=x", "invalid_field", "limit"),
        ("status=shut", "invalid_field", "status"),
        ("assignee=me", "invalid_field", "assignee"),
        ("deleted=maybe", "invalid_field", "deleted"),
        ("deleted=any", "invalid_field", "deleted"),
        ("channel_id=x", "invalid_field", "channel_id"),
        ("order=best", "invalid_field", "order"),
        ("page=zz", "invalid_page", "page"),
        ("stauts=open", "unknown_parameter", "stauts"),
        ("limit=1&limit=2", "invalid_field", "limit"),
        ("at_least=x", "invalid_field", "at_least"),
        ("at_least=99999", "invalid_field", "at_least"),
    ] {
        let reply = workspace.client.get(&format!("/v1/conversations?{query}")).await;
        assert_eq!(reply.problem(400, code)["field"], field, "{query}");
    }
    let problem = workspace.client.get("/v1/conversations/42").await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "id");
}

#[tokio::test]
async fn its_history_is_what_happened_in_order() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let path = format!("/v1/conversations/{id}/events");
    let list = workspace.client.get(&path).await.ok(200);
    let types: Vec<_> =
        list["data"].as_array().unwrap().iter().map(|e| e["type"].clone()).collect();
    assert_eq!(types, ["conversation_opened", "message_received"]);
    let event = &list["data"][1];
    assert_eq!(event["version"], 2);
    assert_eq!(event["stream"], format!("conversation/{id}"));
    assert_eq!(event["actor"]["kind"], "platform");
    assert_eq!(event["data"]["content"]["message"]["text"], "Hello");
    let first = workspace.client.get(&format!("{path}?limit=1")).await.ok(200);
    let next = first["next_page"].as_str().unwrap();
    let second = workspace.client.get(&format!("{path}?limit=1&page={next}")).await.ok(200);
    assert_eq!(second["data"][0]["position"], event["position"]);
    assert_eq!(second["next_page"], json!(null));
}

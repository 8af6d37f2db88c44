//! The request examples of the documents as they are printed: pasted into a shell, with nothing changed
//! but the address, the key and the ids that stand for others. Each gets the documented status, and what
//! the document shows of the answer is there and of the same kind.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::{Scene, avelto, convoai, furnish};
use crate::support::text;

/// An id of an example, and what stands for it here.
type Stands<'a> = (&'a str, &'a str);

/// Pastes an example; the answer must have this status and these members.
async fn paste(scene: &Scene, example: &str, stands: &[Stands<'_>], status: u16, sample: &Value) {
    let server = format!("http://{}", scene.server.address());
    let [convoai, avelto] = ["convoai", "avelto"].map(|name| format!("{server}/{name}"));
    let mut command = example.to_owned();
    for (printed, here) in [
        ("https://app.convoai.cloud", convoai.as_str()),
        ("https://api.avelto.pl", avelto.as_str()),
        ("convo_xxx", scene.client.token()),
        ("ck_live_xxxxxxxxxxxxxxxxxxxxxxxxxxxx", scene.client.token()),
        ("YOUR_API_KEY", scene.client.token()),
    ]
    .iter()
    .chain(stands)
    {
        command = command.replace(printed, here);
    }
    // What is shown of the answer is no part of the request.
    let command = command.replacen("curl ", "curl -sS -w '\\n%{http_code}' ", 1);
    let folder = tempfile::tempdir().unwrap();
    let file = format!("{}/../../fixtures/files/dental-aftercare.pdf", env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(Path::new(&file), folder.path().join("handbook.pdf")).unwrap();
    let pasted = tokio::task::spawn_blocking(move || {
        Command::new("sh").args(["-c", &command]).current_dir(folder.path()).output().unwrap()
    });
    let output = pasted.await.unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (body, given) = printed.rsplit_once('\n').unwrap();
    assert_eq!(given, status.to_string(), "{body}");
    let answer: Value = serde_json::from_str(body).unwrap();
    assert!(shows(sample, &answer), "{answer} is not like {sample}");
}

/// Whether everything that a sample shows is in an answer and of the same kind. Samples are abridged, and
/// what is null in one may be there in an answer; what is shown must not be null there.
fn shows(sample: &Value, answer: &Value) -> bool {
    match (sample, answer) {
        (Value::Object(sample), Value::Object(answer)) => sample
            .iter()
            .all(|(name, value)| answer.get(name).is_some_and(|found| shows(value, found))),
        (Value::Array(sample), Value::Array(answer)) => {
            let first = sample.first().zip(answer.first());
            !answer.is_empty() && first.is_none_or(|(sample, answer)| shows(sample, answer))
        }
        (Value::Null, _) => true,
        (sample, answer) => std::mem::discriminant(sample) == std::mem::discriminant(answer),
    }
}

#[tokio::test]
async fn av_031_037_038_leads_are_listed_as_printed() {
    let scene = Scene::of("avelto").await;
    let path = format!("/v1/leads/{}", avelto::lead(&scene).await);
    scene.workspace.client.patch(&path).json(&json!({ "score": 78 })).await.ok(200);
    let example = r#"curl -H "Authorization: Bearer convo_xxx" \
  "https://api.avelto.pl/api/v1/leads?sort=score""#;
    let sample = json!([{ "id": "", "status": "", "fields": { "name": "" }, "score": 78, "conversationId": "", "crmExternalId": null, "createdAt": "" }]);
    paste(&scene, example, &[], 200, &sample).await;
}

#[tokio::test]
async fn av_039_a_lead_is_made_as_printed() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -X POST -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/json" \
  -d '{"fields":{"name":"Anna","email":"anna@example.com"}}' \
  "https://api.avelto.pl/api/v1/leads""#;
    let sample = json!({ "id": "", "status": "", "fields": { "name": "" }, "score": null, "conversationId": null, "createdAt": "" });
    paste(&scene, example, &[], 201, &sample).await;
}

#[tokio::test]
async fn av_039_040_a_lead_is_made_with_the_printed_body() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -X POST -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/json" \
  -d '{
  "fields": {
    "name": "Anna Nowak",
    "email": "anna@example.com",
    "phone": "+48 111 222 333"
  },
  "source": "external-form"
}' \
  "https://api.avelto.pl/api/v1/leads""#;
    let sample = json!({ "id": "", "status": "", "fields": { "name": "" }, "score": null, "conversationId": null, "createdAt": "" });
    paste(&scene, example, &[], 201, &sample).await;
}

#[tokio::test]
async fn av_043_a_lead_is_moved_as_printed() {
    let scene = Scene::of("avelto").await;
    let id = avelto::lead(&scene).await;
    let example = r#"curl -X PATCH -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/json" \
  -d '{"status":"WON"}' \
  "https://api.avelto.pl/api/v1/leads/uuid/status""#;
    let sample = json!({ "id": "", "status": "", "updatedAt": "" });
    paste(&scene, example, &[("uuid", &id)], 200, &sample).await;
}

#[tokio::test]
async fn av_045_046_047_conversations_are_listed_as_printed() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -H "Authorization: Bearer convo_xxx" \
  "https://api.avelto.pl/api/v1/conversations?status=OPEN&limit=50""#;
    let sample =
        json!([{ "id": "", "agentId": "", "channelId": "", "status": "", "createdAt": "" }]);
    paste(&scene, example, &[], 200, &sample).await;
}

#[tokio::test]
async fn av_049_050_a_conversation_is_shown_as_printed() {
    let scene = Scene::of("avelto").await;
    let id = avelto::conversation(&scene).await;
    let example = r#"curl -H "Authorization: Bearer convo_xxx" \
  "https://api.avelto.pl/api/v1/conversations/uuid""#;
    let sample = json!({ "id": "", "status": "", "messages": [{ "id": "", "role": "", "content": "", "createdAt": "" }] });
    paste(&scene, example, &[("uuid", &id)], 200, &sample).await;
}

#[tokio::test]
async fn av_051_052_an_operator_answers_as_printed() {
    let scene = Scene::of("avelto").await;
    let id = avelto::hand_off(&scene).await;
    let example = r#"curl -X POST -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/json" \
  -d '{"content":"Hi there"}' \
  "https://api.avelto.pl/api/v1/conversations/uuid/operator-message""#;
    let sample = json!({ "id": "", "role": "", "content": "", "createdAt": "" });
    paste(&scene, example, &[("uuid", &id)], 201, &sample).await;
}

#[tokio::test]
async fn av_051_052_an_operator_answers_with_the_printed_body() {
    let scene = Scene::of("avelto").await;
    let id = avelto::hand_off(&scene).await;
    let example = r#"curl -X POST -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/json" \
  -d '{ "content": "Hi Anna — happy to help. What size do you need?" }' \
  "https://api.avelto.pl/api/v1/conversations/uuid/operator-message""#;
    let sample = json!({ "id": "", "role": "", "content": "", "createdAt": "" });
    paste(&scene, example, &[("uuid", &id)], 201, &sample).await;
}

#[tokio::test]
async fn av_054_many_conversations_are_closed_as_printed() {
    let scene = Scene::of("avelto").await;
    furnish(&scene.workspace, "106540352242923", "wamid.2").await;
    let list = scene.workspace.client.get("/v1/conversations").await.ok(200);
    let (one, two) = (text(&list["data"][0], "id"), text(&list["data"][1], "id"));
    let example = r#"curl -X POST -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/json" \
  -d '{"ids":["uuid-1","uuid-2"],"action":"close"}' \
  "https://api.avelto.pl/api/v1/conversations/bulk""#;
    let sample = json!({ "updated": 2, "skipped": 0 });
    paste(&scene, example, &[("uuid-1", &one), ("uuid-2", &two)], 200, &sample).await;
}

#[tokio::test]
async fn av_057_agents_are_listed_as_printed() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -H "Authorization: Bearer convo_xxx" \
  "https://api.avelto.pl/api/v1/agents""#;
    let sample =
        json!([{ "id": "", "name": "", "status": "", "modelProvider": "", "modelName": "" }]);
    paste(&scene, example, &[], 200, &sample).await;
}

#[tokio::test]
async fn av_058_an_agent_is_shown_as_printed() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -H "Authorization: Bearer convo_xxx" \
  "https://api.avelto.pl/api/v1/agents/uuid""#;
    let sample =
        json!({ "id": "", "name": "", "systemPrompt": "", "modelProvider": "", "status": "" });
    paste(&scene, example, &[("uuid", &scene.agent)], 200, &sample).await;
}

#[tokio::test]
async fn av_060_channels_are_listed_as_printed() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -H "Authorization: Bearer convo_xxx" \
  "https://api.avelto.pl/api/v1/channels""#;
    let sample = json!([{ "id": "", "type": "", "name": "", "agentId": "", "createdAt": "" }]);
    paste(&scene, example, &[], 200, &sample).await;
}

#[tokio::test]
async fn av_061_062_064_a_file_is_uploaded_as_printed() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -X POST -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/pdf" \
  -H "X-Original-Name: handbook.pdf" \
  --data-binary @handbook.pdf \
  "https://api.avelto.pl/api/v1/knowledge/upload""#;
    let sample = json!({ "id": "", "type": "", "status": "", "fileName": "" });
    paste(&scene, example, &[], 201, &sample).await;
}

#[tokio::test]
async fn av_065_a_site_is_crawled_as_printed() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -X POST -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/json" \
  -d '{"url":"https://docs.example.com","depth":1}' \
  "https://api.avelto.pl/api/v1/knowledge/crawl""#;
    let sample = json!({ "id": "", "type": "", "status": "", "url": "" });
    paste(&scene, example, &[], 201, &sample).await;
}

#[tokio::test]
async fn av_069_070_a_webhook_is_made_as_printed() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -X POST -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/json" \
  -d '{"type":"WEBHOOK","url":"https://hooks.example.com/avelto","events":["lead.created"]}' \
  "https://api.avelto.pl/api/v1/integrations/webhook""#;
    let sample = json!({ "id": "", "type": "", "url": "", "events": [""], "signingSecret": "" });
    paste(&scene, example, &[], 201, &sample).await;
}

#[tokio::test]
async fn av_069_073_a_webhook_is_made_with_the_printed_body() {
    let scene = Scene::of("avelto").await;
    let example = r#"curl -X POST -H "Authorization: Bearer convo_xxx" \
  -H "Content-Type: application/json" \
  -d '{
  "type": "WEBHOOK",
  "url": "https://hooks.example.com/avelto",
  "events": ["lead.created", "conversation.closed"]
}' \
  "https://api.avelto.pl/api/v1/integrations/webhook""#;
    let sample = json!({ "id": "", "type": "", "url": "", "events": [""], "signingSecret": "" });
    paste(&scene, example, &[], 201, &sample).await;
}

#[tokio::test]
async fn av_074_075_integrations_are_listed_as_printed() {
    let scene = Scene::of("avelto").await;
    let body = json!({ "type": "WEBHOOK", "url": "https://hooks.example.com/", "events": ["lead.created"] });
    scene.client.post("/avelto/api/v1/integrations/webhook").json(&body).await.ok(201);
    let example = r#"curl -H "Authorization: Bearer convo_xxx" \
  "https://api.avelto.pl/api/v1/integrations""#;
    let sample =
        json!([{ "id": "", "type": "", "url": "", "events": [""], "status": "", "createdAt": "" }]);
    paste(&scene, example, &[], 200, &sample).await;
}

#[tokio::test]
async fn ca_004_015_agents_are_listed_as_printed_under_authentication() {
    let scene = Scene::of("convoai").await;
    let example = r#"# All requests require this header
# Example curl
curl https://app.convoai.cloud/api/v1/agents/ \
  -H "Authorization: Bearer ck_live_xxxxxxxxxxxxxxxxxxxxxxxxxxxx" \
  -H "Content-Type: application/json""#;
    let sample = json!({ "count": 1, "results": [{ "id": "", "name": "", "status": "", "phone_number": "", "created_at": "" }] });
    paste(&scene, example, &[], 200, &sample).await;
}

#[tokio::test]
async fn ca_025_027_me_is_shown_as_printed() {
    let scene = Scene::of("convoai").await;
    let owner = json!({ "name": "You", "email": "you@yourbusiness.com", "role": "owner" });
    scene.workspace.client.post("/v1/people").json(&owner).await.ok(201);
    let example = r#"curl https://app.convoai.cloud/api/v1/me/ \
  -H "Authorization: Bearer YOUR_API_KEY""#;
    let sample = json!({ "id": "", "email": "", "plan": "", "agents_count": 2, "api_version": "" });
    paste(&scene, example, &[], 200, &sample).await;
}

#[tokio::test]
async fn ca_031_033_agents_are_listed_as_printed() {
    let scene = Scene::of("convoai").await;
    let example = r#"curl https://app.convoai.cloud/api/v1/agents/ \
  -H "Authorization: Bearer YOUR_API_KEY""#;
    let sample = json!({ "count": 1, "results": [{ "id": "", "name": "", "status": "", "phone_number": "", "created_at": "" }] });
    paste(&scene, example, &[], 200, &sample).await;
}

#[tokio::test]
async fn ca_039_knowledge_is_pushed_as_printed() {
    let scene = Scene::of("convoai").await;
    let id = convoai::agent(&scene).await;
    let example = r#"curl -X POST https://app.convoai.cloud/api/v1/agents/agt_01HXYZ1234ABCD/knowledge/ \
  -H "Authorization: Bearer YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "title": "Summer 2026 Pricing",
    "content": "Our summer plans start at $49/mo. Enterprise quotes available.",
    "doc_type": "text"
  }'"#;
    let sample = json!({ "id": "", "title": "", "doc_type": "" });
    paste(&scene, example, &[("agt_01HXYZ1234ABCD", &id)], 201, &sample).await;
}

#[tokio::test]
async fn ca_042_043_a_message_is_sent_as_printed() {
    let scene = Scene::of("convoai").await;
    let id = convoai::agent(&scene).await;
    let example = r#"curl -X POST https://app.convoai.cloud/api/v1/agents/agt_01HXYZ1234ABCD/messages/ \
  -H "Authorization: Bearer YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "to": "+14155559876",
    "type": "text",
    "text": "Hi! Your order has been confirmed. Reply anytime if you need help."
  }'"#;
    let sample = json!({ "message_id": "", "status": "", "to": "", "queued_at": "" });
    paste(&scene, example, &[("agt_01HXYZ1234ABCD", &id)], 201, &sample).await;
}

#[tokio::test]
async fn ca_045_046_a_webhook_is_registered_as_printed() {
    let scene = Scene::of("convoai").await;
    let id = convoai::agent(&scene).await;
    let example = r#"curl -X POST https://app.convoai.cloud/api/v1/agents/agt_01HXYZ1234ABCD/webhooks/ \
  -H "Authorization: Bearer YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "url": "https://yourapp.com/webhooks/convoai",
    "events": ["lead.qualified", "appointment.booked", "handoff.triggered"],
    "secret": "whsec_your_signing_secret"
  }'"#;
    let sample = json!({ "id": "", "url": "", "events": [""] });
    paste(&scene, example, &[("agt_01HXYZ1234ABCD", &id)], 201, &sample).await;
}

//! What people want to be sent, over HTTP.

use serde_json::{Value, json};

use super::sending::Clinic;
use crate::support::{TestServer, text};

const CUSTOMER: &str = "5511999990001";

fn template() -> Value {
    json!({ "type": "template", "template": { "name": "spring_sale", "language": { "code": "pt_BR" } } })
}

#[tokio::test]
async fn a_stop_is_shown_listed_and_told_in_the_timeline() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (client, number) = (&workspace.client, workspace.number().await);
    let conversation = workspace.conversation(&number).await;
    number.say(&server.admin, "wamid.9", "5511999990009", "Oi").await.ok(200);
    let at = number.say(&server.admin, "wamid.2", CUSTOMER, "Stop.").await.position();
    let shown = client.get(&format!("/v1/conversations/{conversation}?at_least={at}")).await;
    let contact = text(&shown.ok(200)["contact"], "id");
    let path = format!("/v1/contacts/{contact}");
    let marketing = client.get(&path).await.ok(200)["opted_out"]["marketing"].clone();
    assert_eq!(marketing["source"], "words");
    assert_eq!(marketing["since"], "2026-11-21T08:58:20Z");
    let listed = async |scope: &str| -> Vec<Value> {
        let list = client.get(&format!("/v1/contacts?opted_out={scope}")).await.ok(200);
        let list = list["data"].as_array().unwrap().clone();
        list.iter().map(|contact| contact["id"].clone()).collect()
    };
    assert_eq!(listed("marketing").await, [json!(contact)]);
    assert_eq!(listed("all").await, Vec::<Value>::new());
    let out = json!({ "scope": "all", "reason": "complaint", "note": "called the owner" });
    let reply = client.post(&format!("{path}/opt-out")).json(&out).await;
    assert_eq!(reply.ok(200), json!({ "id": contact, "scope": "all", "changed": true }));
    let again = client.post(&format!("{path}/opt-out")).json(&out).await;
    assert_eq!(again.ok(200)["changed"], false);
    let at = reply.position();
    let history = client.get(&format!("{path}/preferences?limit=1&at_least={at}")).await.ok(200);
    let newest = &history["data"][0];
    assert_eq!((&newest["type"], &newest["scope"]), (&json!("opted_out"), &json!("all")));
    assert_eq!(
        (&newest["reason"], &newest["note"]),
        (&json!("complaint"), &json!("called the owner"))
    );
    let next = history["next_page"].as_str().unwrap();
    let older = client.get(&format!("{path}/preferences?limit=1&page={next}")).await.ok(200);
    assert_eq!(older["data"][0]["source"], "words");
    assert!(older["data"][0]["message_id"].is_string());
    assert_eq!(listed("all").await, [json!(contact)]);
    let timeline = client.get(&format!("/v1/conversations/{conversation}/timeline")).await.ok(200);
    let told = timeline["data"].as_array().unwrap().iter();
    let told: Vec<_> = told.filter_map(|entry| entry.get("preference")).collect();
    assert_eq!(told.len(), 2, "{timeline}");
    let nobody = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    let missing = client.get(&format!("/v1/contacts/{nobody}/preferences")).await;
    missing.problem(404, "not_found");
    let missing = client.post(&format!("/v1/contacts/{nobody}/opt-out")).json(&out).await;
    missing.problem(404, "not_found");
    // Nobody reads the note of somebody who was erased.
    let erase = client.post(&format!("{path}/erase")).json(&json!({ "reason": "requested" }));
    let at = erase.await.position();
    let history = client.get(&format!("{path}/preferences?at_least={at}")).await.ok(200);
    assert_eq!(
        (&history["data"][0]["note"], &history["data"][0]["erased"]),
        (&json!(null), &json!(true))
    );
}

#[tokio::test]
async fn a_refusal_says_since_when_by_what_and_the_way_back() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (client, number) = (&workspace.client, workspace.number().await);
    let conversation = workspace.conversation(&number).await;
    number.say(&server.admin, "wamid.2", CUSTOMER, "unsubscribe").await.ok(200);
    let send = format!("/v1/conversations/{conversation}/messages");
    let problem = client.post(&send).json(&template()).await.problem(403, "opted_out");
    let detail = problem["detail"].as_str().unwrap();
    for said in ["2026-11-21T08:58:20Z", "by a message of theirs", "START", "/opt-in"] {
        assert!(detail.contains(said), "{detail}");
    }
    assert_eq!(problem["other"]["type"], "contact");
    let contact = text(&problem["other"], "id");
    client.post(&send).json(&json!({ "type": "text", "text": "Claro." })).await.ok(202);
    let mut utility = template();
    utility["category"] = json!("utility");
    client.post(&send).json(&utility).await.ok(202);
    let path = format!("/v1/contacts/{contact}/opt-in");
    let wrong =
        client.post(&path).json(&json!({ "scope": "marketing", "reason": "why not" })).await;
    assert_eq!(wrong.problem(400, "invalid_field")["field"], "reason");
    client.post(&path).json(&json!({ "scope": "marketing", "reason": "asked" })).await.ok(200);
    client.post(&send).json(&template()).await.ok(202);
}

#[tokio::test]
async fn what_waits_when_somebody_says_stop_does_not_leave() {
    let clinic = Clinic::open().await;
    let mut later = template();
    later["send_at"] = json!("2026-11-21T09:30:00Z");
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    let id = text(&clinic.workspace.client.post(&path).json(&later).await.ok(202), "id");
    let (number, admin) = (&clinic.number, &clinic.server.admin);
    number.say(admin, "wamid.2", CUSTOMER, "PARE").await.ok(200);
    clinic.server.clock.advance_micros(1_900_000_000);
    let message = clinic.until(&id, "failed").await;
    assert_eq!(message["errors"][0]["code"], 131_050);
    assert_eq!(clinic.graph.seen().len(), 0, "nothing was handed over");
}

#[tokio::test]
async fn a_workspace_has_words_of_its_own() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let usual = json!({ "stop_words": [], "start_words": [], "scope": "marketing" });
    assert_eq!(client.get("/v1/settings/opt-out").await.ok(200), usual);
    let words = json!({ "stop_words": ["Chega!", "chega", "BASTA"], "scope": "all" });
    let set = client.post("/v1/settings/opt-out").json(&words).await.ok(200);
    let kept = json!({ "stop_words": ["basta", "chega"], "start_words": [], "scope": "all" });
    assert_eq!(set, kept);
    assert_eq!(client.get("/v1/settings/opt-out").await.ok(200), kept);
    let number = workspace.number().await;
    let at = number.say(&server.admin, "wamid.1", CUSTOMER, "chega").await.position();
    let list = client.get(&format!("/v1/contacts?opted_out=all&at_least={at}")).await.ok(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
}

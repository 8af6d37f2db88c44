//! `/v1/broadcasts`, against a double of the platform's API.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use serde_json::{Value, json};

use super::sending::Clinic;
use crate::support::{TestServer, Workspace, text};

const CUSTOMER: &str = "5511999990001";

pub(super) fn sale(channel: &str) -> Value {
    json!({
        "name": "Spring", "channel_id": channel,
        "message": { "type": "template", "template": {
            "name": "spring_sale", "language": { "code": "pt_BR" },
            "components": [{ "type": "body", "parameters": [{ "type": "text", "text": "{{name}}" }] }],
        } },
    })
}

pub(super) fn phone(n: usize) -> String {
    format!("55119900{n:05}")
}

pub(super) fn to(phones: impl IntoIterator<Item = String>) -> Value {
    let recipients = phones.into_iter().map(|phone| {
        let name = format!("Nr. {phone}");
        json!({ "phone": phone, "parameters": { "name": name } })
    });
    json!({ "recipients": recipients.collect::<Vec<_>>() })
}

pub(super) async fn made(workspace: &Workspace, body: &Value, recipients: &Value) -> String {
    let client = &workspace.client;
    let id = text(&client.post("/v1/broadcasts").json(body).await.ok(201), "id");
    let add = client.post(&format!("/v1/broadcasts/{id}/recipients")).json(recipients).await;
    add.ok(200);
    id
}

pub(super) async fn order(workspace: &Workspace, id: &str, order: &str) {
    let post = workspace.client.post(&format!("/v1/broadcasts/{id}/{order}"));
    let post = if order == "start" { post.json(&json!({})) } else { post };
    post.await.ok(200);
}

pub(super) async fn shown(workspace: &Workspace, id: &str) -> Value {
    workspace.client.get(&format!("/v1/broadcasts/{id}")).await.ok(200)
}

fn accepted(broadcast: &Value) -> usize {
    usize::try_from(broadcast["counts"]["accepted"].as_u64().unwrap()).unwrap()
}

/// Lets time pass until it is as wanted: looks again after every commit.
pub(super) async fn until(
    server: &TestServer,
    workspace: &Workspace,
    id: &str,
    is: impl Fn(&Value) -> bool,
) -> Value {
    let mut head = server.app().engine().log().watch();
    loop {
        head.mark_unchanged();
        let broadcast = shown(workspace, id).await;
        if is(&broadcast) {
            return broadcast;
        }
        server.clock.advance_micros(500_000);
        tokio::time::timeout(std::time::Duration::from_millis(100), head.changed()).await.ok();
    }
}

#[tokio::test]
async fn five_hundred_are_written_to_once_whoever_says_stop_and_however_often_it_is_interrupted() {
    const ALL: usize = 500;
    const STOPS: usize = 450;
    let clinic = Clinic::open().await;
    let Clinic { mut server, graph, mut workspace, number, channel, .. } = clinic;
    let id = made(&workspace, &sale(&channel), &to((0..ALL).map(phone))).await;
    let tried = workspace.client.post(&format!("/v1/broadcasts/{id}/dry-run")).await.ok(200);
    assert_eq!((&tried["sent"], &tried["unknown"]), (&json!(ALL), &json!(ALL)));
    order(&workspace, &id, "start").await;
    let done = |broadcast: &Value| {
        let of = |name: &str| broadcast["counts"][name].as_u64().unwrap();
        of("accepted") + of("suppressed")
    };
    until(&server, &workspace, &id, |broadcast| done(broadcast) >= 50).await;
    number.say(&server.admin, "wamid.stop", &phone(STOPS), "STOP").await.ok(200);
    order(&workspace, &id, "pause").await;
    // What was handed over is answered; what waits stays where it is.
    let handed_over = |broadcast: &Value| accepted(broadcast) == graph.seen().len();
    let paused = until(&server, &workspace, &id, handed_over).await;
    assert_eq!(paused["status"], "paused");
    let stands = graph.seen().len();
    assert!(stands < ALL - 100, "{stands} were written to before the pause");
    server.clock.advance_micros(60_000_000);
    number.say(&server.admin, "wamid.later", CUSTOMER, "Hello?").await.ok(200);
    assert_eq!(accepted(&shown(&workspace, &id).await), stands);
    order(&workspace, &id, "resume").await;
    until(&server, &workspace, &id, |broadcast| done(broadcast) >= 200).await;
    server = server.restart().await;
    workspace.client = server.admin.with_token(&workspace.key);
    let broadcast =
        until(&server, &workspace, &id, |broadcast| broadcast["status"] == "finished").await;
    let counts = &broadcast["counts"];
    assert_eq!(
        (&counts["accepted"], &counts["suppressed"]),
        (&json!(ALL - 1), &json!(1)),
        "{counts}"
    );
    assert_eq!(counts["skipped_by_reason"], json!({ "opted_out": 1 }));
    let written: Vec<String> =
        graph.seen().iter().map(|seen| seen.body["to"].as_str().unwrap().to_owned()).collect();
    let each: BTreeSet<_> = written.iter().cloned().collect();
    assert_eq!((written.len(), each.len()), (ALL - 1, ALL - 1), "nobody twice");
    assert!(!each.contains(&phone(STOPS)));
    let filled = graph.seen()[0].body["template"]["components"][0]["parameters"][0].clone();
    assert_eq!(filled["text"], format!("Nr. {}", graph.seen()[0].body["to"].as_str().unwrap()));
    let list = format!("/v1/broadcasts/{id}/recipients");
    let left = workspace.client.get(&format!("{list}?outcome=suppressed")).await.ok(200);
    assert_eq!(left["data"][0]["number"], STOPS + 1);
    assert_eq!(left["data"][0]["reason"], "opted_out");
    let page = workspace.client.get(&format!("{list}?limit=200")).await.ok(200);
    assert_eq!(page["data"][199]["number"], 200);
    let next = page["next_page"].as_str().unwrap();
    let page = workspace.client.get(&format!("{list}?limit=200&page={next}")).await.ok(200);
    assert_eq!(page["data"][0]["number"], 201);
}

#[tokio::test]
async fn a_number_that_stands_still_stops_a_broadcast_until_it_goes_on() {
    let clinic = Clinic::open().await;
    let Clinic { server, graph, workspace, channel, .. } = clinic;
    graph.refuse(190);
    let id = made(&workspace, &sale(&channel), &to((0..5).map(phone))).await;
    order(&workspace, &id, "start").await;
    until(&server, &workspace, &id, |_| !graph.seen().is_empty()).await;
    let path = format!("/v1/channels/{channel}");
    until(&server, &workspace, &id, |_| {
        let channel = convolog_domain::ChannelId::from_str(&channel).unwrap();
        let of = convolog_domain::WorkspaceId::from_str(&workspace.id).unwrap();
        let loaded = server.app().engine().load::<convolog_domain::channel::Channel>(of, channel.0);
        loaded.unwrap().state.stopped
    })
    .await;
    workspace.client.post(&format!("{path}/resume")).await.ok(200);
    let all = until(&server, &workspace, &id, |broadcast| broadcast["status"] == "finished").await;
    assert_eq!(all["counts"]["accepted"], 5);
    let written: BTreeSet<_> =
        graph.seen().iter().map(|seen| seen.body["to"].to_string()).collect();
    assert_eq!(written.len(), 5);
}

#[tokio::test]
async fn what_is_given_up_is_taken_back_and_what_failed_is_counted_by_code() {
    let clinic = Clinic::open().await;
    let Clinic { server, graph, workspace, channel, .. } = clinic;
    graph.refuse(131_026);
    let id = made(&workspace, &sale(&channel), &to((0..2).map(phone))).await;
    order(&workspace, &id, "start").await;
    let all = until(&server, &workspace, &id, |broadcast| broadcast["status"] == "finished").await;
    assert_eq!((&all["counts"]["failed"], &all["counts"]["accepted"]), (&json!(1), &json!(1)));
    assert_eq!(all["counts"]["failed_by_code"], json!({ "131026": 1 }));
    let mut slow = sale(&channel);
    slow["per_minute"] = json!(1);
    let id = made(&workspace, &slow, &to((10..13).map(phone))).await;
    order(&workspace, &id, "start").await;
    until(&server, &workspace, &id, |broadcast| broadcast["counts"]["accepted"] == 1).await;
    order(&workspace, &id, "cancel").await;
    let counts = shown(&workspace, &id).await["counts"].clone();
    assert!(counts["waiting"].as_u64().unwrap() >= 1, "{counts}");
    let again = workspace.client.post(&format!("/v1/broadcasts/{id}/resume")).await;
    again.problem(409, "not_allowed_now");
}

#[tokio::test]
async fn recipients_are_checked_and_found_by_what_they_have_in_common() {
    let clinic = Clinic::open().await;
    let (workspace, client) = (&clinic.workspace, &clinic.workspace.client);
    let reply = client.post("/v1/broadcasts").json(&sale(&clinic.channel)).await.ok(201);
    let id = text(&reply, "id");
    assert_eq!((&reply["status"], &reply["parameters"]), (&json!("draft"), &json!(["name"])));
    let add = format!("/v1/broadcasts/{id}/recipients");
    let tag = format!("/v1/conversations/{}/tags", clinic.conversation);
    let at = client.post(&tag).json(&json!({ "tags": ["vip"] })).await.position();
    let vip = json!({ "audience": { "tag": "VIP", "parameters": { "name": "you" } } });
    client.get(&format!("/v1/conversations?at_least={at}")).await.ok(200);
    assert_eq!(client.post(&add).json(&vip).await.ok(200)["added"], 1);
    let lead = json!({ "audience": { "lead_status": "NEW", "parameters": { "name": "you" } } });
    let again = client.post(&add).json(&lead).await.ok(200);
    assert_eq!(again["added"], 0, "they are one already: {again}");
    let nobody = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    let mixed = json!({ "recipients": [
        { "contact_id": nobody, "parameters": { "name": "x" } },
        { "phone": "12", "parameters": { "name": "x" } },
        { "phone": CUSTOMER, "parameters": { "name": "x" } },
        { "phone": phone(1) },
    ] });
    let mixed = client.post(&add).json(&mixed).await.ok(200);
    assert_eq!((&mixed["added"], &mixed["repeated"]), (&json!(0), &json!(1)));
    let fields: Vec<_> =
        mixed["refused"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(fields, [json!("contact_id"), json!("phone"), json!("parameters")]);
    client.post(&add).json(&json!({})).await.problem(400, "invalid_field");
    order(workspace, &id, "start").await;
    client.post(&add).json(&vip).await.problem(409, "not_allowed_now");
    let other = clinic.server.workspace().await;
    other.client.get(&format!("/v1/broadcasts/{id}")).await.problem(404, "not_found");
    let list = client.get("/v1/broadcasts").await.ok(200);
    assert_eq!(list["data"][0]["id"], json!(id));
}

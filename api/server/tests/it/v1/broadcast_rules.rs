//! What a broadcast gives way to: a pause, whoever is in a conversation, people who are one or are gone,
//! templates that cannot be sent, keys of the sandbox.

use serde_json::{Value, json};

use super::broadcasts::{made, order, phone, sale, shown, to, until};
use super::sending::Clinic;
use crate::support::{TestServer, Workspace, text};

const CUSTOMER: &str = "5511999990001";

/// Lets the number send nothing for ten seconds, with the messages of a broadcast to these people
/// waiting in their conversations; which broadcast, and the message that was too much.
async fn standing_still(clinic: &Clinic, recipients: &Value) -> (String, String) {
    clinic.graph.refuse(80_007);
    let refused = clinic.say("This is too much.").await;
    clinic.until_event("channel_slowed").await;
    let id = made(&clinic.workspace, &sale(&clinic.channel), recipients).await;
    order(&clinic.workspace, &id, "start").await;
    let mut head = clinic.server.app().engine().log().watch();
    loop {
        head.mark_unchanged();
        if shown(&clinic.workspace, &id).await["counts"]["waiting"] == 0 {
            return (id, refused);
        }
        head.changed().await.unwrap();
    }
}

/// The number sends again: what was refused first.
async fn go_on(clinic: &Clinic, refused: &str) {
    clinic.server.clock.advance_micros(20_000_000);
    clinic.until(refused, "accepted").await;
    clinic.server.clock.advance_micros(6_000_000);
}

/// Who was handed the broadcast.
fn written_to(clinic: &Clinic) -> Vec<String> {
    let seen = clinic.graph.seen();
    let many = seen.iter().filter(|one| one.body["type"] == "template");
    many.map(|one| one.body["to"].as_str().unwrap().to_owned()).collect()
}

async fn refusal(client: &crate::support::Client, path: &str, contact: &str) -> Value {
    let row = json!({ "recipients": [{ "contact_id": contact, "parameters": { "name": "x" } }] });
    client.post(path).json(&row).await.ok(200)["refused"].clone()
}

#[tokio::test]
async fn a_pause_holds_back_the_very_next_message_and_no_answer() {
    let clinic = Clinic::open().await;
    let everybody = [phone(1), phone(2), CUSTOMER.to_owned()];
    let (id, refused) = standing_still(&clinic, &to(everybody)).await;
    order(&clinic.workspace, &id, "pause").await;
    go_on(&clinic, &refused).await;
    // Somebody who is a recipient as well is answered all the same.
    let answer = clinic.say("You asked when we are open.").await;
    clinic.until(&answer, "accepted").await;
    assert_eq!(written_to(&clinic), Vec::<String>::new());
    let counts = shown(&clinic.workspace, &id).await["counts"].clone();
    assert_eq!((&counts["queued"], &counts["accepted"]), (&json!(3), &json!(0)));
    order(&clinic.workspace, &id, "resume").await;
    let finished = |broadcast: &Value| broadcast["status"] == "finished";
    let all = until(&clinic.server, &clinic.workspace, &id, finished).await;
    assert_eq!(all["counts"]["accepted"], 3);
    let mut written = written_to(&clinic);
    written.sort();
    assert_eq!(written, [phone(1), phone(2), CUSTOMER.to_owned()]);
}

#[tokio::test]
async fn what_is_given_up_while_it_waits_is_taken_back() {
    let clinic = Clinic::open().await;
    let (id, refused) = standing_still(&clinic, &to([phone(1), phone(2)])).await;
    order(&clinic.workspace, &id, "cancel").await;
    go_on(&clinic, &refused).await;
    let taken_back = |broadcast: &Value| broadcast["counts"]["cancelled"] == 2;
    until(&clinic.server, &clinic.workspace, &id, taken_back).await;
    assert_eq!(written_to(&clinic), Vec::<String>::new());
}

#[tokio::test]
async fn a_restart_keeps_back_what_was_held_back() {
    let clinic = Clinic::open().await;
    let (id, refused) = standing_still(&clinic, &to([phone(1)])).await;
    order(&clinic.workspace, &id, "pause").await;
    let Clinic { server, graph, workspace, number, channel, conversation } = clinic;
    let server = server.restart().await;
    let client = server.admin.with_token(&workspace.key);
    let workspace = Workspace { client, ..workspace };
    let clinic = Clinic { server, graph, workspace, number, channel, conversation };
    go_on(&clinic, &refused).await;
    let answer = clinic.say("Yes?").await;
    clinic.until(&answer, "accepted").await;
    assert_eq!(written_to(&clinic), Vec::<String>::new());
    order(&clinic.workspace, &id, "resume").await;
    let finished = |broadcast: &Value| broadcast["status"] == "finished";
    until(&clinic.server, &clinic.workspace, &id, finished).await;
    assert_eq!(written_to(&clinic), [phone(1)]);
}

#[tokio::test]
async fn two_who_turn_out_to_be_one_are_written_to_once() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let id = made(&clinic.workspace, &sale(&clinic.channel), &to([phone(1), phone(2)])).await;
    let path = format!("/v1/broadcasts/{id}/recipients");
    let again = to(["+55 11 9 9000-0001".to_owned(), phone(2)]);
    let again = client.post(&path).json(&again).await.ok(200);
    assert_eq!((&again["added"], &again["repeated"]), (&json!(0), &json!(2)), "{again}");
    let list = client.get(&path).await.ok(200);
    let contact = |n: usize| text(&list["data"][n], "contact_id");
    let merge = format!("/v1/contacts/{}/merge", contact(0));
    client.post(&merge).json(&json!({ "other": contact(1) })).await.ok(200);
    order(&clinic.workspace, &id, "start").await;
    let finished = |broadcast: &Value| broadcast["status"] == "finished";
    let all = until(&clinic.server, &clinic.workspace, &id, finished).await;
    assert_eq!(all["counts"]["skipped_by_reason"], json!({ "repeated": 1 }));
    assert_eq!(clinic.graph.seen().len(), 1);
}

#[tokio::test]
async fn two_who_become_one_between_their_turns_are_written_to_once() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let mut slow = sale(&clinic.channel);
    slow["per_minute"] = json!(1);
    let id = made(&clinic.workspace, &slow, &to([phone(1), phone(2), phone(3)])).await;
    let list = client.get(&format!("/v1/broadcasts/{id}/recipients")).await.ok(200);
    let contact = |n: usize| text(&list["data"][n], "contact_id");
    order(&clinic.workspace, &id, "start").await;
    let mut head = clinic.server.app().engine().log().watch();
    while clinic.graph.seen().is_empty() {
        head.changed().await.unwrap();
    }
    // The second goes on for both, and for the third: whose turn comes is not who was written to.
    for (survivor, other) in [(1, 0), (2, 1)] {
        let merge = format!("/v1/contacts/{}/merge", contact(survivor));
        client.post(&merge).json(&json!({ "other": contact(other) })).await.ok(200);
    }
    let finished = |broadcast: &Value| broadcast["status"] == "finished";
    let all = until(&clinic.server, &clinic.workspace, &id, finished).await;
    assert_eq!(all["counts"]["skipped_by_reason"], json!({ "repeated": 2 }));
    assert_eq!(written_to(&clinic), [phone(1)]);
}

#[tokio::test]
async fn somebody_elses_contact_is_no_contact() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let id = made(&clinic.workspace, &sale(&clinic.channel), &to([phone(1)])).await;
    let path = format!("/v1/broadcasts/{id}/recipients");
    let other = clinic.server.workspace().await;
    let number = crate::support::Number::new("106540352242933");
    other.connect(&number).await;
    let conversation = other.conversation(&number).await;
    let theirs = other.client.get(&format!("/v1/conversations/{conversation}")).await.ok(200);
    let nobody = "0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    let theirs = refusal(client, &path, &text(&theirs["contact"], "id")).await;
    assert_eq!(theirs, refusal(client, &path, nobody).await);
    assert_eq!((&theirs[0]["index"], &theirs[0]["code"]), (&json!(0), &json!("invalid_field")));
}

#[tokio::test]
async fn whoever_is_erased_meanwhile_is_not_written_to() {
    let clinic = Clinic::open().await;
    let (client, workspace) = (&clinic.workspace.client, &clinic.workspace);
    let erase = async |id: &str, n: usize| {
        let list = client.get(&format!("/v1/broadcasts/{id}/recipients")).await.ok(200);
        let contact = text(&list["data"][n], "contact_id");
        let body = json!({ "reason": "requested" });
        client.post(&format!("/v1/contacts/{contact}/erase")).json(&body).await.ok(200);
    };
    // One whose message waits, one whose turn has not come.
    let (id, refused) = standing_still(&clinic, &to([phone(1), phone(2)])).await;
    erase(&id, 1).await;
    go_on(&clinic, &refused).await;
    let finished = |broadcast: &Value| broadcast["status"] == "finished";
    let all = until(&clinic.server, workspace, &id, finished).await;
    let counts = &all["counts"];
    assert_eq!((&counts["accepted"], &counts["cancelled"]), (&json!(1), &json!(1)), "{counts}");
    let later = made(workspace, &sale(&clinic.channel), &to([phone(3), phone(4)])).await;
    erase(&later, 0).await;
    order(workspace, &later, "start").await;
    let all = until(&clinic.server, workspace, &later, finished).await;
    assert_eq!(all["counts"]["skipped_by_reason"], json!({ "erased": 1 }));
    assert_eq!(written_to(&clinic), [phone(1), phone(4)]);
}

#[tokio::test]
async fn a_template_that_cannot_be_sent_stops_it_and_its_category_says_who_is_left_out() {
    let clinic = Clinic::open().await;
    let (client, workspace) = (&clinic.workspace.client, &clinic.workspace);
    let element = |status: &str| {
        json!({
            "id": "1", "name": "order_ready", "language": "en", "status": status,
            "category": "UTILITY",
            "components": [{ "type": "BODY", "text": "Your order {{1}} is ready." }],
        })
    };
    clinic.graph.has_template(element("APPROVED"));
    clinic.sync().await;
    let ready = json!({
        "name": "Ready", "channel_id": clinic.channel,
        "message": { "type": "template", "template": {
            "name": "order_ready", "language": "en", "parameters": ["{{order}}"],
        } },
    });
    let mut wrong = ready.clone();
    wrong["message"]["template"]["parameters"] = json!([]);
    client.post("/v1/broadcasts").json(&wrong).await.problem(400, "invalid_field");
    let rows = [(phone(1), "A-1"), (phone(2), "A-2")];
    let rows =
        rows.map(|(phone, order)| json!({ "phone": phone, "parameters": { "order": order } }));
    let id = made(workspace, &ready, &json!({ "recipients": rows })).await;
    // They do not want marketing, and this is none.
    clinic.number.say(&clinic.server.admin, "wamid.stop", &phone(2), "STOP").await.ok(200);
    clinic.server.clock.advance_micros(60_000_000);
    clinic.graph.has_template(element("PAUSED"));
    clinic.sync().await;
    let tried = client.post(&format!("/v1/broadcasts/{id}/dry-run")).await.ok(200);
    assert_eq!(tried["stops"], "template_unavailable");
    order(workspace, &id, "start").await;
    let paused = |broadcast: &Value| broadcast["status"] == "paused";
    let stopped = until(&clinic.server, workspace, &id, paused).await;
    assert_eq!(stopped["paused_because"], "template_unavailable");
    clinic.server.clock.advance_micros(60_000_000);
    clinic.graph.has_template(element("APPROVED"));
    clinic.sync().await;
    order(workspace, &id, "resume").await;
    let finished = |broadcast: &Value| broadcast["status"] == "finished";
    let all = until(&clinic.server, workspace, &id, finished).await;
    assert_eq!(all["counts"]["accepted"], 2, "{all}");
    let seen = clinic.graph.seen();
    let second = seen.iter().find(|one| one.body["to"] == phone(2).as_str()).unwrap();
    let said = &second.body["template"]["components"][0]["parameters"];
    assert_eq!(said, &json!([{ "type": "text", "text": "A-2" }]));
}

#[tokio::test]
async fn a_key_of_the_sandbox_reaches_nobody_and_runs_only_its_own() {
    let clinic = Clinic::open().await;
    let Clinic { server, workspace, channel, .. } = &clinic;
    let tester = tester(server, workspace).await;
    let recipients = to([phone(1), phone(2)]);
    let own = made(&tester, &sale(channel), &recipients).await;
    order(&tester, &own, "start").await;
    let finished = |broadcast: &Value| broadcast["status"] == "finished";
    let all = until(server, &tester, &own, finished).await;
    assert_eq!((&all["sandbox"], &all["counts"]["accepted"]), (&json!(true), &json!(2)));
    assert!(clinic.graph.seen().is_empty());
    let live = made(workspace, &sale(channel), &recipients).await;
    let client = &tester.client;
    let add = client.post(&format!("/v1/broadcasts/{live}/recipients")).json(&to([phone(3)]));
    add.await.problem(403, "sandbox_key");
    let start = client.post(&format!("/v1/broadcasts/{live}/start")).json(&json!({}));
    start.await.problem(403, "sandbox_key");
    let cancel = client.post(&format!("/v1/broadcasts/{live}/cancel")).await;
    cancel.problem(403, "sandbox_key");
    assert_eq!(shown(workspace, &live).await["status"], "draft");
}

/// The same workspace with a key of the sandbox.
pub(super) async fn tester(server: &TestServer, workspace: &Workspace) -> Workspace {
    let scopes = json!({ "mode": "test", "scopes": ["read", "write", "manage"] });
    let key = server.key(&workspace.id, scopes).await;
    let client = server.admin.with_token(&key);
    Workspace { id: workspace.id.clone(), key, client }
}

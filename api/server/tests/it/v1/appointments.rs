//! `/v1/services` and `/v1/appointments`

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Client, Number, Reply, TestServer, Workspace, text};

/// In microseconds.
const HOUR: i64 = 3_600_000_000;

/// Mondays, nine to twelve in Berlin.
async fn service(client: &Client, more: Value) -> String {
    let mut body = json!({
        "name": "Check-up", "time_zone": "Europe/Berlin",
        "weekly": [{ "day": 1, "opens": 540, "closes": 720 }],
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    text(&client.post("/v1/services").json(&body).await.ok(201), "id")
}

/// A lead to book for.
async fn lead(client: &Client) -> String {
    text(&client.post("/v1/leads").json(&json!({ "name": "Ana" })).await.ok(201), "id")
}

async fn book(client: &Client, service: &str, lead: &str, starts_at: &str) -> Reply {
    let body = json!({ "service_id": service, "lead_id": lead, "starts_at": starts_at });
    client.post("/v1/appointments").json(&body).await
}

async fn slots(client: &Client, service: &str, query: &str) -> Vec<String> {
    let list = client.get(&format!("/v1/services/{service}/slots?{query}")).await.ok(200);
    list["data"].as_array().unwrap().iter().map(|slot| text(slot, "starts_at")).collect()
}

async fn starts(client: &Client, query: &str) -> Vec<String> {
    let list = client.get(&format!("/v1/appointments?{query}")).await.ok(200);
    list["data"].as_array().unwrap().iter().map(|one| text(one, "starts_at")).collect()
}

const DAY: &str = "from=2026-11-23&to=2026-11-24";

#[tokio::test]
async fn free_times_are_what_can_be_booked() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let (id, who) = (service(&client, json!({})).await, lead(&client).await);
    let free = slots(&client, &id, DAY).await;
    assert_eq!(free.len(), 6);
    assert_eq!(free[0], "2026-11-23T08:00:00Z");
    let shown = client.get(&format!("/v1/services/{id}/slots?{DAY}")).await.ok(200);
    assert_eq!(shown["data"][0]["local"], "2026-11-23T09:00:00+01:00");
    let query = format!("{DAY}&time_zone=America/New_York");
    let abroad = client.get(&format!("/v1/services/{id}/slots?{query}")).await.ok(200);
    assert_eq!(abroad["data"][0]["local"], "2026-11-23T03:00:00-05:00");
    for (n, starts_at) in free.iter().enumerate() {
        book(&client, &id, &who, starts_at).await.ok(201);
        assert_eq!(slots(&client, &id, DAY).await, free[n + 1..]);
    }
    let taken = book(&client, &id, &who, &free[2]).await.problem(409, "slot_taken");
    assert_eq!(taken["field"], "starts_at");
    for (query, field) in [
        ("from=yesterday", "from"),
        ("from=2026-11-24&to=2026-11-23", "to"),
        ("from=2026-11-01&to=2026-12-24", "to"),
        ("time_zone=Nowhere/Atlantis", "time_zone"),
    ] {
        let reply = client.get(&format!("/v1/services/{id}/slots?{query}")).await;
        assert_eq!(reply.problem(400, "invalid_field")["field"], field);
    }
}

#[tokio::test]
async fn of_fifty_who_want_times_that_overlap_one_gets_theirs() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    // An hour long, offered every five minutes: any two within the hour overlap.
    let wanted = json!({ "duration_minutes": 60, "step_minutes": 5, "buffer_after_minutes": 5 });
    let (id, who) = (service(&client, wanted).await, lead(&client).await);
    let all: Vec<_> = (0..50)
        .map(|n| {
            let starts_at = format!("2026-11-23T08:{:02}:00Z", n % 12 * 5);
            let (client, id, who) = (client.clone(), id.clone(), who.clone());
            tokio::spawn(async move { book(&client, &id, &who, &starts_at).await })
        })
        .collect();
    let mut booked = Vec::new();
    for one in all {
        let reply = one.await.unwrap();
        match reply.status {
            201 => booked.push(text(&reply.json(), "id")),
            _ => drop(reply.problem(409, "slot_taken")),
        }
    }
    assert_eq!(booked.len(), 1, "{booked:?}");
    // The same while it moves away and back.
    let path = format!("/v1/appointments/{}/move", booked[0]);
    let to = json!({ "starts_at": "2026-11-23T10:00:00Z" });
    client.post(&path).json(&to).await.ok(200);
    let all: Vec<_> = (0..50)
        .map(|n| {
            let starts_at = format!("2026-11-23T08:{:02}:00Z", n % 12 * 5);
            let (client, id, who, path) = (client.clone(), id.clone(), who.clone(), path.clone());
            tokio::spawn(async move {
                if n % 5 == 0 {
                    client.post(&path).json(&json!({ "starts_at": starts_at })).await
                } else {
                    book(&client, &id, &who, &starts_at).await
                }
            })
        })
        .collect();
    for one in all {
        one.await.unwrap();
    }
    let head = server.app().engine().log().head();
    let list = client.get(&format!("/v1/appointments?at_least={head}&status=booked")).await.ok(200);
    let all: Vec<_> = list["data"].as_array().unwrap().iter().collect();
    for (n, one) in all.iter().enumerate() {
        for other in &all[n + 1..] {
            let before = text(one, "blocked_until") <= text(other, "blocked_from");
            assert!(before, "{one} overlaps {other}");
        }
    }
}

#[tokio::test]
async fn nobody_is_in_two_places() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let person = json!({ "name": "Rui", "role": "operator" });
    let rui = text(&client.post("/v1/people").json(&person).await.ok(201), "id");
    let who = lead(&client).await;
    let one = service(&client, json!({ "staff_id": rui })).await;
    let long = json!({ "staff_id": rui, "duration_minutes": 60, "step_minutes": 30 });
    let other = service(&client, long).await;
    let nobodys = service(&client, json!({})).await;
    book(&client, &one, &who, "2026-11-23T08:30:00Z").await.ok(201);
    for overlapping in ["2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z"] {
        book(&client, &other, &who, overlapping).await.problem(409, "slot_taken");
    }
    book(&client, &other, &who, "2026-11-23T09:00:00Z").await.ok(201);
    book(&client, &nobodys, &who, "2026-11-23T08:30:00Z").await.ok(201);
    // A service is for one at a time, also if another person does it by now.
    let path = format!("/v1/services/{one}");
    client.patch(&path).json(&json!({ "staff_id": null })).await.ok(200);
    book(&client, &one, &who, "2026-11-23T08:30:00Z").await.problem(409, "slot_taken");
}

async fn with_contact(server: &TestServer) -> (Workspace, String, String) {
    let workspace = server.workspace().await;
    let number = Number::new("106540352242922");
    workspace.connect(&number).await;
    let conversation = workspace.conversation(&number).await;
    let shown = workspace.client.get(&format!("/v1/conversations/{conversation}")).await.ok(200);
    let contact = text(&shown["contact"], "id");
    (workspace, conversation, contact)
}

#[tokio::test]
async fn an_appointment_is_booked_moved_listed_and_cancelled() {
    let server = TestServer::start().await;
    let (workspace, conversation, contact) = with_contact(&server).await;
    let client = &workspace.client;
    let id = service(client, json!({ "remind_minutes": 60 })).await;
    let body = json!({
        "service_id": id, "conversation_id": conversation, "starts_at": "2026-11-23T09:30:00+01:00",
        "title": "Braces", "note": "Afraid of needles",
    });
    let post =
        async || client.post("/v1/appointments").json(&body).header("Idempotency-Key", "k").await;
    let made = post().await;
    assert_eq!(made.ok(201), post().await.ok(201), "the same request twice books once");
    let booked = made.json();
    assert_eq!((&booked["contact_id"], &booked["title"]), (&json!(contact), &json!("Braces")));
    assert_eq!(booked["remind_at"], "2026-11-23T07:30:00Z");
    let path = format!("/v1/appointments/{}", text(&booked, "id"));
    let to = json!({ "starts_at": "2026-11-23T10:00:00Z" });
    let moved = client.post(&format!("{path}/move")).json(&to).await;
    assert_eq!(moved.ok(200)["remind_at"], "2026-11-23T09:00:00Z");
    assert_eq!(slots(client, &id, DAY).await.len(), 5);
    let shown = client.get(&format!("{path}?at_least={}", moved.position())).await.ok(200);
    assert_eq!(shown, moved.ok(200));
    assert_eq!(
        (&shown["note"], &shown["starts_at"]),
        (&json!("Afraid of needles"), &to["starts_at"])
    );
    let then = client.get(&format!("{path}?as_of={}", made.position())).await.ok(200);
    assert_eq!(then["starts_at"], "2026-11-23T08:30:00Z");
    book(client, &id, &lead(client).await, "2026-11-30T08:00:00Z").await.ok(201);
    let head = server.app().engine().log().head();
    let fresh = format!("at_least={head}");
    let both = ["2026-11-23T10:00:00Z", "2026-11-30T08:00:00Z"];
    assert_eq!(starts(client, &fresh).await, both);
    assert_eq!(starts(client, &format!("sort=created&{fresh}")).await, [both[1], both[0]]);
    assert_eq!(starts(client, &format!("contact_id={contact}&{fresh}")).await, [both[0]]);
    assert_eq!(starts(client, &format!("from=2026-11-24T00:00:00Z&{fresh}")).await, [both[1]]);
    assert_eq!(starts(client, &format!("service_id={id}&limit=1&{fresh}")).await, [both[0]]);
    let then = format!("sort=created&as_of={}", made.position());
    assert_eq!(starts(client, &then).await, ["2026-11-23T08:30:00Z"]);
    let reply = client.get(&format!("/v1/appointments?as_of={}", made.position())).await;
    assert_eq!(reply.problem(400, "not_allowed_with_as_of")["allowed"], json!(["created"]));
    let why = json!({ "reason": "Has the flu" });
    let cancelled = client.post(&format!("{path}/cancel")).json(&why).await.ok(200);
    assert_eq!(cancelled["cancel_reason"], "Has the flu");
    assert_eq!(
        (&cancelled["status"], &cancelled["remind_at"]),
        (&json!("cancelled"), &Value::Null)
    );
    client.post(&format!("{path}/move")).json(&to).await.problem(409, "not_allowed_now");
    assert_eq!(slots(client, &id, DAY).await.len(), 6);
    let events = client.get(&format!("{path}/events")).await.ok(200);
    let names: Vec<_> =
        events["data"].as_array().unwrap().iter().map(|e| text(e, "type")).collect();
    assert_eq!(names, ["appointment_booked", "appointment_moved", "appointment_cancelled"]);
}

#[tokio::test]
async fn what_was_said_of_it_is_erased_with_the_person() {
    let server = TestServer::start().await;
    let (workspace, _, contact) = with_contact(&server).await;
    let client = &workspace.client;
    let id = service(client, json!({})).await;
    let body = json!({
        "service_id": id, "contact_id": contact, "starts_at": "2026-11-23T08:00:00Z",
        "title": "Secret title", "note": "Secret note",
    });
    let booked = client.post("/v1/appointments").json(&body).await.ok(201);
    let path = format!("/v1/appointments/{}", text(&booked, "id"));
    let ics = client.get(&format!("{path}/ics")).await;
    assert!(ics.text.contains("SUMMARY:Secret title\r\nDESCRIPTION:Secret note"), "{}", ics.text);
    assert!(ics.text.contains("DTSTART:20261123T080000Z\r\nDTEND:20261123T083000Z"));
    let erase = format!("/v1/contacts/{contact}/personal-data?reason=requested");
    client.delete(&erase).await.ok(200);
    let why = json!({ "reason": "Secret reason" });
    client.post(&format!("{path}/cancel")).json(&why).await.ok(200);
    let head = server.app().engine().log().head();
    let shown = client.get(&format!("{path}?at_least={head}")).await;
    assert_eq!((&shown.ok(200)["erased"], &shown.ok(200)["title"]), (&json!(true), &Value::Null));
    let all = [
        shown.text,
        client.get(&format!("{path}/ics")).await.text,
        client.get(&format!("{path}/events")).await.text,
        client.get("/v1/events?limit=200").await.text,
    ];
    assert!(all.iter().all(|text| !text.contains("Secret")), "{all:?}");
    let again = client.post("/v1/appointments").json(&body).await;
    again.problem(410, "erased");
}

#[tokio::test]
async fn whom_it_is_with_is_one_person_of_this_workspace() {
    let server = TestServer::start().await;
    let (workspace, conversation, contact) = with_contact(&server).await;
    let client = &workspace.client;
    let (id, who) = (service(client, json!({})).await, lead(client).await);
    let base = json!({ "service_id": id, "starts_at": "2026-11-23T08:00:00Z" });
    let with = |more: Value| {
        let mut body = base.clone();
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        client.post("/v1/appointments").json(&body)
    };
    let missing = with(json!({})).await.problem(400, "invalid_field");
    assert_eq!(missing["field"], "contact_id");
    let nobody = with(json!({ "contact_id": id })).await.problem(400, "invalid_field");
    assert_eq!(nobody["field"], "contact_id");
    // Whoever is only a lead, and somebody who wrote.
    let body = json!({ "contact_id": contact, "conversation_id": conversation, "lead_id": who });
    with(body).await.ok(201);
    let bad = json!({ "service_id": contact, "starts_at": "2026-11-23T08:00:00Z", "lead_id": who });
    let wrong = client.post("/v1/appointments").json(&bad).await.problem(400, "invalid_field");
    assert_eq!(wrong["field"], "service_id");
}

#[tokio::test]
async fn services_are_made_changed_and_listed() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let id = service(&client, json!({ "exceptions": [{ "date": "2026-11-23" }] })).await;
    assert!(slots(&client, &id, DAY).await.is_empty());
    let path = format!("/v1/services/{id}");
    let body = json!({ "exceptions": [], "duration_minutes": 45, "notice_minutes": 60 });
    let changed = client.patch(&path).json(&body).await.ok(200);
    assert_eq!((&changed["step_minutes"], &changed["name"]), (&json!(45), &json!("Check-up")));
    assert_eq!(slots(&client, &id, DAY).await.len(), 4);
    for (body, field) in [
        (json!({ "time_zone": "Nowhere/Atlantis" }), "time_zone"),
        (json!({ "exceptions": [{ "date": "2026-02-30" }] }), "exceptions"),
        (json!({ "staff_id": id }), "staff_id"),
        (json!({ "weekly": [{ "day": 1, "opens": 600, "closes": 540 }] }), "weekly"),
    ] {
        let reply = client.patch(&path).json(&body).await.problem(400, "invalid_field");
        assert_eq!(reply["field"], field, "{body}");
    }
    let closed = client.patch(&path).json(&json!({ "active": false })).await;
    assert!(slots(&client, &id, DAY).await.is_empty());
    let list = client.get(&format!("/v1/services?at_least={}", closed.position())).await.ok(200);
    assert_eq!((&list["data"][0]["id"], &list["data"][0]["active"]), (&json!(id), &json!(false)));
    client.get(&format!("/v1/services/{}", uuid::Uuid::nil())).await.problem(404, "not_found");
}

#[tokio::test]
async fn it_took_place_or_nobody_came_once_it_has_begun() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let (id, who) = (service(&client, json!({})).await, lead(&client).await);
    let mut paths = BTreeSet::new();
    for starts_at in ["2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z"] {
        let booked = book(&client, &id, &who, starts_at).await.ok(201);
        paths.insert((starts_at, format!("/v1/appointments/{}", text(&booked, "id"))));
    }
    let [first, second]: [String; 2] =
        paths.into_iter().map(|(_, path)| path).collect::<Vec<_>>().try_into().unwrap();
    client.post(&format!("{first}/complete")).await.problem(409, "not_allowed_now");
    server.clock.advance_micros(49 * HOUR);
    let done = client.post(&format!("{first}/complete")).await.ok(200);
    assert_eq!(done["status"], "completed");
    let missed = client.post(&format!("{second}/no-show")).await.ok(200);
    assert_eq!(missed["status"], "missed");
    client.post(&format!("{first}/no-show")).await.problem(409, "not_allowed_now");
}

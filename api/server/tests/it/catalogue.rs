//! The catalogue of events says what is true: of the commands, of what is sealed, of what is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use convolog_domain::subscription::EVERYDAY;
use convolog_domain::{Event, Maker, StreamKind, WorkspaceId};
use convolog_engine::{Recorded, Stream};
use convolog_log::{Mode, Origin, Position, Timestamp};
use convolog_server::Api;
use convolog_server::catalogue::{data_schema, events_markdown, meaning, shown_by};
use convolog_server::endpoint::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::docs::committed;
use crate::support::TestServer;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const SAMPLES: &str = include_str!("../../../../core/domain/fixtures/payloads.txt");

/// At least one event of each type, as the domain keeps them for its own tests.
fn samples() -> Vec<Recorded> {
    let lines = SAMPLES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let schema = words[2].trim_start_matches('@').parse().unwrap();
            let payload = hex::decode(words[3]).unwrap();
            sample(Event::read(words[0].parse().unwrap(), schema, &payload).unwrap())
        })
        .collect()
}

fn sample(event: Event) -> Recorded {
    let id = Uuid::from_u128(7);
    Recorded {
        position: Position(1),
        version: 1,
        at: Timestamp(1_767_225_600_000_000),
        index: 0,
        event_id: id,
        commit_id: id,
        stream: Stream::new(WorkspaceId(id), event.event_type().kind, id),
        actor: convolog_domain::Actor::SYSTEM,
        causation: None,
        correlation: None,
        mode: Mode::Live,
        origin: Origin::Live,
        imported_from: None,
        claims: Vec::new(),
        blobs: Vec::new(),
        event,
        sealed: Vec::new(),
    }
}

#[test]
fn the_catalogue_docs_are_committed() {
    committed("events.md", &events_markdown(&samples()));
}

#[test]
fn every_type_has_a_meaning_a_schema_and_somebody_who_makes_it() {
    for row in Event::catalogue() {
        let schema = data_schema(&row);
        assert!(jsonschema::meta::is_valid(&schema), "{}", row.name);
        assert_eq!(schema["type"], "object", "{}", row.name);
        let meaning = meaning(&row);
        assert!(meaning.len() > 5 && meaning.ends_with('.'), "{}: {meaning}", row.name);
        assert!(!row.made_by.is_empty(), "{}", row.name);
        let places = row.made_by.iter().map(|maker| maker.place());
        for place in places {
            assert!(Path::new(ROOT).join(&place).exists(), "{}: {place}", row.name);
        }
    }
}

#[test]
fn the_catalogue_says_who_takes_an_event_and_speaks_no_rust() {
    let text = events_markdown(&samples());
    let added = text.split("### document_added\n").nth(1).unwrap();
    let takers = added.lines().find(|line| line.starts_with("- Taken by")).unwrap();
    assert_eq!(takers, "- Taken by `documents`, `search`");
    let is_inner = |word: &&str| {
        *word == "Debug"
            || (word.contains('_') && word.chars().all(|c| matches!(c, 'A'..='Z' | '_')))
    };
    let schemas =
        Event::catalogue().iter().map(|row| data_schema(row).to_string()).collect::<String>();
    for text in [&text, &schemas] {
        let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        assert_eq!(words.find(is_inner), None);
    }
}

#[test]
fn what_shows_them_is_an_endpoint() {
    let api = Api::native();
    let reads: BTreeSet<&str> = api
        .routes()
        .iter()
        .filter(|route| route.declaration.method == Method::Get)
        .map(|route| route.declaration.path)
        .collect();
    for path in StreamKind::ALL.iter().flat_map(|kind| shown_by(*kind)) {
        assert!(reads.contains(path), "{path}");
    }
}

/// The Rust files below a folder.
fn sources(folder: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![Path::new(ROOT).join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The types of events that a file makes: their payloads are put together there.
fn made_in(path: &Path) -> BTreeSet<&'static str> {
    let text = std::fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let words: BTreeSet<&str> = code
        .match_indices('{')
        .filter_map(|(at, _)| code[..at].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next())
        .collect();
    let payload = |name: &str| -> String {
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        name.split('_').map(capital).collect()
    };
    let all = Event::catalogue().into_iter().map(|row| row.name);
    all.filter(|name| words.contains(payload(name).as_str())).collect()
}

#[test]
fn every_event_is_made_where_the_catalogue_says_and_nowhere_else() {
    let mut said: BTreeMap<PathBuf, BTreeSet<&str>> = BTreeMap::new();
    let mut intake = BTreeSet::new();
    for row in Event::catalogue() {
        for maker in row.made_by {
            match maker {
                Maker::Command { .. } => {
                    said.entry(Path::new(ROOT).join(maker.place())).or_default().insert(row.name);
                }
                Maker::Intake => {
                    intake.insert(row.name);
                }
            }
        }
    }
    let text = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    let commands = sources("core/domain/src").into_iter();
    let commands = commands.filter(|path| text(path).contains("impl Command for"));
    let found: BTreeMap<PathBuf, BTreeSet<&str>> = commands
        .map(|path| (path.clone(), made_in(&path)))
        .filter(|(_, made)| !made.is_empty())
        .collect();
    assert_eq!(said, found);
    let taking_in = sources("core/engine/src/inbound").into_iter();
    let taking_in = taking_in.filter(|path| text(path).contains("Decision::new("));
    let found: BTreeSet<&str> = taking_in.flat_map(|path| made_in(&path)).collect();
    assert_eq!(intake, found);
}

#[tokio::test]
async fn the_api_lists_and_shows_every_type() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let (mut names, mut page) = (Vec::new(), String::new());
    loop {
        let list = client.get(&format!("/v1/event-types?limit=50{page}")).await.ok(200);
        for shown in list["data"].as_array().unwrap() {
            names.push(shown["type"].as_str().unwrap().to_owned());
            jsonschema::validator_for(&shown["schema"]).unwrap();
            assert_eq!(shown["webhooks"] == true, shown["delivered"].is_object(), "{shown}");
            if shown["webhooks"] == true {
                jsonschema::validator_for(&shown["delivered"]).unwrap();
            }
        }
        let Some(token) = list["next_page"].as_str() else { break };
        page = format!("&page={token}");
    }
    let mut rows = Event::catalogue();
    rows.sort_by_key(|row| row.code);
    let everyday = EVERYDAY.iter().map(|row| row.name);
    assert_eq!(names, rows.iter().map(|row| row.name).chain(everyday).collect::<Vec<_>>());
    let failed = client.get("/v1/event-types/message.failed").await.ok(200);
    let from = json!([
        { "type": "status_received", "says": "failed" },
        { "type": "message_rejected", "says": "failed" },
    ]);
    assert_eq!((&failed["from"], &failed["number"]), (&from, &Value::Null));
    assert_eq!(failed["delivered"]["properties"]["type"]["const"], "message.failed");
    let shown = client.get("/v1/event-types/lead_scored").await.ok(200);
    assert_eq!((&shown["number"], &shown["stream"]), (&json!(3588), &json!("lead")));
    assert_eq!((&shown["sealed"], &shown["webhooks"]), (&json!(["lead"]), &json!(true)));
    assert_eq!(shown["made_by"], json!(["ChangeLead", "LearnFromMessage"]));
    assert_eq!(shown["schema"]["properties"]["score"]["type"], "integer");
    client.get("/v1/event-types/nope").await.problem(404, "not_found");
    client.get("/v1/event-types?page=x").await.problem(400, "invalid_page");
}

#[tokio::test]
async fn webhooks_take_exactly_the_types_that_are_said_to_be_told() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client;
    let list = client.get("/v1/event-types?limit=200").await.ok(200);
    for shown in list["data"].as_array().unwrap() {
        let body = json!({ "url": "https://crm.example.com/", "events": [shown["type"]] });
        let answer = client.post("/v1/webhooks").json(&body).await;
        let expected = if shown["webhooks"] == true { 201 } else { 400 };
        assert_eq!(answer.status, expected, "{shown}: {}", answer.text);
    }
}

/// The same schema, which takes nothing that it does not name.
pub(crate) fn closed(schema: &Value) -> Value {
    let mut schema = schema.clone();
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(close);
            if members.get("properties").is_some_and(Value::is_object)
                && !members.contains_key("additionalProperties")
            {
                members.insert("additionalProperties".to_owned(), false.into());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

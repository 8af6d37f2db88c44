//! `/v1/events/stream`

use std::collections::VecDeque;

use serde_json::{Value, json};

use crate::support::{Client, Number, TestServer, Workspace};

/// Reads server-sent events one at a time.
struct Reader {
    response: reqwest::Response,
    text: String,
    ready: VecDeque<(u64, Value)>,
}

impl Reader {
    async fn open(client: &Client, query: &str, last: Option<u64>) -> Self {
        let request = client.get(&format!("/v1/events/stream{query}"));
        let request = match last {
            Some(last) => request.header("Last-Event-ID", last.to_string()),
            None => request,
        };
        let response = request.open().await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, text: String::new(), ready: VecDeque::new() }
    }

    /// Reads on until this was sent.
    async fn until(&mut self, wanted: &str) {
        while !self.text.contains(wanted) {
            let chunk = self.response.chunk().await.unwrap().unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next event; none when the stream ended.
    async fn next(&mut self) -> Option<(u64, Value)> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let chunk = self.response.chunk().await.unwrap()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
                if let Some(data) = field("data: ") {
                    let event: Value = serde_json::from_str(data).unwrap();
                    assert_eq!(field("event: ").unwrap(), event["type"]);
                    self.ready.push_back((field("id: ").unwrap().parse().unwrap(), event));
                }
                let rest = rest.to_owned();
                self.text = rest;
            }
        }
    }

    async fn take(&mut self, count: usize) -> Vec<u64> {
        let mut positions = Vec::new();
        for _ in 0..count {
            positions.push(self.next().await.unwrap().0);
        }
        positions
    }
}

async fn scene() -> (TestServer, Workspace, Number) {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    (server, workspace, number)
}

#[tokio::test]
async fn a_reader_that_is_cut_off_goes_on_without_gap_or_duplicate() {
    let (server, workspace, number) = scene().await;
    let mut seen = Vec::new();
    let mut place = Some(0);
    for round in 0..4 {
        let mut reader = Reader::open(&workspace.client, "", place).await;
        for n in 0..3 {
            number
                .say(&server.admin, &format!("wamid.{round}.{n}"), "5511999990001", "Hello")
                .await
                .ok(200);
        }
        seen.extend(reader.take(5).await);
        place = seen.last().copied();
    }
    let head = server.app().engine().log().head().0;
    let mut rest = Reader::open(&workspace.client, "", place).await;
    while seen.last().is_none_or(|last| *last < head) {
        seen.extend(rest.take(1).await);
    }
    let list = workspace.client.get("/v1/events?limit=200").await.ok(200);
    let all: Vec<u64> =
        list["data"].as_array().unwrap().iter().map(|e| e["position"].as_u64().unwrap()).collect();
    assert_eq!(seen, all);
}

#[tokio::test]
async fn without_a_place_only_what_is_new_comes() {
    let (server, workspace, number) = scene().await;
    number.say(&server.admin, "wamid.1", "5511999990001", "Old").await.ok(200);
    let head = server.app().engine().log().head().0;
    let mut reader = Reader::open(&workspace.client, "?type=message_received", None).await;
    let said = number.say(&server.admin, "wamid.2", "5511999990001", "New").await;
    let (position, event) = reader.next().await.unwrap();
    assert!(position > head && position <= said.position().max(position));
    assert_eq!(event["data"]["content"]["message"]["text"], "New");
}

#[tokio::test]
async fn it_shows_the_same_events_as_the_list_and_nobody_elses() {
    let (server, workspace, number) = scene().await;
    let other = server.workspace().await;
    number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await.ok(200);
    let list = workspace.client.get("/v1/events?type=message_received").await.ok(200);
    let mut reader = Reader::open(&workspace.client, "?after=0&type=message_received", None).await;
    assert_eq!(reader.next().await.unwrap().1, list["data"][0]);
    let mut foreign = Reader::open(&other.client, "?after=0", None).await;
    let first = foreign.next().await.unwrap().1;
    assert_eq!(first["stream"], format!("workspace/{}", other.id));
}

#[tokio::test]
async fn it_ends_after_as_many_as_are_wanted() {
    let (_server, workspace, _) = scene().await;
    let list = workspace.client.get("/v1/events?limit=2").await.ok(200);
    let mut reader = Reader::open(&workspace.client, "?after=0&limit=2", None).await;
    for known in list["data"].as_array().unwrap() {
        assert_eq!(&reader.next().await.unwrap().1, known);
    }
    assert_eq!(reader.next().await, None);
    let reply = workspace.client.get("/v1/events/stream?limit=0").await;
    assert_eq!(reply.problem(400, "invalid_field")["field"], "limit");
}

#[tokio::test]
async fn it_ends_when_the_server_stops() {
    let (server, workspace, _) = scene().await;
    let mut reader = Reader::open(&workspace.client, "", None).await;
    server.begin_to_stop();
    assert_eq!(reader.next().await, None);
    server.stopped().await.unwrap();
}

#[tokio::test]
async fn a_place_that_is_none_is_refused() {
    let (_server, workspace, _) = scene().await;
    let reply = workspace.client.get("/v1/events/stream").header("Last-Event-ID", "x").await;
    assert_eq!(reply.problem(400, "invalid_field")["field"], "Last-Event-ID");
    let reply = workspace.client.get("/v1/events/stream?after=99999").await;
    assert_eq!(reply.problem(400, "invalid_field")["field"], "after");
}

#[tokio::test]
async fn there_is_a_limit_to_open_streams() {
    let server = TestServer::start_with(|config| config.streams_max = 1).await;
    let workspace = server.workspace().await;
    let _open = Reader::open(&workspace.client, "", None).await;
    let reply = workspace.client.get("/v1/events/stream").await;
    reply.problem(503, "overloaded");
    assert_eq!(reply.header("retry-after"), "5");
}

#[tokio::test]
async fn a_quiet_stream_says_that_it_is_there_and_how_far_it_searched() {
    let server = TestServer::start_with(|config| {
        config.trust_numbers = true;
        config.keep_alive_seconds = 0;
    })
    .await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let mut reader = Reader::open(&workspace.client, "?type=person_added", None).await;
    reader.until(": keep-alive\n\n").await;
    number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await.ok(200);
    let head = server.app().engine().log().head();
    // Nothing of it passes the filter; the place is told all the same.
    reader.until(&format!(": keep-alive\nid: {head}\n\n")).await;
    let body = serde_json::json!({ "name": "Maya", "role": "owner" });
    workspace.client.post("/v1/people").json(&body).await.ok(201);
    // A reader that is cut off here goes on after what was searched.
    let mut again = Reader::open(&workspace.client, "?type=person_added", Some(head.0)).await;
    assert_eq!(reader.next().await.unwrap(), again.next().await.unwrap());
}

#[tokio::test]
async fn a_reader_knows_where_it_stands_before_anything_happens() {
    let (server, workspace, number) = scene().await;
    let head = server.app().engine().log().head();
    let mut reader = Reader::open(&workspace.client, "?type=message_received", None).await;
    reader.until(&format!("id: {head}\n: following\n\n")).await;
    drop(reader);
    number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await.ok(200);
    // Cut off before anything came, it misses nothing.
    let query = "?type=message_received";
    let mut again = Reader::open(&workspace.client, query, Some(head.0)).await;
    assert!(again.next().await.is_some());
}

#[tokio::test]
async fn it_ends_when_its_key_is_revoked() {
    let (server, workspace, number) = scene().await;
    let keys = format!("/v1/workspaces/{}/keys", workspace.id);
    let made = server.admin.post(&keys).json(&json!({ "name": "reader" })).await.ok(201);
    let reader = server.admin.with_token(made["key"].as_str().unwrap());
    let mut events = Reader::open(&reader, "?type=message_received", None).await;
    events.until("following").await;
    number.say(&server.admin, "wamid.before", "5511999990001", "Hello").await.ok(200);
    assert!(events.next().await.is_some());
    let path = format!("{keys}/{}", made["id"].as_str().unwrap());
    server.admin.delete(&path).await.ok(204);
    number.say(&server.admin, "wamid.after", "5511999990001", "Not for you").await.ok(200);
    assert_eq!(events.next().await, None);
}

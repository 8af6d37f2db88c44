//! Limits: sizes, compression, stopping.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use convolog_log::{Hooks, Step};
use futures::channel::mpsc;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::TestServer;

#[tokio::test]
async fn a_native_body_over_one_mebibyte_is_refused() {
    let server = TestServer::start().await;
    let body = json!({ "name": "x".repeat(1 << 20), "plan": "pro" }).to_string();
    let announced = server.admin.post("/v1/workspaces").body(body.clone()).await;
    announced.problem(413, "body_too_large");
    // Without a length the limit holds too.
    let chunks = futures::stream::iter([Ok::<_, io::Error>(body)]);
    let streamed = server.admin.post("/v1/workspaces").body(reqwest::Body::wrap_stream(chunks));
    streamed.await.problem(413, "body_too_large");
}

#[tokio::test]
async fn a_large_answer_is_compressed_for_whoever_can_read_it() {
    let server = TestServer::start().await;
    let plain = server.admin.get("/openapi.json").await;
    assert_eq!(plain.header("content-encoding"), "");
    let request = server.admin.get("/openapi.json").header("accept-encoding", "gzip");
    let packed = request.open().await;
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert!(packed.bytes().await.unwrap().len() < plain.text.len() / 3);
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let id = workspace.conversation(&number).await;
    let server = server.restart().await;
    let client = server.admin.with_token(&workspace.key);
    let head = server.app().engine().log().head();
    let path = format!("/v1/conversations/{id}/messages?at_least={head}");
    let messages = client.get(&path).await.ok(200);
    assert_eq!(messages["data"][0]["text"], "Hello");
}

/// A disk that fills up, or whose syncs fail, when told to.
#[derive(Default)]
struct Disk {
    full: AtomicBool,
    broken: AtomicBool,
}

impl Hooks for Disk {
    fn before(&self, step: Step) -> io::Result<()> {
        if step == Step::SyncVolume && self.broken.load(Ordering::SeqCst) {
            return Err(io::Error::other("the disk is gone"));
        }
        Ok(())
    }

    fn free_bytes(&self, actual: u64) -> u64 {
        if self.full.load(Ordering::SeqCst) { 0 } else { actual }
    }
}

#[tokio::test]
async fn a_full_disk_refuses_writes_until_there_is_space() {
    let disk = Arc::new(Disk::default());
    let hooks: Arc<Disk> = Arc::clone(&disk);
    let server = TestServer::start_hooked(hooks, |config| config.trust_numbers = true).await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    disk.full.store(true, Ordering::SeqCst);
    let body = json!({ "name": "Maya", "role": "owner" });
    // Free space is looked at from time to time; from then on nothing is taken.
    let refused = loop {
        let reply = workspace.client.post("/v1/people").json(&body).await;
        if reply.status != 201 {
            break reply;
        }
    };
    refused.problem(503, "no_space");
    assert_eq!(refused.header("retry-after"), "5");
    let vault = server.app().engine().vault();
    let before = vault.generation();
    let said = number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await;
    said.problem(503, "no_space");
    assert_eq!(said.header("retry-after"), "5");
    assert_eq!(vault.generation(), before, "keys of what is refused take no space");
    workspace.client.get("/v1/events").await.ok(200);
    disk.full.store(false, Ordering::SeqCst);
    while number.say(&server.admin, "wamid.1", "5511999990001", "Hello").await.status != 200 {}
    assert!(server.app().folder().log().poisoned().is_none());
}

#[tokio::test]
async fn after_a_failed_sync_nothing_is_taken_and_the_server_says_so() {
    let disk = Arc::new(Disk::default());
    let hooks: Arc<Disk> = Arc::clone(&disk);
    let server = TestServer::start_hooked(hooks, |config| config.trust_numbers = true).await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    disk.broken.store(true, Ordering::SeqCst);
    for wamid in ["wamid.1", "wamid.2"] {
        let said = number.say(&server.admin, wamid, "5511999990001", "Hello").await;
        said.problem(503, "log_unavailable");
        assert_eq!(said.header("retry-after"), "5");
    }
    let ready = server.admin.get("/readyz").await.ok(503);
    assert_eq!((&ready["ready"], &ready["reasons"][0]), (&json!(false), &json!("poisoned")));
    workspace.client.get("/v1/events").await.ok(200);
    assert!(server.stopped().await.is_err());
}

#[tokio::test]
async fn a_request_in_flight_is_answered_while_the_server_stops() {
    let server = TestServer::start().await;
    let (sender, chunks) = mpsc::unbounded::<io::Result<&'static str>>();
    let request = server.admin.post("/v1/workspaces").body(reqwest::Body::wrap_stream(chunks));
    let asked = tokio::spawn(request.open());
    sender.unbounded_send(Ok("{ \"name\": \"Clinic\",")).unwrap();
    while server.app().requests_in_flight() == 0 {
        tokio::task::yield_now().await;
    }
    server.begin_to_stop();
    sender.unbounded_send(Ok(" \"plan\": \"pro\" }")).unwrap();
    drop(sender);
    assert_eq!(asked.await.unwrap().status(), 201);
    server.stopped().await.unwrap();
}

#[tokio::test]
async fn while_it_drains_it_is_not_ready_and_ends_when_all_are_answered() {
    let server = TestServer::start().await;
    while server.admin.get("/readyz").await.status != 200 {}
    let (sender, chunks) = mpsc::unbounded::<io::Result<&'static str>>();
    // The length makes the client send what it would leave out of a GET.
    let request = server.admin.get("/readyz").header("content-length", "2");
    let request = request.body(reqwest::Body::wrap_stream(chunks));
    let asked = tokio::spawn(request.open());
    sender.unbounded_send(Ok("{")).unwrap();
    while server.app().requests_in_flight() == 0 {
        tokio::task::yield_now().await;
    }
    server.begin_to_stop();
    sender.unbounded_send(Ok("}")).unwrap();
    drop(sender);
    let answer = asked.await.unwrap();
    assert_eq!(answer.status(), 503);
    let body: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!((&body["ready"], &body["reasons"]), (&json!(false), &json!(["draining"])));
    let address = server.address();
    server.stopped().await.unwrap();
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_request_that_never_ends_is_given_up() {
    let server = TestServer::start_with(|config| config.request_timeout_seconds = 0).await;
    let (_sender, chunks) = mpsc::unbounded::<io::Result<&'static str>>();
    let request = server.admin.post("/v1/workspaces").body(reqwest::Body::wrap_stream(chunks));
    request.await.problem(504, "timeout");
}

#[tokio::test]
async fn a_read_does_not_wait_for_ever_for_read_models_that_stand_still() {
    let server = TestServer::start_with(|config| config.at_least_wait_seconds = 0).await;
    let workspace = server.workspace().await;
    server.app().models().shutdown();
    let body = json!({ "name": "Maya", "role": "owner" });
    let position = workspace.client.post("/v1/people").json(&body).await.position();
    let reply = workspace.client.get(&format!("/v1/people?at_least={position}")).await;
    reply.problem(503, "not_caught_up");
    assert_eq!(reply.header("retry-after"), "1");
}

#[tokio::test]
async fn a_connection_that_sends_half_a_header_is_closed() {
    let server = TestServer::start_with(|config| config.header_timeout_seconds = 0).await;
    let mut stream = tokio::net::TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost:").await.unwrap();
    let mut answer = Vec::new();
    // Ends, with an error or without one, only if the server closed it.
    let ended = stream.read_to_end(&mut answer).await;
    assert!(ended.is_err() || !answer.starts_with(b"HTTP/1.1 200"));
}

//! Kill -9 in the middle of a broadcast, again and again: everybody is written to once, nobody twice,
//! nobody is forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use convolog_engine::FolderOptions;
use convolog_server::{Config, Server};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

use crate::conversation_loop::{Later, serve};
use crate::http::{self, Outside};
use crate::platform::Platform;
use crate::process::{self, ADMIN};
use crate::setting;

/// How many people are to hear it.
const RECIPIENTS: u64 = 300;
/// How long everything may take to come to an end.
const AT_MOST: Duration = Duration::from_mins(3);
/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(300);

/// A business with a number at the platform, and a broadcast that is told to start: its key, and which.
async fn begin(server: &Outside, platform: &Platform) -> (String, String) {
    server.order("/v1/installation/arm", ADMIN, &json!({})).await;
    let wanted = json!({ "name": "Clinic", "plan": "enterprise" });
    let made = server.order("/v1/workspaces", ADMIN, &wanted).await;
    let workspace = made["id"].as_str().unwrap();
    let wanted = json!({ "name": "Tests", "scopes": ["read", "write", "manage"] });
    let made = server.order(&format!("/v1/workspaces/{workspace}/keys"), ADMIN, &wanted).await;
    let key = made["key"].as_str().unwrap().to_owned();
    let mut channel = http::channel();
    channel["access_token"] = json!("a token");
    channel["graph_url"] = json!(platform.url());
    let channel = server.order("/v1/channels", &key, &channel).await;
    let template = json!({
        "name": "spring", "language": { "code": "en" },
        "components": [{ "type": "body", "parameters": [{ "type": "text", "text": "{{name}}" }] }],
    });
    let broadcast = json!({
        "name": "Spring", "channel_id": channel["id"],
        "message": { "type": "template", "template": template },
    });
    let made = server.order("/v1/broadcasts", &key, &broadcast).await;
    let id = made["id"].as_str().unwrap().to_owned();
    let recipients: Vec<_> = (0..RECIPIENTS)
        .map(|n| json!({ "phone": format!("1415555{n:04}"), "parameters": { "name": "you" } }))
        .collect();
    let path = format!("/v1/broadcasts/{id}");
    let body = json!({ "recipients": recipients });
    server.order(&format!("{path}/recipients"), &key, &body).await;
    server.order(&format!("{path}/start"), &key, &json!({})).await;
    (key, id)
}

/// Every recipient: what became of them, and their message.
async fn recipients(server: &Outside, key: &str, id: &str) -> Vec<(String, Option<String>)> {
    let (mut found, mut page) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/broadcasts/{id}/recipients?limit=100{page}");
        let list = server.get(&path, key).await;
        found.extend(list["data"].as_array().unwrap().iter().map(|one| {
            let message = one["message_id"].as_str().map(str::to_owned);
            (one["outcome"].as_str().unwrap().to_owned(), message)
        }));
        let Some(next) = list["next_page"].as_str() else { return found };
        page = format!("&page={next}");
    }
}

/// Serves in this process, later, until everybody was dealt with.
async fn come_to_rest(
    data: &Path,
    platform: &Platform,
    (key, id): (&str, &str),
    followed: &watch::Sender<Outside>,
) -> Vec<(String, Option<String>)> {
    let config = Config {
        admin_token: Some(ADMIN.into()),
        master_key: Some(process::MASTER.into()),
        allow_private_urls: vec!["127.0.0.1".to_owned()],
        trust_numbers: true,
        usage: false,
        ..Config::new(data)
    };
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let options = FolderOptions { clock: Arc::new(Later), ..FolderOptions::default() };
    let handle = Server::start_on(config, listener, options).await.unwrap();
    let outside = Outside::new(&format!("http://{}", handle.address()));
    followed.send_replace(outside.clone());
    let mut head = handle.app().engine().log().watch();
    let resting = async {
        loop {
            head.mark_unchanged();
            let shown: Value = outside.get(&format!("/v1/broadcasts/{id}"), key).await;
            platform.has_told().await;
            let open = |name: &str| shown["counts"][name] != 0;
            if shown["status"] == "finished" && !open("accepted") && !open("unanswered") {
                return;
            }
            tokio::time::timeout(LOOK, head.changed()).await.ok();
        }
    };
    let rested = tokio::time::timeout(AT_MOST, resting).await;
    let all = recipients(&outside, key, id).await;
    assert!(rested.is_ok(), "it does not come to rest: {all:?}");
    handle.stop().await.unwrap();
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_broadcast_that_is_interrupted_writes_to_everybody_once() {
    let rounds = setting("CONVOLOG_CRASH_ROUNDS", 5);
    let mut dice = StdRng::seed_from_u64(setting("CONVOLOG_CRASH_SEED", 7));
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("data");
    let (mut running, address) = serve(&data);
    let (server, followed) = watch::channel(Outside::new(&address));
    let (told, mut happened) = mpsc::unbounded_channel();
    let platform = Platform::start(StdRng::from_rng(&mut dice), told, followed).await;
    let (key, id) = begin(&Outside::new(&address), &platform).await;
    for n in 1..=rounds {
        let moment = dice.random_range(3..40);
        for _ in 0..moment {
            happened.recv().await.unwrap();
        }
        running.kill();
        while happened.try_recv().is_ok() {}
        println!("round {n} of {rounds}: killed after {moment} messages were handed over");
        if n == rounds {
            break;
        }
        let (again, address) = serve(&data);
        running = again;
        server.send_replace(Outside::new(&address));
    }
    platform.calm_down();
    let all = come_to_rest(&data, &platform, (&key, &id), &server).await;
    let taken = platform.taken();
    let mut messages = BTreeSet::new();
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for (outcome, message) in &all {
        *ends.entry(outcome).or_default() += 1;
        let message =
            message.as_ref().unwrap_or_else(|| panic!("somebody was forgotten: {outcome}"));
        assert!(messages.insert(message), "two recipients have one message");
        let times = taken.get(message).copied().unwrap_or_default();
        assert!(times <= 1, "{message} was taken {times} times");
        let arrived = outcome == "delivered";
        assert_eq!(arrived, times == 1, "{message} is {outcome} and was taken {times} times");
        assert!(arrived || ["failed", "undetermined"].contains(&outcome.as_str()), "{outcome}");
    }
    assert_eq!(u64::try_from(all.len()).unwrap(), RECIPIENTS);
    assert!(
        taken.keys().all(|message| messages.contains(message)),
        "somebody was written to twice"
    );
    println!("{rounds} kills: {RECIPIENTS} recipients: {ends:?}");
}

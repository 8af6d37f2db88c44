//! Kill -9 under load, again and again: everything that was acknowledged is there, once; and whatever
//! was begun towards the outside world comes to an end, once.
//!
//! `CONVOLOG_CRASH_ROUNDS` says how often (10 if not given), `CONVOLOG_CRASH_SEED` which rounds.

#![cfg_attr(
    test,
    expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::print_stdout,
        reason = "helpers of tests; a broken one must fail loudly"
    )
)]

mod broadcast;
mod conversation_loop;
#[path = "../cli/http.rs"]
mod http;
mod platform;
#[path = "../cli/process.rs"]
#[expect(dead_code, reason = "shared with the tests of the command line, which use more of it")]
mod process;
mod subscriber;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use convolog_domain::{Content, Event, conversation};
use convolog_engine::{DataFolder, Disclose as _, Disclosure, FolderOptions, Recorded};
use convolog_log::{EventLog as _, Filter, Position};
use convolog_vault::MasterKey;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::sync::mpsc;

use http::Outside;
use process::{Running, ends, said, with_keys};

/// How many customers write at the same time.
const CLIENTS: u64 = 6;

/// Small, so that volumes close under load.
const VOLUME_BYTES: &str = "60000";

/// What was acknowledged: message → the newest position that any acknowledgement named.
#[derive(Default)]
struct Ledger {
    acknowledged: Mutex<BTreeMap<String, u64>>,
    next: AtomicU64,
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// One customer: new messages, earlier ones again, and each new one twice at the same moment.
async fn write(
    server: Outside,
    ledger: Arc<Ledger>,
    stop: Arc<AtomicBool>,
    told: mpsc::UnboundedSender<()>,
    mut dice: StdRng,
) {
    let mut bodies: HashMap<String, String> = HashMap::new();
    while !stop.load(Ordering::Relaxed) {
        let again = dice.random_bool(0.2).then(|| bodies.iter().next());
        let (id, body) = if let Some((id, body)) = again.flatten() {
            (id.clone(), body.clone())
        } else {
            let id = format!("M{}", ledger.next.fetch_add(1, Ordering::SeqCst));
            let from = format!("1415555{:04}", dice.random_range(0..40));
            (id.clone(), http::text(&from, &id, now(), &format!("message {id}")))
        };
        bodies.insert(id.clone(), body.clone());
        let (first, second) = tokio::join!(server.post(body.clone()), async {
            if dice.random_bool(0.3) { server.post(body.clone()).await } else { None }
        });
        for position in [first, second].into_iter().flatten() {
            let mut acknowledged = ledger.acknowledged.lock().unwrap();
            let newest = acknowledged.entry(id.clone()).or_default();
            *newest = position.max(*newest);
            // Whoever counts may have gone.
            told.send(()).ok();
        }
    }
}

/// Serves under load until so many acknowledgements came, then kills the server.
async fn round(data: &Path, ledger: &Arc<Ledger>, dice: &mut StdRng) -> u64 {
    let (mut server, address) = Running::serve(data, &["--volume-bytes", VOLUME_BYTES]);
    let (told, mut acknowledged) = mpsc::unbounded_channel();
    let stop = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (outside, told) = (Outside::new(&address), told.clone());
            let (ledger, stop) = (Arc::clone(ledger), Arc::clone(&stop));
            tokio::spawn(write(outside, ledger, stop, told, StdRng::from_rng(dice)))
        })
        .collect();
    drop(told);
    let moment = dice.random_range(20..400);
    for _ in 0..moment {
        acknowledged.recv().await.unwrap();
    }
    server.kill();
    stop.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.unwrap();
    }
    moment
}

/// Every message in the log by what it says, and the head.
fn told(data: &Path) -> (HashMap<String, Vec<u64>>, u64) {
    let master = MasterKey::parse(process::MASTER).unwrap();
    let folder = DataFolder::open(data, &master, FolderOptions::default()).unwrap();
    let head = folder.log().head();
    let mut found: HashMap<String, Vec<u64>> = HashMap::new();
    let mut at = Position::START;
    while at < head {
        let (records, reached) = folder.log().read(at, 1_000, &Filter::default()).unwrap();
        for recorded in records.iter().map(|record| Recorded::read(record).unwrap()) {
            let Event::Conversation(conversation::Event::MessageReceived(_)) = &recorded.event
            else {
                continue;
            };
            for opened in folder.engine().open(&recorded) {
                let Disclosure::Content(Content::Message(content)) = opened.disclosure else {
                    panic!("position {} cannot be read", recorded.position);
                };
                let text = content.text.unwrap().0;
                let id = text.strip_prefix("message ").unwrap().to_owned();
                found.entry(id).or_default().push(recorded.position.0);
            }
        }
        at = reached;
    }
    (found, head.0)
}

/// Everything acknowledged is there, once; what was not acknowledged at most once.
fn check(data: &Path, ledger: &Ledger) -> usize {
    let (found, head) = told(data);
    let acknowledged = ledger.acknowledged.lock().unwrap();
    for (id, position) in acknowledged.iter() {
        let positions =
            found.get(id).unwrap_or_else(|| panic!("{id} was acknowledged and is gone"));
        assert!(
            positions[0] <= *position,
            "{id} was acknowledged at {position}, is at {positions:?}"
        );
        assert!(*position <= head, "{id} was acknowledged at {position}, the log ends at {head}");
    }
    for (id, positions) in &found {
        assert_eq!(positions.len(), 1, "{id} is there more than once: {positions:?}");
    }
    acknowledged.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everything_acknowledged_survives_kill_nine_once() {
    let rounds = setting("CONVOLOG_CRASH_ROUNDS", 10);
    let seed = setting("CONVOLOG_CRASH_SEED", 7);
    let mut dice = StdRng::seed_from_u64(seed);
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("data");
    let (server, address) = Running::serve(&data, &[]);
    let (_, key) = Outside::new(&address).set_up().await;
    assert!(server.stop().success());
    let (ledger, mut last) = (Arc::new(Ledger::default()), 0);
    for n in 1..=rounds {
        let moment = round(&data, &ledger, &mut dice).await;
        let there = check(&data, &ledger);
        let verified = ends(with_keys().args(["verify", "--json", "--data"]).arg(&data), 0);
        let report: serde_json::Value = serde_json::from_str(&said(&verified)).unwrap();
        last = report["position"].as_u64().unwrap();
        println!(
            "round {n} of {rounds}: killed after {moment} acknowledgements; {there} messages, each \
             there once; {} records in {} closed volumes verified",
            report["log"]["records"], report["log"]["closed_volumes"]
        );
    }
    // The read models show the same to whoever asks.
    let (server, address) = Running::serve(&data, &[]);
    let outside = Outside::new(&address);
    let head = u64::try_from(told_over_http(&outside, &key, last).await).unwrap();
    assert!(head >= u64::try_from(ledger.acknowledged.lock().unwrap().len()).unwrap());
    assert!(server.stop().success());
}

/// How many messages the API lists.
async fn told_over_http(outside: &Outside, key: &str, position: u64) -> usize {
    let list = outside.get("/v1/events?limit=1", key).await;
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    let path = format!("/v1/conversations?limit=100&at_least={position}");
    let conversations = outside.get(&path, key).await;
    let all = conversations["data"].as_array().unwrap();
    let count =
        |conversation: &serde_json::Value| conversation["inbound_messages"].as_u64().unwrap();
    usize::try_from(all.iter().map(count).sum::<u64>()).unwrap()
}

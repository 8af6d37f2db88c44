//! Kill -9 in the middle of the conversation loop: customers ask, an agent answers, a person takes
//! over and hands back, an integrator sends, a subscriber hears of it all.
//!
//! At the end every message that was asked for was taken once, or was not taken and says so; every
//! question was answered at most once; the subscriber heard of every event, each under one id.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use convolog_domain::conversation::Event as Said;
use convolog_domain::{Event, MessageId};
use convolog_engine::{FolderOptions, Recorded};
use convolog_log::{Clock, EventLog, Filter, Position, SystemClock, Timestamp};
use convolog_server::{Config, Server};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

use crate::http::{self, Outside};
use crate::platform::Platform;
use crate::process::{self, ADMIN, Running};
use crate::subscriber::Subscriber;
use crate::{now, setting};

/// How many customers there are.
const CUSTOMERS: u64 = 6;
/// How long a customer waits for an answer before they write again.
const PATIENCE: Duration = Duration::from_millis(400);
/// How long everything may take to come to an end.
const AT_MOST: Duration = Duration::from_mins(3);
/// Longer than an unclear outcome is waited for, and than any message or delivery is put off here.
const LATER_MICROS: i64 = 40 * 60 * 1_000_000;

/// What the subscriber asked for: what everybody may hear of.
const HEARD: [&str; 10] = [
    "message_received",
    "message_requested",
    "message_attempted",
    "message_accepted",
    "message_rejected",
    "message_unanswered",
    "message_undetermined",
    "agent_replied",
    "handoff_triggered",
    "handoff_resolved",
];

const KNOWN: &str = "# Opening hours\n\nThe clinic is open on weekdays from 8:00 to 18:00.\n\n\
    # Parking\n\nFree parking is behind the clinic, in Mill Street.";
const QUESTIONS: [&str; 4] = [
    "When is the clinic open on weekdays?",
    "Where is free parking at the clinic?",
    "Can I speak to a person, please?",
    "Do you sell tractors in Ulaanbaatar?",
];

/// A clock ahead of everybody's.
pub(crate) struct Later;

impl Clock for Later {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + LATER_MICROS)
    }
}

/// Everybody who goes on while the server falls and rises.
struct World {
    platform: Platform,
    subscriber: Subscriber,
    key: String,
    asked: AtomicU64,
    sent: AtomicU64,
    /// What the integrator was told was taken, by its idempotency key.
    promised: std::sync::Mutex<BTreeMap<String, String>>,
}

/// Somebody asks, waits for an answer, asks again.
async fn customer(
    world: Arc<World>,
    server: Outside,
    number: u64,
    stop: Arc<AtomicBool>,
    mut dice: StdRng,
) {
    let phone = format!("1415555{number:04}");
    let bell = world.platform.bell(&phone);
    while !stop.load(Ordering::Relaxed) {
        let id = format!("ASK{}", world.asked.fetch_add(1, Ordering::SeqCst));
        let question = QUESTIONS[dice.random_range(0..QUESTIONS.len())];
        let body = http::text(&phone, &id, now(), question);
        if server.post(body.clone()).await.is_none() {
            return;
        }
        if dice.random_bool(0.2) {
            server.post(body).await;
        }
        // Nobody may answer: a person has it, or the platform refused the answer.
        tokio::time::timeout(PATIENCE, bell.notified()).await.ok();
    }
}

/// Takes over what agents cannot answer, and sends on its own account: each message with a key of its
/// own, asked for twice now and then.
async fn integrator(world: Arc<World>, server: Outside, stop: Arc<AtomicBool>, mut dice: StdRng) {
    while !stop.load(Ordering::Relaxed) {
        let Some(list) = server.tried("/v1/conversations?limit=100", &world.key).await else {
            return;
        };
        for conversation in list["data"].as_array().unwrap() {
            let waits = !conversation["handoff"].is_null();
            if !waits && dice.random_bool(0.7) {
                continue;
            }
            let id = conversation["id"].as_str().unwrap();
            let number = world.sent.fetch_add(1, Ordering::SeqCst);
            let once = format!("send-{number}");
            let body = json!({ "type": "text", "text": format!("A person says {number}.") });
            let path = format!("/v1/conversations/{id}/messages");
            let tries = if dice.random_bool(0.3) { 2 } else { 1 };
            for _ in 0..tries {
                let Some(made) = server.ordered_once(&path, &world.key, &once, &body).await else {
                    continue;
                };
                let message = made["id"].as_str().unwrap().to_owned();
                let before = world.promised.lock().unwrap().insert(once.clone(), message.clone());
                assert!(before.is_none_or(|before| before == message), "{once} was made twice");
            }
            if waits {
                let path = format!("/v1/conversations/{id}/handback");
                server.ordered_once(&path, &world.key, &format!("{once}-back"), &json!({})).await;
            }
        }
        tokio::time::timeout(PATIENCE, world.platform.bell("14155550001").notified()).await.ok();
    }
}

/// Serves until so many things happened, then kills the server.
async fn round(
    data: &Path,
    world: &Arc<World>,
    happened: &mut mpsc::UnboundedReceiver<()>,
    server: &watch::Sender<Outside>,
    dice: &mut StdRng,
) -> u64 {
    let (mut running, address) = serve(data);
    let outside = Outside::new(&address);
    server.send_replace(outside.clone());
    let stop = Arc::new(AtomicBool::new(false));
    let mut people = tokio::task::JoinSet::new();
    for number in 0..CUSTOMERS {
        let (stop, dice) = (Arc::clone(&stop), StdRng::from_rng(dice));
        people.spawn(customer(Arc::clone(world), outside.clone(), number, stop, dice));
    }
    let (ended, sender) = (Arc::clone(&stop), StdRng::from_rng(dice));
    people.spawn(integrator(Arc::clone(world), outside, ended, sender));
    let moment = dice.random_range(5..150);
    for _ in 0..moment {
        happened.recv().await.unwrap();
    }
    running.kill();
    stop.store(true, Ordering::Relaxed);
    while let Some(ended) = people.join_next().await {
        ended.unwrap();
    }
    while happened.try_recv().is_ok() {}
    moment
}

pub(crate) fn serve(data: &Path) -> (Running, String) {
    let few = ["--volume-bytes", "200000", "--allow-private-urls", "127.0.0.1"];
    Running::serve(data, &few)
}

/// A business with a number at the platform, an agent that serves it, and a subscriber.
async fn open(server: &Outside, platform: &Platform, subscriber: &Subscriber) -> String {
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
    let document = json!({ "title": "The clinic", "content": KNOWN });
    server.order("/v1/knowledge", &key, &document).await;
    let webhook = json!({ "url": subscriber.url(), "events": HEARD, "order": "unordered" });
    server.order("/v1/webhooks", &key, &webhook).await;
    let agent =
        json!({ "name": "Front desk", "instructions": "Be brief.", "channels": [channel["id"]] });
    let agent = server.order("/v1/agents", &key, &agent).await;
    let path = format!("/v1/agents/{}/publish", agent["id"].as_str().unwrap());
    server.order(&path, &key, &json!({})).await;
    key
}

/// Every event that the subscriber must have heard of.
fn to_be_heard(log: &dyn EventLog) -> Vec<Recorded> {
    let (head, mut at, mut found) = (log.head(), Position::START, Vec::new());
    while at < head {
        let (records, reached) = log.read(at, 1_000, &Filter::default()).unwrap();
        let events = records.iter().map(|record| Recorded::read(record).unwrap());
        found.extend(events.filter(|event| HEARD.contains(&event.event.event_type().name)));
        at = reached;
    }
    found
}

/// What the API shows of every message that the business wanted sent: its status.
async fn outbound(server: &Outside, key: &str, head: Position) -> BTreeMap<String, String> {
    let list = format!("/v1/conversations?limit=100&at_least={}", head.0);
    let conversations = server.get(&list, key).await;
    let mut found = BTreeMap::new();
    for conversation in conversations["data"].as_array().unwrap() {
        let path = format!("/v1/conversations/{}/messages", conversation["id"].as_str().unwrap());
        let mut page = String::new();
        loop {
            let list = server.get(&format!("{path}?limit=100{page}"), key).await;
            let text = |message: &Value, name: &str| message[name].as_str().unwrap().to_owned();
            let messages = list["data"].as_array().unwrap().iter();
            let ours = messages.filter(|message| message["direction"] == "outbound");
            found.extend(ours.map(|message| (text(message, "id"), text(message, "status"))));
            let Some(next) = list["next_page"].as_str() else { break };
            page = format!("&page={next}");
        }
    }
    found
}

/// Serves in this process, later, until nothing is left to do; what became of each message, and what
/// the subscriber was to hear of.
async fn come_to_rest(
    data: &Path,
    world: &World,
    server: &watch::Sender<Outside>,
) -> (BTreeMap<String, String>, Vec<Recorded>) {
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
    server.send_replace(outside.clone());
    world.platform.has_told().await;
    let log = Arc::clone(handle.app().engine().log());
    let mut watch = log.watch();
    let mut state = (BTreeMap::new(), Vec::new());
    let resting = async {
        loop {
            watch.mark_unchanged();
            let at = log.head();
            let messages = outbound(&outside, &world.key, at).await;
            let queued = messages.values().filter(|status| *status == "queued").count();
            let heard = to_be_heard(&*log);
            let missing = missing(&heard, &world.subscriber);
            state = (messages, heard);
            if queued == 0 && missing.is_empty() && log.head() == at {
                world.platform.has_told().await;
                return;
            }
            // A delivery is heard before it is recorded, and what falls due makes no event by itself.
            tokio::time::timeout(PATIENCE, watch.changed()).await.ok();
        }
    };
    let rested = tokio::time::timeout(AT_MOST, resting).await;
    let (messages, heard) = &state;
    let missing = missing(heard, &world.subscriber);
    assert!(rested.is_ok(), "it does not come to rest: {messages:?}, not heard of: {missing:?}");
    handle.stop().await.unwrap();
    state
}

fn missing(heard: &[Recorded], subscriber: &Subscriber) -> Vec<(u64, &'static str)> {
    let came: BTreeSet<u64> = subscriber.came().into_iter().collect();
    let gone = heard.iter().filter(|event| !came.contains(&event.position.0));
    gone.map(|event| (event.position.0, event.event.event_type().name)).collect()
}

/// Nothing was taken twice; what was taken is not said to be lost, what was not is not said to have
/// arrived; everything promised was asked for.
fn check_messages(world: &World, messages: &BTreeMap<String, String>) {
    let taken = world.platform.taken();
    for (id, times) in &taken {
        assert_eq!(*times, 1, "{id} was taken {times} times");
        let status = messages.get(id).unwrap_or_else(|| panic!("{id} was taken and is nowhere"));
        assert_eq!(status, "delivered", "{id} was taken");
    }
    for (id, status) in messages.iter().filter(|(id, _)| !taken.contains_key(*id)) {
        assert!(["failed", "undetermined"].contains(&status.as_str()), "{id}: {status}");
    }
    for (once, id) in world.promised.lock().unwrap().iter() {
        assert!(messages.contains_key(id), "{once} was promised and is gone");
    }
}

/// No question was answered twice.
fn check_answers(heard: &[Recorded]) -> usize {
    let mut answered: BTreeSet<MessageId> = BTreeSet::new();
    for event in heard {
        if let Event::Conversation(Said::AgentReplied(replied)) = &event.event {
            assert!(answered.insert(replied.answered), "answered twice: {}", event.position);
        }
    }
    answered.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_begun_comes_to_an_end_once() {
    let rounds = setting("CONVOLOG_CRASH_ROUNDS", 5);
    let mut dice = StdRng::seed_from_u64(setting("CONVOLOG_CRASH_SEED", 7));
    let scratch = tempfile::tempdir().unwrap();
    let data = scratch.path().join("data");
    let (running, address) = serve(&data);
    let (server, followed) = watch::channel(Outside::new(&address));
    let (told, mut happened) = mpsc::unbounded_channel();
    let platform = Platform::start(StdRng::from_rng(&mut dice), told.clone(), followed).await;
    let subscriber = Subscriber::start(StdRng::from_rng(&mut dice), told).await;
    let key = open(&Outside::new(&address), &platform, &subscriber).await;
    assert!(running.stop().success());
    let world = Arc::new(World {
        platform,
        subscriber,
        key,
        asked: AtomicU64::new(0),
        sent: AtomicU64::new(0),
        promised: std::sync::Mutex::default(),
    });
    for n in 1..=rounds {
        let moment = round(&data, &world, &mut happened, &server, &mut dice).await;
        println!("round {n} of {rounds}: killed after {moment} things happened");
    }
    world.platform.calm_down();
    world.subscriber.calm_down();
    let (messages, heard) = come_to_rest(&data, &world, &server).await;
    check_messages(&world, &messages);
    let answers = check_answers(&heard);
    world.subscriber.check();
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for status in messages.values() {
        *ends.entry(status).or_default() += 1;
    }
    println!(
        "{rounds} kills: {} questions, {answers} answered by the agent, {} messages wanted sent: \
         {ends:?}; {} taken by the platform, none twice; {} events heard of, each under one id",
        world.asked.load(Ordering::SeqCst),
        messages.len(),
        world.platform.taken().len(),
        heard.len(),
    );
}

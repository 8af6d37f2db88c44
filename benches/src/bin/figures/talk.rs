//! The conversation loop: how soon an agent's answer is with the platform, many conversations at once,
//! and how soon a commit is with its subscribers, one of three of which hangs.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::routing::post as taking;
use axum::{Json, Router};
use convolog_benches::client::Connection;
use convolog_benches::numbers::float;
use convolog_benches::platform::{Platform, Taken};
use convolog_benches::rig::{Rig, message, phone, post, said};
use hdrhistogram::Histogram;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::{Outcome, runtime};

/// Customers who ask one after the other.
const LONE: u64 = 300;
/// Customers who talk at the same time, for how long, and how long each thinks between two turns.
const CROWD: u64 = 200;
const CROWD_TIME: Duration = Duration::from_mins(1);
const THINKING: Duration = Duration::from_millis(4_500);
/// Events a second that two subscribers take and one does not, and for how long.
const EVENTS: u64 = 150;
const DELIVERING: Duration = Duration::from_secs(20);
/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_mins(1);

const KNOWN: &str = "# Opening hours\n\nThe clinic is open on weekdays from 8:00 to 18:00.\n\n\
    # Parking\n\nFree parking is behind the clinic, in Mill Street.\n\n\
    # Prices\n\nA first consultation at the clinic costs 40 euros.";
/// What is asked, and a word of its answer.
const QUESTIONS: [(&str, &str); 2] =
    [("When is the clinic open on weekdays?", "8:00"), ("Where is free parking?", "Mill Street")];

/// Prints the figures of the loop.
pub(crate) fn figures(folder: &Path) -> Outcome<()> {
    let place = tempfile::tempdir_in(folder)?;
    runtime()?.block_on(async {
        let platform = Platform::start().await?;
        let rig = Arc::new(Rig::start_at(&place.path().join("data"), platform.address).await?);
        let (heard, mut taken) = mpsc::unbounded_channel();
        platform.tell(rig.address(), heard);
        println!("## The conversation loop\n");
        deliveries(&rig).await?;
        publish(&rig).await?;
        replies(&rig, &mut taken).await?;
        crowd(&rig, taken).await?;
        let rig = Arc::into_inner(rig).ok_or("somebody still talks")?;
        rig.stop().await
    })
}

/// An agent that answers from a document.
async fn publish(rig: &Rig) -> Outcome<()> {
    let channels = rig.read("/v1/channels").await?;
    let channel = channels.pointer("/data/0/id").cloned().unwrap_or_default();
    rig.create("/v1/knowledge", &json!({ "title": "The clinic", "content": KNOWN })).await?;
    let agent = json!({ "name": "Front desk", "instructions": "Be brief.", "channels": [channel] });
    let agent = rig.create("/v1/agents", &agent).await?;
    let id = agent.get("id").and_then(Value::as_str).ok_or("no agent")?;
    rig.order(&format!("/v1/agents/{id}/publish")).await?;
    let app = rig.app();
    Ok(app.search().at_least(app.engine().log().head(), PATIENCE).await?)
}

/// One customer after the other asks once: from the first byte of the post until the platform has the
/// answer.
async fn replies(rig: &Rig, taken: &mut mpsc::UnboundedReceiver<Taken>) -> Outcome<()> {
    let mut connection = Connection::open(rig.address()).await?;
    let mut times = Histogram::<u64>::new(3)?;
    for number in 0..LONE {
        let (question, word) = asked(number);
        let person = 1_000_000 + number;
        let request = post(&said(70_000_000 + number, person, question));
        let start = Instant::now();
        if connection.send(&request).await? != 200 {
            return Err("a question was not taken".into());
        }
        let answer = timeout(PATIENCE, taken.recv()).await?.ok_or("the platform is gone")?;
        if answer.to != phone(person) || !answer.text.contains(word) {
            return Err(format!("another answer: {}", answer.text).into());
        }
        times.record(micros(start, answer.at)?)?;
    }
    let at = |quantile| float(times.value_at_quantile(quantile)) / 1e3;
    println!(
        "from a post to its answer with the platform, {LONE} customers one after the other: p50 {:.1} \
         ms, p99 {:.1} ms",
        at(0.5),
        at(0.99)
    );
    Ok(())
}

/// Many customers at once: each asks two things in a row, waits until both are answered, thinks.
async fn crowd(rig: &Rig, mut taken: mpsc::UnboundedReceiver<Taken>) -> Outcome<()> {
    let mut ears = HashMap::new();
    let mut talking = Vec::new();
    for number in 0..CROWD {
        let (ear, answers) = mpsc::unbounded_channel();
        ears.insert(phone(2_000_000 + number), ear);
        talking.push(tokio::spawn(talk(rig.address(), number, answers)));
    }
    let (stop, mut stopped) = oneshot::channel::<()>();
    let hand_out = tokio::spawn(async move {
        loop {
            let message = tokio::select! {
                message = taken.recv() => message,
                _ = &mut stopped => None,
            };
            let Some(message) = message else { return };
            if let Some(ear) = ears.get(&message.to) {
                ear.send(message).ok();
            }
        }
    });
    let mut times = Histogram::<u64>::new(3)?;
    let (mut turns, mut faults) = (0, Faults::default());
    for one in talking {
        let (of_one, made, wrong) = one.await??;
        times.add(of_one)?;
        turns += made;
        faults.add(&wrong);
    }
    stop.send(()).ok();
    hand_out.await?;
    let Faults { lost, doubled, out_of_order } = faults;
    println!(
        "{CROWD} conversations at once for {} s, two questions a turn: {} questions, {lost} not \
         answered, {doubled} messages too many, {out_of_order} turns out of order; answers after p50 {} \
         ms, p99 {} ms (a second message waits until the first was delivered)",
        CROWD_TIME.as_secs(),
        turns * 2,
        times.value_at_quantile(0.5) / 1_000,
        times.value_at_quantile(0.99) / 1_000,
    );
    Ok(())
}

/// What went wrong in a conversation.
#[derive(Default)]
struct Faults {
    lost: u64,
    doubled: u64,
    out_of_order: u64,
}

impl Faults {
    const fn add(&mut self, other: &Self) {
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.out_of_order += other.out_of_order;
    }
}

async fn talk(
    server: SocketAddr,
    number: u64,
    mut answers: mpsc::UnboundedReceiver<Taken>,
) -> Outcome<(Histogram<u64>, u64, Faults)> {
    let mut connection = Connection::open(server).await?;
    let (mut times, mut turns, mut faults) = (Histogram::<u64>::new(3)?, 0, Faults::default());
    let begin = Instant::now();
    // Not all in the same moment.
    tokio::time::sleep(THINKING * u32::try_from(number)? / u32::try_from(CROWD)?).await;
    while begin.elapsed() < CROWD_TIME {
        let start = Instant::now();
        let mut words = Vec::new();
        for part in 0..2 {
            let (question, word) = asked(turns + part);
            let id = 1_000_000_000 + number * 100_000 + turns * 2 + part;
            words.push(word);
            if connection.send(&post(&said(id, 2_000_000 + number, question))).await? != 200 {
                return Err("a question was not taken".into());
            }
        }
        // One message may answer both.
        let mut said = String::new();
        let missing = |said: &str| words.iter().filter(|word| !said.contains(**word)).count();
        while missing(&said) > 0 {
            let Ok(Some(answer)) = timeout(PATIENCE, answers.recv()).await else { break };
            times.record(micros(start, answer.at)?)?;
            said.push_str(&answer.text);
        }
        faults.lost += u64::try_from(missing(&said))?;
        if missing(&said) == 0 && !words.is_sorted_by_key(|word| said.find(word)) {
            faults.out_of_order += 1;
        }
        turns += 1;
        tokio::time::sleep(THINKING.saturating_sub(start.elapsed())).await;
        while answers.try_recv().is_ok() {
            faults.doubled += 1;
        }
    }
    Ok((times, turns, faults))
}

/// Three subscribers hear of every message, one of which never answers: from the commit to the first
/// attempt at one that does.
async fn deliveries(rig: &Rig) -> Outcome<()> {
    let (came, mut arrived) = mpsc::unbounded_channel();
    for hangs in [false, false, true] {
        let receiver = receiver(came.clone(), hangs).await?;
        let wanted = json!({
            "url": format!("http://{receiver}/hooks"), "events": ["message.received"], "order": "unordered",
        });
        rig.create("/v1/webhooks", &wanted).await?;
    }
    let mut connection = Connection::open(rig.address()).await?;
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / u32::try_from(EVENTS)?);
    let wanted = EVENTS * DELIVERING.as_secs();
    for number in 0..wanted {
        ticks.tick().await;
        if connection.send(&post(&message(90_000_000 + number, number % 1_000))).await? != 200 {
            return Err("a post was not taken".into());
        }
    }
    let mut times = Histogram::<u64>::new(3)?;
    for _ in 0..2 * wanted {
        let late = timeout(PATIENCE, arrived.recv()).await?.ok_or("no receiver")?;
        times.record(late)?;
    }
    let at = |quantile| float(times.value_at_quantile(quantile)) / 1e3;
    println!(
        "from the stamp of an event to the first attempt, {} deliveries/s, a third receiver hanging: p50 \
         {:.1} ms, p99 {:.1} ms ({} deliveries)",
        2 * EVENTS,
        at(0.5),
        at(0.99),
        times.len()
    );
    Ok(())
}

/// A subscriber: says of each delivery how many microseconds after the event was stamped it came, or
/// never answers.
async fn receiver(came: mpsc::UnboundedSender<u64>, hangs: bool) -> Outcome<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let hear = move |State(came): State<mpsc::UnboundedSender<u64>>, Json(body): Json<Value>| async move {
        if hangs {
            std::future::pending::<()>().await;
        }
        let stamp =
            body.get("timestamp").and_then(Value::as_str).and_then(|text| text.parse().ok());
        let late = stamp.map(|stamp: jiff::Timestamp| jiff::Timestamp::now().duration_since(stamp));
        let late = late.and_then(|late| u64::try_from(late.as_micros()).ok());
        came.send(late.unwrap_or(u64::MAX / 2)).ok();
    };
    let app = Router::new().route("/hooks", taking(hear)).with_state(came);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}

fn asked(number: u64) -> (&'static str, &'static str) {
    let [first, second] = QUESTIONS;
    if number.is_multiple_of(2) { first } else { second }
}

fn micros(from: Instant, to: Instant) -> Outcome<u64> {
    Ok(u64::try_from(to.saturating_duration_since(from).as_micros())?)
}

//! Pages through the real server at 64 connections, beside a bare axum endpoint that answers the same
//! bytes from memory: transcripts and lists of 50, the board of many leads, a long conversation as it
//! stood in the middle of a long log.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use convolog_benches::client::Connection;
use convolog_benches::load::{CONNECTIONS, Load, Measured, bare_answer};
use convolog_benches::quiet::median;
use convolog_benches::rig::Rig;
use serde_json::Value;

use crate::{Outcome, runtime};

/// Messages of one conversation.
const MESSAGES_EACH: u64 = 100;
/// Rounds of interleaved slices.
const ROUNDS: usize = 3;
/// How long one slice takes.
const SLICE: Duration = Duration::from_secs(3);

/// Conversations whose transcript is read as it stood.
const LONG_ONES: u64 = 8;
/// Messages of each of those.
const LONG: u64 = 1_000;

/// A transcript page and a list of conversations.
pub(crate) fn figures(folder: &Path, messages: u64) -> Outcome<()> {
    with_rig(folder, async |rig| {
        rig.fill(messages, (messages / MESSAGES_EACH).max(1)).await?;
        println!("## Pages of 50, {CONNECTIONS} connections, {messages} messages\n");
        heading();
        let list = "/v1/conversations?limit=50";
        let ids = conversations(rig, list).await?;
        let transcripts: Vec<String> =
            ids.iter().map(|id| format!("/v1/conversations/{id}/messages?limit=50")).collect();
        page(rig, "a transcript page", transcripts).await?;
        page(rig, "conversations, newest activity first", vec![list.to_owned()]).await
    })
}

/// The board of so many leads, each opened by a first contact.
pub(crate) fn board(folder: &Path, leads: u64) -> Outcome<()> {
    with_rig(folder, async |rig| {
        rig.fill(leads, leads).await?;
        println!("## The board of {leads} leads, {CONNECTIONS} connections\n");
        heading();
        for (name, sort) in [("the board", "board"), ("by time in stage", "time_in_stage")] {
            let path = format!("/v1/leads?status=NEW&sort={sort}&limit=50");
            page(rig, name, vec![path]).await?;
        }
        Ok(())
    })
}

/// Conversations of 1,000 messages as they stood when 500 were there, in a log of so many events.
pub(crate) fn as_of(folder: &Path, events: u64) -> Outcome<()> {
    with_rig(folder, async |rig| {
        // One message in so many is of a long conversation; the others are of as many people.
        let (each, head) = (20, || rig.app().engine().log().head());
        let person = move |number: u64| {
            if number.is_multiple_of(each) && number / each < LONG * LONG_ONES {
                number / each % LONG_ONES
            } else {
                LONG_ONES + number % 20_000
            }
        };
        let mut sent = LONG * LONG_ONES * each;
        rig.fill_from(0..sent, person).await?;
        while head().0 < events {
            rig.fill_from(sent..sent + 10_000, person).await?;
            sent += 10_000;
        }
        let position = head();
        println!(
            "## As it stood: conversations of {LONG} messages in a log of {position} events\n"
        );
        heading();
        let list = format!("/v1/conversations?limit={LONG_ONES}&order=oldest");
        let ids = conversations(rig, &list).await?;
        for (name, at) in [("at the head", position.0), ("in the middle", position.0 / 4)] {
            let paths =
                ids.iter().map(|id| format!("/v1/conversations/{id}/messages?limit=50&as_of={at}"));
            page(rig, name, paths.collect()).await?;
        }
        Ok(())
    })
}

fn with_rig(folder: &Path, measure: impl AsyncFnOnce(&Rig) -> Outcome<()>) -> Outcome<()> {
    let place = tempfile::tempdir_in(folder)?;
    runtime()?.block_on(async {
        let rig = Rig::start(&place.path().join("data")).await?;
        measure(&rig).await?;
        println!();
        rig.stop().await
    })
}

fn heading() {
    println!(
        "| page | bytes | pages/s | of the floor | CPU µs a page (floor's), client included | p50 µs | p99 µs |"
    );
    println!("|---|---|---|---|---|---|---|");
}

async fn conversations(rig: &Rig, list: &str) -> Outcome<Vec<String>> {
    let (_, answer) = fetch(rig, list).await?;
    let answer: Value = serde_json::from_slice(&answer)?;
    let rows = answer.get("data").and_then(Value::as_array).ok_or("no data in a list")?;
    let ids = rows.iter().filter_map(|row| row.get("id")?.as_str());
    Ok(ids.map(str::to_owned).collect())
}

async fn fetch(rig: &Rig, path: &str) -> Outcome<(u16, Bytes)> {
    let mut client = Connection::open(rig.address()).await?;
    let status = client.send(&rig.get(path)).await?;
    Ok((status, Bytes::copy_from_slice(client.body())))
}

async fn page(rig: &Rig, name: &str, paths: Vec<String>) -> Outcome<()> {
    let path = paths.first().ok_or("nothing to read")?;
    let (status, answer) = fetch(rig, path).await?;
    let rows = serde_json::from_slice::<Value>(&answer)?;
    let rows = rows.get("data").and_then(Value::as_array).map_or(0, Vec::len);
    if (status, rows) != (200, 50) {
        let answer = String::from_utf8_lossy(&answer);
        return Err(format!("{path}: {status} with {rows} rows: {answer}").into());
    }
    let bytes = answer.len();
    let bare = bare_answer(path.split('?').next().unwrap_or_default(), answer).await?;
    let asked: Arc<Vec<Vec<u8>>> = Arc::new(paths.iter().map(|path| rig.get(path)).collect());
    let floor_asked = asked.first().cloned().unwrap_or_default();
    let (mut pages, mut floors): (Vec<Measured>, Vec<Measured>) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let asked = Arc::clone(&asked);
        let each = Arc::new(move |number| nth(&asked, number));
        pages.push(Load::new(rig.address()).for_time(SLICE).run(each).await?);
        let same = floor_asked.clone();
        let load = Load::new(bare).for_time(SLICE / 3);
        floors.push(load.run(Arc::new(move |_| same.clone())).await?);
    }
    let middle = |all: &[Measured], of: fn(&Measured) -> f64| median(all.iter().map(of));
    let (rate, floor) = (middle(&pages, |one| one.rate), middle(&floors, |one| one.rate));
    let cpu = middle(&pages, |one| one.cpu_micros);
    let floor_cpu = middle(&floors, |one| one.cpu_micros);
    let latency = |quantile| median(pages.iter().map(|one| one.micros_at(quantile)));
    println!(
        "| {name} | {bytes} | {rate:.0} | {:.2} | {cpu:.0} ({floor_cpu:.0}) | {} | {} |",
        rate / floor,
        latency(0.5),
        latency(0.99),
    );
    Ok(())
}

fn nth(all: &[Vec<u8>], number: u64) -> Vec<u8> {
    let at = usize::try_from(number).unwrap_or_default() % all.len().max(1);
    all.get(at).cloned().unwrap_or_default()
}

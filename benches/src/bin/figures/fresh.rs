//! How soon a commit is seen: by a reader of the read models and by a follower of the event stream,
//! while events come in at a steady rate.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use convolog_benches::client::Connection;
use convolog_benches::rig::{Rig, message, post};
use convolog_log::Position;
use hdrhistogram::Histogram;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};

use crate::{Outcome, runtime};

/// Connections that post.
const CONNECTIONS: u64 = 16;
/// People who write again and again, known before.
const REGULARS: u64 = 2_000;
/// How long posts come in.
const TIME: Duration = Duration::from_secs(20);

/// When the answer to a post was there, and when the read models showed it.
struct Sample {
    position: Position,
    answered: Instant,
    shown: Instant,
}

/// Prints how soon the read models and the event stream show what was answered.
pub(crate) fn figures(folder: &Path, events_a_second: u64) -> Outcome<()> {
    let place = tempfile::tempdir_in(folder)?;
    runtime()?.block_on(async {
        let rig = Arc::new(Rig::start(&place.path().join("data")).await?);
        rig.fill(REGULARS, REGULARS).await?;
        let before = rig.app().engine().log().head();
        // How many events a post of a known person makes.
        rig.fill_from(REGULARS..2 * REGULARS, |number| number % REGULARS).await?;
        let made = rig.app().engine().log().head().0 - before.0;
        let every =
            Duration::from_secs(CONNECTIONS * made / REGULARS) / u32::try_from(events_a_second)?;
        let (stop, stopped) = oneshot::channel();
        let stream = tokio::spawn(follow(stream_of(&rig).await?, stopped));
        let (samples, mut taken) = mpsc::unbounded_channel();
        let start = Instant::now();
        for number in 0..CONNECTIONS {
            let (rig, samples) = (Arc::clone(&rig), samples.clone());
            tokio::spawn(async move { pace(&rig, number, every, start, &samples).await });
        }
        drop(samples);
        let (mut all, head) = (Vec::new(), rig.app().engine().log().head());
        while let Some(sample) = taken.recv().await {
            all.push(sample);
        }
        let rate = (rig.app().engine().log().head().0 - head.0) / TIME.as_secs();
        // Whatever is on its way arrives within this.
        tokio::time::sleep(Duration::from_millis(500)).await;
        stop.send(()).ok();
        print(rate, &all, &stream.await?)?;
        let rig = Arc::into_inner(rig).ok_or("somebody still posts")?;
        rig.stop().await
    })
}

/// Posts one message every so often and waits until the read models show it.
async fn pace(
    rig: &Rig,
    number: u64,
    every: Duration,
    start: Instant,
    samples: &mpsc::UnboundedSender<Sample>,
) -> Outcome<()> {
    let mut connection = Connection::open(rig.address()).await?;
    let mut ticks = tokio::time::interval_at((start + every / 16).into(), every);
    let mut next = 10_000_000 * (number + 1);
    while start.elapsed() < TIME {
        ticks.tick().await;
        next += 1;
        let status = connection.send(&post(&message(next, next % REGULARS))).await?;
        let answered = Instant::now();
        let position = connection.header("convolog-position").and_then(|text| text.parse().ok());
        let (200, Some(position)) = (status, position.map(Position)) else {
            return Err(format!("answered {status}").into());
        };
        rig.app().models().at_least(position, Duration::from_mins(1)).await?;
        samples.send(Sample { position, answered, shown: Instant::now() }).ok();
    }
    Ok(())
}

async fn stream_of(rig: &Rig) -> Outcome<TcpStream> {
    Connection::open(rig.address()).await?.follow(&rig.get("/v1/events/stream")).await
}

/// When each event of the stream arrived.
async fn follow(
    mut stream: TcpStream,
    mut stopped: oneshot::Receiver<()>,
) -> HashMap<u64, Instant> {
    let (mut arrived, mut rest, mut chunk) = (HashMap::new(), Vec::new(), vec![0; 64 << 10]);
    loop {
        let read = tokio::select! {
            read = stream.read(&mut chunk) => read.unwrap_or(0),
            _ = &mut stopped => 0,
        };
        let now = Instant::now();
        rest.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let Some(end) = rest.iter().rposition(|byte| *byte == b'\n').filter(|_| read > 0) else {
            if read == 0 {
                return arrived;
            }
            continue;
        };
        let tail = rest.split_off(end + 1);
        for line in rest.split(|byte| *byte == b'\n') {
            let id = line.strip_prefix(b"id:").map(<[u8]>::trim_ascii);
            if let Some(id) = id.and_then(|id| std::str::from_utf8(id).ok()?.parse().ok()) {
                arrived.insert(id, now);
            }
        }
        rest = tail;
    }
}

fn print(rate: u64, samples: &[Sample], stream: &HashMap<u64, Instant>) -> Outcome<()> {
    let (mut models, mut events) = (Histogram::<u64>::new(3)?, Histogram::<u64>::new(3)?);
    for sample in samples {
        models.record(micros(sample.answered, sample.shown)?)?;
        if let Some(arrived) = stream.get(&sample.position.0) {
            events.record(micros(sample.answered, *arrived)?)?;
        }
    }
    println!("## From the answer to a reader, {rate} events a second\n");
    println!("| seen by | posts | p50 µs | p99 µs | longest µs |");
    println!("|---|---|---|---|---|");
    for (name, seen) in [("every read model", models), ("the event stream", events)] {
        let at = |quantile| seen.value_at_quantile(quantile);
        println!("| {name} | {} | {} | {} | {} |", seen.len(), at(0.5), at(0.99), seen.max());
    }
    println!();
    Ok(())
}

fn micros(from: Instant, to: Instant) -> Outcome<u64> {
    Ok(u64::try_from(to.saturating_duration_since(from).as_micros())?)
}

//! Signed posts over HTTP at 64 connections, beside a bare axum endpoint that checks the same
//! signature, in alternating slices; half of the senders are new.
//!
//! `ingest [SECONDS]` (default 60 for the engine's slices together). Prints the ratio, CPU a post,
//! latency, and how far the read models are behind at the end.

#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use convolog_benches::client::Connection;
use convolog_benches::closed_loop::per;
use convolog_benches::probe::{cpu_time, disk_bytes, fdatasync_p50, resident_bytes};
use convolog_domain::{
    AppId, ChannelId, Event, SubjectId, WorkspaceId, number::OwnershipProof,
    workspace::CreateWorkspace,
};
use convolog_engine::{Answer, AppChoice, AppSecrets, Caller, ChannelSpec, Engine};
use convolog_server::{Config, Handle, Server};
use hdrhistogram::Histogram;
use secrecy::SecretString;
use tokio::net::TcpListener;
use uuid::Uuid;

/// As the shipped binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const CONNECTIONS: u64 = 64;
const SECRET: &str = "the secret of the bench";
const SLICES: u32 = 6;

#[tokio::main]
async fn main() -> Outcome<()> {
    let seconds = std::env::args().nth(1).map_or(Ok(60), |text| text.parse::<u32>())?;
    let folder = tempfile::tempdir_in(".")?;
    let sync = fdatasync_p50(folder.path())?;
    let handle = engine(&folder.path().join("data")).await?;
    connect(handle.app().engine()).await?;
    let bare = bare().await?;
    let posts = Arc::new(AtomicU64::new(0));
    let slice = Duration::from_secs(u64::from(seconds)) / SLICES;
    let (mut engine_rates, mut bare_rates) = (Vec::new(), Vec::new());
    println!("fdatasync p50 {} µs", sync.as_micros());
    for number in 0..SLICES {
        let measured = load(handle.address(), slice, &posts).await?;
        let floor = load(bare, Duration::from_secs(3), &posts).await?;
        println!("slice {number}: engine {measured}; bare {floor}");
        engine_rates.push(measured.rate);
        bare_rates.push(floor.rate);
    }
    let head = handle.app().engine().log().head();
    let start = Instant::now();
    while handle.app().models().applied() < head {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    println!("read models caught up {:?} after the last slice, at {head}", start.elapsed());
    let ratio = median(&mut engine_rates) / median(&mut bare_rates);
    println!("ratio of medians {ratio:.3}");
    let disk = disk_bytes(&folder.path().join("data"));
    println!("{} MiB on the disk, {} MiB resident", disk >> 20, resident_bytes() >> 20);
    handle.stop().await?;
    Ok(())
}

struct Measured {
    rate: f64,
    cpu_micros: f64,
    latency: Histogram<u64>,
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:.0} posts/s, {:.0} µs CPU a post (client included), p50 {} µs, p99 {} µs",
            self.rate,
            self.cpu_micros,
            self.latency.value_at_quantile(0.5),
            self.latency.value_at_quantile(0.99)
        )
    }
}

/// Each connection posts, waits for the answer, posts again.
async fn load(address: SocketAddr, time: Duration, posts: &Arc<AtomicU64>) -> Outcome<Measured> {
    let (start, cpu) = (Instant::now(), cpu_time());
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let posts = Arc::clone(posts);
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await?;
                let mut times = Histogram::<u64>::new(3)?;
                while start.elapsed() < time {
                    let body = body(posts.fetch_add(1, Ordering::Relaxed));
                    let signature = convolog_whatsapp::sign(SECRET.as_bytes(), body.as_bytes());
                    let sent = Instant::now();
                    let status =
                        connection.post("/inbound/whatsapp", body.as_bytes(), &signature).await?;
                    if status != 200 {
                        return Err(format!("answered {status}").into());
                    }
                    times.record(u64::try_from(sent.elapsed().as_micros())?)?;
                }
                Outcome::Ok(times)
            })
        })
        .collect();
    let mut latency = Histogram::new(3)?;
    for task in tasks {
        latency.add(task.await??)?;
    }
    let count = usize::try_from(latency.len())?;
    let spent = cpu_time().saturating_sub(cpu);
    let rate = per(count, start.elapsed());
    let cpu_micros = spent.as_secs_f64() * 1e6 / per(count, Duration::from_secs(1)).max(1.0);
    Ok(Measured { rate, cpu_micros, latency })
}

/// A text message; every other sender is new.
fn body(number: u64) -> String {
    let from = 16_500_000_000 + if number.is_multiple_of(2) { number } else { number / 2 % 20_000 };
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102290129340398","changes":[{{"value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550783881","phone_number_id":"106540352242922"}},"contacts":[{{"profile":{{"name":"Avery Lindqvist"}},"wa_id":"{from}"}}],"messages":[{{"from":"{from}","id":"wamid.HBgLMTY1MDU1NTAxNDIVAgASGBQzQTFD{number:012}","timestamp":"1795168800","type":"text","text":{{"body":"Could you come by tomorrow before noon? Number {number}."}}}}]}},"field":"messages"}}]}}]}}"#
    )
}

/// The floor: the same bytes, the same signature, nothing else.
async fn bare() -> Outcome<SocketAddr> {
    let app = Router::new().route("/inbound/whatsapp", post(check));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}

async fn check(headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    let fits = signature
        .is_some_and(|signature| convolog_whatsapp::verify(SECRET.as_bytes(), &body, signature));
    if fits { StatusCode::OK } else { StatusCode::UNAUTHORIZED }
}

async fn engine(data: &std::path::Path) -> Outcome<Handle> {
    use clap::Parser as _;
    #[derive(clap::Parser)]
    struct Arguments {
        #[command(flatten)]
        config: Config,
    }
    let data = data.to_str().ok_or("a path that is not text")?;
    let key = "5a".repeat(32);
    let arguments = ["ingest", "--data", data, "--master-key", &key, "--listen", "127.0.0.1:0"];
    let config = Arguments::try_parse_from(arguments)?.config;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    Ok(Server::start(config, listener).await?)
}

async fn connect(engine: &Engine) -> Outcome<()> {
    let workspace = WorkspaceId(Uuid::from_u128(5));
    let caller = Caller::administrator(workspace);
    let create = CreateWorkspace { name: "A business".to_owned(), plan: "pro".to_owned() };
    engine.create_workspace(&caller, workspace, create, None, nothing).await?;
    let secrets = AppSecrets {
        secret: SecretString::from(SECRET),
        verify_token: SecretString::from("a token"),
        graph_version: "v25.0".to_owned(),
    };
    let app = AppId(Uuid::from_u128(6));
    engine.register_app(&caller, app, "An app", &secrets, None, nothing).await?;
    let spec = ChannelSpec {
        platform: "whatsapp".to_owned(),
        name: "Front desk".to_owned(),
        app: AppChoice::Registered(app),
        phone_number_id: "106540352242922".to_owned(),
        waba_id: "102290129340398".to_owned(),
        display_phone_number: "+1 555 078 3881".into(),
        access_token: None,
        graph_url: "https://graph.example.com".to_owned(),
        plain_http_allowed: false,
        proof: OwnershipProof::Waived,
    };
    engine.connect_channel(&caller, ChannelId(Uuid::from_u128(7)), &spec, None, nothing).await?;
    Ok(())
}

fn nothing(_: &[Event]) -> Answer {
    let subject = SubjectId(Uuid::nil());
    let (body, masked) = (serde_json::Value::Null, serde_json::Value::Null);
    Answer { status: 201, body, masked, subject }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

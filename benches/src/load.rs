//! HTTP load in a closed loop: each connection sends, waits for the answer, sends again.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use hdrhistogram::Histogram;
use tokio::net::TcpListener;

use crate::client::Connection;
use crate::numbers::{micros_each, per};
use crate::probe::cpu_time;
use crate::rig::{INBOUND, SECRET};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Connections at the same time.
pub const CONNECTIONS: usize = 64;

/// Makes the n-th request, written out.
pub type Requests = Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync>;

/// What to send where, and for how long.
#[derive(Clone, Debug)]
pub struct Load {
    address: SocketAddr,
    time: Duration,
    most: u64,
    /// Numbers the requests.
    next: Arc<AtomicU64>,
}

/// What one slice of load showed.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Requests a second.
    pub rate: f64,
    /// CPU microseconds a request, the client's included.
    pub cpu_micros: f64,
    /// Time from sending to the whole answer, in microseconds.
    pub latency: Histogram<u64>,
}

impl Measured {
    /// A quantile of the latency in microseconds.
    pub fn micros_at(&self, quantile: f64) -> u64 {
        self.latency.value_at_quantile(quantile)
    }
}

impl Load {
    /// Load on an address, without an end yet.
    pub fn new(address: SocketAddr) -> Self {
        let next = Arc::new(AtomicU64::new(0));
        Self { address, time: Duration::MAX, most: u64::MAX, next }
    }

    /// Ends after a time.
    #[must_use]
    pub fn for_time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }

    /// Ends after so many requests.
    #[must_use]
    pub fn until_sent(mut self, requests: u64) -> Self {
        self.most = requests;
        self
    }

    /// Goes on with these numbers instead of from 0.
    #[must_use]
    pub fn numbered_by(mut self, next: &Arc<AtomicU64>) -> Self {
        self.next = Arc::clone(next);
        self
    }

    /// Sends until the end.
    ///
    /// # Errors
    /// If a connection breaks or an answer is not 200.
    pub async fn run(&self, requests: Requests) -> Result<Measured, Failure> {
        let (start, cpu) = (Instant::now(), cpu_time());
        let tasks: Vec<_> = (0..CONNECTIONS)
            .map(|_| tokio::spawn(self.clone().one(Arc::clone(&requests), start)))
            .collect();
        let mut latency = Histogram::new(3)?;
        for task in tasks {
            latency.add(task.await??)?;
        }
        let count = usize::try_from(latency.len())?;
        let spent = cpu_time().saturating_sub(cpu);
        let (rate, cpu_micros) = (per(count, start.elapsed()), micros_each(spent, count));
        Ok(Measured { rate, cpu_micros, latency })
    }

    async fn one(self, requests: Requests, start: Instant) -> Result<Histogram<u64>, Failure> {
        let mut connection = Connection::open(self.address).await?;
        let mut times = Histogram::<u64>::new(3)?;
        while start.elapsed() < self.time {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.most {
                break;
            }
            let request = requests(number);
            let sent = Instant::now();
            let status = connection.send(&request).await?;
            if status != 200 {
                let answer = String::from_utf8_lossy(connection.body()).into_owned();
                return Err(format!("answered {status}: {answer}").into());
            }
            times.record(u64::try_from(sent.elapsed().as_micros())?)?;
        }
        Ok(times)
    }
}

/// The floor of posts: the same bytes, the same signature, nothing else.
///
/// # Errors
/// If it cannot listen.
pub async fn bare_inbound() -> Result<SocketAddr, Failure> {
    serve(Router::new().route(INBOUND, post(check))).await
}

/// The floor of a read: an answer that is in memory already, to whoever has a bearer token.
///
/// # Errors
/// If it cannot listen.
pub async fn bare_answer(path: &str, answer: Bytes) -> Result<SocketAddr, Failure> {
    let known = |headers: HeaderMap| async move {
        let status = if headers.contains_key("authorization") {
            StatusCode::OK
        } else {
            StatusCode::UNAUTHORIZED
        };
        (status, [("content-type", "application/json")], answer)
    };
    serve(Router::new().route(path, get(known))).await
}

async fn serve(app: Router) -> Result<SocketAddr, Failure> {
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

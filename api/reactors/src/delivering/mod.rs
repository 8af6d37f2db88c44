//! Outbound webhooks: every subscriber hears of every event it asked for.
//!
//! The log is the queue. One worker an endpoint follows it from the endpoint's durable cursor, in
//! the order that the subscriber chose, and records what became of each attempt; a receiver that is
//! slow or hangs holds up only its own. The supervisor here rings an endpoint when its workspace has
//! news or when the engine's clock says that something is due. At least once: what was sent and not
//! recorded before a crash is sent again under the same id.

mod attempt;
mod board;
mod bucket;
mod endpoint;
mod jobs;
mod message;
mod post;
mod recording;
mod road;
mod source;
mod turns;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use convolog_domain::delivery::Delivery;
use convolog_domain::subscription::TOLD_KINDS;
use convolog_domain::{StreamKind, SubscriptionId, WorkspaceId};
use convolog_engine::EngineError;
use convolog_log::{Filter, Position};
use convolog_projections::QueryError;
use tokio::task::JoinSet;
use uuid::Uuid;

use self::endpoint::{Bell, Endpoint};
use self::road::Road;
use self::source::blocking;
use crate::acting::Acting;
use crate::figures;
use crate::lanes::types;

/// Events looked at, at a time.
const CHUNK: usize = 1_024;
/// Endpoints listed at a time.
const PAGE: usize = 500;
/// How long to wait after something could not be read.
const REST: Duration = Duration::from_secs(1);
/// Longer than a server runs.
const FOREVER: Duration = Duration::from_secs(1 << 32);

/// Delivers until the server stops.
pub(crate) async fn run(acting: Acting) {
    let stopping = acting.stopping().clone();
    let mut supervisor = Supervisor::new(acting);
    tokio::select! {
        () = supervisor.follow() => {}
        () = stopping.cancelled() => {}
    }
    while supervisor.workers.join_next().await.is_some() {}
}

struct Known {
    workspace: WorkspaceId,
    bell: Arc<Bell>,
}

struct Supervisor {
    acting: Acting,
    road: Arc<Road>,
    known: HashMap<SubscriptionId, Known>,
    workers: JoinSet<Endpoint>,
    seen: Position,
}

/// What a stretch of the log means for endpoints.
#[derive(Default)]
struct News {
    upto: Position,
    workspaces: BTreeSet<Uuid>,
    endpoints: BTreeSet<Uuid>,
    created: Vec<(WorkspaceId, SubscriptionId, Position)>,
    all: bool,
}

impl Supervisor {
    fn new(acting: Acting) -> Self {
        let road = Arc::new(Road::new());
        let (known, workers) = (HashMap::new(), JoinSet::new());
        Self { acting, road, known, workers, seen: Position::START }
    }

    async fn follow(&mut self) {
        while let Err(error) = self.begin().await {
            tracing::error!(%error, "webhooks are not delivered: the endpoints cannot be listed");
            tokio::time::sleep(REST).await;
        }
        let mut pulse = self.acting.pulse();
        while pulse.next().await {
            if let Err(error) = self.hear().await {
                tracing::error!(%error, "the log cannot be followed to deliver webhooks");
                tokio::time::sleep(REST).await;
            }
            let now = self.acting.now().0;
            for known in self.known.values() {
                if known.bell.due.load(Ordering::Acquire) <= now {
                    known.bell.rings.notify_one();
                }
            }
            self.look_after();
            figures::furthest_behind(self.furthest_behind());
        }
    }

    /// Begins with every endpoint there is.
    async fn begin(&mut self) -> Result<(), QueryError> {
        let head = self.acting.engine().log().head();
        let models = self.acting.models().clone();
        models.ready().await?;
        models.at_least(head, FOREVER).await?;
        let mut after = None;
        loop {
            let table = models.endpoints()?;
            let page = tokio::task::spawn_blocking(move || table.standing(after, PAGE));
            let page = page.await.map_err(|error| QueryError::Stopped(error.to_string()))??;
            let Some(last) = page.last() else { break };
            after = Some((last.workspace, last.id));
            for row in page {
                let (workspace, id) = (row.workspace, row.id);
                let engine = self.acting.engine();
                engine.remember::<Delivery>(workspace, id.0, row.version, row.state);
                self.take_on(workspace, id, row.created.unwrap_or_default());
            }
        }
        self.seen = head;
        Ok(())
    }

    fn take_on(&mut self, workspace: WorkspaceId, id: SubscriptionId, created: Position) {
        if self.known.contains_key(&id) {
            return;
        }
        let bell = Arc::new(Bell::default());
        self.known.insert(id, Known { workspace, bell: Arc::clone(&bell) });
        let (acting, road) = (self.acting.clone(), Arc::clone(&self.road));
        self.employ(Endpoint { acting, road, bell, workspace, id, created });
    }

    fn employ(&mut self, endpoint: Endpoint) {
        self.workers.spawn(async move {
            // A panic is a bug, and no reason to leave an endpoint alone for ever.
            while let Err(error) = tokio::spawn(endpoint.clone().run()).await {
                tracing::error!(webhook = %endpoint.id, %error, "its deliverer failed; it begins again");
                tokio::select! {
                    () = tokio::time::sleep(REST) => {}
                    () = endpoint.acting.stopping().cancelled() => break,
                }
            }
            endpoint
        });
    }

    /// How many events the endpoint that is furthest behind has not come to.
    fn furthest_behind(&self) -> u64 {
        let reached = |known: &Known| known.bell.reached.load(Ordering::Acquire);
        let least = self.known.values().map(reached).min().unwrap_or(u64::MAX);
        self.acting.engine().log().head().0.saturating_sub(least)
    }

    /// Lets go of those that ended: their subscriptions were deleted.
    fn look_after(&mut self) {
        while let Some(ended) = self.workers.try_join_next() {
            if let Ok(endpoint) = ended {
                self.known.remove(&endpoint.id);
            }
        }
    }

    /// Rings whoever has news.
    async fn hear(&mut self) -> Result<(), EngineError> {
        while self.seen < self.acting.engine().log().head() {
            let (log, after) = (Arc::clone(self.acting.engine().log()), self.seen);
            let news = blocking(move || news(&*log, after)).await?;
            if news.upto <= after {
                return Ok(());
            }
            self.seen = news.upto;
            for (workspace, id, position) in &news.created {
                self.take_on(*workspace, *id, *position);
            }
            for (id, known) in &self.known {
                let concerns = news.all
                    || news.endpoints.contains(&id.0)
                    || news.workspaces.contains(&known.workspace.0);
                if concerns {
                    known.bell.rings.notify_one();
                }
            }
        }
        Ok(())
    }
}

/// The number of the events that say how an endpoint is doing.
fn health_changed() -> Option<u16> {
    types(&["endpoint_health_changed"]).first().copied()
}

fn news(log: &dyn convolog_log::EventLog, after: Position) -> Result<News, EngineError> {
    let (records, upto) = log.read(after, CHUNK, &Filter::default())?;
    let mut news = News { upto, ..News::default() };
    let health = health_changed();
    for record in records {
        let stream = record.stream()?;
        match StreamKind::from_code(stream.kind) {
            Some(StreamKind::Subscription) if record.header.version == 1 => {
                let (workspace, id) = (WorkspaceId(stream.workspace), SubscriptionId(stream.id));
                news.created.push((workspace, id, record.header.position));
            }
            Some(kind @ (StreamKind::Subscription | StreamKind::Delivery)) => {
                news.endpoints.insert(stream.id);
                // How one of them is doing is told to the others.
                if kind == StreamKind::Delivery && Some(record.type_code()?) == health {
                    news.workspaces.insert(stream.workspace);
                }
            }
            // This instance may have been armed.
            Some(StreamKind::Installation) => news.all = true,
            Some(kind) if TOLD_KINDS.contains(&kind) => {
                news.workspaces.insert(stream.workspace);
            }
            _ => {}
        }
    }
    Ok(news)
}

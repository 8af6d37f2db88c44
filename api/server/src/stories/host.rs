//! A server as the host of a story.

use std::collections::{BTreeMap, HashSet};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use convolog_engine::{CountedEntropy, FolderOptions, Recorded};
use convolog_log::{Filter, ManualClock, Position, Timestamp};
use convolog_replay::story::{
    Actor, Asked, Command, DomainHost, Host, HostError, HostEvent, Moment, Outcome, Request, View,
};
use parking_lot::Mutex;
use reqwest::{Method, RequestBuilder};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use uuid::Uuid;

use super::asking::{ADMIN, Asking, failed, send};
use super::ways::{Way, way};
use crate::v1::events::EventView;
use crate::{Config, Handle, Server};

/// Items asked for at a time; the most there may be.
const PAGE: &str = "200";

/// Events read at a time.
const BATCH: usize = 256;

/// Bytes that must stay free: a story needs few.
const FREE_BYTES: u64 = 1 << 20;

/// What was asked of servers, and what was left to the engine, over all stories.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    counts: Arc<Mutex<Counts>>,
    /// What events showed, if it is kept: by type, each once.
    shown: Option<Arc<Mutex<Shown>>>,
}

/// What events showed, by type, each once.
pub type Shown = BTreeMap<&'static str, HashSet<Value>>;

/// The counts of a [`Tally`].
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
struct Counts {
    /// Commands, posts and requests of `when` that were sent over HTTP.
    requests: usize,
    /// Commands of `when` that no request can carry out, and how often.
    by_engine: BTreeMap<&'static str, usize>,
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts = self.counts.lock();
        write!(f, "{} steps over HTTP", counts.requests)?;
        for (what, times) in &counts.by_engine {
            write!(f, "\nleft to the engine {times} times: {what}")?;
        }
        Ok(())
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.counts.lock().serialize(serializer)
    }
}

impl Tally {
    /// One that keeps the `data` of every event that happened.
    pub fn keeping_events() -> Self {
        Self { shown: Some(Arc::default()), ..Self::default() }
    }

    /// The `data` of every event that happened, if it was kept.
    pub fn shown(&self) -> Shown {
        self.shown.as_ref().map(|shown| shown.lock().clone()).unwrap_or_default()
    }

    /// How many steps were carried out over HTTP.
    pub fn requests(&self) -> usize {
        self.counts.lock().requests
    }

    fn request(&self) {
        self.counts.lock().requests += 1;
    }

    fn by_engine(&self, what: &'static str) {
        *self.counts.lock().by_engine.entry(what).or_default() += 1;
    }
}

/// A server on a data folder of its own.
pub struct HttpHost {
    /// Arranges what was given, does what no request can, reads the log.
    engine: DomainHost,
    asking: Asking,
    tally: Tally,
    arranging: bool,
    server: Handle,
    // Dropped last: everything above lies in it.
    dir: TempDir,
}

impl std::fmt::Debug for HttpHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpHost").field("server", &self.server).finish_non_exhaustive()
    }
}

impl HttpHost {
    /// Starts a server on an empty data folder, whose clock shows `at`.
    ///
    /// # Errors
    /// Whatever keeps a server from starting.
    pub async fn start(at: jiff::Timestamp, tally: Tally) -> Result<Self, HostError> {
        let dir = tempfile::tempdir().map_err(failed)?;
        let config = Config {
            admin_token: Some(ADMIN.into()),
            master_key: Some(DomainHost::MASTER_KEY.into()),
            trust_numbers: true,
            free_space_floor_bytes: FREE_BYTES,
            usage: false,
            ..Config::new(dir.path().join("data"))
        };
        let clock = Arc::new(ManualClock::new(Timestamp(at.as_microsecond())));
        let mut options = FolderOptions {
            clock: Arc::<ManualClock>::clone(&clock),
            entropy: Arc::new(CountedEntropy::default()),
            ..FolderOptions::default()
        };
        options.log.ballast_bytes = 0;
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let listener = listener.await.map_err(failed)?;
        let server = Server::start_on(config, listener, options).await.map_err(failed)?;
        let app = server.app();
        let engine = DomainHost::beside(app.engine().clone(), app.viewer().clone(), clock);
        let asking = Asking::new(format!("http://{}", server.address()))?;
        Ok(Self { engine, asking, tally, arranging: true, server, dir })
    }

    /// The key that later steps act with, if the command made one.
    fn note_key(&mut self, command: &Command, outcome: &Outcome) {
        let text = |key: &str| outcome.body.get(key).and_then(Value::as_str);
        if let Command::CreateKey { .. } = command
            && let Some(id) = text("id").and_then(|id| id.parse().ok())
        {
            let token = text("key").map_or_else(|| DomainHost::token_of_key(id), str::to_owned);
            self.asking.know_key(id, token);
        }
    }

    /// Keeps what the events of this story show, if that is wanted.
    fn note_events(&self) -> Result<(), HostError> {
        let Some(shown) = &self.tally.shown else { return Ok(()) };
        let app = self.server.app();
        let (log, mut after) = (app.engine().log(), Position::START);
        while after < log.head() {
            let (records, upto) = log.read(after, BATCH, &Filter::default()).map_err(failed)?;
            for record in records {
                let event = Recorded::read(&record).map_err(failed)?;
                let view = EventView::of(&event, app.engine());
                shown.lock().entry(view.kind).or_default().insert(view.data);
            }
            after = upto;
        }
        Ok(())
    }

    async fn by_way(&mut self, asked: &Asked) -> Result<Outcome, HostError> {
        let (method, path, body) = match way(&asked.command, asked.workspace) {
            Way::Request(method, path, body) => (method, path, body),
            Way::OldestSecret(app) => {
                let path = format!("/v1/apps/{app}");
                let shown = self.asking.read(asked.workspace, &path, &[]).await?;
                let oldest = shown.pointer("/secrets/0/id").and_then(Value::as_str);
                let oldest = oldest.unwrap_or_default();
                (Method::DELETE, format!("{path}/secrets/{oldest}"), None)
            }
            Way::File { name, media, content, agent } => {
                let (path, mut query) = ("/v1/knowledge/files", vec![("name", name)]);
                query.extend(agent.map(|agent| ("agent_id", agent.to_string())));
                let request = self.asking.of(asked.actor, asked.workspace, Method::POST, path)?;
                let request = request.query(&query).header("Content-Type", media).body(content);
                self.tally.request();
                return Ok(send(once(asked, request)).await?.outcome());
            }
            Way::Engine(what) => {
                self.tally.by_engine(what);
                return self.engine.command(asked).await;
            }
        };
        let mut request = once(asked, self.asking.of(asked.actor, asked.workspace, method, &path)?);
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.tally.request();
        Ok(send(request).await?.outcome())
    }

    /// A key in each workspace, through which its people act.
    async fn staff(&mut self) -> Result<(), HostError> {
        for workspace in self.engine.workspaces()? {
            let command = Command::CreateKey {
                name: "Staff".to_owned(),
                mode: "live".to_owned(),
                scopes: ["read", "write", "manage"].map(str::to_owned).to_vec(),
                surface: "native".to_owned(),
                person: None,
                expires_at: None,
            };
            let asked = Asked { workspace, actor: Actor::Administrator, once: None, command };
            let made = self.engine.command(&asked).await?;
            let id = made.body.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
            let id = id.ok_or_else(|| HostError::Failed(format!("no key: {}", made.body)))?;
            self.asking.know_staff(workspace, DomainHost::token_of_key(id));
        }
        Ok(())
    }
}

/// With the idempotency key that the step names.
fn once(asked: &Asked, request: RequestBuilder) -> RequestBuilder {
    match &asked.once {
        Some(key) => request.header("Idempotency-Key", key),
        None => request,
    }
}

impl Host for HttpHost {
    async fn given_ends(&mut self) -> Result<(), HostError> {
        self.arranging = false;
        self.staff().await
    }

    async fn command(&mut self, asked: &Asked) -> Result<Outcome, HostError> {
        let outcome = if self.arranging {
            self.engine.command(asked).await?
        } else {
            self.by_way(asked).await?
        };
        self.note_key(&asked.command, &outcome);
        Ok(outcome)
    }

    async fn post(
        &mut self,
        body: Vec<u8>,
        signature: Option<String>,
    ) -> Result<Outcome, HostError> {
        if self.arranging {
            return self.engine.post(body, signature).await;
        }
        let mut request = self.asking.plain(Method::POST, "/inbound/whatsapp").body(body);
        if let Some(signature) = signature {
            request = request.header(convolog_whatsapp::HEADER, signature);
        }
        self.tally.request();
        let outcome = send(request).await?.outcome();
        let received = Some(outcome.body.clone()).filter(|_| outcome.succeeded());
        Ok(Outcome { received, ..outcome })
    }

    async fn request(
        &mut self,
        workspace: Option<Uuid>,
        request: &Request,
    ) -> Result<Outcome, HostError> {
        let method: Method = request
            .method
            .parse()
            .map_err(|_| HostError::Failed(format!("`{}` is no method of HTTP", request.method)))?;
        let workspace = workspace.unwrap_or_default();
        let mut built = self.asking.of(Actor::Administrator, workspace, method, &request.path)?;
        for (name, value) in &request.headers {
            built = built.header(name, value);
        }
        if let Some(body) = &request.body {
            built = built.json(body);
        }
        // A story tells of what happened before; a read is not to come too early for it.
        let head = self.engine.position().await?;
        let app = self.server.app();
        let patience = app.config().at_least_wait();
        app.models().at_least(Position(head), patience).await.map_err(failed)?;
        app.search().at_least(Position(head), patience).await.map_err(failed)?;
        self.tally.request();
        Ok(send(built).await?.outcome())
    }

    fn set_clock(&mut self, at: i64) -> Result<(), HostError> {
        self.engine.set_clock(at)
    }

    async fn view(
        &mut self,
        workspace: Uuid,
        view: View,
        as_of: Option<Moment>,
    ) -> Result<Vec<Value>, HostError> {
        let head = self.engine.position().await?.to_string();
        let (path, order) = match view {
            View::Conversations => ("/v1/conversations?deleted=any".to_owned(), Some("oldest")),
            View::Contacts => ("/v1/contacts".to_owned(), Some("oldest")),
            View::Messages(id) => (format!("/v1/conversations/{id}/messages"), Some("oldest")),
            View::Leads => ("/v1/leads".to_owned(), Some("reversed")),
            View::Appointments => ("/v1/appointments".to_owned(), None),
            View::Quarantine => ("/v1/quarantine".to_owned(), None),
        };
        let as_of = as_of.map(shown).transpose()?;
        let mut items = Vec::new();
        let mut page: Option<String> = None;
        loop {
            let mut query = vec![("limit", PAGE), ("at_least", head.as_str())];
            query.extend(order.map(|order| ("order", order)));
            query.extend(as_of.as_deref().map(|as_of| ("as_of", as_of)));
            query.extend(page.as_deref().map(|page| ("page", page)));
            let mut answer = self.asking.read(workspace, &path, &query).await?;
            if let Some(Value::Array(found)) = answer.get_mut("data").map(Value::take) {
                items.extend(found);
            }
            page = answer.get("next_page").and_then(Value::as_str).map(str::to_owned);
            if page.is_none() {
                return Ok(items);
            }
        }
    }

    async fn events(
        &mut self,
        workspace: Option<Uuid>,
        after: u64,
    ) -> Result<Vec<HostEvent>, HostError> {
        self.engine.events(workspace, after).await
    }

    async fn position(&mut self) -> Result<u64, HostError> {
        self.engine.position().await
    }

    async fn judge(&mut self) -> Result<Vec<String>, HostError> {
        self.note_events()?;
        let mut problems = self.engine.judge().await?;
        let verify = "/v1/installation/verify";
        let request = self.asking.of(Actor::Administrator, Uuid::nil(), Method::POST, verify)?;
        let found = send(request).await?.outcome();
        if found.body.get("clean") != Some(&json!(true)) {
            problems.push(format!("POST {verify} answered {}: {:#}", found.status, found.body));
        }
        Ok(problems)
    }

    async fn end(self) -> Result<(), HostError> {
        let Self { engine, asking, server, dir, .. } = self;
        drop((engine, asking));
        let stopped = server.stop().await;
        drop(dir);
        stopped.map_err(failed)
    }
}

/// A moment as the API takes it.
fn shown(moment: Moment) -> Result<String, HostError> {
    match moment {
        Moment::Position(position) => Ok(position.to_string()),
        Moment::Time(at) => Ok(jiff::Timestamp::from_microsecond(at).map_err(failed)?.to_string()),
    }
}

//! A server on a folder of its own, with a clock that stands still.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use convolog_engine::FolderOptions;
use convolog_log::{Hooks, ManualClock, NoHooks, Timestamp};
use convolog_server::{App, Config, Handle, Poisoned, Server};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::client::Client;
use super::whatsapp::Number;

/// The administrator's token.
pub(crate) const ADMIN: &str = "the-administrators-token";
/// 2026-11-21T09:00:00Z.
const NOW: i64 = 1_795_251_600_000_000;

/// A running server.
pub(crate) struct TestServer {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) admin: Client,
    handle: Handle,
    config: Config,
    dir: TempDir,
}

/// A server that was stopped, and its folder.
pub(crate) struct StoppedServer {
    clock: Arc<ManualClock>,
    config: Config,
    dir: TempDir,
}

/// A workspace with a key that may do everything.
pub(crate) struct Workspace {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) client: Client,
}

impl TestServer {
    pub(crate) async fn start() -> Self {
        Self::start_with(|config| config.trust_numbers = true).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_hooked(Arc::new(NoHooks), change).await
    }

    /// On a log whose steps can be made to fail.
    pub(crate) async fn start_hooked(
        hooks: Arc<dyn Hooks>,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config {
            admin_token: Some(ADMIN.into()),
            master_key: Some("5e".repeat(32).into()),
            free_space_floor_bytes: 1 << 20,
            // Nothing but what a test does stands in its log.
            usage: false,
            extractor: Some(env!("CARGO_BIN_EXE_convolog").into()),
            ..Config::new(dir.path().join("data"))
        };
        change(&mut config);
        let clock = Arc::new(ManualClock::new(Timestamp(NOW)));
        Self::open(dir, config, clock, hooks).await
    }

    async fn open(
        dir: TempDir,
        config: Config,
        clock: Arc<ManualClock>,
        hooks: Arc<dyn Hooks>,
    ) -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let shared: Arc<ManualClock> = Arc::clone(&clock);
        let mut options = FolderOptions { clock: shared, ..FolderOptions::default() };
        options.log.ballast_bytes = 0;
        options.log.hooks = hooks;
        let handle = Server::start_on(config.clone(), listener, options).await.unwrap();
        let admin = Client::new(format!("http://{}", handle.address()), Some(ADMIN));
        Self { clock, admin, handle, config, dir }
    }

    /// The same folder, served by a new server.
    pub(crate) async fn restart(self) -> Self {
        self.into_stopped().await.start().await
    }

    /// Stops, and keeps the folder.
    pub(crate) async fn into_stopped(self) -> StoppedServer {
        let Self { clock, handle, config, dir, .. } = self;
        handle.stop().await.unwrap();
        StoppedServer { clock, config, dir }
    }

    pub(crate) fn app(&self) -> &App {
        self.handle.app()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.handle.address()
    }

    /// Tells the server to stop, without waiting for it.
    pub(crate) fn begin_to_stop(&self) {
        self.handle.stop_token().cancel();
    }

    pub(crate) async fn stopped(self) -> Result<(), Poisoned> {
        self.handle.stop().await
    }

    pub(crate) async fn workspace(&self) -> Workspace {
        let body = json!({ "name": "Clinic", "plan": "pro" });
        let id = text(&self.admin.post("/v1/workspaces").json(&body).await.ok(201), "id");
        let key = self.key(&id, json!({ "scopes": ["read", "write", "manage"] })).await;
        let client = self.admin.with_token(&key);
        Workspace { id, key, client }
    }

    /// A key of a workspace; `wanted` names what differs from the usual.
    pub(crate) async fn key(&self, workspace: &str, wanted: Value) -> String {
        let mut body = json!({ "name": "key", "mode": "live", "surface": "native" });
        for (name, value) in wanted.as_object().unwrap() {
            body[name] = value.clone();
        }
        let path = format!("/v1/workspaces/{workspace}/keys");
        text(&self.admin.post(&path).json(&body).await.ok(201), "key")
    }
}

impl StoppedServer {
    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        &self.config.data
    }

    /// How the folder is opened, as the server did.
    pub(crate) fn options(&self) -> FolderOptions {
        let clock: Arc<ManualClock> = Arc::clone(&self.clock);
        let mut options = FolderOptions { clock, ..FolderOptions::default() };
        (options.log.ballast_bytes, options.log.free_floor_bytes) = (0, 0);
        options
    }

    /// Serves the folder again.
    pub(crate) async fn start(self) -> TestServer {
        TestServer::open(self.dir, self.config, self.clock, Arc::new(NoHooks)).await
    }
}

impl Workspace {
    /// A connected number.
    pub(crate) async fn number(&self) -> Number {
        let number = Number::new("106540352242922");
        self.connect(&number).await;
        number
    }

    pub(crate) async fn connect(&self, number: &Number) -> Value {
        self.client.post("/v1/channels").json(&number.channel()).await.ok(201)
    }

    /// A conversation with one message, and its id.
    pub(crate) async fn conversation(&self, number: &Number) -> String {
        let taken = number.say(&self.client, "wamid.1", "5511999990001", "Hello").await;
        let position = taken.position();
        taken.ok(200);
        let list = self.client.get(&format!("/v1/conversations?at_least={position}")).await.ok(200);
        text(&list["data"][0], "id")
    }
}

/// A member that is a text.
#[track_caller]
pub(crate) fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}")).to_owned()
}

//! Outbound webhooks, to real receivers over real HTTP, by a clock that is set by hand.

mod asked;
mod etiquette;
mod orders;
mod published;
mod receiver;
mod redeliveries;
mod reminders;
mod retries;
mod signatures;
mod survival;

use convolog_log::Position;
use serde_json::{Value, json};

use crate::support::{Number, TestServer, Workspace, text};
pub(crate) use receiver::Receiver;

/// Longer than anything here takes.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// A server that may call receivers on this machine, with a number that customers write to.
struct Scene {
    server: TestServer,
    workspace: Workspace,
    number: Number,
    said: usize,
}

impl Scene {
    /// Armed.
    async fn new() -> Self {
        let scene = Self::disarmed().await;
        scene.arm().await;
        scene
    }

    /// Armed, and a receiver that hangs has all the time that the test has.
    async fn patient() -> Self {
        let scene = Self::waiting(PATIENCE.as_secs() * 2).await;
        scene.arm().await;
        scene
    }

    async fn disarmed() -> Self {
        Self::waiting(2).await
    }

    /// So many seconds for an answer of a receiver.
    async fn waiting(seconds: u64) -> Self {
        let server = TestServer::start_with(|config| {
            config.trust_numbers = true;
            config.allow_private_urls = vec!["127.0.0.1".to_owned()];
            config.webhook_timeout_seconds = seconds;
        })
        .await;
        let workspace = server.workspace().await;
        let number = workspace.number().await;
        Self { server, workspace, number, said: 0 }
    }

    async fn arm(&self) {
        self.server.admin.post("/v1/installation/arm").await.ok(200);
    }

    async fn disarm(&self) {
        let why = json!({ "reason": "by hand" });
        self.server.admin.post("/v1/installation/disarm").json(&why).await.ok(200);
    }

    /// A subscription to what customers say; its path.
    async fn subscribe(&self, receiver: &Receiver, order: &str) -> String {
        let wanted =
            json!({ "url": receiver.url(), "events": ["message.received"], "order": order });
        self.subscribe_to(&wanted).await.0
    }

    /// A subscription; its path and its secret.
    async fn subscribe_to(&self, wanted: &Value) -> (String, String) {
        let made = self.workspace.client.post("/v1/webhooks").json(wanted).await.ok(201);
        (format!("/v1/webhooks/{}", text(&made, "id")), text(&made, "secret"))
    }

    /// A customer says something; the position of what was taken in last.
    async fn say(&mut self, customer: usize, words: &str) -> u64 {
        self.said += 1;
        let (wamid, from) = (format!("wamid.{}", self.said), format!("55119999900{customer:02}"));
        let taken = self.number.say(&self.workspace.client, &wamid, &from, words).await;
        let position = taken.position();
        taken.ok(200);
        position
    }

    /// Moves the clock on.
    fn pass(&self, seconds: i64) {
        self.server.clock.advance_micros(seconds * SECOND);
    }

    /// Moves the clock past the first retry and not up to the second. The delay counts from the end of
    /// the attempt: what that really took, up to its time limits, comes on top of the five seconds
    /// and their jitter.
    fn pass_a_retry(&self) {
        self.pass(60);
    }

    async fn get(&self, path: &str) -> Value {
        if !path.contains("/deliveries") && !path.contains("/contacts") {
            return self.workspace.client.get(path).await.ok(200);
        }
        let head = self.server.app().engine().log().head();
        let at = if path.contains('?') { '&' } else { '?' };
        self.workspace.client.get(&format!("{path}{at}at_least={head}")).await.ok(200)
    }

    /// What a path shows once it is so.
    async fn until(&self, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let mut head = self.server.app().engine().log().watch();
        let mut last = Value::Null;
        let found = async {
            loop {
                head.mark_unchanged();
                last = self.get(path).await;
                if is_so(&last) {
                    return;
                }
                head.changed().await.unwrap();
            }
        };
        let found = tokio::time::timeout(PATIENCE, found).await;
        assert!(found.is_ok(), "{path} stays {last}");
        last
    }

    /// The deliveries of a subscription once there are so many with this status.
    async fn deliveries(&self, webhook: &str, status: &str, count: usize) -> Vec<Value> {
        let path = format!("{webhook}/deliveries?status={status}");
        let all = |list: &Value| list["data"].as_array().map(Vec::len) == Some(count);
        let list = self.until(&path, all).await;
        list["data"].as_array().unwrap().clone()
    }

    /// The server stopped, and started again on the same folder.
    async fn restart(self) -> Self {
        let Self { server, workspace, number, said } = self;
        let server = server.restart().await;
        let client = server.admin.with_token(&workspace.key);
        Self { server, workspace: Workspace { client, ..workspace }, number, said }
    }

    fn head(&self) -> Position {
        self.server.app().engine().log().head()
    }
}

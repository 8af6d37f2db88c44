//! Files that are taken in and sites that are read, over real HTTP: a business that uploads, a site on
//! this machine, a clock that is set by hand.

mod crawling;
mod files;
mod hostile;
mod site;

use serde_json::Value;

use crate::support::{TestServer, Workspace, text};

/// Longer than anything here takes.
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(2);

/// A server that may read sites on this machine, and a business.
struct Scene {
    server: TestServer,
    workspace: Workspace,
}

impl Scene {
    /// Armed; sites are read without waiting.
    async fn new() -> Self {
        let scene = Self::with_delay(0).await;
        scene.arm().await;
        scene
    }

    async fn with_delay(milliseconds: u64) -> Self {
        let server = TestServer::start_with(|config| {
            config.allow_private_urls = vec!["127.0.0.1".to_owned()];
            config.crawl_delay_milliseconds = milliseconds;
            config.crawl_timeout_seconds = 2;
        })
        .await;
        let workspace = server.workspace().await;
        Self { server, workspace }
    }

    async fn arm(&self) {
        self.server.admin.post("/v1/installation/arm").await.ok(200);
    }

    /// Takes a file in; the import's id.
    async fn upload(&self, query: &str, media: &str, bytes: Vec<u8>) -> String {
        let path = format!("/v1/knowledge/files?{query}");
        let asked = self.workspace.client.post(&path).header("content-type", media).body(bytes);
        text(&asked.await.ok(202), "id")
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

    async fn get(&self, path: &str) -> Value {
        // Events are read from the log, which is never behind.
        if path.starts_with("/v1/events") {
            return self.workspace.client.get(path).await.ok(200);
        }
        let head = self.server.app().engine().log().head();
        let at = if path.contains('?') { '&' } else { '?' };
        self.workspace.client.get(&format!("{path}{at}at_least={head}")).await.ok(200)
    }

    /// An import once it has ended.
    async fn ended(&self, id: &str) -> Value {
        let path = format!("/v1/knowledge/imports/{id}");
        self.until(&path, |import| import["state"] == "ready" || import["state"] == "failed").await
    }

    /// The pages of an import: what follows the host (or the name of a file), state, reason.
    async fn pages(&self, id: &str) -> Vec<String> {
        let list = self.get(&format!("/v1/knowledge/imports/{id}/pages?limit=200")).await;
        let shown = |page: &Value| {
            let address = page["address"].as_str().unwrap();
            let path = address.split_once("//").and_then(|(_, rest)| rest.split_once('/'));
            let path = path.map_or_else(|| address.to_owned(), |(_, path)| format!("/{path}"));
            let reason = page["reason"].as_str().unwrap_or("-");
            format!("{path} {} {reason}", page["state"].as_str().unwrap())
        };
        list["data"].as_array().unwrap().iter().map(shown).collect()
    }

    /// Every document: its title.
    async fn titles(&self) -> Vec<String> {
        let list = self.get("/v1/knowledge?order=oldest&limit=200").await;
        let titles = list["data"].as_array().unwrap().iter();
        titles.map(|document| text(document, "title")).collect()
    }

    /// The server stopped, and started again on the same folder.
    async fn restart(self) -> Self {
        let Self { server, workspace } = self;
        let server = server.restart().await;
        let client = server.admin.with_token(&workspace.key);
        Self { server, workspace: Workspace { client, ..workspace } }
    }
}

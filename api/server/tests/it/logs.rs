//! The server's own log says what happened and nothing personal.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::TestServer;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// What all tests of this process log: with one subscriber for all, none can switch off another's.
fn everything_logged() -> Kept {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    let keep = || {
        let kept = Kept::default();
        let subscriber = tracing_subscriber::fmt().json().with_max_level(tracing::Level::DEBUG);
        let subscriber = subscriber.with_writer(kept.clone()).finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
        kept
    };
    KEPT.get_or_init(keep).clone()
}

#[tokio::test]
async fn the_access_log_has_templates_and_no_people() {
    let kept = everything_logged();
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    number.say(&server.admin, "wamid.log", "5511977770001", "Xylophone").await.ok(200);
    let id = workspace.conversation(&number).await;
    let path = format!("/v1/conversations/{id}/messages");
    let body = json!({ "type": "text", "text": "Zeppelin" });
    workspace.client.post(&path).json(&body).await.ok(202);
    workspace.client.get("/v1/quokka?phone=5511977770001").await.problem(404, "no_such_endpoint");
    let logged = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<_> = logged.lines().filter(|line| line.contains("convolog::access")).collect();
    let sent = lines.iter().find(|line| line.contains("\"status\":202"));
    let sent = sent.unwrap_or_else(|| panic!("{lines:#?}"));
    assert!(sent.contains("\"route\":\"/v1/conversations/{id}/messages\""), "{sent}");
    assert!(lines.iter().any(|line| line.contains("\"code\":\"no_such_endpoint\"")), "{lines:?}");
    for personal in
        ["5511977770001", "Xylophone", "Zeppelin", "quokka", &workspace.key, "the-app-secret"]
    {
        let found = logged.lines().find(|line| line.contains(personal));
        assert_eq!(found, None, "{personal}");
    }
}

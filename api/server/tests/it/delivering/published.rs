//! What arrives is taken by the verifier that Standard Webhooks publishes for another language: the one
//! for Python, as `docs/tools/install.sh` installs it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::receiver::Came;
use super::{Receiver, Scene};

/// The second at which the clock of these tests begins.
const NOW: i64 = 1_795_251_600;

/// Reads deliveries, one JSON line each, and says of each what the verifier says.
const PROGRAM: &str = r#"
import json, sys
from standardwebhooks import Webhook, WebhookVerificationError
for line in sys.stdin:
    asked = json.loads(line)
    try:
        told = Webhook(asked["secret"]).verify(asked["body"], asked["headers"])
        print(json.dumps({"fits": True, "type": told["type"]}))
    except WebhookVerificationError as error:
        print(json.dumps({"fits": False, "error": str(error)}))
"#;

/// What the published verifier says of each of these.
fn judged(asked: &[Value]) -> Vec<Value> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(std::path::PathBuf::from);
    let home = || std::env::home_dir().unwrap().join(".cache");
    let library = cache.unwrap_or_else(home).join("convolog/python");
    let missing = "run docs/tools/install.sh, which installs what is needed here";
    assert!(library.join("standardwebhooks").is_dir(), "no {}: {missing}", library.display());
    let mut python = Command::new("python3");
    python.args(["-c", PROGRAM]).env("PYTHONPATH", library).env("PYTHONDONTWRITEBYTECODE", "1");
    let mut running = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = running.stdin.take().unwrap();
    for one in asked {
        writeln!(lines, "{one}").unwrap();
    }
    drop(lines);
    let done = running.wait_with_output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let said = String::from_utf8(done.stdout).unwrap();
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn asked(secret: &str, came: &Came, body: &str) -> Value {
    let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    let headers: serde_json::Map<String, Value> =
        names.into_iter().map(|name| (name.to_owned(), came.header(name).into())).collect();
    json!({ "secret": secret, "headers": headers, "body": body })
}

#[tokio::test]
async fn the_verifier_of_another_language_takes_what_is_delivered() {
    let (mut scene, mut receiver) = (Scene::new().await, Receiver::start().await);
    // The verifier looks at the clock of this machine.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    scene.pass(i64::try_from(now.as_secs()).unwrap() - NOW);
    let wanted = json!({
        "url": receiver.url(), "events": ["message.received"], "signature": "ed25519",
    });
    let (webhook, old) = scene.subscribe_to(&wanted).await;
    scene.say(1, "Olá 👋").await;
    let first = receiver.next().await;
    let rotate = format!("{webhook}/rotate-secret");
    let overlap = json!({ "overlap_seconds": 60 });
    let rotated = scene.workspace.client.post(&rotate).json(&overlap).await.ok(200);
    let new = rotated["secret"].as_str().unwrap();
    scene.say(1, "two").await;
    let second = receiver.next().await;
    let body = |came: &Came| String::from_utf8(came.body.to_vec()).unwrap();
    let said = judged(&[
        asked(&old, &first, &body(&first)),
        asked(&old, &second, &body(&second)),
        asked(new, &second, &body(&second)),
        asked(new, &first, &body(&first)),
        asked(&old, &first, &body(&second)),
    ]);
    let taken = json!({ "fits": true, "type": "message.received" });
    assert_eq!(said[..3], [taken.clone(), taken.clone(), taken]);
    for refused in &said[3..] {
        assert_eq!(refused["error"], "No matching signature found");
    }
}

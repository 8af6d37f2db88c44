//! Erasing a person: nothing of them is left in any file, and what is answered is true.

use std::collections::BTreeSet;

use convolog_replay::scan::{Canaries, Report, scan};
use convolog_vault::MasterKey;
use serde_json::{Value, json};

use crate::support::{Number, StoppedServer, TestServer, Workspace};

const NAME: &str = "Zuleika Quimera";
const PHONE: &str = "5511987650001";
/// Texts, a caption, a file name, an emoji's target: everything that the canary wrote, and its ids.
const WORDS: [&str; 9] = [
    NAME,
    PHONE,
    "wamid.HBgNNTUxMTk4NzY1MDAwMRUCABIYFDNB",
    "wamid.HBgNNTUxMTk4NzY1MDAwMRUCABIYFDNC",
    "wamid.HBgNNTUxMTk4NzY1MDAwMRUCABIYFDND",
    "My blood type is AB negative",
    "x-ray of the left knee",
    "knee-zuleika.pdf",
    "We keep your file, dear patient",
];

/// What the canary sends: a text, a document with a caption, a reaction, and an edit of its name.
fn said(number: &Number) -> Value {
    let messages = json!([
        { "from": PHONE, "id": WORDS[2], "timestamp": "1795251500", "type": "text",
          "text": { "body": WORDS[5] } },
        { "from": PHONE, "id": WORDS[3], "timestamp": "1795251510", "type": "document",
          "document": { "id": "900001", "mime_type": "application/pdf", "sha256": "c2hh",
                        "filename": WORDS[7], "caption": WORDS[6] } },
        { "from": PHONE, "id": WORDS[4], "timestamp": "1795251520", "type": "reaction",
          "reaction": { "message_id": WORDS[2], "emoji": "\u{1f44d}" } },
    ]);
    let mut post = number.text("unused", PHONE, "unused");
    let value = &mut post["entry"][0]["changes"][0]["value"];
    value["messages"] = messages;
    value["contacts"][0]["profile"]["name"] = json!(NAME);
    post
}

fn looked(stopped: &StoppedServer) -> Report {
    let master = MasterKey::parse(&"5e".repeat(32)).unwrap();
    let words: Vec<_> = WORDS.iter().map(|&word| word.to_owned()).collect();
    let canaries = Canaries::new(&words).unwrap();
    scan(stopped.data(), &master, &stopped.options(), &canaries).unwrap()
}

/// The canary's contact and conversation.
async fn canary(server: &TestServer, workspace: &Workspace, number: &Number) -> (String, String) {
    let taken = number.deliver(&server.admin, &said(number)).await;
    assert_eq!(taken.ok(200)["accepted"], 3);
    let path = format!("/v1/conversations?at_least={}", taken.position());
    let list = workspace.client.get(&path).await.ok(200);
    let id = |pointer: &str| list.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    (id("/data/0/contact/id"), id("/data/0/id"))
}

#[tokio::test]
async fn a_scan_finds_all_of_a_person_before_and_nothing_after() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let (contact, conversation) = canary(&server, &workspace, &number).await;
    // Somebody else stays as they are.
    number.say(&server.admin, "wamid.other", "972501234567", "I stay").await.ok(200);
    let send = format!("/v1/conversations/{conversation}/messages");
    let body = json!({ "type": "text", "text": WORDS[8] });
    let key = "an idempotency key";
    workspace.client.post(&send).header("Idempotency-Key", key).json(&body).await.ok(202);

    let stopped = server.into_stopped().await;
    let before = looked(&stopped);
    let found: BTreeSet<_> = before.found.iter().map(|find| find.canary).collect();
    assert_eq!(found, (1..=WORDS.len()).collect(), "{before}");
    assert!(before.problems.is_empty() && before.rows > 0 && before.vault_entries > 0, "{before}");

    let server = stopped.start().await;
    let client = server.admin.with_token(&workspace.key);
    let path = format!("/v1/contacts/{contact}/erase");
    client.post(&path).json(&json!({ "reason": "requested" })).await.ok(200);
    let stopped = server.into_stopped().await;
    let after = looked(&stopped);
    assert!(after.is_clean(), "{after}");
    assert!(after.records > before.records && after.opened > 0, "{after}");
}

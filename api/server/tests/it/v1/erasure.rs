//! Erasing a person: nothing of them is left in any file, and what is answered is true.

use std::collections::BTreeSet;

use convolog_replay::scan::{Canaries, Find, Place, Report, scan};
use convolog_vault::MasterKey;
use serde_json::{Value, json};

use crate::support::{Number, StoppedServer, TestServer, Workspace, text};

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
    let asked = workspace.client.post(&send).header("Idempotency-Key", key).json(&body).await;
    asked.ok(202);
    let path = format!("/v1/search/messages?q=patient&at_least={}", asked.position());
    assert_eq!(workspace.client.get(&path).await.ok(200)["data"].as_array().unwrap().len(), 1);

    let stopped = server.into_stopped().await;
    let before = looked(&stopped);
    let found: BTreeSet<_> = before.found.iter().map(|find| find.canary).collect();
    assert_eq!(found, (1..=WORDS.len()).collect(), "{before}");
    assert!(before.problems.is_empty() && before.rows > 0 && before.vault_entries > 0, "{before}");
    let in_index = |find: &&Find| matches!(find.place, Place::Index { .. });
    let indexed: BTreeSet<_> =
        before.found.iter().filter(in_index).map(|find| WORDS[find.canary - 1]).collect();
    assert_eq!(indexed, BTreeSet::from([NAME, WORDS[5], WORDS[6], WORDS[8]]), "{before}");

    let server = stopped.start().await;
    let client = server.admin.with_token(&workspace.key);
    let path = format!("/v1/contacts/{contact}/erase");
    let told = client.post(&path).json(&json!({ "reason": "requested" })).await.ok(200);
    let path = format!("/v1/contacts/{contact}/erasure?at_least={}", told["position"]);
    let certificate = client.get(&path).await.ok(200);
    assert_eq!(certificate["indexes_rewritten_at"], "2026-11-21T09:00:00Z");
    let stopped = server.into_stopped().await;
    let after = looked(&stopped);
    assert!(after.is_clean(), "{after}");
    assert!(after.records > before.records && after.opened > 0 && after.terms > 0, "{after}");
}

#[tokio::test]
async fn a_dry_run_lists_every_place_and_changes_nothing() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let (contact, conversation) = canary(&server, &workspace, &number).await;
    let send = format!("/v1/conversations/{conversation}/messages");
    let body = json!({ "type": "text", "text": WORDS[8] });
    workspace.client.post(&send).header("Idempotency-Key", "one").json(&body).await.ok(202);
    let stray = Number::new("106540352242999");
    let taken = number.deliver(&server.admin, &stray.text("wamid.stray", PHONE, "lost")).await;
    assert_eq!(taken.ok(200)["quarantined"], 1);
    let head = server.app().engine().log().head();

    let path = format!("/v1/contacts/{contact}/erasure-preview?at_least={head}");
    let preview = workspace.client.get(&path).await.ok(200);
    assert_eq!(preview["contacts"], json!([contact]));
    assert_eq!((&preview["erased"], &preview["legal_holds"]), (&json!([]), &json!([])));
    let streams = preview["streams"].as_array().unwrap();
    let events = |stream: String| {
        let found = streams.iter().find(|place| place["stream"] == stream);
        found.map_or(0, |place| place["events"].as_u64().unwrap())
    };
    assert!(events(format!("contact/{contact}")) >= 2, "{preview}");
    assert!(events(format!("conversation/{conversation}")) >= 4, "{preview}");
    assert!(preview["vault"]["keys"].as_u64() >= Some(1), "{preview}");
    assert_eq!(preview["vault"]["identity_tokens"], 1);
    assert_eq!((&preview["kept_answers"], &preview["quarantined"]), (&json!(1), &json!(1)));
    assert_eq!(preview["read_models"], json!([{ "model": "contacts", "rows": 1, "tokens": 1 }]));
    // Its name, its text, the caption, and what was answered.
    assert_eq!(preview["search_documents"], 4);
    for word in WORDS {
        assert!(!preview.to_string().contains(word), "{preview}");
    }
    assert_eq!(server.app().engine().log().head(), head);
    let nobody = "/v1/contacts/0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c/erasure-preview";
    workspace.client.get(nobody).await.problem(404, "not_found");
    let other = server.workspace().await;
    other.client.get(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_dry_run_counts_the_rows_of_their_leads() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let (contact, _) = canary(&server, &workspace, &number).await;
    let leads = workspace.client.get("/v1/leads").await.ok(200);
    let lead = format!("/v1/leads/{}", leads["data"][0]["id"].as_str().unwrap());
    let known = json!({ "email": "zuleika@example.com", "phone": "+31612345678" });
    let changed = workspace.client.patch(&lead).json(&known).await;
    changed.ok(200);
    let path = format!("/v1/contacts/{contact}/erasure-preview?at_least={}", changed.position());
    let preview = workspace.client.get(&path).await.ok(200);
    let rows = json!([
        { "model": "contacts", "rows": 1, "tokens": 1 },
        { "model": "leads", "rows": 1, "tokens": 2 },
    ]);
    assert_eq!(preview["read_models"], rows);
}

#[tokio::test]
async fn whoever_repeats_a_request_about_somebody_who_was_erased_is_told_so() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let (contact, conversation) = canary(&server, &workspace, &number).await;
    let path = format!("/v1/conversations/{conversation}/messages");
    let body = json!({ "type": "text", "text": WORDS[8] });
    let send = || workspace.client.post(&path).header("Idempotency-Key", "one").json(&body);
    let first = send().await.ok(202);
    assert_eq!(send().await.ok(202), first);
    let personal = format!("/v1/contacts/{contact}/personal-data?reason=requested");
    workspace.client.delete(&personal).await.ok(200);
    let head = server.app().engine().log().head();
    let told = send().await;
    let problem = told.problem(410, "erased");
    assert!(problem["detail"].as_str().unwrap().contains("carried out before"), "{problem}");
    assert_eq!(server.app().engine().log().head(), head);
}

#[tokio::test]
async fn the_certificate_can_be_shown_again() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let (contact, conversation) = canary(&server, &workspace, &number).await;
    let certificate = format!("/v1/contacts/{contact}/erasure");
    workspace.client.get(&certificate).await.problem(404, "not_found");
    let path = format!("/v1/contacts/{contact}/personal-data");
    let refused = workspace.client.delete(&format!("{path}?reason=Zuleika")).await;
    assert_eq!(refused.problem(400, "invalid_field")["field"], "reason");
    let deleted = workspace.client.delete(&format!("{path}?reason=requested")).await;
    let told = deleted.ok(200);
    assert_eq!(told["contacts"], json!([contact]));
    assert_eq!((&told["reason"], &told["by_kind"]), (&json!("requested"), &json!("key")));
    assert_eq!(
        (&told["keys_gone_at"], &told["indexes_rewritten_at"]),
        (&json!("2026-11-21T09:00:00Z"), &json!(null))
    );
    assert_eq!(told["backups_gone_by"], "2026-12-21T09:00:00Z");
    let later = format!("{certificate}?at_least={}", told["position"]);
    let mut rewritten = workspace.client.get(&later).await.ok(200);
    let at = std::mem::take(&mut rewritten["indexes_rewritten_at"]);
    assert_eq!((rewritten, at), (told.clone(), json!("2026-11-21T09:00:00Z")));
    workspace.client.delete(&format!("{path}?reason=requested")).await.problem(410, "erased");
    // Everything that shows the conversation says who erased it and when.
    let path = format!("/v1/conversations/{conversation}/transcript");
    let transcript = workspace.client.get(&path).await.ok(200);
    let by = format!("key {}", told["by"].as_str().unwrap());
    assert_eq!(transcript["erased_by"], by);
    let path = format!("/v1/contacts/{contact}?at_least={}", told["position"]);
    let shown = workspace.client.get(&path).await.ok(200);
    assert_eq!((&shown["erased"]["by"], &shown["erased"]["by_kind"]), (&told["by"], &json!("key")));
    // Also after the server was started again.
    let server = server.restart().await;
    let client = server.admin.with_token(&workspace.key);
    let again = client.get(&certificate).await.ok(200);
    assert_eq!(again["indexes_rewritten_at"], "2026-11-21T09:00:00Z");
    assert_eq!(again["keys_gone_at"], told["keys_gone_at"]);
}

#[tokio::test]
async fn a_legal_hold_refuses_an_erasure_and_says_since_when_and_by_whom() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let (contact, _) = canary(&server, &workspace, &number).await;
    let hold = format!("/v1/contacts/{contact}/legal-hold");
    let wanted = json!({ "reason": "litigation", "note": "Quimera against the clinic" });
    let placed = workspace.client.post(&hold).json(&wanted).await;
    assert_eq!(placed.ok(200), json!({ "id": contact, "held": true }));
    let path = format!("/v1/contacts/{contact}?at_least={}", placed.position());
    let shown = workspace.client.get(&path).await.ok(200)["legal_hold"].clone();
    assert_eq!(shown["note"], wanted["note"]);
    let preview = format!("/v1/contacts/{contact}/erasure-preview");
    let holds = workspace.client.get(&preview).await.ok(200)["legal_holds"].clone();
    assert_eq!(
        (&holds[0]["contact"], &holds[0]["reason"]),
        (&json!(contact), &json!("litigation"))
    );

    let erase = format!("/v1/contacts/{contact}/personal-data?reason=requested");
    let refused = workspace.client.delete(&erase).await.problem(409, "legal_hold");
    let detail = refused["detail"].as_str().unwrap();
    let by = format!("key {}", shown["by"].as_str().unwrap());
    for said in ["litigation", "since 2026-11-21T09:00:00Z", &by] {
        assert!(detail.contains(said), "{detail}");
    }
    assert!(!detail.contains("Quimera"));
    workspace.client.post(&hold).json(&wanted).await.problem(409, "already_exists");
    let release = format!("{hold}/release");
    assert_eq!(workspace.client.post(&release).await.ok(200)["held"], false);
    workspace.client.post(&release).await.problem(409, "not_allowed_now");
    workspace.client.delete(&erase).await.ok(200);
}

/// What a lead is known by: its name, number, e-mail address, company, a field, a note, the reason of a
/// move, the explanation of a score, the id that another system gave it.
const LEAD: [&str; 9] = [
    "Ottoline Vandermeer",
    "+31612345678",
    "ottoline@vandermeer.example",
    "Vandermeer Scheepsbouw",
    "a boathouse in Sneek",
    "rings only after dusk",
    "haggled over the jib",
    "owns three sloops",
    "CRM-OTTOLINE-1",
];

#[tokio::test]
async fn a_lead_without_a_contact_is_erased_from_every_file_with_a_certificate() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = &workspace.client;
    let lead = json!({
        "source": "fair", "name": LEAD[0], "phone": LEAD[1], "email": LEAD[2], "company": LEAD[3],
        "fields": { "wish": LEAD[4] }, "note": LEAD[5], "external_id": LEAD[8],
        "score": 80, "score_explanation": LEAD[7],
    });
    let open = client.post("/v1/leads").header("Idempotency-Key", "one").json(&lead).await;
    let id = text(&open.ok(201), "id");
    let path = format!("/v1/leads/{id}");
    let moved = json!({ "status": "QUALIFIED", "reason": LEAD[6] });
    client.patch(&format!("{path}/status")).json(&moved).await.ok(200);
    let twin = json!({ "source": "fair", "name": "O. Vandermeer" });
    let twin = text(&client.post("/v1/leads").json(&twin).await.ok(201), "id");
    client.post(&format!("{path}/merge")).json(&json!({ "other": twin })).await.ok(200);
    let words: Vec<_> = LEAD.iter().map(|&word| word.to_owned()).collect();
    let canaries = || Canaries::new(&words).unwrap();
    let look = |stopped: &StoppedServer| {
        let master = MasterKey::parse(&"5e".repeat(32)).unwrap();
        scan(stopped.data(), &master, &stopped.options(), &canaries()).unwrap()
    };
    let stopped = server.into_stopped().await;
    let before = look(&stopped);
    let found: BTreeSet<_> = before.found.iter().map(|find| find.canary).collect();
    assert_eq!(found, (1..=LEAD.len()).collect(), "{before}");

    let server = stopped.start().await;
    let client = server.admin.with_token(&workspace.key);
    let erasure = format!("{path}/erasure");
    client.get(&erasure).await.problem(404, "not_found");
    let wrong = client.delete(&format!("{path}/personal-data?reason=Ottoline")).await;
    assert_eq!(wrong.problem(400, "invalid_field")["field"], "reason");
    let deleted = client.delete(&format!("{path}/personal-data?reason=requested")).await;
    let told = deleted.ok(200);
    assert_eq!((&told["leads"], &told["contacts"]), (&json!([id, twin]), &json!([])));
    assert_eq!((&told["reason"], &told["by_kind"]), (&json!("requested"), &json!("key")));
    assert_eq!(told["position"], deleted.position());
    assert_eq!(told["backups_gone_by"], "2026-12-21T09:00:00Z");
    let later = format!("{erasure}?at_least={}", deleted.position());
    let mut rewritten = client.get(&later).await.ok(200);
    let at = std::mem::take(&mut rewritten["indexes_rewritten_at"]);
    assert_eq!((&rewritten, at), (&told, json!("2026-11-21T09:00:00Z")));
    let shown = client.get(&format!("{path}?at_least={}", deleted.position())).await.ok(200);
    assert_eq!((&shown["name"], &shown["score"]), (&json!(null), &json!(80)));
    assert!(shown["erased"].is_object(), "{shown}");
    client.delete(&format!("{path}/personal-data?reason=requested")).await.problem(410, "erased");
    // As with a contact: for 30 days nothing that comes from the number brings them back.
    let number = Number::new("106540352242931");
    client.post("/v1/channels").json(&number.channel()).await.ok(201);
    let said = number.say(&server.admin, "wamid.again", "31612345678", "Hello").await;
    assert_eq!(said.ok(200)["refused"], 1);
    let stopped = server.into_stopped().await;
    let after = look(&stopped);
    assert!(after.is_clean(), "{after}");
    let server = stopped.start().await;
    let client = server.admin.with_token(&workspace.key);
    let again = client.get(&erasure).await.ok(200);
    assert_eq!(again["keys_gone_at"], told["keys_gone_at"]);
    assert!(again["indexes_rewritten_at"].is_string(), "{again}");
}

#[tokio::test]
async fn a_lead_that_is_a_contact_is_erased_with_the_contact() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let number = workspace.number().await;
    let (contact, _) = canary(&server, &workspace, &number).await;
    let list = workspace.client.get("/v1/leads").await.ok(200);
    let lead = text(&list["data"][0], "id");
    let path = format!("/v1/leads/{lead}/personal-data?reason=requested");
    let refused = workspace.client.delete(&path).await.problem(409, "not_allowed_now");
    assert!(refused["detail"].as_str().unwrap().contains(&contact), "{refused}");
    let erase = format!("/v1/contacts/{contact}/personal-data?reason=requested");
    let told = workspace.client.delete(&erase).await.ok(200);
    assert_eq!(told["leads"], json!([lead]));
    let certificate = format!("/v1/contacts/{contact}/erasure");
    assert_eq!(workspace.client.get(&certificate).await.ok(200), told);
    workspace.client.get(&format!("/v1/leads/{lead}/erasure")).await.problem(404, "not_found");
    let other = server.workspace().await;
    other.client.delete(&path).await.problem(404, "not_found");
}

//! Files that customers send: fetched from a double of the platform, kept, lost, erased.

use serde_json::{Value, json};

use super::sending::Clinic;
use crate::support::{Handed, Workspace, text};

const CUSTOMER: &str = "5511999990001";
const DAY: i64 = 86_400_000_000;

/// Bytes that do not compress, more than one piece of them.
pub(super) fn picture() -> Vec<u8> {
    let mut state: u32 = 7;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(&mut next).take((1 << 20) + 500_000).collect()
}

fn handed(bytes: &[u8]) -> Handed {
    Handed { bytes: bytes.to_vec(), ..Handed::default() }
}

impl Clinic {
    /// The customer sends a picture, which the platform names so; answers the id of the message.
    async fn pictured(&self, media: &str) -> String {
        let message = json!({
            "from": CUSTOMER, "id": format!("wamid.{media}"), "timestamp": "1795251590",
            "type": "image", "image": { "id": media, "mime_type": "image/jpeg", "caption": "Look" },
        });
        self.number.tell(&self.server.admin, CUSTOMER, &message).await.ok(200);
        let path = format!("/v1/conversations/{}/messages?order=newest&limit=1", self.conversation);
        text(&self.workspace.client.get(&path).await.ok(200)["data"][0], "id")
    }

    /// Waits until this holds of the file of a message.
    async fn until_media(&self, id: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let mut head = self.server.app().engine().log().watch();
        loop {
            head.mark_unchanged();
            let media = self.message(id).await["media"].clone();
            if holds(&media) {
                return media;
            }
            head.changed().await.unwrap();
        }
    }

    async fn until_state(&self, id: &str, state: &str) -> Value {
        self.until_media(id, |media| media["state"] == state).await
    }

    fn media_path(&self, id: &str) -> String {
        format!("/v1/conversations/{}/messages/{id}/media", self.conversation)
    }
}

#[tokio::test]
async fn a_picture_is_fetched_sealed_and_given_out_as_it_was() {
    let clinic = Clinic::open().await;
    let bytes = picture();
    clinic.graph.hand_out("901", handed(&bytes));
    let id = clinic.pictured("901").await;
    let media = clinic.until_state(&id, "stored").await;
    assert_eq!((&media["size"], &media["reason"]), (&json!(bytes.len()), &Value::Null));
    let bearer = "Bearer the-access-token".to_owned();
    let wanted = [("place/901".to_owned(), bearer.clone()), ("file/901".to_owned(), bearer)];
    assert_eq!(clinic.graph.wanted(), wanted);
    let client = &clinic.workspace.client;
    let response = client.get(&clinic.media_path(&id)).open().await;
    assert_eq!(response.status(), 200);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("content-disposition", "attachment"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(response.headers()[name], value, "{name}");
    }
    assert!(response.bytes().await.unwrap() == bytes);
    let from = (1 << 20) - 3;
    let asked = client.get(&clinic.media_path(&id));
    let part = asked.header("range", format!("bytes={from}-{}", from + 9)).open().await;
    assert_eq!(part.status(), 206);
    let within = format!("bytes {from}-{}/{}", from + 9, bytes.len());
    assert_eq!(part.headers()["content-range"], within.as_str());
    assert!(part.bytes().await.unwrap() == bytes[from..from + 10]);
    // Nothing of it lies about in the clear.
    let event = clinic.until_event("media_stored").await;
    assert_eq!(event["data"]["mime_type"], "image/jpeg");
    let blobs = clinic.server.app().engine().blobs().list().unwrap();
    let sealed = std::fs::read(blobs.last().unwrap()).unwrap();
    assert!(!sealed.windows(32).any(|window| window == &bytes[..32]));
}

#[tokio::test]
async fn what_fails_is_tried_again_at_recorded_times() {
    let clinic = Clinic::open().await;
    let file = Handed {
        asked: [500, 200].into_iter().filter(|status| *status != 200).collect(),
        fetched: [404, 404, 503].into(),
        ..handed(b"an x-ray")
    };
    clinic.graph.hand_out("902", file);
    let id = clinic.pictured("902").await;
    let tried = |reason: &'static str| move |media: &Value| media["reason"] == reason;
    let media = clinic.until_media(&id, tried("unreachable")).await;
    assert_eq!(media["state"], "pending");
    assert_eq!(media["retry_at"], "2026-11-21T09:00:01Z");
    clinic.workspace.client.get(&clinic.media_path(&id)).await.problem(409, "not_allowed_now");
    // An address that has gone stale is asked for once more at once.
    clinic.server.clock.advance_micros(1_000_000);
    clinic.until_media(&id, tried("not_found")).await;
    clinic.server.clock.advance_micros(4_000_000);
    clinic.until_media(&id, tried("unreachable")).await;
    clinic.server.clock.advance_micros(16_000_000);
    clinic.until_state(&id, "stored").await;
    let wanted: Vec<_> = clinic.graph.wanted().into_iter().map(|(what, _)| what).collect();
    let (place, file) = ("place/902", "file/902");
    assert_eq!(wanted, [place, place, file, place, file, place, file, place, file]);
    let reply = clinic.workspace.client.get(&clinic.media_path(&id)).await;
    assert_eq!((reply.status, reply.text.as_str()), (200, "an x-ray"));
}

#[tokio::test]
async fn what_the_platform_no_longer_hands_out_is_lost_and_says_so() {
    let clinic = Clinic::open().await;
    let id = clinic.pictured("903").await;
    clinic.until_media(&id, |media| media["reason"] == "refused").await;
    clinic.server.clock.advance_micros(7 * DAY);
    let media = clinic.until_state(&id, "lost").await;
    assert_eq!(media["reason"], "expired");
    let gone = clinic.workspace.client.get(&clinic.media_path(&id)).await;
    let problem = gone.problem(404, "not_found");
    assert!(problem["detail"].as_str().unwrap().contains("expired"), "{problem}");
}

#[tokio::test]
async fn a_host_that_lies_hurts_nothing() {
    let clinic = Clinic::open().await;
    let lies = [
        ("911", "not_what_was_announced", Handed { sha256: Some("00".repeat(32)), ..handed(b"x") }),
        ("912", "not_what_was_announced", Handed { size: Some(3), ..handed(b"more than that") }),
        ("913", "broken_off", Handed { size: Some(30), ..handed(b"less than that") }),
        // The configuration lets nobody but the platform's own host through.
        ("914", "refused", Handed { url: Some("http://127.0.0.1:1/x".into()), ..handed(b"x") }),
        ("915", "refused", Handed { url: Some("https://localhost/x".into()), ..handed(b"x") }),
        ("916", "refused", Handed { url: Some("file:///etc/passwd".into()), ..handed(b"x") }),
        // It leads elsewhere.
        ("918", "refused", Handed { fetched: [302].into(), ..handed(b"x") }),
        ("919", "unreachable", Handed { asked: [307].into(), ..handed(b"x") }),
        // What it answers is no place of a file.
        ("920", "unreachable", Handed { nonsense: Some("<html>".into()), ..handed(b"x") }),
        ("923", "refused", Handed { nonsense: Some("[7]".into()), ..handed(b"x") }),
        (
            "924",
            "unreachable",
            Handed { nonsense: Some(" ".repeat(5 * 1024 * 1024)), ..handed(b"x") },
        ),
    ];
    for (media, reason, file) in lies {
        clinic.graph.hand_out(media, file);
        let id = clinic.pictured(media).await;
        let seen = clinic.until_media(&id, |media| !media["reason"].is_null()).await;
        assert_eq!(
            (&seen["state"], &seen["reason"]),
            (&json!("pending"), &json!(reason)),
            "{media}"
        );
    }
    let huge = Handed { size: Some(100 * 1024 * 1024 + 1), ..handed(b"x") };
    clinic.graph.hand_out("917", huge);
    let id = clinic.pictured("917").await;
    assert_eq!(clinic.until_state(&id, "lost").await["reason"], "too_large");
    assert_eq!(clinic.server.app().engine().blobs().list().unwrap().len(), 0);
    let wanted = clinic.graph.wanted();
    assert!(!wanted.iter().any(|(what, _)| what == "file/secret"), "{wanted:?}");
}

#[tokio::test]
async fn a_host_that_never_answers_holds_up_no_other_conversation() {
    let clinic = Clinic::open().await;
    clinic.graph.hand_out("921", Handed { hangs: true, ..handed(b"x") });
    clinic.graph.hand_out("922", handed(b"a picture"));
    let waits = clinic.pictured("921").await;
    let other = "5511999990002";
    let message = json!({
        "from": other, "id": "wamid.922", "timestamp": "1795251591", "type": "image",
        "image": { "id": "922", "mime_type": "image/png" },
    });
    clinic.number.tell(&clinic.server.admin, other, &message).await.ok(200);
    clinic.until_event("media_stored").await;
    assert_eq!(clinic.message(&waits).await["media"]["state"], "pending");
    // Its sender stops at once, not when the host is given up.
    let said = clinic.say("We look at it.").await;
    clinic.until(&said, "accepted").await;
}

#[tokio::test]
async fn what_waits_is_fetched_after_a_restart() {
    let clinic = Clinic::open().await;
    let disarm = clinic.server.admin.post("/v1/installation/disarm");
    disarm.json(&json!({ "reason": "a drill" })).await.ok(200);
    clinic.graph.hand_out("931", handed(b"a picture"));
    let id = clinic.pictured("931").await;
    let Clinic { server, graph, workspace, number, channel, conversation } = clinic;
    let server = server.restart().await;
    let client = server.admin.with_token(&workspace.key);
    let workspace = Workspace { client, ..workspace };
    let clinic = Clinic { server, graph, workspace, number, channel, conversation };
    assert_eq!(clinic.message(&id).await["media"]["state"], "pending");
    assert!(clinic.graph.wanted().is_empty());
    clinic.server.admin.post("/v1/installation/arm").json(&json!({})).await.ok(200);
    clinic.until_state(&id, "stored").await;
}

#[tokio::test]
async fn erasing_the_person_erases_the_file() {
    let clinic = Clinic::open().await;
    clinic.graph.hand_out("941", handed(b"a picture of Ana"));
    let id = clinic.pictured("941").await;
    clinic.until_state(&id, "stored").await;
    let client = &clinic.workspace.client;
    let shown = client.get(&format!("/v1/conversations/{}", clinic.conversation)).await.ok(200);
    let contact = text(&shown["contact"], "id");
    let erase = json!({ "workspace_id": clinic.workspace.id, "reason": "requested" });
    client.post(&format!("/v1/contacts/{contact}/erase")).json(&erase).await.ok(200);
    client.get(&clinic.media_path(&id)).await.problem(410, "erased");
    // Without its key it is noise; it leaves the disk as well.
    let engine = clinic.server.app().engine().clone();
    while !engine.blobs().list().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    let found = clinic.server.admin.post("/v1/installation/verify").json(&json!({})).await.ok(200);
    assert_eq!(found["blobs"]["problem"], Value::Null, "{found}");
}

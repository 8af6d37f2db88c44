//! Files of the business: kept once, uploaded when they are needed, sent wherever a message has one.

use convolog_domain::conversation::{SendMessage, Sendable};
use convolog_domain::{ConversationId, WorkspaceId};
use convolog_engine::{Answer, Caller};
use serde_json::{Value, json};

use super::media::picture;
use super::sending::Clinic;
use crate::support::{Handed, Workspace, text};

const CUSTOMER: &str = "5511999990001";
const DAY: i64 = 86_400_000_000;

/// How a picture begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";
/// How a sticker begins.
const WEBP: &[u8] = b"RIFF____WEBPVP8 ";

/// A picture with these words in it.
fn png(words: &str) -> Vec<u8> {
    [PNG, words.as_bytes()].concat()
}

/// Adds a file; answers it.
async fn added(clinic: &Clinic, mime_type: &str, bytes: &[u8], status: u16) -> Value {
    let request = clinic.workspace.client.post("/v1/media").header("content-type", mime_type);
    let request = request.header("content-disposition", "attachment; filename=\"map.png\"");
    request.body(bytes.to_vec()).await.ok(status)
}

#[tokio::test]
async fn a_file_is_stored_once_uploaded_once_and_sent_by_the_platforms_id() {
    let clinic = Clinic::open().await;
    let bytes = [PNG, &picture()].concat();
    let file = added(&clinic, "image/png", &bytes, 201).await;
    assert_eq!(file["sendable_as"], json!(["image"]));
    assert_eq!((&file["filename"], &file["size"]), (&json!("map.png"), &json!(bytes.len())));
    let again = added(&clinic, "image/png", &bytes, 200).await;
    assert_eq!(again["id"], file["id"]);
    assert_eq!(clinic.server.app().engine().blobs().list().unwrap().len(), 1);
    let media = json!({ "media_id": file["id"], "caption": "The way" });
    let first = clinic.send(json!({ "type": "image", "media": media })).await;
    clinic.until(&first, "accepted").await;
    clinic.server.clock.advance_micros(6_000_000);
    let second = clinic.send(json!({ "type": "image", "media": { "media_id": file["id"] } })).await;
    let shown = clinic.until(&second, "accepted").await;
    assert_eq!(shown["media"]["media_id"], file["id"]);
    let uploads = clinic.graph.uploads();
    assert_eq!(uploads.len(), 1);
    assert!(uploads[0].windows(64).any(|window| window == &bytes[..64]));
    assert!(uploads[0].ends_with(b"--\r\n"));
    let seen = clinic.graph.seen();
    assert_eq!(seen[0].body["image"], json!({ "id": "UP1", "caption": "The way" }));
    assert_eq!(seen[1].body["image"], json!({ "id": "UP1" }));
    // The platform has forgotten it by then.
    clinic.server.clock.advance_micros(30 * DAY);
    let again = json!({
        "from": CUSTOMER, "id": "wamid.9", "timestamp": "1797843600", "type": "text",
        "text": { "body": "Again?" },
    });
    clinic.number.tell(&clinic.server.admin, CUSTOMER, &again).await.ok(200);
    let third = clinic.send(json!({ "type": "image", "media": { "media_id": file["id"] } })).await;
    clinic.until(&third, "accepted").await;
    assert_eq!(clinic.graph.uploads().len(), 2);
    assert_eq!(clinic.graph.seen()[2].body["image"], json!({ "id": "UP2" }));
}

#[tokio::test]
async fn a_file_that_the_platform_does_not_take_fails_its_message_and_says_why() {
    let clinic = Clinic::open().await;
    let file = added(&clinic, "image/png", &png("a picture"), 201).await;
    let refused = json!({ "error": { "code": 131_053, "message": "no" } });
    clinic.graph.refuse_upload(400, refused);
    let id = clinic.send(json!({ "type": "image", "media": { "media_id": file["id"] } })).await;
    let message = clinic.until(&id, "failed").await;
    assert_eq!(message["errors"][0]["code"], 131_053);
    assert!(clinic.graph.seen().is_empty());
    // What was not answered clearly is tried again.
    clinic.graph.refuse_upload(502, json!({}));
    let id = clinic.send(json!({ "type": "image", "media": { "media_id": file["id"] } })).await;
    let mut head = clinic.server.app().engine().log().watch();
    loop {
        head.mark_unchanged();
        let path = "/v1/events?type=message_rejected";
        let list = clinic.workspace.client.get(path).await.ok(200);
        if list["data"].as_array().unwrap().len() == 2 {
            break;
        }
        head.changed().await.unwrap();
    }
    clinic.server.clock.advance_micros(2_000_000);
    clinic.until(&id, "accepted").await;
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_before_the_wire() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let add = async |mime_type: &str, bytes: Vec<u8>| {
        client.post("/v1/media").header("content-type", mime_type).body(bytes).await
    };
    let problem = add("application/x-sh", b"x".to_vec()).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "Content-Type");
    let still = [WEBP, vec![7; 101 * 1024].as_slice()].concat();
    for (mime_type, bytes) in [
        ("image/png", vec![7; 5 * 1024 * 1024 + 1]),
        ("image/png", Vec::new()),
        ("image/png", b"<html>".to_vec()),
        ("image/webp", still),
    ] {
        let problem = add(mime_type, bytes).await.problem(400, "invalid_field");
        assert_eq!(problem["field"], "file");
    }
    assert_eq!(clinic.server.app().engine().blobs().list().unwrap().len(), 0);
    let sticker = added(&clinic, "image/webp", WEBP, 201).await;
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    for media in [json!({ "media_id": sticker["id"] }), json!({ "media_id": clinic.channel })] {
        let body = json!({ "type": "image", "media": media });
        let problem = client.post(&path).json(&body).await.problem(400, "invalid_field");
        assert_eq!(problem["field"], "media");
    }
    let one = format!("/v1/media/{}", text(&sticker, "id"));
    let content = client.get(&format!("{one}/content")).await;
    assert_eq!((content.status, content.text.as_bytes()), (200, WEBP));
    assert_eq!(client.get("/v1/media").await.ok(200)["data"][0]["id"], sticker["id"]);
    client.delete(&one).await.ok(204);
    client.get(&one).await.problem(404, "not_found");
    client.get(&format!("{one}/content")).await.problem(404, "not_found");
    assert_eq!(client.get("/v1/media").await.ok(200)["data"], json!([]));
    assert_eq!(clinic.server.app().engine().blobs().list().unwrap().len(), 0);
    added(&clinic, "image/webp", WEBP, 201).await;
}

#[tokio::test]
async fn a_test_key_uploads_nothing() {
    let clinic = Clinic::open().await;
    let file = added(&clinic, "image/png", &png("a picture"), 201).await;
    let wanted = json!({ "name": "sandbox", "mode": "test" });
    let key = clinic.server.key(&clinic.workspace.id, wanted).await;
    let client = clinic.server.admin.with_token(&key);
    let path = format!("/v1/conversations/{}", clinic.conversation);
    let body = json!({ "type": "image", "media": { "media_id": file["id"] } });
    let id = text(&client.post(&format!("{path}/messages")).json(&body).await.ok(202), "id");
    clinic.until(&id, "accepted").await;
    let marked =
        client.post(&format!("{path}/read")).json(&json!({ "typing": true })).await.ok(200);
    assert_eq!(marked["outcome"], "sandbox");
    assert!(clinic.graph.seen().is_empty() && clinic.graph.uploads().is_empty());
}

#[tokio::test]
async fn a_file_of_another_workspace_is_none_of_this_one() {
    let clinic = Clinic::open().await;
    let other = clinic.server.workspace().await;
    let request = other.client.post("/v1/media").header("content-type", "image/png");
    let theirs = request.body(png("a map")).await.ok(201);
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    let body = json!({ "type": "image", "media": { "media_id": theirs["id"] } });
    let problem = clinic.workspace.client.post(&path).json(&body).await;
    assert_eq!(problem.problem(400, "invalid_field")["field"], "media");
    // The same content is a file of each of them.
    let ours = added(&clinic, "image/png", &png("a map"), 201).await;
    assert_ne!(ours["id"], theirs["id"]);
}

#[tokio::test]
async fn a_file_stands_in_a_header_and_in_a_template_as_well() {
    let clinic = Clinic::open().await;
    let file = added(&clinic, "image/png", &png("a map"), 201).await;
    let picture = json!({ "type": "image", "image": { "media_id": file["id"] } });
    let interactive = json!({
        "type": "button", "header": picture, "body": { "text": "Which way?" },
        "action": { "buttons": [{ "type": "reply", "reply": { "id": "1", "title": "Left" } }] },
    });
    let first = clinic.send(json!({ "type": "interactive", "interactive": interactive })).await;
    clinic.until(&first, "accepted").await;
    clinic.server.clock.advance_micros(6_000_000);
    let template = json!({
        "name": "the_way", "language": { "code": "en" },
        "components": [{ "type": "header", "parameters": [picture] }],
    });
    let second = clinic.send(json!({ "type": "template", "template": template })).await;
    clinic.until(&second, "accepted").await;
    let seen = clinic.graph.seen();
    let given = json!({ "id": "UP1" });
    assert_eq!(seen[0].body["interactive"]["header"]["image"], given);
    assert_eq!(seen[1].body["template"]["components"][0]["parameters"][0]["image"], given);
    assert_eq!(clinic.graph.uploads().len(), 1);
}

#[tokio::test]
async fn an_upload_that_is_never_answered_holds_up_no_other_conversation_and_is_made_again() {
    let clinic = Clinic::open().await;
    let file = added(&clinic, "image/png", &png("a map"), 201).await;
    clinic.graph.hang_upload();
    let waits = clinic.send(json!({ "type": "image", "media": { "media_id": file["id"] } })).await;
    clinic.until_event("media_upload_begun").await;
    let other = "5511999990002";
    clinic.number.say(&clinic.server.admin, "wamid.b", other, "Anybody there?").await.ok(200);
    let list = clinic.workspace.client.get("/v1/conversations?order=newest").await.ok(200);
    let path = format!("/v1/conversations/{}/messages", text(&list["data"][0], "id"));
    let body = json!({ "type": "text", "text": "Yes." });
    clinic.workspace.client.post(&path).json(&body).await.ok(202);
    clinic.until_said("Yes.").await;
    assert_eq!(clinic.message(&waits).await["status"], "queued");
    // The intent stands in the log, its outcome does not; nothing was handed over.
    let Clinic { server, graph, workspace, number, channel, conversation } = clinic;
    let server = server.restart().await;
    let client = server.admin.with_token(&workspace.key);
    let workspace = Workspace { client, ..workspace };
    let clinic = Clinic { server, graph, workspace, number, channel, conversation };
    clinic.until(&waits, "accepted").await;
    let sent = clinic.graph.seen().into_iter().filter(|one| one.body["type"] == "image");
    assert_eq!(
        sent.map(|one| one.body["image"].clone()).collect::<Vec<_>>(),
        [json!({ "id": "UP2" })]
    );
    let count = async |name: &str| {
        let list = clinic.workspace.client.get(&format!("/v1/events?type={name}")).await.ok(200);
        list["data"].as_array().unwrap().len()
    };
    assert_eq!((count("media_upload_begun").await, count("media_uploaded").await), (2, 1));
}

#[tokio::test]
async fn a_file_in_a_form_is_the_same_file() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let file = added(&clinic, "image/png", &png("a map"), 201).await;
    let form = |part: &str, bytes: &[u8]| {
        let head = format!(
            "--7f\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"way.png\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--7f--\r\n"].concat();
        let request = client.post("/v1/media");
        request.header("content-type", "multipart/form-data; boundary=7f").body(body)
    };
    assert_eq!(form("file", &png("a map")).await.ok(200)["id"], file["id"]);
    let other = form("file", &png("another")).await.ok(201);
    assert_eq!((&other["filename"], &other["mime_type"]), (&json!("way.png"), &json!("image/png")));
    let path = format!("/v1/media/{}/content", text(&other, "id"));
    assert_eq!(client.get(&path).open().await.bytes().await.unwrap(), png("another"));
    let problem = form("picture", &png("another")).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "file");
}

#[tokio::test]
async fn a_file_at_an_address_is_read_once_and_kept() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let bytes = png("a map");
    let handed = |fetched: &[u16]| Handed {
        bytes: bytes.clone(),
        fetched: fetched.iter().copied().collect(),
        ..Handed::default()
    };
    clinic.graph.hand_out("map", handed(&[]));
    let link = format!("http://{}/somewhere/else/map", clinic.graph.host());
    let body = json!({ "link": link, "filename": "map.png", "mime_type": "image/png" });
    let file = client.post("/v1/media/links").json(&body).await.ok(201);
    assert_eq!((&file["link"], &file["filename"]), (&json!(link), &json!("map.png")));
    // Nobody's token goes with the question.
    assert_eq!(clinic.graph.wanted(), [("file/map".to_owned(), String::new())]);
    assert_eq!(added(&clinic, "image/png", &bytes, 200).await["id"], file["id"]);
    let shown = client.get(&format!("/v1/media/{}", text(&file, "id"))).await.ok(200);
    assert_eq!((&shown["link"], &shown["sha256"]), (&json!(link), &file["sha256"]));
    let sent = clinic.send(json!({ "type": "image", "media": { "media_id": file["id"] } })).await;
    clinic.until(&sent, "accepted").await;
    // What is not read is said, and leaves nothing behind but the event.
    for (status, reason) in [(404, "refused"), (302, "refused"), (503, "unreachable")] {
        clinic.graph.hand_out("map", handed(&[status]));
        let problem = client.post("/v1/media/links").json(&body).await;
        assert_eq!(problem.problem(422, "link_unreadable")["field"], "link");
        let path = "/v1/events?type=media_link_failed&limit=100";
        let failed = client.get(path).await.ok(200)["data"].as_array().unwrap().clone();
        let newest = &failed.last().unwrap()["data"];
        assert_eq!((&newest["reason"], &newest["http_status"]), (&json!(reason), &json!(status)));
    }
    assert!(clinic.graph.wanted().iter().all(|(what, _)| what == "file/map"));
    // A page is no picture, whatever its host says.
    clinic.graph.hand_out("map", Handed { bytes: b"<html>".to_vec(), ..Handed::default() });
    let problem = client.post("/v1/media/links").json(&body).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "file");
    assert_eq!(clinic.server.app().engine().blobs().list().unwrap().len(), 1);
    assert_eq!(client.get("/v1/media").await.ok(200)["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn no_address_of_this_network_is_read_and_the_sandbox_reads_none() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    for link in ["https://127.0.0.1/x.png", "https://localhost/x.png", "http://example.com/x.png"] {
        let problem = client.post("/v1/media/links").json(&json!({ "link": link })).await;
        assert_eq!(problem.problem(422, "address_refused")["field"], "link");
    }
    let link = format!("http://{}/somewhere/else/map", clinic.graph.host());
    let body = json!({ "link": link, "mime_type": "image/png" });
    let key = clinic.server.key(&clinic.workspace.id, json!({ "name": "sandbox", "mode": "test" }));
    let sandbox = clinic.server.admin.with_token(&key.await);
    sandbox.post("/v1/media/links").json(&body).await.problem(403, "sandbox_key");
    let file = added(&clinic, "image/png", &png("a map"), 201).await;
    let path = format!("/v1/media/{}", text(&file, "id"));
    sandbox.delete(&path).await.problem(403, "sandbox_key");
    let disarm = clinic.server.admin.post("/v1/installation/disarm");
    disarm.json(&json!({ "reason": "a drill" })).await.ok(200);
    client.post("/v1/media/links").json(&body).await.problem(409, "not_allowed_now");
    assert!(clinic.graph.wanted().is_empty());
}

#[tokio::test]
async fn what_is_said_to_many_has_a_file_that_is_there_and_no_address_of_this_network() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let make = |media: Value| {
        let message = json!({ "type": "image", "media": media });
        let body = json!({ "name": "Spring", "channel_id": clinic.channel, "message": message });
        client.post("/v1/broadcasts").json(&body)
    };
    make(json!({ "link": "https://10.0.0.1/x.png" })).await.problem(422, "address_refused");
    let problem = make(json!({ "media_id": clinic.channel })).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "media");
    let file = added(&clinic, "image/png", &png("a map"), 201).await;
    make(json!({ "media_id": file["id"] })).await.ok(201);
    let message = json!({ "type": "text", "text": "Hi", "values": { "a": "b" } });
    let body = json!({ "name": "Spring", "channel_id": clinic.channel, "message": message });
    let problem = client.post("/v1/broadcasts").json(&body).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "values");
}

#[tokio::test]
async fn the_platform_is_never_sent_into_this_network() {
    let clinic = Clinic::open().await;
    let client = &clinic.workspace.client;
    let path = format!("/v1/conversations/{}/messages", clinic.conversation);
    for link in [
        "https://127.0.0.1/x.png",
        "https://10.1.2.3/x.png",
        "https://[::1]/x.png",
        "https://2130706433/x.png",
        "https://localhost/x.png",
        "https://files.internal/x.png",
        "https://169.254.169.254/latest/meta-data",
    ] {
        let picture = json!({ "type": "image", "image": { "link": link } });
        let header = json!([{ "type": "header", "parameters": [picture] }]);
        let template =
            json!({ "name": "the_way", "language": { "code": "en" }, "components": header });
        let interactive = json!({
            "type": "button", "header": picture, "body": { "text": "Which way?" },
            "action": { "buttons": [{ "type": "reply", "reply": { "id": "1", "title": "Left" } }] },
        });
        for body in [
            json!({ "type": "image", "media": { "link": link } }),
            json!({ "type": "template", "template": template }),
            json!({ "type": "interactive", "interactive": interactive }),
        ] {
            client.post(&path).json(&body).await.problem(422, "address_refused");
        }
    }
    // What got in on another way is not handed over either: it is looked at again.
    let element = json!({ "link": "https://localhost/x.png" });
    let command = SendMessage::now(Sendable::element("image", &element).unwrap());
    let caller = Caller::reactor(WorkspaceId(clinic.workspace.id.parse().unwrap()));
    let conversation = ConversationId(clinic.conversation.parse().unwrap());
    let engine = clinic.server.app().engine();
    let asked = engine.send_message(&caller, conversation, command, None, |_, _| Answer::none());
    asked.await.unwrap();
    let newest = format!("{path}?order=newest&limit=1");
    let id = text(&client.get(&newest).await.ok(200)["data"][0], "id");
    clinic.until(&id, "failed").await;
    assert_eq!(clinic.until_event("message_rejected").await["data"]["class"], "no");
    assert!(clinic.graph.seen().is_empty());
}

//! Files become documents.

use serde_json::{Value, json};

use super::Scene;
use crate::support::text;

const AFTERCARE: &[u8] = include_bytes!("../../../../../fixtures/files/dental-aftercare.pdf");
const DELIVERIES: &[u8] = include_bytes!("../../../../../fixtures/files/flower-deliveries.docx");

async fn only_document(scene: &Scene) -> Value {
    let list = scene.get("/v1/knowledge").await;
    assert_eq!(list["data"].as_array().unwrap().len(), 1, "{list}");
    scene.get(&format!("/v1/knowledge/{}", text(&list["data"][0], "id"))).await
}

#[tokio::test]
async fn a_pdf_becomes_a_document_whose_passages_know_their_headings() {
    let scene = Scene::new().await;
    let id = scene.upload("name=aftercare.pdf", "application/pdf", AFTERCARE.to_vec()).await;
    let import = scene.ended(&id).await;
    assert_eq!((&import["state"], &import["kind"]), (&json!("ready"), &json!("file")), "{import}");
    assert_eq!(import["source"], "aftercare.pdf");
    assert_eq!((&import["progress"]["done"], &import["progress"]["added"]), (&json!(1), &json!(1)));
    assert_eq!(scene.pages(&id).await, ["aftercare.pdf added -"]);
    let document = only_document(&scene).await;
    assert_eq!(document["title"], "After your treatment at Riverside Dental");
    assert_eq!(document["source"]["address"], "aftercare.pdf");
    assert_eq!(document["source"]["import_id"], json!(id));
    assert_eq!(document["language"], "en");
    let found = scene.get("/v1/knowledge/search?q=aspirin+painkiller").await;
    let hit = &found["data"][0];
    assert_eq!(hit["headings"], json!(["After your treatment", "After an extraction"]), "{found}");
    let (start, end) = (hit["start"].as_u64().unwrap(), hit["end"].as_u64().unwrap());
    let range = usize::try_from(start).unwrap()..usize::try_from(end).unwrap();
    assert_eq!(document["text"].as_str().unwrap().get(range), hit["text"].as_str());
}

#[tokio::test]
async fn every_format_is_taken_by_its_media_type_or_its_name() {
    let scene = Scene::new().await;
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let page = "<title>Parking</title><nav>Home</nav><main><h1>Parking</h1><p>You may park behind \
                the house for two hours.</p></main>";
    for (query, media, bytes) in [
        ("name=entregas", docx, DELIVERIES.to_vec()),
        ("name=entregas.docx", "application/octet-stream", DELIVERIES.to_vec()),
        ("name=parking.html", "text/html; charset=utf-8", page.into()),
        ("name=notes.md&title=Our%20notes", "text/markdown", b"# Notes\n\nWe are kind.".to_vec()),
        ("name=plain.txt&language=pt", "text/plain", b"Abrimos cedo.".to_vec()),
    ] {
        let id = scene.upload(query, media, bytes).await;
        let import = scene.ended(&id).await;
        assert_eq!(import["state"], "ready", "{query}: {import}");
    }
    let titles = scene.titles().await;
    let deliveries = "Entregas da floricultura";
    assert_eq!(titles, [deliveries, deliveries, "Parking", "Our notes", "plain"]);
    let list = scene.get("/v1/knowledge?order=oldest").await;
    let id = text(&list["data"][2], "id");
    let parking = scene.get(&format!("/v1/knowledge/{id}")).await;
    assert_eq!(
        parking["content"],
        "<h1>Parking</h1>\n<p>You may park behind the house for two hours.</p>\n"
    );
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_another_of_its_name_is_the_next_version() {
    let scene = Scene::new().await;
    let upload = async |words: &str| {
        let id = scene.upload("name=hours.txt", "text/plain", words.into()).await;
        scene.ended(&id).await["progress"].clone()
    };
    assert_eq!(upload("We open at nine.").await["added"], 1);
    assert_eq!(upload("We open at nine.").await["unchanged"], 1);
    let document = only_document(&scene).await;
    let path = format!("/v1/knowledge/{}", text(&document, "id"));
    let by_hand = json!({ "content": "We open at nine, sharp." });
    let patched = scene.workspace.client.patch(&path).json(&by_hand).await;
    patched.ok(200);
    assert_eq!(upload("We open at nine.").await["unchanged"], 1, "what was changed by hand stays");
    assert_eq!(upload("We open at ten.").await["updated"], 1);
    let document = only_document(&scene).await;
    assert_eq!(
        (&document["version"], &document["content"]),
        (&json!(3), &json!("We open at ten."))
    );
    scene.workspace.client.delete(&path).await.ok(204);
    assert_eq!(upload("We open at ten.").await["added"], 1, "its name is free again");
}

#[tokio::test]
async fn a_file_that_is_too_long_becomes_several_documents_and_fewer_when_it_is_shorter() {
    let scene = Scene::new().await;
    let line = "A line of a list that is long. ";
    let long = scene.upload("name=list.txt", "text/plain", line.repeat(40_000).into()).await;
    assert_eq!(scene.ended(&long).await["progress"]["added"], 3);
    assert_eq!(scene.titles().await, ["list (1/3)", "list (2/3)", "list (3/3)"]);
    let short = scene.upload("name=list.txt", "text/plain", line.repeat(10).into()).await;
    let progress = scene.ended(&short).await["progress"].clone();
    assert_eq!((&progress["updated"], &progress["removed"]), (&json!(1), &json!(2)));
    assert_eq!(scene.titles().await, ["list"]);
}

#[tokio::test]
async fn what_cannot_be_taken_in_is_refused_and_names_its_field() {
    let scene = Scene::new().await;
    let client = &scene.workspace.client;
    let post = |query: &str, media: &str, bytes: Vec<u8>| {
        let path = format!("/v1/knowledge/files?{query}");
        client.post(&path).header("content-type", media).body(bytes)
    };
    let problem = post("name=a.bin", "image/png", vec![1]).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "Content-Type");
    let problem = post("name=a.txt", "text/plain", vec![]).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "body");
    let nobody = "name=a.txt&agent_id=0b0c6a0e-6f0e-4f64-9d3c-0a4b7f0e1d2c";
    let problem = post(nobody, "text/plain", vec![65]).await.problem(400, "invalid_field");
    assert_eq!(problem["field"], "agent_id");
    post("", "text/plain", vec![65]).await.problem(400, "invalid_field");
    let large = vec![65; (10 << 20) + 1];
    post("name=a.txt", "text/plain", large).await.problem(413, "body_too_large");
    assert_eq!(scene.get("/v1/knowledge/imports").await["data"], json!([]));
}

#[tokio::test]
async fn a_request_that_is_repeated_takes_the_file_in_once() {
    let scene = Scene::new().await;
    let post = |query: &str| {
        let path = format!("/v1/knowledge/files?{query}");
        let request = scene.workspace.client.post(&path).header("content-type", "text/plain");
        request.header("idempotency-key", "once").body("Open.")
    };
    let first = text(&post("name=a.txt").await.ok(202), "id");
    assert_eq!(text(&post("name=a.txt").await.ok(202), "id"), first);
    post("name=b.txt").await.problem(422, "idempotency_key_reused");
    assert_eq!(scene.get("/v1/knowledge/imports").await["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_waits_until_this_instance_is_armed_and_can_be_cancelled_until_then() {
    let scene = Scene::with_delay(0).await;
    let id = scene.upload("name=a.txt", "text/plain", b"Open.".to_vec()).await;
    let cancelled = scene.upload("name=b.txt", "text/plain", b"Closed.".to_vec()).await;
    let path = format!("/v1/knowledge/imports/{cancelled}/cancel");
    assert_eq!(scene.workspace.client.post(&path).await.ok(200)["state"], "failed");
    assert_eq!(scene.get(&format!("/v1/knowledge/imports/{id}")).await["state"], "pending");
    let scene = scene.restart().await;
    scene.arm().await;
    assert_eq!(scene.ended(&id).await["state"], "ready");
    let import = scene.ended(&cancelled).await;
    assert_eq!((&import["state"], &import["reason"]), (&json!("failed"), &json!("cancelled")));
    let path = format!("/v1/knowledge/imports/{id}/cancel");
    scene.workspace.client.post(&path).await.problem(409, "not_allowed_now");
    assert_eq!(scene.titles().await, ["a"]);
}

#[tokio::test]
async fn a_file_cannot_be_opened_any_more_once_its_document_is_removed() {
    let scene = Scene::new().await;
    let id = scene.upload("name=a.txt", "text/plain", b"Open.".to_vec()).await;
    scene.ended(&id).await;
    let events = format!("/v1/events?stream=import/{id}");
    assert_eq!(scene.get(&events).await["data"][0]["data"]["content"]["file"]["bytes"], "5 bytes");
    let path = format!("/v1/knowledge/{}", text(&only_document(&scene).await, "id"));
    scene.workspace.client.delete(&path).await.ok(204);
    let list = scene.get(&events).await;
    let asked = &list["data"][0]["data"];
    assert_eq!(
        (&asked["erased"], &asked["content"]["file"]),
        (&json!(true), &Value::Null),
        "{list}"
    );
    assert_eq!(list["data"].as_array().unwrap().last().unwrap()["type"], "file_discarded");
    assert_eq!(scene.get(&format!("/v1/knowledge/imports/{id}")).await["source"], "a.txt");
}

#[tokio::test]
async fn a_name_and_a_file_stand_nowhere_in_the_clear() {
    let scene = Scene::new().await;
    let secret = "Mercedes-Sosa-contract";
    let id = scene.upload(&format!("name={secret}.txt"), "text/plain", secret.into()).await;
    scene.ended(&id).await;
    let events = scene.get(&format!("/v1/events?stream=import/{id}")).await;
    let asked = &events["data"][0]["data"];
    assert_eq!(asked["content"]["import"]["source"], format!("{secret}.txt"), "{events}");
    assert_eq!(asked["content"]["file"]["bytes"], "22 bytes", "a file is not shown in a list");
    let stopped = scene.server.into_stopped().await;
    let mut folders = vec![stopped.data().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // Only the search index holds words: those of documents, to find them.
            if path.ends_with("search") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(secret.len()).any(|it| it == secret.as_bytes());
            assert!(!found, "{} holds it", path.display());
        }
    }
}

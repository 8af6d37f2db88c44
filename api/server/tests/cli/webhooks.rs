//! `convolog webhooks listen`

use std::time::{SystemTime, UNIX_EPOCH};

use convolog_reactors::signature::{Message, headers};
use serde_json::{Value, json};

use crate::process::{Running, convolog};

const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

#[tokio::test]
async fn what_is_signed_is_taken_and_printed_and_everything_else_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = convolog();
    command.args(["webhooks", "listen", "--listen", "127.0.0.1:0"]);
    command.env("CONVOLOG_WEBHOOK_SECRET", SECRET);
    let running = Running::start(&mut command, &dir.path().join("stderr"));
    let next = || serde_json::from_str::<Value>(&running.line("")).unwrap();
    let begun = next();
    let url = begun["listening"].as_str().unwrap().to_owned();
    let http = convolog_reactors::http_client::builder().no_proxy().build().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let body = json!({ "type": "message.received", "data": { "text": "Olá" } }).to_string();
    let post = async |at: u64, body: &str, sent: &str| {
        let timestamp = i64::try_from(at).unwrap();
        let message =
            Message { id: "one", timestamp, kind: "message.received", body: body.as_bytes() };
        let mut request = http.post(&url).body(sent.to_owned());
        for (name, value) in headers(None, &message, &[SECRET.to_owned().into()]) {
            request = request.header(name, value);
        }
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(post(now, &body, &body).await, 200);
    let told = next();
    assert_eq!((&told["verified"], &told["id"]), (&json!(true), &json!("one")));
    assert_eq!(told["body"]["data"]["text"], "Olá");
    for (at, sent) in [(now, "{}"), (now - 400, body.as_str())] {
        assert_eq!(post(at, &body, sent).await, 401);
        let told = next();
        assert_eq!(told["verified"], false);
        assert!(told["error"].is_string());
    }
    assert_eq!(http.post(&url).body("x").send().await.unwrap().status(), 401);
    assert!(running.stop().success());
}

#[tokio::test]
async fn a_public_key_is_enough_and_a_secret_does_not_sign_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = convolog();
    command.args(["webhooks", "listen", "--listen", "127.0.0.1:0", "--public-key"]);
    command.arg("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    let running = Running::start(&mut command, &dir.path().join("stderr"));
    let next = || serde_json::from_str::<Value>(&running.line("")).unwrap();
    let url = next()["listening"].as_str().unwrap().to_owned();
    let http = convolog_reactors::http_client::builder().no_proxy().build().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let timestamp = i64::try_from(now).unwrap();
    let message = Message { id: "one", timestamp, kind: "message.received", body: b"{}" };
    let mut request = http.post(&url).body("{}");
    for (name, value) in headers(None, &message, &[SECRET.to_owned().into()]) {
        request = request.header(name, value);
    }
    assert_eq!(request.send().await.unwrap().status(), 401);
    assert_eq!(next()["error"], "no signature fits");
    assert!(running.stop().success());
}

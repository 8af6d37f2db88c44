//! A hand on a server that runs as a child process: sets up a workspace, posts as the platform does.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::process::ADMIN;

/// The secret of the app.
pub(crate) const SECRET: &str = "the secret of the clinic's app";

/// The platform's id of the number.
pub(crate) const NUMBER: &str = "106540352242922";

/// The platform's id of the account.
pub(crate) const ACCOUNT: &str = "102290129340398";

/// A server, from outside.
#[derive(Clone)]
pub(crate) struct Outside {
    pub(crate) base: String,
    http: reqwest::Client,
}

impl Outside {
    pub(crate) fn new(base: &str) -> Self {
        let http = convolog_reactors::http_client::builder().no_proxy().build().unwrap();
        Self { base: base.to_owned(), http }
    }

    /// Orders; the answer must be fine.
    pub(crate) async fn order(&self, path: &str, token: &str, body: &Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(token).json(body);
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Reads; the answer must be fine.
    pub(crate) async fn get(&self, path: &str, token: &str) -> Value {
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(token);
        let answer = request.send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Reads, unless the server is gone.
    pub(crate) async fn tried(&self, path: &str, token: &str) -> Option<Value> {
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(token);
        request.send().await.ok()?.json().await.ok()
    }

    /// Orders under an idempotency key, unless the server is gone.
    pub(crate) async fn ordered_once(
        &self,
        path: &str,
        token: &str,
        once: &str,
        body: &Value,
    ) -> Option<Value> {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(token).json(body);
        let answer = request.header("idempotency-key", once).send().await.ok()?;
        if answer.status().is_success() { answer.json().await.ok() } else { None }
    }

    /// Posts a body as the platform does: the position that the server acknowledged, if it did.
    pub(crate) async fn post(&self, body: String) -> Option<u64> {
        let signature = convolog_whatsapp::sign(SECRET.as_bytes(), body.as_bytes());
        let request = self.http.post(format!("{}/inbound/whatsapp", self.base));
        let request = request.header(convolog_whatsapp::HEADER, signature).body(body);
        let answer = request.send().await.ok()?;
        let acknowledged = answer.status().is_success();
        position(answer.headers()).filter(|_| acknowledged)
    }

    /// A workspace with a key and a channel; answers workspace and key.
    pub(crate) async fn set_up(&self) -> (String, String) {
        let wanted = json!({ "name": "Clinic", "plan": "pro" });
        let made = self.order("/v1/workspaces", ADMIN, &wanted).await;
        let workspace = made["id"].as_str().unwrap().to_owned();
        let wanted = json!({ "name": "Tests", "scopes": ["read", "write", "manage"] });
        let made = self.order(&format!("/v1/workspaces/{workspace}/keys"), ADMIN, &wanted).await;
        let key = made["key"].as_str().unwrap().to_owned();
        self.order("/v1/channels", &key, &channel()).await;
        (workspace, key)
    }
}

/// The body that connects the number.
pub(crate) fn channel() -> Value {
    json!({
        "type": "whatsapp", "name": "Front desk", "phone_number_id": NUMBER, "waba_id": ACCOUNT,
        "display_phone_number": "+1 555 078 3881", "app_secret": SECRET, "verify_token": "token",
    })
}

/// The position that an answer names.
fn position(headers: &HeaderMap) -> Option<u64> {
    headers.get("Convolog-Position")?.to_str().ok()?.parse().ok()
}

/// A text from somebody.
pub(crate) fn text(from: &str, id: &str, at: i64, body: &str) -> String {
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": ACCOUNT, "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "15550783881", "phone_number_id": NUMBER },
            "contacts": [{ "profile": { "name": "Ana" }, "wa_id": from }],
            "messages": [{ "from": from, "id": format!("wamid.{id}"), "timestamp": at.to_string(),
                           "type": "text", "text": { "body": body } }],
        } }] }],
    })
    .to_string()
}

/// What became of a message that the business sent, with the id that it gave it.
pub(crate) fn status(id: &str, status: &str, to: &str, ours: &str) -> String {
    let at = jiff::Timestamp::now().as_second();
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": ACCOUNT, "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "15550783881", "phone_number_id": NUMBER },
            "statuses": [{ "id": id, "status": status, "timestamp": at.to_string(),
                           "recipient_id": to, "biz_opaque_callback_data": ours }],
        } }] }],
    })
    .to_string()
}

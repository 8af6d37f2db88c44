//! Posts as the platform makes them, signed.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::client::{Client, Reply};

/// The secret of the test app.
const SECRET: &str = "the-app-secret";

/// A number of the platform.
pub(crate) struct Number {
    pub(crate) phone_number_id: String,
    pub(crate) secret: String,
    pub(crate) verify_token: String,
}

impl Number {
    pub(crate) fn new(phone_number_id: &str) -> Self {
        Self {
            phone_number_id: phone_number_id.to_owned(),
            secret: SECRET.to_owned(),
            verify_token: "the-verify-token".to_owned(),
        }
    }

    /// The body that connects it.
    pub(crate) fn channel(&self) -> Value {
        json!({
            "type": "whatsapp", "name": "Front desk", "phone_number_id": self.phone_number_id,
            "waba_id": "102290129340398", "display_phone_number": "+55 11 5555-0100",
            "access_token": "the-access-token", "app_secret": self.secret,
            "verify_token": self.verify_token, "graph_url": "https://graph.facebook.com",
        })
    }

    /// A post with one text message.
    pub(crate) fn text(&self, wamid: &str, from: &str, body: &str) -> Value {
        self.post(&json!([{ "from": from, "id": wamid, "timestamp": "1795251500", "type": "text", "text": { "body": body } }]), from)
    }

    /// What became of a message.
    pub(crate) async fn status(&self, client: &Client, status: &Value) -> Reply {
        let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "102290129340398", "changes": [{
            "field": "messages",
            "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": "551155550100", "phone_number_id": self.phone_number_id },
                "statuses": [status],
            },
        }] }] });
        self.deliver(client, &body).await
    }

    /// Posts a notice about the business account.
    pub(crate) async fn notice(&self, client: &Client, field: &str, value: &Value) -> Reply {
        let body = json!({ "object": "whatsapp_business_account", "entry": [{
            "id": "102290129340398", "changes": [{ "field": field, "value": value }],
        }] });
        self.deliver(client, &body).await
    }

    pub(crate) fn post(&self, messages: &Value, from: &str) -> Value {
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": "102290129340398", "changes": [{
            "field": "messages",
            "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": "551155550100", "phone_number_id": self.phone_number_id },
                "contacts": [{ "profile": { "name": "Ana" }, "wa_id": from }],
                "messages": messages,
            },
        }] }] })
    }

    /// Posts a text message.
    pub(crate) async fn say(&self, client: &Client, wamid: &str, from: &str, body: &str) -> Reply {
        self.deliver(client, &self.text(wamid, from, body)).await
    }

    /// Posts any message.
    pub(crate) async fn tell(&self, client: &Client, from: &str, message: &Value) -> Reply {
        self.deliver(client, &self.post(&json!([message]), from)).await
    }

    /// Posts a body, signed.
    pub(crate) async fn deliver(&self, client: &Client, body: &Value) -> Reply {
        let body = body.to_string();
        let signature = sign(&self.secret, body.as_bytes());
        let request = client.without_token().post("/inbound/whatsapp").body(body);
        request.header("x-hub-signature-256", signature).await
    }
}

/// The signature of a body.
pub(crate) fn sign(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

//! The demo's two hands on its own server: an administrator's, and the platform's.

use serde_json::Value;

use crate::cli::Failure;

/// Talks to the server over HTTP, as anybody else would.
#[derive(Clone)]
pub(super) struct Client {
    base: String,
    http: reqwest::Client,
}

impl Client {
    /// For the server at `base`.
    pub(super) fn new(base: String) -> Result<Self, Failure> {
        Ok(Self { base, http: convolog_reactors::http_client::builder().no_proxy().build()? })
    }

    /// Orders something; `once` makes a repetition harmless.
    pub(super) async fn order(
        &self,
        path: &str,
        token: &str,
        once: &str,
        body: &Value,
    ) -> Result<Value, Failure> {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(token);
        let request = request.header("Idempotency-Key", once).json(body);
        read(request.send().await?, path).await
    }

    /// Hands a file over; `once` makes a repetition harmless.
    pub(super) async fn upload(
        &self,
        (path, media): (&str, &str),
        token: &str,
        once: &str,
        bytes: &'static [u8],
    ) -> Result<Value, Failure> {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(token);
        let request = request.header("Idempotency-Key", once).header("Content-Type", media);
        read(request.body(bytes).send().await?, path).await
    }

    /// Changes something that is there.
    pub(super) async fn change(
        &self,
        path: &str,
        token: &str,
        body: &Value,
    ) -> Result<Value, Failure> {
        let request = self.http.patch(format!("{}{path}", self.base)).bearer_auth(token);
        read(request.json(body).send().await?, path).await
    }

    /// Reads something.
    pub(super) async fn get(&self, path: &str, token: &str) -> Result<Value, Failure> {
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(token);
        read(request.send().await?, path).await
    }

    /// Posts as the platform does; answers the position.
    pub(super) async fn deliver(&self, secret: &str, body: String) -> Result<u64, Failure> {
        let signature = convolog_whatsapp::sign(secret.as_bytes(), body.as_bytes());
        let path = "/inbound/whatsapp";
        let request = self.http.post(format!("{}{path}", self.base));
        let request = request.header(convolog_whatsapp::HEADER, signature);
        let answer = request.header("Content-Type", "application/json").body(body).send().await?;
        let position = answer.headers().get("Convolog-Position");
        let position = position.and_then(|value| value.to_str().ok()?.parse().ok());
        read(answer, path).await?;
        position.ok_or_else(|| Failure::found("the server did not say where it stored a post"))
    }
}

async fn read(answer: reqwest::Response, path: &str) -> Result<Value, Failure> {
    let status = answer.status();
    let text = answer.text().await?;
    if !status.is_success() {
        return Err(Failure::found(format!("{path} answered {status}: {text}")));
    }
    Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
}

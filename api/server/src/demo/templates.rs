//! The simulated platform's message templates: made, reviewed within a second, listed, deleted.
//!
//! It remembers nothing between two starts: when it begins it is told what the engine knows, as the
//! real one would know it still.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Query, State as Given};
use axum::http::StatusCode;
use parking_lot::Mutex;
use serde_json::{Value, json};

use super::client::Client;
use super::graph::{Inner, Number};
use super::posts::{Change, Platform};
use super::script::Business;
use super::state::{Known, State};
use crate::cli::Failure;

/// How long a review takes.
const REVIEW: Duration = Duration::from_secs(1);

/// The templates of every account: as the platform lists them.
#[derive(Default)]
pub(super) struct Templates(Mutex<HashMap<String, Vec<Value>>>);

type Answer = (StatusCode, Json<Value>);

impl Templates {
    /// What the engine knows of them.
    pub(super) async fn known(
        client: &Client,
        state: &State,
        businesses: &[Business],
    ) -> Result<Self, Failure> {
        let mut all = HashMap::new();
        for business in businesses {
            let known = state.businesses.iter().find(|known| known.script == business.key);
            let Some(known) = known else { continue };
            let list = client.get("/v1/templates?limit=200", &known.key).await?;
            let list = list.get("data").and_then(Value::as_array).cloned().unwrap_or_default();
            let listed =
                list.iter().filter(|one| one.get("platform_id").is_some_and(Value::is_string));
            let elements = listed.map(|one| {
                let upper = |name: &str| {
                    one.get(name).and_then(Value::as_str).unwrap_or_default().to_uppercase()
                };
                json!({
                    "id": one.get("platform_id"), "name": one.get("name"),
                    "language": one.get("language"), "status": upper("status"),
                    "category": upper("category"), "components": one.get("components"),
                })
            });
            all.insert(business.number.account.clone(), elements.collect());
        }
        Ok(Self(Mutex::new(all)))
    }

    /// The error with which a message of an account made of a template is refused, if it is.
    pub(super) fn refuses(&self, account: &str, sent: &Value) -> Option<Value> {
        let all = self.0.lock();
        let found = all.get(account).into_iter().flatten().find(|one| {
            one.get("name") == sent.get("name")
                && one.get("language") == sent.pointer("/language/code")
        });
        let (code, message) = match found.map(|one| text(one, "status")) {
            Some("APPROVED") => return None,
            Some("PAUSED") => (132_015, "Template is paused"),
            Some("DISABLED") => (132_016, "Template is disabled"),
            _ => (132_001, "Template name does not exist in the translation"),
        };
        Some(json!({ "message": message, "type": "OAuthException", "code": code }))
    }

    fn became(&self, account: &str, id: &str, status: &str) {
        let mut all = self.0.lock();
        for one in all.get_mut(account).into_iter().flatten().filter(|one| text(one, "id") == id) {
            if let Some(one) = one.as_object_mut() {
                one.insert("status".to_owned(), status.into());
            }
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn refused(code: i64, message: &str) -> Answer {
    let error = json!({ "message": message, "type": "OAuthException", "code": code });
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error })))
}

/// The whole list, on one page.
pub(super) async fn list(
    Given(inner): Given<Arc<Inner>>,
    Path((_, account)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let all = inner.templates.0.lock().get(&account).cloned().unwrap_or_default();
    let wanted = |one: &Value| query.get("name").is_none_or(|name| text(one, "name") == name);
    let all: Vec<Value> = all.into_iter().filter(wanted).collect();
    (StatusCode::OK, Json(json!({ "data": all, "paging": { "cursors": {} } })))
}

/// A new template, which waits for its review.
pub(super) async fn create(
    Given(inner): Given<Arc<Inner>>,
    Path((_, account)): Path<(String, String)>,
    Json(body): Json<Value>,
) -> Answer {
    let (name, language) = (text(&body, "name").to_owned(), text(&body, "language").to_owned());
    if !inner.numbers.values().any(|number| number.business.number.account == account) {
        return refused(100, "Unsupported post request");
    }
    let mut all = inner.templates.0.lock();
    let count: usize = all.values().map(Vec::len).sum();
    let own = all.entry(account.clone()).or_default();
    if own.iter().any(|one| text(one, "name") == name && text(one, "language") == language) {
        return refused(2_388_024, "There is already content in this language for this template");
    }
    let id = format!("9{:012}{count:03}", inner.started.rem_euclid(1_000_000_000_000));
    let mut template = body.clone();
    if let Some(template) = template.as_object_mut() {
        template.insert("id".to_owned(), id.clone().into());
        template.insert("status".to_owned(), "PENDING".into());
    }
    own.push(template);
    drop(all);
    tokio::spawn(review(Arc::clone(&inner), account, (id.clone(), name, language)));
    let answer = json!({ "id": id, "status": "PENDING", "category": body.get("category") });
    (StatusCode::OK, Json(answer))
}

/// Deletes one.
pub(super) async fn delete(
    Given(inner): Given<Arc<Inner>>,
    Path((_, account)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let mut all = inner.templates.0.lock();
    let own = all.entry(account).or_default();
    let before = own.len();
    own.retain(|one| query.get("hsm_id").is_none_or(|id| text(one, "id") != id));
    if own.len() == before {
        return refused(100, "Message template not found");
    }
    (StatusCode::OK, Json(json!({ "success": true })))
}

/// Approves a template and tells so.
async fn review(inner: Arc<Inner>, account: String, template: (String, String, String)) {
    tokio::time::sleep(REVIEW).await;
    let (id, name, language) = template;
    inner.templates.became(&account, &id, "APPROVED");
    let of_account = |number: &&Number| number.business.number.account == account;
    let Some(Number { business, salt, app_secret }) = inner.numbers.values().find(of_account)
    else {
        return;
    };
    let value = json!({
        "event": "APPROVED", "message_template_id": id, "message_template_name": name,
        "message_template_language": language, "reason": null,
    });
    let at = inner.clock.now().0.div_euclid(1_000_000);
    let change = Change { at, field: "message_template_status_update".to_owned(), value };
    let platform = Platform { business, salt: salt.clone() };
    if let Err(failure) = inner.client.deliver(app_secret, platform.body(&[change])).await {
        tracing::warn!(?failure, "the simulated WhatsApp could not tell of a review");
    }
}

/// Has two templates made for each business. Asking again changes nothing.
pub(super) async fn seed(client: &Client, known: &Known) -> Result<(), Failure> {
    let channels = client.get("/v1/channels", &known.key).await?;
    let channel = channels.pointer("/data/0/id").cloned().unwrap_or_default();
    let reminder = json!({
        "channel_id": channel, "name": "appointment_reminder", "language": "en_US",
        "category": "utility",
        "components": [
            { "type": "BODY", "text": "Hello {{name}}, we expect you on {{day}}. Does that suit you?",
              "example": { "body_text_named_params": [
                  { "param_name": "name", "example": "Ana" }, { "param_name": "day", "example": "Friday" }] } },
            { "type": "BUTTONS", "buttons": [
                { "type": "QUICK_REPLY", "text": "Yes" }, { "type": "QUICK_REPLY", "text": "No" }] },
        ],
    });
    let offer = json!({
        "channel_id": channel, "name": "seasonal_offer", "language": "en_US",
        "category": "marketing",
        "components": [{ "type": "BODY", "text": "Until Sunday there are {{1}} percent off for you. Just reply.",
            "example": { "body_text": [["20"]] } }],
    });
    for body in [reminder, offer] {
        let once = format!("demo-template-{}-{}", text(&body, "name"), known.script);
        client.order("/v1/templates", &known.key, &once, &body).await?;
    }
    Ok(())
}

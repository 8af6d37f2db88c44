//! Rotating the secret of a subscription.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::subscription::{self as rules, State, Subscription};
use convolog_domain::{Command, Event};
use convolog_engine::Answer;
use schemars::JsonSchema;
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::create::{CreatedWebhook, with_secret};
use super::{Shown, WebhookView, known_address, new_secret};
use crate::endpoint::NoParameters;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, Reply};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `POST /v1/webhooks/{id}/rotate-secret`
pub(crate) struct RotateSecret;

/// For how long the old secret signs as well.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Overlap {
    /// Seconds for which the old secret signs as well: a day if not given, at most a week; 0 retires
    /// it at once.
    #[serde(default = "a_day")]
    #[schemars(range(min = 0, max = 604_800))]
    overlap_seconds: u32,
}

const fn a_day() -> u32 {
    86_400
}

impl Endpoint for RotateSecret {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/webhooks/{id}/rotate-secret",
        "rotate_webhook_secret",
        "Rotate the secret of a webhook",
    )
    .describing("A new secret signs, which this answer shows once; the old one signs as well until the overlap is over; a dialect's signature, of which there is one, is the new secret's at once.")
    .group("Webhooks")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The subscription and its new secret.");
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Overlap>;
    type Ok = Json<CreatedWebhook>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (id, caller) = (call.path.id, call.caller());
        let shown = Shown::now(&call.app, caller.workspace, id)?;
        let engine = call.app.engine();
        let known = engine.load::<Subscription>(caller.workspace, id)?.state;
        let settings = known.settings.as_ref().filter(|_| !known.deleted);
        let settings = settings.ok_or_else(|| Problem::not_found("webhook"))?;
        let secret = new_secret(settings.signature.as_deref());
        let draft = engine.draft_secret(&secret)?;
        let command = rules::RotateSecret {
            secret: draft.reference(),
            overlap_seconds: call.body.0.overlap_seconds,
        };
        command.clone().decide(&known, &mut engine.ctx())?;
        let answer = |before: &State, events: &[Event]| {
            let url = known_address(&call.app, caller.workspace, id, before.address_at);
            let view = WebhookView::after(shown, before, events, url);
            let (body, masked) = with_secret(view, secret.expose_secret());
            Answer { status: 200, body, masked, subject: caller.workspace.into() }
        };
        let once = call.facts.once.as_ref();
        let doing = engine.execute_knowing(&caller, id, command, once, answer);
        let answered = engine.keeping_secrets(caller.workspace, &[&draft], doing).await?;
        Ok(Reply::answered(answered))
    }
}

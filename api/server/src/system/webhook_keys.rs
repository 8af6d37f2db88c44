//! The keys with which anybody can check that a delivery is ours.

use axum::http::StatusCode;
use convolog_domain::WorkspaceId;
use convolog_domain::subscription::Subscription;
use convolog_projections::view::Reader;
use convolog_reactors::signature::ed25519::{NAME, Seed};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Call, Declaration, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::seconds;

/// `GET /.well-known/webhook-keys/{workspace_id}/{id}`
pub(crate) struct ShowWebhookKeys;

/// Which subscription.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    /// Whose.
    workspace_id: Uuid,
    /// Which one.
    id: Uuid,
}

/// The keys that sign a subscription's deliveries.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "WebhookKeys")]
pub(crate) struct KeysView {
    /// Always `ed25519`.
    algorithm: &'static str,
    /// The keys, the current one last: during a rotation both sign.
    keys: Vec<KeyView>,
}

/// A public key.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "WebhookKey")]
struct KeyView {
    /// As Standard Webhooks writes it: `whpk_` and base64.
    public_key: String,
    /// When it stops signing; null for the current one.
    expires_at: Option<String>,
}

impl Read for ShowWebhookKeys {
    const DECLARATION: Declaration = Declaration::get(
        "/.well-known/webhook-keys/{workspace_id}/{id}",
        "show_webhook_keys",
        "Show the public keys of a webhook",
    )
    .describing("For receivers that check the `v1a` signatures (Ed25519) of a webhook whose `signature` is `ed25519`. Public, as such keys are.")
    .group("Webhooks")
    .for_anybody()
    .answers(StatusCode::OK, "The keys.")
    .fails_with(&[crate::problem::Code::NotFound])
    .tagged();
    type Path = Which;
    type Query = NoParameters;
    type Shown = KeysView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (workspace, engine) = (WorkspaceId(call.path.workspace_id), call.app.engine());
        let state = engine.load::<Subscription>(workspace, call.path.id)?.state;
        let settings = state.settings.as_ref().filter(|_| !state.deleted);
        if settings.is_none_or(|settings| settings.signature.as_deref() != Some(NAME)) {
            return Err(Problem::not_found("webhook with public keys"));
        }
        let now = engine.clock().now().0.div_euclid(1_000_000);
        let mut keys = Vec::new();
        for known in &state.secrets {
            if known.until.is_none_or(|until| until > now) {
                let seed = Seed::of_secret(engine, workspace, known.secret.id)?;
                let expires_at = known.until.map(seconds);
                keys.extend(seed.public_key().map(|public_key| KeyView { public_key, expires_at }));
            }
        }
        Ok(KeysView { algorithm: NAME, keys })
    }
}

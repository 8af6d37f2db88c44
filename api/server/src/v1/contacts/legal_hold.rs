//! Legal holds: a person's data is kept for a case, and may go again when the case is over.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::contact::{PlaceLegalHold, ReleaseLegalHold};
use convolog_domain::limits::{LEGAL_HOLD_REASONS, NOTE_CHARS_MAX};
use convolog_domain::{ContactId, Event, Sensitive};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `POST /v1/contacts/{id}/legal-hold`
pub(crate) struct PlaceHold;
/// `POST /v1/contacts/{id}/legal-hold/release`
pub(crate) struct ReleaseHold;

/// Why a person is held.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldWanted {
    /// Why: a closed list, because it stays in the clear for ever.
    #[schemars(schema_with = "reasons")]
    reason: String,
    /// Which case, in free words; sealed for this person.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = NOTE_CHARS_MAX))]
    note: Option<Sensitive>,
}

/// Whether a contact is held.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct HoldShown {
    /// The contact.
    id: Uuid,
    /// Whether a legal hold stands on it now.
    held: bool,
}

fn reasons(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": LEGAL_HOLD_REASONS })
}

fn answer<E: Endpoint<Path = ById>>(call: &Call<E>, held: bool) -> Answer {
    let body = serde_json::to_value(HoldShown { id: call.path.id, held }).unwrap_or_default();
    Answer::open(200, body, call.session.workspace)
}

impl Endpoint for PlaceHold {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/contacts/{id}/legal-hold",
        "place_legal_hold",
        "Place a legal hold on a contact",
    )
    .describing("Until it is released nobody can erase this person, nor any contact that was found to be the same person.")
    .group("Contacts")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The contact is held.")
    .fails_with(&[Code::AlreadyExists, Code::Erased]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<HoldWanted>;
    type Ok = Json<HoldShown>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (caller, HoldWanted { reason, note }) = (call.caller(), call.body.0.clone());
        let (by, key) = (caller.actor.on_behalf_of, caller.actor.key);
        let contact = ContactId(call.path.id);
        let command = PlaceLegalHold { contact, by, key, reason, note };
        let (once, answer) = (call.facts.once.as_ref(), |_: &[Event]| answer(&call, true));
        let engine = call.app.engine();
        Ok(Reply::answered(engine.place_legal_hold(&caller, command, once, answer).await?))
    }
}

impl Endpoint for ReleaseHold {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/contacts/{id}/legal-hold/release",
        "release_legal_hold",
        "Release a legal hold",
    )
    .describing("The person can be erased again, unless a contact that is the same person is held.")
    .group("Contacts")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The contact is held no more.")
    .fails_with(&[Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<HoldShown>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let caller = call.caller();
        let command = ReleaseLegalHold { by: caller.actor.on_behalf_of, key: caller.actor.key };
        let (once, answer) = (call.facts.once.as_ref(), |_: &[Event]| answer(&call, false));
        let engine = call.app.engine();
        let answered = engine.execute_once(&caller, call.path.id, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

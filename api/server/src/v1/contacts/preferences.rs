//! What a person wants to be sent: recorded by whoever heard it, and how it came about.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::contact::{Contact, OptIn, OptOut, PreferenceScope, PreferenceSource};
use convolog_domain::limits::{NOTE_CHARS_MAX, OPT_IN_REASONS, OPT_OUT_REASONS};
use convolog_domain::{ContactId, Event, Sensitive};
use convolog_engine::Answer;
use convolog_projections::view::{PreferenceView, Reader};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, List, NoParameters, Read, Reply,
};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `POST /v1/contacts/{id}/opt-out`
pub(crate) struct OptOutContact;
/// `POST /v1/contacts/{id}/opt-in`
pub(crate) struct OptInContact;
/// `GET /v1/contacts/{id}/preferences`
pub(crate) struct ListPreferences;

/// What a person does not want any more.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptOutWanted {
    /// What is stopped: `marketing`, or `all` but free answers to what they write.
    scope: PreferenceScope,
    /// Why: a closed list, because it stays in the clear for ever.
    #[schemars(schema_with = "out_reasons")]
    reason: String,
    /// How it came about, in free words; sealed for this person.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = NOTE_CHARS_MAX))]
    note: Option<Sensitive>,
}

/// What a person wants again.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptInWanted {
    /// What is wanted again: `marketing`, or `all`, which lifts every stop.
    scope: PreferenceScope,
    /// Why: a closed list, because it stays in the clear for ever.
    #[schemars(schema_with = "in_reasons")]
    reason: String,
    /// How it came about, in free words; sealed for this person.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = NOTE_CHARS_MAX))]
    note: Option<Sensitive>,
}

/// Whether something changed.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PreferenceRecorded")]
pub(crate) struct Recorded {
    /// The contact.
    id: Uuid,
    /// What was asked for.
    scope: PreferenceScope,
    /// False if it was so already.
    changed: bool,
}

fn out_reasons(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": OPT_OUT_REASONS })
}

fn in_reasons(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": OPT_IN_REASONS })
}

fn answer<E: Endpoint<Path = ById>>(
    call: &Call<E>,
    scope: PreferenceScope,
) -> impl Fn(&[Event]) -> Answer {
    let (id, workspace) = (call.path.id, call.session.workspace);
    move |events| {
        let recorded = Recorded { id, scope, changed: !events.is_empty() };
        Answer::open(200, serde_json::to_value(recorded).unwrap_or_default(), workspace)
    }
}

impl Endpoint for OptOutContact {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/contacts/{id}/opt-out",
        "opt_out",
        "Record that a contact opted out",
    )
    .describing("From then on every message that they do not want is refused with `opted_out`, and one that waits fails before it leaves. It stands for everybody who was found to be the same person.")
    .group("Contacts")
    .access(Access::Key(Scope::Write))
    .answers(StatusCode::OK, "It is recorded, or was so already.")
    .fails_with(&[Code::Erased]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<OptOutWanted>;
    type Ok = Json<Recorded>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (caller, OptOutWanted { scope, reason, note }) = (call.caller(), call.body.0.clone());
        let heard = OptOut::heard(ContactId(call.path.id), scope, PreferenceSource::Operator);
        let (by, key, reason) = (caller.actor.on_behalf_of, caller.actor.key, Some(reason));
        let command = OptOut { reason, note, by, key, ..heard };
        let (once, answer) = (call.facts.once.as_ref(), answer(&call, scope));
        let answered = call.app.engine().opt_out(&caller, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

impl Endpoint for OptInContact {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/contacts/{id}/opt-in",
        "opt_in",
        "Record that a contact wants to hear from the business again",
    )
    .describing("Only if they asked for it: it lifts what they stopped themselves, and who recorded it and why stays in the history. Writing START does the same.")
    .group("Contacts")
    .access(Access::Key(Scope::Write))
    .answers(StatusCode::OK, "It is recorded, or was so already.")
    .fails_with(&[Code::Erased, Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<OptInWanted>;
    type Ok = Json<Recorded>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (caller, OptInWanted { scope, reason, note }) = (call.caller(), call.body.0.clone());
        let heard = OptIn::heard(ContactId(call.path.id), scope, PreferenceSource::Operator);
        let (by, key, reason) = (caller.actor.on_behalf_of, caller.actor.key, Some(reason));
        let command = OptIn { reason, note, by, key, ..heard };
        let (once, answer) = (call.facts.once.as_ref(), answer(&call, scope));
        let answered = call.app.engine().opt_in(&caller, command, once, answer).await?;
        Ok(Reply::answered(answered))
    }
}

impl Read for ListPreferences {
    const DECLARATION: Declaration = Declaration::list(
        "/v1/contacts/{id}/preferences",
        "list_preferences",
        "List what a contact wanted to be sent",
    )
    .describing("Every opting out and in of this person, all their contacts together, the newest first. What stands now is `opted_out` of the contact.")
    .group("Contacts")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "A page of changes.")
    .from_read_models()
    .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = List<PreferenceView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, id) = (call.workspace(), call.path.id);
        if !call.app.engine().load::<Contact>(workspace, id)?.state.created {
            return Err(Problem::not_found("contact"));
        }
        let (token, limit) = (call.paging.token.as_deref(), call.paging.limit);
        Ok(view.preferences((workspace, ContactId(id)), token, limit)?.into())
    }
}

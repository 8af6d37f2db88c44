//! What operators do with one conversation: claim, assign, release, close, reopen, tags, notes,
//! title, delete, restore. Every act answers with how the conversation stands after it.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::conversation::{self as rules, OperatorAct, State};
use convolog_domain::limits::HANDOFF_REASONS;
use convolog_domain::{ConversationId, Event, PersonId, Sensitive};
use convolog_engine::{Answer, Answered};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::answer::ActedOn;
use crate::auth::Session;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// Somebody on the staff.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Somebody {
    /// Who.
    person_id: Uuid,
}

/// Tags.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tags {
    /// Letters, digits and `-_.:/` without spaces, kept in lower case. They stand in the clear: say
    /// what a conversation is about, not who somebody is.
    #[schemars(length(min = 1, max = 20))]
    tags: Vec<String>,
}

/// A note.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewNote {
    /// The text; the customer never sees it.
    #[schemars(with = "String", length(min = 1, max = 4000))]
    text: Sensitive,
}

/// Why a person is needed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandOffBecause {
    /// One of a closed list; `requested` if it is not given.
    #[serde(default)]
    #[schemars(schema_with = "handoff_reasons")]
    reason: Option<String>,
}

fn handoff_reasons(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": HANDOFF_REASONS })
}

/// A title.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTitle {
    /// What the staff calls the conversation; an empty one takes the title away.
    #[schemars(with = "String", length(max = 120))]
    title: Sensitive,
}

/// The person for whom the request is made: the one that a claim is for.
pub(super) fn claimant(session: &Session) -> Outcome<PersonId> {
    session.actor.on_behalf_of.ok_or_else(|| {
        Problem::field(
            "Convolog-On-Behalf-Of",
            "A claim is for somebody: name the person in Convolog-On-Behalf-Of, or use a key that was made for one.",
        )
    })
}

/// Carries out an act and answers with how the conversation stands.
async fn act<E: Endpoint<Path = ById>>(call: &Call<E>, act: OperatorAct) -> Outcome<Answered> {
    let (id, caller) = (call.path.id, call.caller());
    let status = E::DECLARATION.success.as_u16();
    let answer = |before: &State, events: &[Event]| {
        let body = serde_json::to_value(ActedOn::of(id, before, events)).unwrap_or_default();
        Answer::open(status, body, caller.workspace)
    };
    let once = call.facts.once.as_ref();
    let engine = call.app.engine();
    Ok(engine.act_on_conversation(&caller, ConversationId(id), act, once, answer).await?)
}

const fn acting(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    describing: &'static str,
) -> Declaration {
    Declaration::post(path, name, summary)
        .describing(describing)
        .group("Conversations")
        .access(Access::Key(Scope::Write))
        .answers(StatusCode::OK, "How the conversation stands.")
        .fails_with(&[Code::NotAllowedNow])
}

/// Declares the endpoint of an act: its declaration, its body, and the act that the body asks for.
macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident: $declaration:expr, $body:ty, |$call:ident, $conversation:ident| $act:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl Endpoint for $name {
            const DECLARATION: Declaration = $declaration;
            type Path = ById;
            type Query = NoParameters;
            type Body = $body;
            type Ok = Json<ActedOn>;

            async fn call($call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
                let $conversation = ConversationId($call.path.id);
                let wanted = $act;
                Ok(Reply::answered(act(&$call, wanted).await?))
            }
        }
    )*};
}

acts! {
    /// `POST /v1/conversations/{id}/handoff`
    HandOff: acting(
        "/v1/conversations/{id}/handoff",
        "hand_off_conversation",
        "Hand a conversation to a person",
        "The agent is silent until it is handed back. `GET /v1/conversations?handoff=true` lists who waits.",
    ), JsonBody<HandOffBecause>, |call, _conversation| {
        let reason = call.body.0.reason.clone().unwrap_or_else(|| "requested".to_owned());
        OperatorAct::HandOff(rules::HandOff { reason, agent: None })
    };
    /// `POST /v1/conversations/{id}/handback`
    HandBack: acting(
        "/v1/conversations/{id}/handback",
        "hand_back_conversation",
        "Hand a conversation back to its agent",
        "The agent answers again, first what nobody answered meanwhile.",
    ), NoParameters, |call, _conversation| OperatorAct::HandBack(rules::HandBack);
    /// `POST /v1/conversations/{id}/claim`
    ClaimConversation: acting(
        "/v1/conversations/{id}/claim",
        "claim_conversation",
        "Claim a conversation",
        "For the person whom the key is for, or whom `Convolog-On-Behalf-Of` names. Refused if somebody else has it; the detail says who.",
    ).fails_with(&[Code::NotAllowedNow, Code::OwnedByAnother]), NoParameters, |call, _conversation| {
        OperatorAct::Claim(rules::ClaimConversation { person: claimant(&call.session)? })
    };
    /// `POST /v1/conversations/{id}/assign`
    AssignConversation: acting(
        "/v1/conversations/{id}/assign",
        "assign_conversation",
        "Assign a conversation",
        "Gives it to somebody on the staff, whoever had it before.",
    ), JsonBody<Somebody>, |call, _conversation| {
        let person = PersonId(call.body.0.person_id);
        OperatorAct::Assign(rules::AssignConversation { person })
    };
    /// `POST /v1/conversations/{id}/release`
    ReleaseConversation: acting(
        "/v1/conversations/{id}/release",
        "release_conversation",
        "Release a conversation",
        "Nobody has it any more, so that anybody can claim it.",
    ), NoParameters, |call, _conversation| OperatorAct::Release(rules::ReleaseConversation);
    /// `POST /v1/conversations/{id}/close`
    CloseConversation: acting(
        "/v1/conversations/{id}/close",
        "close_conversation",
        "Close a conversation",
        "It is done. The customer's next message reopens it.",
    ), NoParameters, |call, conversation| {
        OperatorAct::Close(rules::CloseConversation { conversation })
    };
    /// `POST /v1/conversations/{id}/reopen`
    ReopenConversation: acting(
        "/v1/conversations/{id}/reopen",
        "reopen_conversation",
        "Reopen a conversation",
        "It goes on, with whoever has it.",
    ), NoParameters, |call, conversation| {
        OperatorAct::Reopen(rules::ReopenConversation { conversation, message: None })
    };
    /// `POST /v1/conversations/{id}/tags`
    TagConversation: acting(
        "/v1/conversations/{id}/tags",
        "tag_conversation",
        "Tag a conversation",
        "Adds tags to those that it has; at most 20 in all.",
    ), JsonBody<Tags>, |call, _conversation| {
        OperatorAct::Tag(rules::TagConversation { tags: call.body.0.tags.clone() })
    };
    /// `POST /v1/conversations/{id}/untag`
    UntagConversation: acting(
        "/v1/conversations/{id}/untag",
        "untag_conversation",
        "Take tags away from a conversation",
        "Tags that it does not have do not matter.",
    ), JsonBody<Tags>, |call, _conversation| {
        OperatorAct::Untag(rules::UntagConversation { tags: call.body.0.tags.clone() })
    };
    /// `POST /v1/conversations/{id}/notes`
    AddNote: acting(
        "/v1/conversations/{id}/notes",
        "add_note",
        "Write a note",
        "For the staff; the customer never sees it. It stands in the timeline, and is erased with the customer's data.",
    ).answers(StatusCode::CREATED, "How the conversation stands, and the note's id.")
    .fails_with(&[Code::NotAllowedNow, Code::Erased]), JsonBody<NewNote>, |call, _conversation| {
        OperatorAct::Note(rules::AddNote { text: call.body.0.text.clone() })
    };
    /// `POST /v1/conversations/{id}/title`
    SetTitle: acting(
        "/v1/conversations/{id}/title",
        "set_title",
        "Give a conversation a title",
        "Seen by the staff only, and erased with the customer's data.",
    ).fails_with(&[Code::NotAllowedNow, Code::Erased]), JsonBody<NewTitle>, |call, _conversation| {
        let title = &call.body.0.title;
        let title = (!title.expose().trim().is_empty()).then(|| title.clone());
        OperatorAct::Title(rules::SetTitle { title })
    };
    /// `DELETE /v1/conversations/{id}`
    DeleteConversation: Declaration::delete(
        "/v1/conversations/{id}",
        "delete_conversation",
        "Delete a conversation",
    ).describing("Takes it out of the lists; nobody can work on it. What was said stays: it can be read by its id and restored, and the customer's next message restores it. To destroy what was said, erase the contact.")
        .group("Conversations")
        .access(Access::Key(Scope::Write))
        .answers(StatusCode::OK, "How the conversation stands."), NoParameters, |call, conversation| {
        OperatorAct::Delete(rules::DeleteConversation { conversation })
    };
    /// `POST /v1/conversations/{id}/restore`
    RestoreConversation: acting(
        "/v1/conversations/{id}/restore",
        "restore_conversation",
        "Restore a deleted conversation",
        "It is in the lists again, open or closed as it was.",
    ).fails_with(&[]), NoParameters, |call, conversation| {
        OperatorAct::Restore(rules::RestoreConversation { conversation, message: None })
    };
}

//! The same act on up to 200 conversations, each with an outcome of its own.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::conversation::{self as rules, OperatorAct, State};
use convolog_domain::{ConversationId, Event, PersonId, Sensitive};
use convolog_engine::{Answer, Once};
use convolog_log::Position;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::acts::claimant;
use super::answer::ActedOn;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, OtherBody, Outcome, Problem};

/// `POST /v1/conversations/bulk`
pub(crate) struct BulkAct;

/// What to do, and with which conversations.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Which conversations.
    #[schemars(length(min = 1, max = 200))]
    ids: Vec<Uuid>,
    /// What to do.
    action: Action,
    /// For `assign`: to whom.
    #[serde(default)]
    person_id: Option<Uuid>,
    /// For `tag` and `untag`: the tags.
    #[serde(default)]
    #[schemars(length(max = 20))]
    tags: Vec<String>,
    /// For `note`: the text.
    #[serde(default)]
    #[schemars(with = "Option<String>", length(max = 4000))]
    text: Option<Sensitive>,
}

/// What can be done in bulk.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "BulkAction")]
enum Action {
    /// Take them, for the person whom the key is for.
    Claim,
    /// Give them to somebody.
    Assign,
    /// Let go of them.
    Release,
    /// Close them.
    Close,
    /// Reopen them.
    Reopen,
    /// Add tags.
    Tag,
    /// Take tags away.
    Untag,
    /// Write the same note in each.
    Note,
    /// Take them out of the lists.
    Delete,
    /// Put them back.
    Restore,
}

/// What became of each.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BulkOutcome {
    /// In the order in which they were given.
    data: Vec<Item>,
    /// How many were carried out.
    done: usize,
    /// How many were refused.
    failed: usize,
}

/// What became of one conversation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BulkItem")]
struct Item {
    /// Which one.
    id: Uuid,
    /// How it stands; null if it was refused.
    #[schemars(with = "Option<ActedOn>")]
    conversation: Option<Value>,
    /// Why it was refused: the code that the single request would have answered with.
    error: Option<ItemError>,
}

/// Why one conversation was refused.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BulkItemError")]
struct ItemError {
    /// The stable code.
    code: &'static str,
    /// In words.
    detail: String,
    /// What stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<OtherBody>,
}

impl Endpoint for BulkAct {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/conversations/bulk",
        "act_on_conversations",
        "Do the same with many conversations",
    )
    .describing("Up to 200 at a time. Each is carried out or refused by itself: one that fails stops nothing, and the answer says what became of each. With an `Idempotency-Key`, a repetition does only what was refused before.")
    .group("Conversations")
    .access(Access::Key(Scope::Write))
    .answers(StatusCode::OK, "What became of each.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<BulkOutcome>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(wanted) = &call.body;
        let mut done = BulkOutcome { data: Vec::new(), done: 0, failed: 0 };
        let mut position = Position::START;
        // What is asked for at all is checked before anything is done.
        act(&call, wanted, Uuid::nil())?;
        for id in &wanted.ids {
            let item = match one(&call, wanted, *id).await {
                Ok((conversation, at)) => {
                    done.done += 1;
                    position = position.max(at);
                    Item { id: *id, conversation: Some(conversation), error: None }
                }
                // Nothing more can be done: the caller repeats the whole request.
                Err(problem) if is_about_all(&problem) => return Err(problem),
                Err(problem) => {
                    done.failed += 1;
                    Item { id: *id, conversation: None, error: Some(error(&problem)) }
                }
            };
            done.data.push(item);
        }
        Ok(Reply::json(&done)?.at(position))
    }
}

/// Whether a problem is not about one conversation.
pub(crate) fn is_about_all(problem: &Problem) -> bool {
    problem.code().status().is_server_error() || problem.code() == Code::IdempotencyKeyReused
}

async fn one(call: &Call<BulkAct>, wanted: &Wanted, id: Uuid) -> Outcome<(Value, Position)> {
    let shown = |before: &State, events: &[Event]| {
        serde_json::to_value(ActedOn::of(id, before, events)).unwrap_or_default()
    };
    act_once(call, act(call, wanted, id)?, id, shown).await
}

/// One of many acts that a request asks for: what is shown of it, and where it stands in the log.
pub(crate) async fn act_once<E: Endpoint>(
    call: &Call<E>,
    act: OperatorAct,
    id: Uuid,
    shown: impl Fn(&State, &[Event]) -> Value + Send + Sync,
) -> Outcome<(Value, Position)> {
    let caller = call.caller();
    let answer = |before: &State, events: &[Event]| {
        Answer::open(200, shown(before, events), caller.workspace)
    };
    // Each one is carried out once for itself: a repetition after a crash does only what is left.
    let once = call.facts.once.as_ref().map(|once| Once {
        idempotency_key: format!("{}/{id}", once.idempotency_key),
        ..once.clone()
    });
    let engine = call.app.engine();
    let answered =
        engine.act_on_conversation(&caller, ConversationId(id), act, once.as_ref(), answer).await?;
    Ok((answered.body, answered.position))
}

fn act(call: &Call<BulkAct>, wanted: &Wanted, id: Uuid) -> Outcome<OperatorAct> {
    let conversation = ConversationId(id);
    let needed = |field, what| Problem::field(field, format!("{field} is needed to {what}."));
    let tags = |what| match wanted.tags.as_slice() {
        [] => Err(needed("tags", what)),
        tags => Ok(tags.to_vec()),
    };
    Ok(match wanted.action {
        Action::Claim => {
            OperatorAct::Claim(rules::ClaimConversation { person: claimant(&call.session)? })
        }
        Action::Assign => OperatorAct::Assign(rules::AssignConversation {
            person: wanted.person_id.map(PersonId).ok_or_else(|| needed("person_id", "assign"))?,
        }),
        Action::Release => OperatorAct::Release(rules::ReleaseConversation),
        Action::Close => OperatorAct::Close(rules::CloseConversation { conversation }),
        Action::Reopen => {
            OperatorAct::Reopen(rules::ReopenConversation { conversation, message: None })
        }
        Action::Tag => OperatorAct::Tag(rules::TagConversation { tags: tags("tag")? }),
        Action::Untag => OperatorAct::Untag(rules::UntagConversation { tags: tags("untag")? }),
        Action::Note => OperatorAct::Note(rules::AddNote {
            text: wanted.text.clone().ok_or_else(|| needed("text", "write a note"))?,
        }),
        Action::Delete => OperatorAct::Delete(rules::DeleteConversation { conversation }),
        Action::Restore => {
            OperatorAct::Restore(rules::RestoreConversation { conversation, message: None })
        }
    })
}

fn error(problem: &Problem) -> ItemError {
    ItemError {
        code: problem.code().as_str(),
        detail: problem.detail().to_owned(),
        other: problem.other().cloned(),
    }
}

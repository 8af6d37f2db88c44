//! The same act on many conversations.

use axum::http::StatusCode;
use convolog_domain::conversation::{self as rules, OperatorAct};
use convolog_domain::{ConversationId, PersonId};
use convolog_log::Position;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::CONVERSATIONS_WRITE;
use crate::endpoint::{Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::conversations::{act_once, is_about_all};

/// `POST /api/v1/conversations/bulk`
pub(super) struct ActOnMany;

/// What to do, and with which conversations.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "BulkRequest")]
pub(super) struct Wanted {
    /// Which conversations.
    #[schemars(length(min = 1, max = 200))]
    ids: Vec<Uuid>,
    /// What to do.
    action: Action,
    /// For `assign`: one of the staff.
    #[serde(default)]
    operator_id: Option<Uuid>,
    /// For `tag` and `untag`: the tags.
    #[serde(default)]
    #[schemars(length(max = 20))]
    tag_ids: Vec<String>,
}

/// What can be done.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "BulkAction")]
enum Action {
    /// Close them.
    Close,
    /// Reopen them.
    Reopen,
    /// Give them to somebody.
    Assign,
    /// Add tags.
    Tag,
    /// Take tags away.
    Untag,
}

/// What became of them.
#[derive(Default, Serialize, JsonSchema)]
pub(super) struct Counted {
    /// How many were changed.
    updated: u64,
    /// How many were so already, could not be changed, or are not there.
    skipped: u64,
}

impl Endpoint for ActOnMany {
    const DECLARATION: Declaration = Declaration::post(
        "/api/v1/conversations/bulk",
        "act_on_conversations",
        "Do the same with many conversations",
    )
    .describing("Up to 200 at a time. Each is changed or passed over by itself.")
    .group("Conversations")
    .access(CONVERSATIONS_WRITE)
    .answers(StatusCode::OK, "How many were changed.")
    .keeps_its_answer_after();
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<Wanted>;
    type Ok = Json<Counted>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(wanted) = &call.body;
        let (mut counted, mut position) = (Counted::default(), Position::START);
        for id in &wanted.ids {
            let act = wanted.act(*id)?;
            match act_once(&call, act, *id, |_, events| serde_json::json!(!events.is_empty())).await
            {
                Ok((changed, at)) => {
                    position = position.max(at);
                    let changed = changed == serde_json::json!(true);
                    counted.updated += u64::from(changed);
                    counted.skipped += u64::from(!changed);
                }
                // Nothing more can be done, or nothing was asked for that can be: the whole is refused.
                Err(problem) if is_about_all(&problem) || problem.code() == Code::InvalidField => {
                    return Err(problem
                        .calling("person_id", "operatorId")
                        .calling("tags", "tagIds"));
                }
                Err(_) => counted.skipped += 1,
            }
        }
        Ok(Reply::json(&counted)?.at(position))
    }
}

impl Wanted {
    fn act(&self, id: Uuid) -> Outcome<OperatorAct> {
        let conversation = ConversationId(id);
        let needed = |field, what| Problem::field(field, format!("{field} is needed to {what}."));
        let tags = |what| match self.tag_ids.as_slice() {
            [] => Err(needed("tagIds", what)),
            tags => Ok(tags.to_vec()),
        };
        Ok(match self.action {
            Action::Close => OperatorAct::Close(rules::CloseConversation { conversation }),
            Action::Reopen => {
                OperatorAct::Reopen(rules::ReopenConversation { conversation, message: None })
            }
            Action::Assign => {
                let person = self.operator_id.ok_or_else(|| needed("operatorId", "assign"))?;
                OperatorAct::Assign(rules::AssignConversation { person: PersonId(person) })
            }
            Action::Tag => OperatorAct::Tag(rules::TagConversation { tags: tags("tag")? }),
            Action::Untag => OperatorAct::Untag(rules::UntagConversation { tags: tags("untag")? }),
        })
    }
}

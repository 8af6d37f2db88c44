//! Making, changing and deleting groups of templates.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::template_group::{self as rules, GroupSettings, State, TemplateGroup};
use convolog_domain::{Aggregate, Event, TemplateId};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::GroupView;
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Nothing, Reply,
};
use crate::problem::{Code, Outcome};
use crate::v1::wire::ById;

/// `POST /v1/template-groups`
pub(crate) struct CreateGroup;
/// `PATCH /v1/template-groups/{id}`
pub(crate) struct ChangeGroup;
/// `DELETE /v1/template-groups/{id}`
pub(crate) struct DeleteGroup;

/// A group to be made.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewTemplateGroup")]
pub(crate) struct NewGroup {
    /// What its people call it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// Ids of templates: the preferred one, then those that are sent in its place. They should take the
    /// same parameters.
    #[schemars(length(min = 1, max = 10))]
    members: Vec<Uuid>,
}

/// What is to be different about a group; what is left out stays.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "TemplateGroupChanges")]
pub(crate) struct Changes {
    /// What its people call it.
    #[serde(default)]
    #[schemars(length(min = 1, max = 100))]
    name: Option<String>,
    /// Ids of templates, in order of preference.
    #[serde(default)]
    #[schemars(length(min = 1, max = 10))]
    members: Option<Vec<Uuid>>,
}

fn answer(
    (status, id): (u16, Uuid),
    workspace: convolog_domain::WorkspaceId,
    before: &State,
    events: &[Event],
) -> Answer {
    let mut state = before.clone();
    for event in events {
        if let Event::TemplateGroup(event) = event {
            TemplateGroup::evolve(&mut state, event);
        }
    }
    let view = state.settings.as_ref().map(|settings| GroupView::of(id, settings));
    Answer::open(status, serde_json::to_value(view).unwrap_or_default(), workspace)
}

fn templates(members: &[Uuid]) -> Vec<TemplateId> {
    members.iter().copied().map(TemplateId).collect()
}

impl Endpoint for CreateGroup {
    const DECLARATION: Declaration =
        Declaration::post("/v1/template-groups", "create_template_group", "Make a template group")
            .describing("Templates that say the same. Whoever sends names the group: the first one that is there, speaks the customer's language and can be sent is sent, and where the platform refuses it as paused, disabled or missing, the next.")
            .group("Templates")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::CREATED, "The group.")
            .fails_with(&[Code::AlreadyExists]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewGroup>;
    type Ok = Json<GroupView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller, engine) =
            (call.new_id("template group"), call.caller(), call.app.engine());
        let JsonBody(new) = &call.body;
        let members = templates(&new.members);
        engine.templates_exist(caller.workspace, &members)?;
        let command =
            rules::CreateGroup { settings: GroupSettings { name: new.name.clone(), members } };
        let answer =
            |before: &State, events: &[Event]| answer((201, id), caller.workspace, before, events);
        let once = call.facts.once.as_ref();
        Ok(Reply::answered(engine.execute_knowing(&caller, id, command, once, answer).await?))
    }
}

impl Endpoint for ChangeGroup {
    const DECLARATION: Declaration = Declaration::patch(
        "/v1/template-groups/{id}",
        "change_template_group",
        "Change a template group",
    )
    .describing("Messages that were asked for before are not affected.")
    .group("Templates")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::OK, "The group.");
    type Path = ById;
    type Query = NoParameters;
    type Body = JsonBody<Changes>;
    type Ok = Json<GroupView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller, engine) = (call.path.id, call.caller(), call.app.engine());
        let members = call.body.0.members.as_deref().map(templates);
        engine.templates_exist(caller.workspace, members.as_deref().unwrap_or_default())?;
        let command = rules::ChangeGroup { name: call.body.0.name.clone(), members };
        let answer =
            |before: &State, events: &[Event]| answer((200, id), caller.workspace, before, events);
        let once = call.facts.once.as_ref();
        Ok(Reply::answered(engine.execute_knowing(&caller, id, command, once, answer).await?))
    }
}

impl Endpoint for DeleteGroup {
    const DECLARATION: Declaration = Declaration::delete(
        "/v1/template-groups/{id}",
        "delete_template_group",
        "Delete a template group",
    )
    .describing("Its templates stay, and so do messages that were asked for.")
    .group("Templates")
    .access(Access::Key(Scope::Manage))
    .answers(StatusCode::NO_CONTENT, "It is deleted.");
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Nothing;

    async fn call(call: Call<Self>) -> Outcome<Reply<Nothing>> {
        let done = call.execute_plainly(call.path.id, rules::DeleteGroup).await?;
        Ok(Reply::nothing().at(done.position))
    }
}

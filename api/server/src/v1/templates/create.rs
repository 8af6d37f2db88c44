//! Having a template made, and having one deleted.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_domain::channel::Channel;
use convolog_domain::limits::TEMPLATE_CATEGORIES;
use convolog_domain::template::{self as rules, Template, TemplateDraft, TemplateKey};
use convolog_domain::{Aggregate, Event, TemplateId};
use convolog_engine::Answer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::wire::ById;

/// `POST /v1/templates`
pub(crate) struct CreateTemplate;
/// `DELETE /v1/templates/{id}`
pub(crate) struct DeleteTemplate;

/// A template to be made.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTemplate {
    /// The channel whose business account it is made for.
    channel_id: Uuid,
    /// Its name: lower-case letters, digits and underscores.
    #[schemars(length(min = 1, max = 512))]
    name: String,
    /// Its language, as the platform writes it: `en_US`, `pt_BR`, `de`.
    #[schemars(length(min = 2, max = 20))]
    language: String,
    /// What it is for.
    #[schemars(schema_with = "categories")]
    category: String,
    /// Its components, as the platform takes them: header, body, footer, buttons, each with an example
    /// of its parameters (`{{1}}`, or `{{name}}`).
    components: Value,
}

impl std::fmt::Debug for NewTemplate {
    /// Nothing that it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewTemplate").field("channel_id", &self.channel_id).finish_non_exhaustive()
    }
}

/// The categories, as the schema lists them.
fn categories(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": TEMPLATE_CATEGORIES })
}

/// A template that is being made, or deleted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ChangingTemplate {
    /// Which template.
    id: Uuid,
    /// Its name.
    name: String,
    /// Its language.
    language: String,
    /// Its category.
    category: Option<String>,
    /// `queued` until the platform was asked; what it answers, `GET /v1/templates/{id}` shows.
    status: Option<String>,
    /// It is being deleted on the platform.
    deleting: bool,
}

impl ChangingTemplate {
    fn of(id: Uuid, before: &rules::State, events: &[Event]) -> Option<Self> {
        let mut state = before.clone();
        for event in events {
            if let Event::Template(event) = event {
                Template::evolve(&mut state, event);
            }
        }
        let key = state.key.clone()?;
        Some(Self {
            id,
            name: key.name,
            language: key.language,
            category: state.category().map(str::to_owned),
            status: state.status().map(str::to_owned),
            deleting: state.deletion.is_some(),
        })
    }
}

impl Endpoint for CreateTemplate {
    const DECLARATION: Declaration =
        Declaration::post("/v1/templates", "create_template", "Make a template")
            .describing("Checked as the platform would, then handed to it; its review takes up to a day, and its outcome is the template's `status`. A business account takes 100 new templates an hour. With a test key everything is done but the handing over: the template is approved at once, and cannot be sent for real.")
            .group("Templates")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::ACCEPTED, "It will be made.")
            .fails_with(&[Code::AlreadyExists, Code::NotAllowedNow, Code::PlatformLimitReached]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<NewTemplate>;
    type Ok = Json<ChangingTemplate>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        if let Some(earlier) = call.earlier_answer()? {
            return Ok(Reply::answered(earlier));
        }
        let (caller, engine) = (call.caller(), call.app.engine());
        let JsonBody(new) = &call.body;
        let channel = engine.load::<Channel>(caller.workspace, new.channel_id)?.state;
        let settings =
            channel.settings.as_ref().filter(|_| channel.connected).ok_or_else(|| {
                Problem::field(
                    "channel_id",
                    "channel_id names no connected channel of this workspace.",
                )
            })?;
        let key = TemplateKey {
            waba_id: settings.waba_id.clone(),
            name: new.name.clone(),
            language: new.language.clone(),
        };
        let (category, components) = (new.category.clone(), new.components.clone());
        let draft = TemplateDraft { key, category, components };
        let answer = |id: TemplateId, events: &[Event]| {
            let made = ChangingTemplate::of(id.0, &rules::State::default(), events);
            let body = serde_json::to_value(made).unwrap_or_default();
            Answer::open(202, body, caller.workspace)
        };
        let once = call.facts.once.as_ref();
        Ok(Reply::answered(engine.create_template(&caller, &draft, once, answer).await?))
    }
}

impl Endpoint for DeleteTemplate {
    const DECLARATION: Declaration =
        Declaration::delete("/v1/templates/{id}", "delete_template", "Delete a template")
            .describing("Asks the platform to delete it, in this language only; it is gone once the platform says so. One that never reached the platform is gone at once.")
            .group("Templates")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "It is being deleted, or gone.")
            .fails_with(&[Code::NotAllowedNow]);
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<ChangingTemplate>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, caller, engine) = (call.path.id, call.caller(), call.app.engine());
        let answer = |before: &rules::State, events: &[Event]| {
            let view = ChangingTemplate::of(id, before, events);
            let body = serde_json::to_value(view).unwrap_or_default();
            Answer::open(200, body, caller.workspace)
        };
        Ok(Reply::answered(engine.delete_template(&caller, TemplateId(id), answer).await?))
    }
}

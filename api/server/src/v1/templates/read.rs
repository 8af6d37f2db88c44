//! Reading templates, now or as they were.

use axum::http::StatusCode;
use convolog_domain::TemplateId;
use convolog_domain::api_key::Scope;
use convolog_domain::channel::Channel;
use convolog_projections::templates::TemplateQuery;
use convolog_projections::view::{Reader, TemplateView};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// `GET /v1/templates`
pub(crate) struct ListTemplates;

/// Which templates.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only those of the business account of this channel.
    channel_id: Option<Uuid>,
    /// Only those of this name.
    #[schemars(length(min = 1, max = 512))]
    name: Option<String>,
    /// Only those in this language, as the platform writes it: `en_US`, `de`.
    #[schemars(length(min = 1, max = 20))]
    language: Option<String>,
    /// Only those of this category: `marketing`, `utility`, `authentication`.
    #[schemars(length(min = 1, max = 60))]
    category: Option<String>,
    /// Only those with this status: `approved`, `pending`, `rejected`, `paused` …, or `deleted`.
    #[schemars(length(min = 1, max = 60))]
    status: Option<String>,
}

impl Read for ListTemplates {
    const DECLARATION: Declaration =
        Declaration::list("/v1/templates", "list_templates", "List templates")
            .describing("The one heard of last first. Those that were deleted are listed only if they are asked for by that status.")
            .group("Templates")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "A page of templates.")
            .from_read_models()
            .as_of_with(&["channel_id", "name", "language", "category", "status"]);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = List<TemplateView>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (wanted, workspace) = (call.query.clone(), call.workspace());
        let account = match wanted.channel_id {
            None => None,
            Some(channel) => {
                let channel = call.app.engine().load::<Channel>(workspace, channel)?.state;
                let settings = channel.settings.as_ref();
                Some(settings.ok_or_else(|| Problem::not_found("channel"))?.waba_id.clone())
            }
        };
        let query = TemplateQuery {
            account,
            name: wanted.name,
            language: wanted.language,
            category: wanted.category.map(|category| category.to_lowercase()),
            status: wanted.status.map(|status| status.to_lowercase()),
            page: call.paging.token.clone(),
            limit: call.paging.limit,
            ..TemplateQuery::of(workspace)
        };
        Ok(view.templates(&query)?.into())
    }
}

/// `GET /v1/templates/{id}`
pub(crate) struct ShowTemplate;

impl Read for ShowTemplate {
    const DECLARATION: Declaration =
        Declaration::get("/v1/templates/{id}", "show_template", "Show a template")
            .describing("Also one that was deleted.")
            .group("Templates")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The template.")
            .from_read_models()
            .as_of_with(&[]);
    type Path = ById;
    type Query = NoParameters;
    type Shown = TemplateView;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let found = view.template(call.workspace(), TemplateId(call.path.id))?;
        found.ok_or_else(|| Problem::not_found("template"))
    }
}

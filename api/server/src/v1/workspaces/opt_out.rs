//! How the people of a workspace opt out.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use convolog_domain::Event;
use convolog_domain::api_key::Scope;
use convolog_domain::contact::PreferenceScope;
use convolog_domain::contact::words::compared;
use convolog_domain::workspace::{OptOutWords, SetOptOutWords, Workspace};
use convolog_projections::view::Reader;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, Read, Reply,
};
use crate::problem::Outcome;

/// `GET /v1/settings/opt-out`
pub(crate) struct ShowOptOutWords;
/// `POST /v1/settings/opt-out`
pub(crate) struct SetWords;

/// How people opt out.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptOutSettings {
    /// Words by which they do, beside those that everybody has (STOP, UNSUBSCRIBE, BAJA, SAIR, הסר …).
    /// A message is one if it consists of it, however it is written.
    #[serde(default)]
    #[schemars(length(max = 100))]
    stop_words: Vec<String>,
    /// Words by which they come back, beside those that everybody has (START, ALTA …).
    #[serde(default)]
    #[schemars(length(max = 100))]
    start_words: Vec<String>,
    /// What a stop word of theirs stops: `marketing` if not given, or `all` but free answers to what
    /// they write.
    #[serde(default = "marketing")]
    scope: PreferenceScope,
}

const fn marketing() -> PreferenceScope {
    PreferenceScope::Marketing
}

impl From<&OptOutWords> for OptOutSettings {
    fn from(known: &OptOutWords) -> Self {
        Self {
            stop_words: known.words.stop.iter().cloned().collect(),
            start_words: known.words.start.iter().cloned().collect(),
            scope: known.scope,
        }
    }
}

impl Read for ShowOptOutWords {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/settings/opt-out",
        "show_opt_out_settings",
        "Show how people opt out",
    )
    .describing("The workspace's own words, as they are compared, and what a stop word stops.")
    .group("Workspaces")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "The words.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = OptOutSettings;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let workspace = call.workspace();
        let loaded = call.app.engine().load::<Workspace>(workspace, workspace.0)?;
        Ok((&loaded.state.opt_out).into())
    }
}

impl Endpoint for SetWords {
    const DECLARATION: Declaration =
        Declaration::post("/v1/settings/opt-out", "set_opt_out_settings", "Set how people opt out")
            .describing("All of it: words that were set before and are not named are no more. Messages that came before are not looked at again.")
            .group("Workspaces")
            .access(Access::Key(Scope::Manage))
            .answers(StatusCode::OK, "The words.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = JsonBody<OptOutSettings>;
    type Ok = Json<OptOutSettings>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let JsonBody(OptOutSettings { stop_words: stop, start_words: start, scope }) =
            call.body.clone();
        let kept = |words: &[String]| {
            let kept: BTreeSet<_> = words.iter().map(|word| compared(word)).collect();
            kept.into_iter().collect()
        };
        let (stop_words, start_words) = (kept(&stop), kept(&start));
        let words = OptOutSettings { stop_words, start_words, scope };
        let answer = |_: &[Event]| serde_json::to_value(&words).unwrap_or_default();
        let command = SetOptOutWords { stop, start, scope };
        let workspace = call.workspace();
        Ok(Reply::answered(call.execute(workspace.0, command, 200, answer).await?))
    }
}

//! Trying a connection to a model.

use axum::http::StatusCode;
use convolog_domain::ModelConnectionId;
use convolog_domain::api_key::Scope;
use convolog_domain::conversation::Effort;
use convolog_domain::model_connection::{self as rules, ModelConnection};
use convolog_engine::EngineError;
use convolog_reactors::check_model;

use super::{CheckView, ConnectionView};
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, RateClass, Reply};
use crate::problem::{Code, Outcome, Problem};
use crate::v1::installation::must_be_armed;
use crate::v1::settings::Setting;
use crate::v1::wire::ById;

/// `POST /v1/model-connections/{id}/check`
pub(crate) struct CheckModelConnection;

impl Endpoint for CheckModelConnection {
    const DECLARATION: Declaration = Declaration::post(
        "/v1/model-connections/{id}/check",
        "check_model_connection",
        "Try a connection to a model",
    )
    .describing("Asks the model something small, as an agent would, and records what came of it. No customer's words and no document go out. Its tokens count against the budget, but it is tried also when that is used up. Not while this instance is not armed.")
    .group("Agents")
    .access(Access::Key(Scope::Manage))
    .rate(RateClass::Heavy)
    .answers(StatusCode::OK, "What came of it.")
    .fails_with(&[Code::NotAllowedNow])
    .keeps_its_answer_after();
    type Path = ById;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<CheckView>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let (id, workspace) = (ModelConnectionId(call.path.id), call.workspace());
        let engine = call.app.engine().clone();
        let access = engine.model_access(workspace, id)?;
        let access = access.ok_or_else(|| Problem::not_found(ConnectionView::NAME))?;
        must_be_armed(&call.app)?;
        let (outcome, effort) = match check_model(call.app.outgoing(), access).await {
            Err(code) => (code, Effort::default()),
            Ok(checked) => {
                let milliseconds = u64::try_from(checked.duration.as_millis()).unwrap_or(u64::MAX);
                let effort = Effort {
                    input_tokens: checked.tokens.input,
                    output_tokens: checked.tokens.output,
                    milliseconds,
                    cost_millionths: 0,
                };
                (checked.code(), effort)
            }
        };
        let outcome = outcome.to_owned();
        let command = rules::RecordModelCheck { connection: id, outcome, effort };
        let done = call.execute_plainly(id.0, command).await?;
        let state = engine.load::<ModelConnection>(workspace, id.0)?.state;
        let checked = state.checked.as_ref();
        let view = checked.map(CheckView::from);
        let view = view.ok_or(EngineError::Interrupted("trying a connection"))?;
        Ok(Reply::json(&view)?.at(done.position))
    }
}

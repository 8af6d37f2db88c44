//! Checking everything while it runs.

use axum::http::StatusCode;
use convolog_projections::QueryError;
use convolog_replay::verify::{ModelPart, ModelState, Report, VerifyError, verify_running};
use convolog_search::SearchError;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, Endpoint, Json, NoParameters, RateClass, Reply};
use crate::problem::{Outcome, Problem};

/// How often a read model is compared again that moved on while it was compared.
const TRIES: usize = 10;

/// `POST /v1/installation/verify`
pub(crate) struct VerifyInstallation;

/// What a check of everything found.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Verification {
    /// Whether nothing is wrong.
    clean: bool,
    /// What was looked at, in numbers, and the first problem of each part; as
    /// `convolog verify --json` prints it.
    #[schemars(with = "Map<String, Value>")]
    report: Report,
}

impl Endpoint for VerifyInstallation {
    const DECLARATION: Declaration =
        Declaration::post("/v1/installation/verify", "verify_installation", "Check everything")
            .describing("The log against itself, vault and blobs against the log, each read model against a rebuild in memory. Takes as long as reading the whole log a few times: stop a large installation and use `convolog verify --data` instead.")
            .group("Operations")
            .access(Access::Administrator)
            .rate(RateClass::Heavy)
            .answers(StatusCode::OK, "What was found.")
            .endless()
            .keeps_its_answer_after();
    type Path = NoParameters;
    type Query = NoParameters;
    type Body = NoParameters;
    type Ok = Json<Verification>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let report = call
            .blocking(|app| {
                check(app).map_err(|error| Problem::internal("checking everything", &error))
            })
            .await?;
        Reply::json(&Verification { clean: report.is_clean(), report })
    }
}

fn check(app: &App) -> Result<Report, CheckError> {
    let log = Some(&**app.folder().log());
    let mut report = verify_running(app.engine(), log, app.models(), &mut |_, _, _| {})?;
    report.models.push(of_search(app)?);
    // What came in while a read model was compared makes it differ for a moment.
    for _ in 1..TRIES {
        for model in &mut report.models {
            if model.state == ModelState::Different {
                *model = match model.name.as_str() {
                    convolog_search::NAME => of_search(app)?,
                    name => app.models().compare_with_rebuild(name)?.into(),
                };
            }
        }
    }
    Ok(report)
}

fn of_search(app: &App) -> Result<ModelPart, SearchError> {
    app.search().compare_with_rebuild().map(Into::into)
}

/// A check that could not be made.
#[derive(Debug, thiserror::Error)]
enum CheckError {
    /// Of the log or a read model.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// Of a read model once more.
    #[error(transparent)]
    Models(#[from] QueryError),
    /// Of the search index.
    #[error(transparent)]
    Search(#[from] SearchError),
}

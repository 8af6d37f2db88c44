//! Reading the pipeline, now or at a full hour of the past.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::view::{PipelineView, TargetView};
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::Outcome;

/// `GET /v1/pipeline`
pub(crate) struct ShowPipeline;

impl Read for ShowPipeline {
    const DECLARATION: Declaration =
        Declaration::get("/v1/pipeline", "show_pipeline", "Show the pipeline")
            .describing("How many leads have which status, what they are worth, how long they stay, where they go, and how far targets are reached. Leads that were erased keep counting. With `as_of`, counts are those of the last full hour (`counted_until`); targets are exact.")
            .group("Leads")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The pipeline.")
            .from_read_models()
            .as_of_with(&[]);
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = PipelineView;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        let (workspace, rows) = (call.workspace(), view.rows());
        let counted = rows.pipeline(workspace)?;
        let mut targets = Vec::new();
        for (stage, period, target) in rows.targets(workspace)? {
            let within = rows.pipeline_within(workspace, period.start(), period.end())?;
            targets.push(TargetView::of(stage, period, &target, &within));
        }
        Ok(PipelineView::of(&counted, targets))
    }
}

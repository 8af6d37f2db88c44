//! Comparing the read model that serves with the generation beside it.

use axum::http::StatusCode;
use convolog_projections::Comparison;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ByName, Model, known};
use crate::endpoint::{
    Access, Call, Declaration, Endpoint, Json, JsonBody, NoParameters, RateClass, Reply,
};
use crate::problem::{Code, Outcome};

/// `POST /v1/projections/{name}/compare`
pub(crate) struct CompareProjection;

/// How far.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HowFar {
    /// Lines after which it ends; a line is a row, an entry of an index or a parked stream.
    #[serde(default = "default_lines")]
    #[schemars(range(min = 1))]
    lines: u64,
}

const fn default_lines() -> u64 {
    1_000_000
}

/// What a comparison found.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Compared {
    /// Which read model.
    name: &'static str,
    /// `identical`, `different`, or `identical_so_far` if it ended at the limit of `lines`.
    result: &'static str,
    /// The position at which the last part was compared; each part is compared at one position.
    position: u64,
    /// Lines that both have and that say the same.
    same: u64,
    /// Lines that both have and that differ.
    different: u64,
    /// Lines that only the one that serves has.
    only_serving: u64,
    /// Lines that only the one beside it has.
    only_beside: u64,
    /// Whether everything was compared.
    complete: bool,
    /// Where they part first.
    first_difference: Option<FirstDifference>,
}

/// Where two generations part first. Holds ids and positions, nothing that people wrote.
#[derive(Serialize, JsonSchema)]
pub(crate) struct FirstDifference {
    /// The number of the line, from 1.
    line: u64,
    /// What the one that serves says, if it has the line.
    serving: Option<String>,
    /// What the one beside it says, if it has the line.
    beside: Option<String>,
}

impl From<Comparison> for Compared {
    fn from(found: Comparison) -> Self {
        let Comparison { name, position, difference, complete, .. } = found;
        let Comparison { same, different, only_serving, only_beside, .. } = found;
        let result = match (&difference, complete) {
            (Some(_), _) => "different",
            (None, true) => "identical",
            (None, false) => "identical_so_far",
        };
        let first_difference = difference.map(|difference| FirstDifference {
            line: difference.line,
            serving: difference.left,
            beside: difference.right,
        });
        let position = position.0;
        Self {
            name,
            result,
            position,
            same,
            different,
            only_serving,
            only_beside,
            complete,
            first_difference,
        }
    }
}

impl Endpoint for CompareProjection {
    const DECLARATION: Declaration =
        Declaration::post("/v1/projections/{name}/compare", "compare_projection", "Compare a rebuilt read model with the live one")
            .describing("The one that waits, or that was kept after a swap, catches up and is compared line by line, at the pace of a rebuild, while the live one goes on. `first_difference` is that of the smallest key.")
            .group("Operations")
            .access(Access::Administrator)
            .rate(RateClass::Heavy)
            .answers(StatusCode::OK, "What was found.")
            .fails_with(&[Code::NotFound, Code::NotAllowedNow])
            .endless()
            .keeps_its_answer_after();
    type Path = ByName;
    type Query = NoParameters;
    type Body = JsonBody<HowFar>;
    type Ok = Json<Compared>;

    async fn call(call: Call<Self>) -> Outcome<Reply<Self::Ok>> {
        let compared = Model::named(&call.app, &call.path.name).compare(call.body.0.lines).await;
        Reply::json(&Compared::from(known(compared)?))
    }
}

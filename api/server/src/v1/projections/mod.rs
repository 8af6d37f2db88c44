//! The read models: how far they are, what they stopped following; rebuilding them, comparing what
//! was rebuilt, swapping it in, rolling back.

mod compare;
mod rebuild;
mod show;
mod swap;

pub(crate) use compare::CompareProjection;
pub(crate) use rebuild::{CancelRebuild, RebuildProjection};
pub(crate) use show::ShowProjection;
pub(crate) use swap::{RollBackProjection, SwapProjection};

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;
use convolog_projections::{Comparison, ModelStatus, Parked, QueryError, ReadModels, Swap};
use convolog_search::Search;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::endpoint::{Access, Call, Declaration, List, NoParameters, Read};
use crate::problem::{Code, Outcome, Problem};

/// `GET /v1/projections`
pub(crate) struct ListProjections;

impl Read for ListProjections {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/projections",
        "list_projections",
        "Show how the read models are doing",
    )
    .describing("Position, lag, parked streams and the progress of a rebuild of each read model.")
    .group("Operations")
    .access(Access::AdministratorOrKey(Scope::Read))
    .answers(StatusCode::OK, "Every read model.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = List<ModelStatus>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        Ok(List::whole(call.app.model_states()))
    }
}

/// A read model, in a path.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByName {
    /// Which read model.
    name: String,
}

/// Something that began, and goes on.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Begun {
    /// Which read model.
    name: String,
    /// `rebuilding`, or `joining` for one that catches up to serve.
    status: &'static str,
}

/// A read model by its name, which need not be one. The search index has a runtime of its own.
enum Model<'a> {
    Search(&'a Search),
    Named(&'a ReadModels, &'a str),
}

impl<'a> Model<'a> {
    fn named(app: &'a App, name: &'a str) -> Self {
        match name {
            convolog_search::NAME => Self::Search(app.search()),
            name => Self::Named(app.models(), name),
        }
    }

    fn rebuild(&self, swap: Swap) -> Result<(), QueryError> {
        match self {
            Self::Search(search) => search.rebuild(swap),
            Self::Named(models, name) => models.rebuild(name, swap),
        }
    }

    fn call_off(&self) -> Result<(), QueryError> {
        match self {
            Self::Search(search) => search.call_off(),
            Self::Named(models, name) => models.call_off(name),
        }
    }

    fn swap(&self) -> Result<(), QueryError> {
        match self {
            Self::Search(_) => Err(Search::none_beside()),
            Self::Named(models, name) => models.swap(name),
        }
    }

    fn roll_back(&self) -> Result<(), QueryError> {
        match self {
            Self::Search(_) => Err(Search::none_beside()),
            Self::Named(models, name) => models.roll_back(name),
        }
    }

    async fn compare(&self, lines: u64) -> Result<Comparison, QueryError> {
        match self {
            Self::Search(_) => Err(Search::none_beside()),
            Self::Named(models, name) => models.compare(name, lines).await,
        }
    }

    fn parked(&self) -> Result<Vec<Parked>, QueryError> {
        match self {
            Self::Search(search) => Ok(search.parked()),
            Self::Named(models, name) => models.parked(name),
        }
    }
}

/// What the read models answered, with the names that there are.
fn known<T>(answer: Result<T, QueryError>) -> Outcome<T> {
    answer.map_err(|error| match error {
        QueryError::NoSuchModel { .. } => no_such_model(),
        error => error.into(),
    })
}

/// That there is no such read model, with those that there are.
fn no_such_model() -> Problem {
    Problem::new(Code::NotFound, "There is no such read model.").at("name").allowing(names())
}

/// The names of all read models, that of the search index among them.
fn names() -> impl Iterator<Item = &'static str> {
    convolog_projections::names().chain([convolog_search::NAME])
}

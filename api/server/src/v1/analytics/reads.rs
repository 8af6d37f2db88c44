//! The reads of figures.

use axum::http::StatusCode;
use convolog_domain::api_key::Scope;
use convolog_projections::view::Reader;

use super::answer::{Analysis, Counted, ResponseTimes, analyse};
use super::conversion::LeadsMoved;
use super::period::Wanted;
use crate::endpoint::{Access, Call, Declaration, NoParameters, Read};
use crate::problem::Outcome;

/// The parameters that also show the past.
const WITH_AS_OF: &[&str] =
    &["from", "to", "granularity", "channel_id", "agent_id", "operator_id", "timezone", "traffic"];

/// `GET /v1/analytics/volumes`
pub(crate) struct ShowVolumes;

impl Read for ShowVolumes {
    const DECLARATION: Declaration =
        Declaration::get("/v1/analytics/volumes", "show_volumes", "Show how much happened")
            .describing(
                "Messages, conversations, contacts and statuses, in the hour in which each was recorded. A series has at most 1000 points, and the time may hold any number of conversations; of more than 100000 (with contacts and leads) it is not told to which channel and agent they belong, and neither can be asked for. A status that the platform tells again in other words counts again. With `as_of`, exactly what was recorded by then is counted, also within an hour.",
            )
            .group("Analytics")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The figures.")
            .from_read_models()
            .as_of_with(WITH_AS_OF);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = Analysis<Counted>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        analyse(call, view)
    }
}

/// `GET /v1/analytics/response-times`
pub(crate) struct ShowResponseTimes;

impl Read for ShowResponseTimes {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/analytics/response-times",
        "show_response_times",
        "Show how long answers took",
    )
    .describing(
        "From the first message of a contact that nobody had answered to the next message of the business, in the hour in which that one was recorded. What had waited since before the week that precedes the answer's (weeks are counted from Thursday, 1970-01-01) does not count. A series has at most 1000 points, and the weeks asked for at most 100000 conversations, contacts and leads. With `as_of`, exactly what was recorded by then is counted, also within an hour.",
    )
    .group("Analytics")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "The figures.")
    .from_read_models()
    .as_of_with(WITH_AS_OF);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = Analysis<ResponseTimes>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        analyse(call, view)
    }
}

/// `GET /v1/analytics/conversion`
pub(crate) struct ShowConversion;

impl Read for ShowConversion {
    const DECLARATION: Declaration = Declaration::get(
        "/v1/analytics/conversion",
        "show_conversion",
        "Show how leads moved on",
    )
    .describing(
        "Leads that were opened, the statuses they came to and how long each move took, in the hour in which it was recorded: what happened in that time, not what became of the leads that were opened in it. Leads belong to the channel they wrote to, and to no agent. A series has at most 1000 points, and the time may hold any number of leads; of more than 100000 (with conversations and contacts) it is not told to which channel they belong. With `as_of`, exactly what was recorded by then is counted, also within an hour.",
    )
    .group("Analytics")
    .access(Access::Key(Scope::Read))
    .answers(StatusCode::OK, "The figures.")
    .from_read_models()
    .as_of_with(WITH_AS_OF);
    type Path = NoParameters;
    type Query = Wanted;
    type Shown = Analysis<LeadsMoved>;

    fn read(call: &Call<Self>, view: &Reader) -> Outcome<Self::Shown> {
        analyse(call, view)
    }
}

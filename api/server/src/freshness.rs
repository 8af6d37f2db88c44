//! When an answer is from: `at_least` waits until the read models reached a position, `as_of` names
//! the position at which everything is shown.

use convolog_log::{Position, Timestamp};
use convolog_projections::QueryError;

use crate::app::App;
use crate::problem::{Outcome, Problem};

/// Waits until the read models, and the search index if it `searches`, include `position`, as long
/// as the configuration allows.
pub(crate) async fn wait(app: &App, position: Option<u64>, searches: bool) -> Outcome<()> {
    let Some(position) = position.map(Position) else { return Ok(()) };
    let limit = app.config().at_least_wait();
    match app.models().at_least(position, limit).await {
        Err(QueryError::BeyondHead { head, .. }) => {
            let detail = format!("at_least is past the end of the log, which is at {head}.");
            return Err(Problem::field("at_least", detail));
        }
        other => other?,
    }
    if searches {
        app.search().at_least(position, limit).await?;
    }
    Ok(())
}

/// The position that `as_of` names: itself, or the last one recorded by a time.
pub(crate) async fn position(app: &App, as_of: Option<String>) -> Outcome<Option<Position>> {
    let Some(text) = as_of else { return Ok(None) };
    if let Ok(position) = text.parse::<u64>() {
        let head = app.engine().log().head();
        if position > head.0 {
            let detail = format!("as_of is past the end of the log, which is at {head}.");
            return Err(Problem::field("as_of", detail));
        }
        return Ok(Some(Position(position)));
    }
    let time: jiff::Timestamp = text.parse().map_err(|_| {
        let detail =
            "as_of must be a position (a whole number) or a time such as 2026-11-21T09:30:00Z.";
        Problem::field("as_of", detail)
    })?;
    let log = app.engine().log().clone();
    let time = Timestamp(time.as_microsecond());
    let found = tokio::task::spawn_blocking(move || log.position_at(time)).await;
    Ok(Some(found.map_err(|error| Problem::internal("looking up a time", &error))??))
}

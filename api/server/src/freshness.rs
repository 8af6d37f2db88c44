//! When an answer is from: a read shows at least what was acknowledged before it, or the position
//! that `at_least` demands; `as_of` names the position at which everything is shown.

use convolog_log::{Position, Timestamp};
use convolog_projections::QueryError;

use crate::app::App;
use crate::problem::{Outcome, Problem};

/// Waits for what a read may count on: the position that it demands, otherwise everything that was
/// acknowledged before it asked, so that whoever writes reads what they wrote.
pub(crate) async fn wait(app: &App, at_least: Option<u64>, searches: bool) -> Outcome<()> {
    let Some(position) = at_least else {
        catch_up(app).await;
        return Ok(());
    };
    reach(app, Position(position), searches).await
}

/// Waits until the read models, and the search index if it `searches`, include `position`, as long
/// as the configuration allows.
pub(crate) async fn reach(app: &App, position: Position, searches: bool) -> Outcome<()> {
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

/// Waits until the read models show all that is in the log now. A read that demanded nothing is not
/// refused when that takes too long, or when a model is rebuilt: it shows what there is. The search
/// index is not waited for, because each wait would make it commit.
async fn catch_up(app: &App) {
    let head = app.engine().log().head();
    if let Err(behind) = app.models().at_least(head, app.config().at_least_wait()).await {
        tracing::debug!(%behind, "a read shows what there is");
    }
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

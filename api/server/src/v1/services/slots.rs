//! The free times of a service.

use axum::http::StatusCode;
use convolog_domain::ServiceId;
use convolog_domain::api_key::Scope;
use convolog_domain::limits::SLOT_DAYS_MAX;
use convolog_projections::view::Reader;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::endpoint::{Access, Call, Declaration, Read};
use crate::problem::{Outcome, Problem};
use crate::v1::wire::ById;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// `GET /v1/services/{id}/slots`
pub(crate) struct ListSlots;

/// Of which stretch of time.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Those that begin at this time or later: a time (RFC 3339), or a day such as `2026-11-23`,
    /// which stands for its first moment. Now if not given.
    from: Option<String>,
    /// Those that begin before this time, at most 31 days after `from`; a week after it if not given.
    to: Option<String>,
    /// The time zone in which days are meant and times are shown (IANA); the service's if not given.
    #[schemars(length(min = 1, max = 64))]
    time_zone: Option<String>,
}

/// The free times of a service.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Slots")]
pub(crate) struct SlotsView {
    /// The time zone in which `local` is shown.
    time_zone: String,
    /// Those that begin at this time or later.
    from: String,
    /// Those that begin before this time.
    to: String,
    /// The times, in order.
    data: Vec<SlotView>,
}

/// A time that can be booked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Slot")]
pub(crate) struct SlotView {
    /// When it begins: what is booked.
    starts_at: String,
    /// When it ends.
    ends_at: String,
    /// When it begins, as the clocks of the time zone show it, with their distance from UTC.
    local: String,
}

impl Read for ListSlots {
    const DECLARATION: Declaration =
        Declaration::get("/v1/services/{id}/slots", "show_slots", "List the free times of a service")
            .describing("Within its hours, not too soon, not too far ahead, and nobody's yet. A time that clocks show twice, when they are put back, is listed twice, each with its own distance from UTC; one that they jump over is not listed. Somebody may book one before you do: booking says so with `slot_taken`.")
            .group("Appointments")
            .access(Access::Key(Scope::Read))
            .answers(StatusCode::OK, "The times, in order.");
    type Path = ById;
    type Query = Wanted;
    type Shown = SlotsView;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Self::Shown> {
        let (engine, id) = (call.app.engine(), ServiceId(call.path.id));
        let service = engine.load::<convolog_domain::service::Service>(call.workspace(), id.0)?;
        let settings = service.state.settings.as_ref();
        let settings = settings.ok_or_else(|| Problem::not_found("service"))?;
        let name = call.query.time_zone.as_ref().unwrap_or(&settings.time_zone);
        let zone = TimeZone::get(name).map_err(|_| {
            let detail = "time_zone must be a time zone such as Europe/Berlin (IANA).";
            Problem::field("time_zone", detail)
        })?;
        let now = engine.clock().now().0.div_euclid(1_000_000);
        let from = moment("from", call.query.from.as_deref(), &zone)?.unwrap_or(now);
        let to = moment("to", call.query.to.as_deref(), &zone)?;
        let to = to.unwrap_or_else(|| from.saturating_add(7 * DAY));
        if to <= from || to - from > SLOT_DAYS_MAX * DAY {
            let detail = format!("to must come after from, at most {SLOT_DAYS_MAX} days later.");
            return Err(Problem::field("to", detail));
        }
        let free = engine.free_times(call.workspace(), id, (from, to))?;
        let long = free.settings.seconds();
        let slots = free.starts.into_iter().filter_map(|starts_at| {
            let start = Timestamp::from_second(starts_at).ok()?;
            let end = Timestamp::from_second(starts_at.saturating_add(long)).ok()?;
            let local = start.display_with_offset(zone.to_offset(start)).to_string();
            Some(SlotView { starts_at: start.to_string(), ends_at: end.to_string(), local })
        });
        let shown = |second| Timestamp::from_second(second).unwrap_or_default().to_string();
        let (from, to) = (shown(from), shown(to));
        Ok(SlotsView { time_zone: name.clone(), from, to, data: slots.collect() })
    }
}

/// A time, or the first moment of a day, in seconds since 1970.
fn moment(field: &str, text: Option<&str>, zone: &TimeZone) -> Outcome<Option<i64>> {
    let Some(text) = text else { return Ok(None) };
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(Some(time.as_second()));
    }
    let is_day = text.len() == 10;
    let day = text.parse::<Date>().ok().filter(|_| is_day);
    let first = day.and_then(|day| day.to_zoned(zone.clone()).ok());
    let first = first.ok_or_else(|| {
        let detail = format!(
            "{field} must be a time such as 2026-11-23T09:30:00Z, or a day such as 2026-11-23."
        );
        Problem::field(field, detail)
    })?;
    Ok(Some(first.timestamp().as_second()))
}

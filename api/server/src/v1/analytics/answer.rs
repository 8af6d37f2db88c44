//! Buckets as an answer: totals, a series, and each channel, agent and member of the staff.

use std::borrow::Cow;
use std::collections::BTreeMap;

use convolog_domain::{AgentId, ChannelId, PersonId};
use convolog_log::{Filter, Position};
use convolog_projections::analytics::{
    self, AnalyticsQuery, Bucket, Durations, Hourly, Place, Volumes,
};
use convolog_projections::hours::Detail;
use convolog_projections::view::{Reader, Time};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use uuid::Uuid;

use super::period::{Granularity, Period, Traffic, Wanted};
use crate::endpoint::{Call, Read};
use crate::problem::Outcome;

/// Figures over time.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}Analysis")]
pub(crate) struct Analysis<T> {
    /// When the first point begins.
    from: Time,
    /// When the last point ends.
    to: Time,
    /// How long a point is.
    granularity: Granularity,
    /// Whose days.
    timezone: String,
    /// Where what is counted came from.
    traffic: Traffic,
    /// The channel; null for all.
    channel_id: Option<Uuid>,
    /// The agent; null for all.
    agent_id: Option<Uuid>,
    /// The member of the staff; null for whatever happened.
    operator_id: Option<Uuid>,
    /// All of it.
    totals: T,
    /// Every point, also those in which nothing happened.
    series: Vec<Point<T>>,
    /// All of it, for each channel on which something happened; null if the weeks asked for have more
    /// than 100000 conversations, contacts and leads.
    channels: Option<Vec<OfChannel<T>>>,
    /// All of it, for each agent that was published where a conversation began; null as `channels`.
    /// Contacts and leads belong to none.
    agents: Option<Vec<OfAgent<T>>>,
    /// Of it, what each member of the staff did.
    operators: Vec<OfOperator<T>>,
}

/// A point of a series.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}Point")]
struct Point<T> {
    /// When it begins.
    at: Time,
    /// What was counted.
    #[serde(flatten)]
    figures: T,
}

/// What was counted on a channel.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}OfChannel")]
struct OfChannel<T> {
    /// Which one.
    channel_id: Uuid,
    /// What was counted.
    #[serde(flatten)]
    figures: T,
}

/// What was counted where an agent was published.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}OfAgent")]
struct OfAgent<T> {
    /// Which one.
    agent_id: Uuid,
    /// What was counted.
    #[serde(flatten)]
    figures: T,
}

/// What a member of the staff did.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}OfOperator")]
struct OfOperator<T> {
    /// Who.
    operator_id: Uuid,
    /// What was counted.
    #[serde(flatten)]
    figures: T,
}

/// What is shown of a bucket.
pub(super) trait Figures: for<'b> From<&'b Bucket> {
    /// What must be known for it.
    const DETAIL: Detail;
}

/// How long answers took, in whole seconds.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ResponseTimes {
    /// How many answers.
    answers: u64,
    /// The mean; null without answers, like all that follow.
    mean_seconds: Option<u64>,
    /// Half of the answers took no longer: the end of a step of the histogram, at most a quarter too long.
    p50_seconds: Option<u64>,
    /// Nine of ten answers took no longer, likewise.
    p90_seconds: Option<u64>,
}

impl From<&Bucket> for ResponseTimes {
    fn from(bucket: &Bucket) -> Self {
        let waits: &Durations = &bucket.waits;
        Self {
            answers: waits.count,
            mean_seconds: waits.mean(),
            p50_seconds: waits.percentile(50),
            p90_seconds: waits.percentile(90),
        }
    }
}

impl Figures for ResponseTimes {
    const DETAIL: Detail = Detail::Answers;
}

/// How much happened.
#[derive(Serialize)]
#[serde(transparent)]
pub(crate) struct Counted(Volumes);

/// Its members themselves: a point shows them beside its own, and a reference would shut those out.
impl JsonSchema for Counted {
    fn schema_name() -> Cow<'static, str> {
        "Volumes".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Volumes::json_schema(generator)
    }
}

impl From<&Bucket> for Counted {
    fn from(bucket: &Bucket) -> Self {
        Self(bucket.volumes)
    }
}

impl Figures for Counted {
    const DETAIL: Detail = Detail::Counts;
}

impl From<Traffic> for analytics::Traffic {
    fn from(traffic: Traffic) -> Self {
        match traffic {
            Traffic::Live => Self::Live,
            Traffic::Test => Self::Test,
            Traffic::Imported => Self::Imported,
        }
    }
}

/// Sums up what is wanted.
pub(super) fn analyse<R: Read<Query = Wanted>, T: Figures>(
    call: &Call<R>,
    view: &Reader,
) -> Outcome<Analysis<T>> {
    let wanted = &call.query;
    let period = Period::of(wanted, until(call, view)?)?;
    let (from, to) = period.hours();
    let traffic = wanted.traffic.unwrap_or_default();
    let query = AnalyticsQuery {
        workspace: call.workspace(),
        from,
        to,
        traffic: traffic.into(),
        channel: wanted.channel_id.map(ChannelId),
        agent: wanted.agent_id.map(AgentId),
        person: wanted.operator_id.map(PersonId),
    };
    let (hourly, is_by_place) = view.rows().counted(&query, T::DETAIL)?;
    let (series, ends) = (series(&period, &hourly), &period.bounds);
    Ok(Analysis {
        from: Time::of_seconds(ends.first().copied().unwrap_or_default()),
        to: Time::of_seconds(ends.last().copied().unwrap_or_default()),
        granularity: period.granularity,
        timezone: period.timezone,
        traffic,
        channel_id: wanted.channel_id,
        agent_id: wanted.agent_id,
        operator_id: wanted.operator_id,
        totals: T::from(&sum(hourly.places.values())),
        series,
        channels: is_by_place.then(|| {
            each(
                &hourly,
                |place| place.channel,
                |id, figures| OfChannel { channel_id: id.0, figures },
            )
        }),
        agents: is_by_place.then(|| {
            each(&hourly, |place| place.agent, |id, figures| OfAgent { agent_id: id.0, figures })
        }),
        operators: operators(&hourly),
    })
}

/// Now, or when the event was recorded that `as_of` leads to.
fn until<R: Read>(call: &Call<R>, view: &Reader) -> Outcome<jiff::Timestamp> {
    let engine = call.app.engine();
    let recorded = match view.rows().position() {
        Some(cut) => {
            let before = Position(cut.0.saturating_sub(1));
            let (records, _) = engine.log().read(before, 1, &Filter::default())?;
            records.first().map(|record| record.header.recorded_at)
        }
        None => None,
    };
    let now = recorded.unwrap_or_else(|| engine.clock().now());
    // An event recorded at the full hour belongs to the hour that begins.
    Ok(jiff::Timestamp::from_microsecond(now.0.saturating_add(1_000_000)).unwrap_or_default())
}

fn sum<'b>(buckets: impl IntoIterator<Item = &'b Bucket>) -> Bucket {
    let mut sum = Bucket::default();
    buckets.into_iter().for_each(|bucket| sum += bucket);
    sum
}

fn series<T: Figures>(period: &Period, hourly: &Hourly) -> Vec<Point<T>> {
    let ends = period.bounds.iter().skip(1);
    let point = |(begin, end): (&i64, &i64)| {
        let start = |second: i64| (Period::hour(second), Place::default());
        let within = hourly.places.range(start(*begin)..start(*end));
        let figures = T::from(&sum(within.map(|(_, bucket)| bucket)));
        Point { at: Time::of_seconds(*begin), figures }
    };
    period.bounds.iter().zip(ends).map(point).collect()
}

/// The sums for each thing that something belongs to.
fn each<I: Copy + Ord, T: Figures, O>(
    hourly: &Hourly,
    belongs_to: impl Fn(&Place) -> Option<I>,
    shown: impl Fn(I, T) -> O,
) -> Vec<O> {
    let mut sums = BTreeMap::<I, Bucket>::new();
    for ((_, place), bucket) in &hourly.places {
        if let Some(id) = belongs_to(place) {
            *sums.entry(id).or_default() += bucket;
        }
    }
    sums.iter().map(|(id, sum)| shown(*id, T::from(sum))).collect()
}

fn operators<T: Figures>(hourly: &Hourly) -> Vec<OfOperator<T>> {
    let of = |(person, sum): (&PersonId, &Bucket)| OfOperator {
        operator_id: person.0,
        figures: T::from(sum),
    };
    hourly.people.iter().map(of).collect()
}

//! Figures for Prometheus. Labels hold routes, codes and names of read models, nothing personal.

use std::sync::OnceLock;

use axum::http::StatusCode;
use convolog_projections::RebuildStatus;
use convolog_projections::view::Reader;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::app::App;
use crate::endpoint::{Call, Declaration, NoParameters, PlainText, Read, Reply};
use crate::problem::Outcome;

/// Bounds of the times of requests, in seconds.
const SECONDS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Collects figures from now on, once for each process.
pub(crate) fn install() {
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
            .ok()?;
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        // Whoever embeds the server may have a recorder of their own; then theirs counts.
        metrics::set_global_recorder(recorder).ok()?;
        describe();
        Some(handle)
    });
}

/// Folds what was measured, so that memory does not grow while nobody asks.
pub(crate) fn upkeep() {
    if let Some(Some(handle)) = RECORDER.get() {
        handle.run_upkeep();
    }
}

fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_counter!("convolog_http_requests_total", "Requests, by route and status.");
    describe_histogram!("convolog_http_request_seconds", "How long answers took.");
    describe_counter!("convolog_inbound_posts_total", "Posts of the platform, by outcome.");
    describe_counter!("convolog_inbound_quarantined_total", "Changes of posts set aside.");
    describe_counter!("convolog_deliveries_total", "Attempts to deliver a webhook, by outcome.");
    describe_gauge!(
        "convolog_deliveries_behind_events",
        "Events that the webhook furthest behind has not come to."
    );
    describe_counter!("convolog_sends_total", "Attempts to send a message, by outcome.");
    describe_counter!("convolog_agent_replies_total", "What agents did, by outcome.");
    describe_gauge!("convolog_log_head", "The newest position of the log.");
    describe_gauge!("convolog_log_poisoned", "1 if the log takes no writes until a restart.");
    describe_gauge!("convolog_disk_free_bytes", "Bytes free on the disk of the log.");
    describe_gauge!("convolog_model_position", "The position that a read model shows.");
    describe_gauge!("convolog_model_lag_events", "Events that a read model does not show yet.");
    describe_gauge!("convolog_model_lag_seconds", "Age of what a read model shows.");
    describe_gauge!(
        "convolog_model_parked_streams",
        "Streams that a read model stopped following."
    );
    describe_gauge!("convolog_model_bytes", "Bytes of a read model on the disk.");
    describe_gauge!("convolog_model_rebuilding", "1 while a read model is rebuilt.");
    describe_gauge!("convolog_rebuild_position", "The position that a rebuild reached.");
    describe_gauge!("convolog_rebuild_events_per_second", "How fast a rebuild goes.");
    describe_gauge!("convolog_rebuild_seconds_left", "Seconds that a rebuild still takes.");
    describe_gauge!(
        "convolog_rebuild_throttled",
        "The share of the time that a rebuild rests for the sake of commits."
    );
    describe_gauge!("convolog_http_in_flight", "Requests that are being answered.");
    describe_gauge!("convolog_event_streams", "Streams of events that are open.");
}

/// `GET /metrics`
pub(crate) struct Metrics;

impl Read for Metrics {
    const DECLARATION: Declaration =
        Declaration::get("/metrics", "metrics", "Figures for Prometheus")
            .group("Operations")
            .for_anybody()
            .answers(StatusCode::OK, "Figures in Prometheus' text format.");
    type Path = NoParameters;
    type Query = NoParameters;
    type Shown = Reply<PlainText>;

    fn read(call: &Call<Self>, _: &Reader) -> Outcome<Reply<PlainText>> {
        gauges(&call.app);
        let handle = RECORDER.get().and_then(Option::as_ref);
        let text = handle.map(PrometheusHandle::render).unwrap_or_default();
        Ok(Reply::text("text/plain; version=0.0.4; charset=utf-8", text))
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "gauges are floating-point; 2^53 events are far away"
)]
fn gauges(app: &App) {
    let log = app.folder().log();
    let health = log.health();
    metrics::gauge!("convolog_log_head").set(app.engine().log().head().0 as f64);
    metrics::gauge!("convolog_log_poisoned").set(f64::from(u8::from(app.poisoned().is_some())));
    if let Some(free) = health.free_bytes {
        metrics::gauge!("convolog_disk_free_bytes").set(free as f64);
    }
    metrics::gauge!("convolog_http_in_flight").set(app.in_flight().count() as f64);
    metrics::gauge!("convolog_event_streams").set(app.streams().count() as f64);
    for model in app.model_states() {
        let name = model.name;
        metrics::gauge!("convolog_model_position", "model" => name).set(model.position as f64);
        metrics::gauge!("convolog_model_lag_events", "model" => name).set(model.lag as f64);
        metrics::gauge!("convolog_model_lag_seconds", "model" => name).set(model.lag_seconds);
        metrics::gauge!("convolog_model_parked_streams", "model" => name)
            .set(model.parked_streams as f64);
        metrics::gauge!("convolog_model_bytes", "model" => name).set(model.bytes as f64);
        let rebuild = model.rebuild;
        let speed = |figure: fn(RebuildStatus) -> Option<f64>| rebuild.and_then(figure);
        let position = rebuild.map(|rebuild| rebuild.position as f64);
        for (gauge, figure) in [
            ("convolog_model_rebuilding", rebuild.map(|_| 1.0)),
            ("convolog_rebuild_position", position),
            ("convolog_rebuild_events_per_second", speed(|rebuild| rebuild.events_per_second)),
            ("convolog_rebuild_seconds_left", speed(|rebuild| rebuild.seconds_left)),
            ("convolog_rebuild_throttled", speed(|rebuild| rebuild.throttled)),
        ] {
            metrics::gauge!(gauge, "model" => name).set(figure.unwrap_or(0.0));
        }
    }
}

//! Figures of what reactors do, for whoever watches the server. Labels are words of closed lists: never
//! a workspace, a contact or an address.

use convolog_domain::conversation::{Answer, ErrorClass, Settled};
use convolog_domain::delivery::AttemptOutcome;

/// An attempt to deliver an event ended.
pub(crate) fn delivered(outcome: AttemptOutcome) {
    metrics::counter!("convolog_deliveries_total", "outcome" => outcome.name()).increment(1);
}

/// How far the endpoint that is furthest behind has to go.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "gauges are floating-point; 2^53 events are far away"
)]
pub(crate) fn furthest_behind(events: u64) {
    metrics::gauge!("convolog_deliveries_behind_events").set(events as f64);
}

/// An attempt to send a message ended.
pub(crate) fn sent(answer: &Answer) {
    let outcome = match answer {
        Answer::Accepted { settled: Settled::Sandbox, .. } => "sandbox",
        Answer::Accepted { .. } => "accepted",
        Answer::Rejected { http_status, code, .. } => {
            match ErrorClass::of_answer(*http_status, *code) {
                ErrorClass::Retry => "rejected_retry",
                ErrorClass::Wait => "rejected_wait",
                ErrorClass::No => "rejected_no",
                ErrorClass::Fix => "rejected_fix",
            }
        }
        Answer::Impossible => "impossible",
        Answer::Nothing => "unanswered",
    };
    metrics::counter!("convolog_sends_total", "outcome" => outcome).increment(1);
}

/// An agent said something, or asked for a person.
pub(crate) fn replied(outcome: &str) {
    let outcome = match outcome {
        "answer" => "answer",
        "small_talk" => "small_talk",
        "handoff" => "handoff",
        _ => "other",
    };
    metrics::counter!("convolog_agent_replies_total", "outcome" => outcome).increment(1);
}

//! Every story of the fixtures, over HTTP.

#![expect(clippy::print_stdout, reason = "the report belongs to the test's output")]

use std::path::Path;

use convolog_domain::Event;
use convolog_domain::subscription::told_events;
use convolog_replay::story::{Paths, load, run};
use convolog_server::catalogue::data_schema;
use convolog_server::stories::{HttpHost, Tally};

use crate::catalogue::closed;

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/stories");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_story_is_told_over_http() {
    let stories = load(Path::new(STORIES)).unwrap_or_else(|error| panic!("{error}"));
    let tally = Tally::keeping_events();
    let counted = tally.clone();
    let make = move |at| HttpHost::start(at, counted.clone());
    let report = run(&stories, &Paths::default(), make, |_| {}).await;
    println!("{report}\n{tally}");
    assert!(report.is_clean() && report.skipped() == 0, "see the report");
    assert_eq!(report.passed(), stories.len());
    every_event_is_as_published(&tally);
    // Each story does at least one thing over HTTP, but for the few that are left to the engine.
    assert!(tally.requests() >= stories.len(), "{tally}");
}

/// What the events of all stories showed validates against the schemas that are published, with
/// nothing in it that they do not name.
fn every_event_is_as_published(tally: &Tally) {
    let shown = tally.shown();
    for row in Event::catalogue() {
        let validator = jsonschema::validator_for(&closed(&data_schema(&row))).unwrap();
        for data in shown.get(row.name).into_iter().flatten() {
            let wrong: Vec<String> =
                validator.iter_errors(data).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}\n{data:#}", row.name);
        }
    }
    let untold: Vec<&str> =
        told_events().iter().map(|row| row.name).filter(|name| !shown.contains_key(name)).collect();
    assert!(untold.is_empty(), "no story tells of {untold:?}");
}

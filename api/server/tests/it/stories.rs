//! Every story of the fixtures, over HTTP.

#![expect(clippy::print_stdout, reason = "the report belongs to the test's output")]

use std::path::Path;

use convolog_replay::story::{Paths, load, run};
use convolog_server::stories::{HttpHost, Tally};

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/stories");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_story_is_told_over_http() {
    let stories = load(Path::new(STORIES)).unwrap_or_else(|error| panic!("{error}"));
    let tally = Tally::default();
    let counted = tally.clone();
    let make = move |at| HttpHost::start(at, counted.clone());
    let report = run(&stories, &Paths::default(), make, |_| {}).await;
    println!("{report}\n{tally}");
    assert!(report.is_clean() && report.skipped() == 0, "see the report");
    assert_eq!(report.passed(), stories.len());
    // Each story does at least one thing over HTTP, but for the few that are left to the engine.
    assert!(tally.requests() >= stories.len(), "{tally}");
}

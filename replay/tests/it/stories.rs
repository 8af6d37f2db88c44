//! Every story of the fixtures, on a log in memory and on a real data folder.

#![expect(clippy::print_stdout, reason = "the report belongs to the test's output")]

use std::path::Path;

use convolog_replay::story::{Backend, DomainHost, Paths, Report, load, run};

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/stories");

async fn told(backend: Backend) -> Report {
    let stories = load(Path::new(STORIES)).unwrap_or_else(|error| panic!("{error}"));
    let make = |at| async move { DomainHost::new(backend, at) };
    run(&stories, &Paths::default(), make, |_| {}).await
}

#[tokio::test]
async fn every_story_is_told_in_memory() {
    let report = told(Backend::Memory).await;
    println!("{report}");
    assert!(report.is_clean() && report.passed() > 0);
}

#[tokio::test]
async fn every_story_is_told_on_disk() {
    let report = told(Backend::Disk).await;
    println!("{report}");
    assert!(report.is_clean() && report.passed() > 0);
}

//! Every story of the fixtures, on a log in memory and on a real data folder.

#![expect(clippy::print_stdout, reason = "the report belongs to the test's output")]

use std::path::Path;

use convolog_replay::story::{Backend, Command, DomainHost, Paths, Report, load, run};

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/stories");

async fn told(backend: Backend) -> Report {
    let stories = load(Path::new(STORIES)).unwrap_or_else(|error| panic!("{error}"));
    let make = move |at| async move { DomainHost::new(backend, at) };
    let report = run(&stories, &Paths::default(), make, |_| {}).await;
    assert_eq!(report.stories.len(), stories.len());
    report
}

fn judge(report: &Report) {
    println!("{report}");
    // Stories of HTTP requests are told by the server's tests.
    assert!(report.is_clean() && report.passed() > report.skipped(), "see the report");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_story_is_told_in_memory() {
    judge(&told(Backend::Memory).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_story_is_told_on_disk() {
    judge(&told(Backend::Disk).await);
}

/// A command that no story gives would be one that nobody sees at work.
#[test]
fn every_command_is_in_a_story() {
    let stories = load(Path::new(STORIES)).unwrap_or_else(|error| panic!("{error}"));
    let text: Vec<_> = stories.iter().map(|file| format!("{:?}", file.story)).collect();
    let text = text.join("\n");
    for command in commands() {
        assert!(text.contains(&format!("{command:?}: Object")), "no story gives {command}");
    }
}

/// The names of all commands, as the reader of stories lists them when it meets another.
fn commands() -> Vec<String> {
    let error = serde_json::from_str::<Command>(r#"{"no such command": {}}"#).unwrap_err();
    let names: Vec<_> =
        error.to_string().split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert!(names.contains(&"create_workspace".to_owned()) && names.len() >= 20, "{names:?}");
    names
}

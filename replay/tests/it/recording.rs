//! Conversations turned into stories, and told again.

use std::path::Path;

use convolog_domain::ConversationId;
use convolog_engine::Recorded;
use convolog_log::{Filter, Position};
use convolog_replay::record::{RecordError, RecordOptions, Recording};
use convolog_replay::story::{
    Backend, DomainHost, HostError, Paths, Story, StoryFile, Verdict, load, run, run_one,
};

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/stories");
const GOLDEN: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/logs/engine/format-1/story.yaml");

async fn make(at: jiff::Timestamp) -> Result<DomainHost, HostError> {
    DomainHost::new(Backend::Memory, at)
}

async fn told(path: &Path) -> DomainHost {
    let file = load(path).unwrap().remove(0);
    let (verdict, host) = run_one(&file, &Paths::default(), make).await;
    host.unwrap_or_else(|| panic!("{}: {verdict:?}", path.display()))
}

fn conversations(host: &DomainHost) -> Vec<ConversationId> {
    let log = host.engine().log();
    let (mut at, mut found) = (Position::START, Vec::new());
    while at < log.head() {
        let (records, reached) = log.read(at, 1_000, &Filter::default()).unwrap();
        for record in &records {
            let event = Recorded::read(record).unwrap();
            if event.event.event_type().name == "conversation_opened" {
                found.push(ConversationId(event.stream.id));
            }
        }
        at = reached;
    }
    found
}

/// The story as it comes back from its file, told again with its expectations.
async fn tell_again(story: &Story) -> Verdict {
    let text = story.print().unwrap();
    let story = Story::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let file = StoryFile { path: "recorded.yaml".into(), story };
    let report = run(&[file], &Paths::default(), make, |_| {}).await;
    report.stories[0].verdict.clone()
}

#[tokio::test]
async fn every_conversation_of_the_golden_story_can_be_recorded_and_told_again() {
    let host = told(Path::new(GOLDEN)).await;
    let (mut recorded, mut erased) = (0, 0);
    for conversation in conversations(&host) {
        let recording = match Recording::read(host.engine(), conversation) {
            Ok(recording) => recording,
            Err(RecordError::Erased(_)) => {
                erased += 1;
                continue;
            }
            Err(error) => panic!("{conversation}: {error}"),
        };
        // As it comes from a server.
        let json = serde_json::to_string(&recording).unwrap();
        let recording: Recording = serde_json::from_str(&json).unwrap();
        for keep_personal in [false, true] {
            let story = recording.story(RecordOptions { keep_personal }).await.unwrap();
            let verdict = tell_again(&story).await;
            assert_eq!(verdict, Verdict::Passed { orders: 1 }, "{conversation}");
            recorded += 1;
        }
    }
    assert!(recorded >= 20 && erased == 1, "{recorded} recorded, {erased} erased");
}

#[tokio::test]
async fn a_masked_recording_names_nobody() {
    let path =
        Path::new(STORIES).join("inbound/posts_in_any_order_give_the_same_conversation.yaml");
    let host = told(&path).await;
    let conversation = conversations(&host)[0];
    let recording = Recording::read(host.engine(), conversation).unwrap();
    let masked = recording.story(RecordOptions::default()).await.unwrap();
    let masked = masked.print().unwrap();
    let kept = recording.story(RecordOptions { keep_personal: true }).await;
    let kept = kept.unwrap().print().unwrap();
    for personal in ["Tom Reyes", "14155550163", "Thursday", "204511000000101", "wamid.O1"] {
        assert!(kept.contains(personal), "{personal}");
        assert!(!masked.contains(personal), "{personal} in {masked}");
    }
}

#[tokio::test]
async fn a_conversation_that_does_not_exist_cannot_be_recorded() {
    let path = Path::new(STORIES).join("inbound/an_order_is_placed.yaml");
    let host = told(&path).await;
    let nowhere = ConversationId(uuid::Uuid::from_u128(1));
    let error = Recording::read(host.engine(), nowhere).unwrap_err();
    assert!(matches!(error, RecordError::NoSuchConversation(id) if id == nowhere));
}

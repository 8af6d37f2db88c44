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

/// A place without a name, from somebody whose number is spelled as a number once.
const A_PLACE: &str = r#"
story: Somebody sends where they are
given:
  - business: {as: flowers, name: Flowers, number: "204533000000303", account: "104533000000303", phone: "+972 3 700 0303"}
when:
  - post:
      text: '{"object":"whatsapp_business_account","entry":[{"id":"104533000000303","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"97237000303","phone_number_id":"204533000000303"},"contacts":[{"profile":{"name":"Avi"},"wa_id":"972540000127"}],"messages":[{"from":972540000127,"id":"wamid.L1","timestamp":"1795168800","type":"location","location":{"latitude":32.0802999,"longitude":34.780527400000001}},{"from":"972540000127","id":"wamid.L2","timestamp":"1795168801","type":"gadget","gadget":{"value":"Avi","title":"Avi was here","lat":32.0802999}}]}}]}]}'
      signed_by: flowers.app
"#;

#[tokio::test]
async fn a_place_without_a_name_can_be_recorded() {
    let file = StoryFile { path: "place.yaml".into(), story: Story::parse(A_PLACE).unwrap() };
    let (verdict, host) = run_one(&file, &Paths::default(), make).await;
    let host = host.unwrap_or_else(|| panic!("{verdict:?}"));
    let found = conversations(&host);
    assert_eq!(found.len(), 1, "one person");
    let recording = Recording::read(host.engine(), found[0]).unwrap();
    for keep_personal in [false, true] {
        let story = recording.story(RecordOptions { keep_personal }).await.unwrap();
        assert_eq!(tell_again(&story).await, Verdict::Passed { orders: 1 });
        let printed = story.print().unwrap();
        for personal in ["972540000127", "0802999", "Avi"] {
            assert_eq!(printed.contains(personal), keep_personal, "{personal}\n{printed}");
        }
    }
}

#[tokio::test]
async fn a_story_that_differs_says_where_and_not_what_was_said() {
    let file = StoryFile { path: "place.yaml".into(), story: Story::parse(A_PLACE).unwrap() };
    let (_, host) = run_one(&file, &Paths::default(), make).await;
    let host = host.unwrap();
    let mut recording = Recording::read(host.engine(), conversations(&host)[0]).unwrap();
    recording.messages[1]["text"] = "Avi was there, and longer".into();
    let error = recording.story(RecordOptions::default()).await.unwrap_err().to_string();
    assert!(
        error.ends_with("message 2 of 2 (sent at 2026-11-20T10:00:01Z) has another text"),
        "{error}"
    );
}

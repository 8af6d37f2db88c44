//! Transcripts as people read them.

use std::path::Path;

use convolog_domain::ConversationId;
use convolog_log::{Frontier, Position};
use convolog_replay::conversation::{
    AsOf, Format, Question, Transcript, TranscriptError, Tree, WrongAsOf,
};
use convolog_replay::story::{
    Backend, DomainHost, Host, Paths, Story, StoryFile, View, load, run_one,
};
use serde_json::Value;

const STORIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/stories");

async fn told_file(file: &StoryFile) -> DomainHost {
    let make = |at| async move { DomainHost::new(Backend::Memory, at) };
    let (verdict, host) = run_one(file, &Paths::default(), make).await;
    host.unwrap_or_else(|| panic!("{verdict:?}"))
}

async fn told(story: &str) -> DomainHost {
    let path = Path::new(STORIES).join(story).with_extension("yaml");
    told_file(&load(&path).unwrap().remove(0)).await
}

async fn only_conversation(host: &mut DomainHost) -> ConversationId {
    let workspace = host.workspaces().unwrap()[0];
    let conversations = host.view(workspace, View::Conversations, None).await.unwrap();
    conversations[0]["id"].as_str().unwrap().parse().unwrap()
}

fn ask(conversation: ConversationId, as_of: Option<AsOf>) -> Question {
    Question { conversation, as_of, history: false }
}

#[tokio::test]
async fn an_edit_is_shown_with_what_stood_there_before() {
    let mut host =
        told("inbound/an_edit_shows_the_new_text_and_keeps_the_old_one_in_history").await;
    let conversation = only_conversation(&mut host).await;
    let question = Question { history: true, ..ask(conversation, None) };
    let transcript = Transcript::read(host.engine(), &question).unwrap();
    let text = transcript.print(Format::Text).unwrap();
    for shown in [
        "with \u{2068}Beatriz Carvalho\u{2069} · \u{2068}+553187650142\u{2069} · open · 1 messages in, 0 out",
        "── Friday, 20 November 2026 ──",
        "   1  09:00:00  ◀ \u{2068}Beatriz Carvalho\u{2069}",
        "      \u{2068}Oi! Vi o anúncio no Facebook.\u{2069}",
        "edited at 2026-11-20T09:00:37Z",
        "message_received (the platform's time: 2026-11-20T09:00:00Z): \u{2068}Oi! Vi o anúncio no Instagram.\u{2069}",
        "message_edited",
    ] {
        assert!(text.contains(shown), "{shown} not in\n{text}");
    }
    let markdown = transcript.print(Format::Markdown).unwrap();
    assert!(markdown.starts_with("# Conversation with Beatriz Carvalho\n"), "{markdown}");
    for shown in [
        "- Phone: +553187650142\n",
        "## 2026-11-20\n",
        "**1. Beatriz Carvalho** · 09:00:00Z · position ",
        "> Oi! Vi o anúncio no Facebook.\n",
    ] {
        assert!(markdown.contains(shown), "{shown} not in\n{markdown}");
    }
}

#[tokio::test]
async fn json_is_the_api_s_views_with_where_they_come_from() {
    let mut host = told("inbound/the_newest_edit_wins_in_any_order").await;
    let conversation = only_conversation(&mut host).await;
    let transcript = Transcript::read(host.engine(), &ask(conversation, None)).unwrap();
    let json: Value = serde_json::from_str(&transcript.print(Format::Json).unwrap()).unwrap();
    let head = host.engine().log().head().0;
    assert_eq!(
        (json["position"].as_u64(), json["tree"]["size"].as_u64()),
        (Some(head), Some(head))
    );
    assert_eq!(json["log"], host.engine().log().id().0.to_string());
    let workspace = host.workspaces().unwrap()[0];
    let messages = host.view(workspace, View::Messages(conversation.0), None).await.unwrap();
    assert_eq!(json["messages"], Value::Array(messages));
    let again: Transcript = serde_json::from_value(json).unwrap();
    assert_eq!(again, transcript);
}

#[tokio::test]
async fn a_conversation_is_shown_as_it_stood() {
    let mut host = told("people/an_erased_person_stays_erased").await;
    let conversation = only_conversation(&mut host).await;
    let now = Transcript::read(host.engine(), &ask(conversation, None)).unwrap();
    // Erased is erased, also in the past.
    for as_of in [None, Some("2026-11-20T10:00:00Z".parse().unwrap())] {
        let transcript = Transcript::read(host.engine(), &ask(conversation, as_of)).unwrap();
        let text = transcript.print(Format::Text).unwrap();
        assert!(text.contains("(erased on 2026-11-20T10:10:00Z by administrator)"), "{text}");
        assert!(!text.contains("Versicherung") && !text.contains("Brandt"), "{text}");
    }
    let head = now.position;
    let beyond = AsOf::Position(Position(head + 1));
    let error = Transcript::read(host.engine(), &ask(conversation, Some(beyond))).unwrap_err();
    assert!(matches!(error, TranscriptError::AsOf(WrongAsOf::BeyondHead { .. })), "{error}");
    let before = AsOf::Position(Position(1));
    let error = Transcript::read(host.engine(), &ask(conversation, Some(before))).unwrap_err();
    assert!(error.to_string().contains("at position 1"), "{error}");
    let nobody = ConversationId(uuid::Uuid::from_u128(1));
    let error = Transcript::read(host.engine(), &ask(nobody, None)).unwrap_err();
    assert!(matches!(error, TranscriptError::NoSuchConversation { at: None, .. }), "{error}");
}

#[tokio::test]
async fn every_position_can_be_shown_and_none_shows_what_came_later() {
    let mut host = told("inbound/posts_in_any_order_give_the_same_conversation").await;
    let conversation = only_conversation(&mut host).await;
    let log = host.engine().log();
    let (mut shown, mut before, mut tree) = (0, 0, Frontier::default());
    for position in 1..=log.head().0 {
        tree.push(log.get(Position(position)).unwrap().unwrap().leaf());
        let as_of = AsOf::Position(Position(position));
        match Transcript::read(host.engine(), &ask(conversation, Some(as_of))) {
            Ok(transcript) => {
                let newest =
                    transcript.messages.iter().filter_map(|m| m["position"].as_u64()).max();
                assert!(newest.is_none_or(|newest| newest <= position));
                assert!(transcript.messages.len() >= before);
                let head = Tree { size: position, root: hex::encode(tree.root()) };
                assert_eq!(transcript.tree, Some(head), "the tree of then, not of today");
                before = transcript.messages.len();
                shown += 1;
            }
            Err(TranscriptError::NoSuchConversation { .. }) => assert_eq!(shown, 0),
            Err(error) => panic!("{error}"),
        }
    }
    assert!(shown > 5 && before == 3);
}

/// A story that is told here only.
async fn inline(story: &str) -> (convolog_replay::story::Verdict, Option<DomainHost>) {
    let story = Story::parse(story).unwrap_or_else(|error| panic!("{error}"));
    let file = StoryFile { path: Path::new(STORIES).join("inline.yaml"), story };
    let make = |at| async move { DomainHost::new(Backend::Memory, at) };
    run_one(&file, &Paths::default(), make).await
}

const BUSINESS: &str = "
given:
  - business: {as: shop, name: Shop, number: '204511000000101', account: '104511000000101', phone: '+1 555 010 0101'}
";

#[tokio::test]
async fn a_story_that_is_not_true_fails_and_says_where() {
    let told = |rest: &str| format!("story: It fails{BUSINESS}{rest}");
    let message = "{post: {messages: [{from: '16505550142', id: wamid.X, timestamp: '@09:00:00', type: text, text: {body: Hello}}]}";
    for (story, at, problem) in [
        (
            told(&format!("when:\n  - {message}}}\nthen: {{messages: [{{text: Goodbye}}]}}\n")),
            "then",
            "messages: [0].text: expected \"Goodbye\", found \"Hello\"",
        ),
        (
            told(&format!(
                "when:\n  - {message}, then: {{events: {{contact: [contact_created]}}}}}}\n"
            )),
            "when[0]",
            "events of contact: expected [\"contact_created\"], found [\"contact_created\", \"identity_added\"]",
        ),
        (
            told("when:\n  - {command: {rename_workspace: {name: ''}}}\n"),
            "when[0]",
            "refused (400 invalid_field)",
        ),
        (
            told(
                "when:\n  - {command: {rename_workspace: {name: New}}, then: {refused: not_found}}\n",
            ),
            "when[0]",
            "refused: expected not_found, found it was carried out",
        ),
        (
            told("when:\n  - {command: {fly_to_the_moon: {}}}\n"),
            "when[0]",
            "unknown variant `fly_to_the_moon`",
        ),
        (
            told(
                "when:\n  - {command: {erase_contact: {contact: {name: Nobody}, reason: requested}}}\n",
            ),
            "when[0]",
            "there is no contact like {\"name\":\"Nobody\"}",
        ),
        (
            told(&format!("when:\n  - {message}, then: {{nothing_recorded: true}}}}\n")),
            "when[0]",
            "nothing was to be recorded",
        ),
    ] {
        let (verdict, _) = inline(&story).await;
        let convolog_replay::story::Verdict::Failed { at: place, problems } = verdict else {
            panic!("{story} did not fail")
        };
        assert_eq!(place, at, "{story}");
        assert!(problems[0].contains(problem), "{problem} is not what it says: {problems:?}");
    }
}

#[tokio::test]
async fn what_a_host_cannot_do_is_skipped_not_passed() {
    let story = "story: Only over HTTP\nwhen:\n  - request: {method: GET, path: /v1/conversations}\n    then: {response: {status: 401}}\n";
    let (verdict, _) = inline(story).await;
    assert!(matches!(verdict, convolog_replay::story::Verdict::Skipped { .. }), "{verdict:?}");
}

#[test]
fn a_file_that_is_no_story_is_refused_in_words() {
    for (text, why) in [
        ("when: []", "missing field `story`"),
        ("story: x\nwhne: []", "unknown field `whne`"),
        ("story: x\nwhen: [{}]", "exactly one of"),
        ("story: x\nwhen: [{post: {}, clock: {advance: 1 s}}]", "exactly one of"),
        ("story: [", "line"),
    ] {
        let error = Story::parse(text).unwrap_err();
        assert!(error.contains(why), "{text}: {error}");
    }
}

#[tokio::test]
async fn what_operators_did_stands_among_the_messages_with_who_and_when() {
    let mut host = told("operators/a_customer_who_writes_reopens_what_was_closed").await;
    let conversation = only_conversation(&mut host).await;
    let transcript = Transcript::read(host.engine(), &ask(conversation, None)).unwrap();
    let text = transcript.print(Format::Text).unwrap();
    let places: Vec<usize> = [
        "      10:00:00  ✎ \u{2068}Maya Cohen\u{2069} \u{2068}took the conversation\u{2069}",
        "✎ \u{2068}Maya Cohen\u{2069} \u{2068}closed it\u{2069}",
        "✎ \u{2068}The customer\u{2069} \u{2068}reopened it by writing\u{2069}",
        "✎ \u{2068}The administrator\u{2069} \u{2068}closed it\u{2069}",
        "✎ \u{2068}The administrator\u{2069} \u{2068}reopened it\u{2069}",
    ]
    .iter()
    .map(|shown| text.find(shown).unwrap_or_else(|| panic!("{shown} not in\n{text}")))
    .collect();
    assert!(places.is_sorted(), "{text}");
    let markdown = transcript.print(Format::Markdown).unwrap();
    assert!(markdown.contains("*Maya Cohen closed it* · 10:00:00Z · position "), "{markdown}");
}

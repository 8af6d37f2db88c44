//! Who answers a customer: the agent once, or a person.

use uuid::Uuid;

use super::fixtures::{CONVERSATION, heard, opened};
use super::{
    AgentReplied, CloseConversation, Conversation, ConversationClosed, Effort, Event, HandBack,
    HandOff, HandoffResolved, HandoffTriggered, MessageRequested, ReplyAsAgent, SendMessage,
    Sendable,
};
use crate::ids::{AgentId, MessageId};
use crate::refusal::RefusalCode;
use crate::testing::{NOW_SECONDS, drawn_id, given, state_of};

const AGENT: AgentId = AgentId(Uuid::from_u128(31));
/// The message of [`heard`].
const ASKED: MessageId = MessageId(Uuid::from_u128(7));

fn replied(message: Option<MessageId>, outcome: &str) -> AgentReplied {
    AgentReplied {
        agent: AGENT,
        version: 2,
        answered: ASKED,
        message,
        at: NOW_SECONDS,
        outcome: outcome.into(),
        sure: true,
        sources: vec![],
        passages: vec![],
        provider: "built_in".into(),
        model: None,
        failed: None,
        effort: Effort { milliseconds: 3, ..Effort::default() },
        connection: None,
    }
}

fn reply(say: Option<&str>, hand_off: Option<&str>) -> ReplyAsAgent {
    ReplyAsAgent {
        reply: replied(None, "answer"),
        say: say.map(|text| Sendable::text(text.into()).unwrap()),
        hand_off: hand_off.map(str::to_owned),
    }
}

fn triggered(reason: &str, agent: Option<AgentId>) -> Event {
    HandoffTriggered { reason: reason.into(), at: NOW_SECONDS, agent }.into()
}

fn requested() -> MessageRequested {
    MessageRequested {
        message: MessageId(drawn_id(0)),
        kind: "text".into(),
        requested_at: NOW_SECONDS,
        ..MessageRequested::default()
    }
}

fn asked() -> Vec<Event> {
    vec![opened(), heard(NOW_SECONDS - 5)]
}

#[test]
fn an_answer_is_one_commit_with_how_it_came_about() {
    let said = Some(MessageId(drawn_id(0)));
    given::<Conversation>(asked())
        .when(reply(Some("At nine."), None))
        .then([requested().into(), replied(said, "answer").into()]);
    given::<Conversation>(asked()).when(reply(Some("I ask a colleague."), Some("not_sure"))).then(
        [
            requested().into(),
            replied(said, "answer").into(),
            triggered("not_sure", Some(AGENT)).into(),
        ],
    );
    given::<Conversation>(asked())
        .when(reply(None, Some("nothing_found")))
        .then([replied(None, "answer").into(), triggered("nothing_found", Some(AGENT)).into()]);
}

#[test]
fn nothing_is_answered_twice_and_never_after_a_person_took_over() {
    let since = |event: Event| asked().into_iter().chain([event]);
    let refused = |history: Vec<Event>| {
        given::<Conversation>(history)
            .when(reply(Some("At nine."), None))
            .refused(RefusalCode::NotAllowedNow);
    };
    refused(vec![opened()]);
    refused(since(replied(None, "answer").into()).collect());
    refused(since(requested().into()).collect());
    refused(since(triggered("asked_for", None)).collect());
    let Event::MessageReceived(mut more) = heard(NOW_SECONDS) else { unreachable!() };
    more.facts.message = MessageId(Uuid::from_u128(8));
    refused(since(more.into()).collect());
}

#[test]
fn a_window_that_closed_leaves_the_agent_without_words() {
    given::<Conversation>([opened(), heard(NOW_SECONDS - 24 * 3_600)])
        .when(reply(Some("At nine."), None))
        .then([replied(None, "answer").into()]);
}

#[test]
fn whoever_writes_for_the_business_takes_over() {
    let content = Sendable::text("I am on it.".into()).unwrap();
    let send = SendMessage { takes_over: Some(AGENT), ..SendMessage::now(content) };
    given::<Conversation>(asked())
        .when(send.clone())
        .then([requested().into(), triggered("person_took_over", Some(AGENT)).into()]);
    given::<Conversation>(asked().into_iter().chain([triggered("not_sure", None)]))
        .when(send)
        .then([requested().into()]);
}

#[test]
fn a_person_is_asked_for_once_and_hands_back() {
    let hand_off = |reason: &str| HandOff { reason: reason.into(), agent: None };
    given::<Conversation>(asked())
        .when(hand_off("requested"))
        .then([triggered("requested", None).into()]);
    given::<Conversation>(asked())
        .when(hand_off("because"))
        .refused(RefusalCode::InvalidField)
        .at("reason");
    let waiting: Vec<_> = asked().into_iter().chain([triggered("requested", None)]).collect();
    given::<Conversation>(waiting.clone()).when(hand_off("requested")).then([]);
    let resolved = HandoffResolved { reason: "requested".into(), at: NOW_SECONDS };
    given::<Conversation>(waiting.clone()).when(HandBack).then([resolved.clone().into()]);
    given::<Conversation>(asked()).when(HandBack).then([]);
    given::<Conversation>(waiting)
        .when(CloseConversation { conversation: CONVERSATION })
        .then([ConversationClosed { assignee: None }.into(), resolved.into()]);
}

#[test]
fn answers_are_counted_in_a_row_and_by_the_hour() {
    let early = AgentReplied { at: NOW_SECONDS - 3_601, ..replied(None, "answer") };
    let history = [opened(), early.into(), replied(None, "answer").into()];
    let attention = state_of::<Conversation>(history.clone()).attention;
    assert_eq!((attention.in_a_row, attention.replies_in_an_hour(NOW_SECONDS)), (2, 1));
    let back = HandoffResolved { reason: "requested".into(), at: NOW_SECONDS };
    let attention = state_of::<Conversation>(history.into_iter().chain([back.into()])).attention;
    assert_eq!(attention.in_a_row, 0);
}

#[test]
fn reactions_and_groups_ask_for_nothing() {
    let Event::MessageReceived(said) = heard(NOW_SECONDS) else { unreachable!() };
    let mut reaction = said.clone();
    reaction.facts.kind = "reaction".into();
    let mut group = said;
    group.facts.group = true;
    let state = state_of::<Conversation>([opened(), reaction.into(), group.into()]);
    assert_eq!(state.attention.asked, None);
}

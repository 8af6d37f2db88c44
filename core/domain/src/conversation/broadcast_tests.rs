//! Messages of broadcasts among those of their conversation.

use uuid::Uuid;

use super::fixtures::{heard, opened};
use super::{
    BeginAttempt, CancelMessage, Conversation, Event, GiveUp, MessageAttempted, MessageCancelled,
    MessageRequested, MessageUnanswered, MessageUndetermined, Next, State,
};
use crate::broadcast::Bulk;
use crate::contact::Preferences;
use crate::ids::{BroadcastId, MessageId};
use crate::limits::UNANSWERED_SECONDS;
use crate::refusal::RefusalCode;
use crate::testing::{NOW_SECONDS, given, state_of};

const SPRING: Bulk = Bulk { broadcast: BroadcastId(Uuid::from_u128(5)), recipient: 3 };
const AUTUMN: Bulk = Bulk { broadcast: BroadcastId(Uuid::from_u128(6)), recipient: 1 };
const FIRST: MessageId = MessageId(Uuid::from_u128(21));
const SECOND: MessageId = MessageId(Uuid::from_u128(22));
const THIRD: MessageId = MessageId(Uuid::from_u128(23));

fn asked(message: MessageId, bulk: Option<Bulk>) -> Event {
    let (kind, requested_at) = ("text".into(), NOW_SECONDS - 30);
    MessageRequested { message, kind, requested_at, bulk, ..MessageRequested::default() }.into()
}

fn begun(more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    [opened(), heard(NOW_SECONDS - 60)].into_iter().chain(more).collect()
}

fn state(more: impl IntoIterator<Item = Event>) -> State {
    state_of::<Conversation>(begun(more))
}

fn begin(message: MessageId, held: Vec<BroadcastId>) -> BeginAttempt {
    BeginAttempt { message, preferences: Preferences::NONE, held }
}

#[test]
fn what_is_said_in_the_conversation_goes_first() {
    let all = || [asked(FIRST, Some(SPRING)), asked(SECOND, None), asked(THIRD, Some(AUTUMN))];
    assert_eq!(state(all()).outbox.next(NOW_SECONDS), Next::Attempt(SECOND));
    given::<Conversation>(begun(all()))
        .when(begin(FIRST, vec![]))
        .refused(RefusalCode::NotAllowedNow);
    let many = || [asked(FIRST, Some(SPRING)), asked(THIRD, Some(AUTUMN))];
    assert_eq!(state(many()).outbox.next(NOW_SECONDS), Next::Attempt(FIRST));
}

#[test]
fn a_broadcast_that_stands_still_keeps_back_its_own_messages_and_no_other() {
    let (spring, autumn) = (SPRING.broadcast, AUTUMN.broadcast);
    let all = || [asked(FIRST, Some(SPRING)), asked(THIRD, Some(AUTUMN))];
    let outbox = state(all()).outbox;
    assert_eq!(outbox.next_but(NOW_SECONDS, &[spring]), Next::Attempt(THIRD));
    assert_eq!(outbox.next_but(NOW_SECONDS, &[spring, autumn]), Next::Nothing);
    assert_eq!(outbox.broadcasts(), [spring, autumn]);
    let refused = |message, held| {
        given::<Conversation>(begun(all()))
            .when(begin(message, held))
            .refused(RefusalCode::NotAllowedNow);
    };
    refused(FIRST, vec![spring]);
    given::<Conversation>(begun(all())).when(begin(THIRD, vec![spring])).then([MessageAttempted {
        message: THIRD,
        attempt: 1,
        at: NOW_SECONDS,
        writes_first: false,
    }
    .into()]);
}

#[test]
fn what_was_handed_over_is_followed_whatever_becomes_of_the_broadcast() {
    let (at, until) = (NOW_SECONDS - 10, NOW_SECONDS - 10 + UNANSWERED_SECONDS);
    let attempted = MessageAttempted { message: FIRST, attempt: 1, at, writes_first: false };
    let handed_over = || [asked(FIRST, Some(SPRING)), attempted.clone().into()];
    let held = [SPRING.broadcast];
    assert_eq!(state(handed_over()).outbox.next_but(NOW_SECONDS, &held), Next::Answer(FIRST));
    let unanswered: Event =
        MessageUnanswered { message: FIRST, attempt: 1, until, bulk: None }.into();
    let waiting = state(handed_over().into_iter().chain([unanswered])).outbox;
    assert_eq!(waiting.next_but(NOW_SECONDS, &held), Next::At(until));
    assert_eq!(waiting.next_but(until, &held), Next::GiveUp(FIRST));
}

#[test]
fn everything_that_ends_a_message_names_its_recipient() {
    let bulk = Some(SPRING);
    given::<Conversation>(begun([asked(FIRST, bulk)]))
        .when(CancelMessage { message: FIRST, sandbox: false })
        .then([MessageCancelled { message: FIRST, bulk }.into()]);
    let at = NOW_SECONDS - UNANSWERED_SECONDS;
    let attempted = MessageAttempted { message: FIRST, attempt: 1, at, writes_first: false };
    let lost = MessageUnanswered { message: FIRST, attempt: 1, until: NOW_SECONDS, bulk };
    given::<Conversation>(begun([asked(FIRST, bulk), attempted.into(), lost.into()]))
        .when(GiveUp { message: FIRST })
        .then([MessageUndetermined { message: FIRST, bulk }.into()]);
}

#[test]
fn what_is_said_to_many_answers_nobody() {
    let asks = state([]).attention.asked;
    assert!(asks.is_some());
    assert_eq!(state([asked(FIRST, Some(SPRING))]).attention.asked, asks);
    assert_eq!(state([asked(FIRST, None)]).attention.asked, None);
}

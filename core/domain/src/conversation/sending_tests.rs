//! The way of a message from the wish to its outcome.

use uuid::Uuid;

use super::fixtures::{heard, opened};
use super::outgoing::{ENTRY_WINDOW_SECONDS, WINDOW_SECONDS};
use super::{
    AgentReplied, Answer, BeginAttempt, CancelMessage, Conversation, Direction, Effort, ErrorClass,
    Event, GiveUp, HandoffTriggered, MessageAccepted, MessageAttempted, MessageCancelled,
    MessageRejected, MessageRequested, MessageUnanswered, MessageUndetermined, Next,
    ReactionChanged, SettleAttempt, Settled, StatusReceived, TemplateChoice, TemplateFellBack,
};
use crate::claim::ClaimKey;
use crate::contact::words::PreferenceWord;
use crate::contact::{PreferenceSource, Preferences, Stop};
use crate::hash::Hash32;
use crate::ids::{AgentId, ChannelId, MessageId, TemplateGroupId, TemplateId};
use crate::limits::{ATTEMPTS_MAX, OUTBOX_MAX, SETTLE_SECONDS, UNANSWERED_SECONDS};
use crate::personal::StatusContent;
use crate::refusal::RefusalCode;
use crate::testing::{NOW_SECONDS, given, state_of};

const FIRST: MessageId = MessageId(Uuid::from_u128(21));
const SECOND: MessageId = MessageId(Uuid::from_u128(22));
const PLATFORM: MessageId = MessageId(Uuid::from_u128(23));

fn asked(message: MessageId) -> Event {
    let requested_at = NOW_SECONDS - 30;
    MessageRequested { message, kind: "text".into(), requested_at, ..MessageRequested::default() }
        .into()
}

fn attempted(message: MessageId, attempt: u32, at: i64) -> Event {
    MessageAttempted { message, attempt, at, writes_first: false }.into()
}

fn accepted(message: MessageId, at: i64) -> Event {
    MessageAccepted { message, platform: PLATFORM, at, settled: Settled::Answer, bulk: None }.into()
}

fn unanswered(message: MessageId, until: i64) -> Event {
    MessageUnanswered { message, attempt: 1, until, bulk: None }.into()
}

fn rejected(attempt: u32, class: ErrorClass, retry_at: Option<i64>) -> MessageRejected {
    MessageRejected {
        message: FIRST,
        attempt,
        at: NOW_SECONDS,
        http_status: Some(400),
        code: None,
        class,
        retry_at,
        bulk: None,
    }
}

fn status(message: MessageId, name: &str) -> Event {
    StatusReceived {
        message,
        channel: ChannelId(Uuid::from_u128(1)),
        status: name.into(),
        at: Some(NOW_SECONDS),
        fact: Hash32::default(),
        fragment: Hash32::default(),
        errors: vec![],
        pricing: None,
        market: None,
        call: false,
        bulk: None,
    }
    .into()
}

fn begun(more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    [opened(), heard(NOW_SECONDS - 60)].into_iter().chain(more).collect()
}

fn next(more: impl IntoIterator<Item = Event>, now: i64) -> Next {
    state_of::<Conversation>(begun(more)).outbox.next(now)
}

fn settle(answer: Answer) -> SettleAttempt {
    let words = StatusContent::default();
    SettleAttempt { message: FIRST, answer, words, emoji: None, fallback: None }
}

fn refusing(http_status: Option<u16>, code: Option<i64>) -> SettleAttempt {
    settle(Answer::Rejected { http_status, code, retry_after: None })
}

const BEGIN: BeginAttempt =
    BeginAttempt { message: FIRST, preferences: Preferences::NONE, held: Vec::new() };

#[test]
fn an_attempt_is_recorded_before_anything_leaves_and_only_once() {
    given::<Conversation>(begun([asked(FIRST)])).when(BEGIN).then([attempted(
        FIRST,
        1,
        NOW_SECONDS,
    )
    .into()]);
    given::<Conversation>(begun([asked(FIRST), attempted(FIRST, 1, NOW_SECONDS)]))
        .when(BEGIN)
        .refused(RefusalCode::NotAllowedNow);
    given::<Conversation>(begun([])).when(BEGIN).refused(RefusalCode::NotAllowedNow);
}

#[test]
fn messages_leave_in_the_order_in_which_they_were_asked_for() {
    given::<Conversation>(begun([asked(FIRST), asked(SECOND)]))
        .when(BeginAttempt { message: SECOND, ..BEGIN })
        .refused(RefusalCode::NotAllowedNow);
    let taken = [asked(FIRST), asked(SECOND), attempted(FIRST, 1, NOW_SECONDS)];
    assert_eq!(next(taken.clone(), NOW_SECONDS), Next::Answer(FIRST));
    let taken = taken.into_iter().chain([accepted(FIRST, NOW_SECONDS)]);
    let free = NOW_SECONDS + SETTLE_SECONDS;
    assert_eq!(next(taken.clone(), NOW_SECONDS), Next::At(free));
    assert_eq!(next(taken.clone(), free), Next::Attempt(SECOND));
    for name in ["delivered", "read", "failed"] {
        let told = taken.clone().chain([status(FIRST, name)]);
        assert_eq!(next(told, NOW_SECONDS), Next::Attempt(SECOND), "{name}");
    }
    let sent = taken.clone().chain([status(FIRST, "sent"), status(PLATFORM, "delivered")]);
    assert_eq!(next(sent, NOW_SECONDS), Next::At(free), "sent is not delivered");
}

#[test]
fn what_was_scheduled_waits_for_its_time() {
    let later = MessageRequested {
        message: FIRST,
        due_at: Some(NOW_SECONDS + 60),
        ..MessageRequested::default()
    };
    assert_eq!(next([later.clone().into()], NOW_SECONDS), Next::At(NOW_SECONDS + 60));
    assert_eq!(next([later.clone().into()], NOW_SECONDS + 60), Next::Attempt(FIRST));
    // Nobody waits for it.
    let both = [later.into(), asked(SECOND)];
    assert_eq!(next(both.clone(), NOW_SECONDS), Next::Attempt(SECOND));
    assert_eq!(next(both.clone(), NOW_SECONDS + 60), Next::Attempt(FIRST));
    let sent = both.into_iter().chain([
        attempted(SECOND, 1, NOW_SECONDS),
        accepted(SECOND, NOW_SECONDS),
        status(SECOND, "delivered"),
    ]);
    assert_eq!(next(sent, NOW_SECONDS), Next::At(NOW_SECONDS + 60));
}

#[test]
fn what_is_tried_again_is_waited_for() {
    let busy = rejected(1, ErrorClass::Retry, Some(NOW_SECONDS + 4));
    let both = [asked(FIRST), asked(SECOND), attempted(FIRST, 1, NOW_SECONDS), busy.into()];
    assert_eq!(next(both, NOW_SECONDS), Next::At(NOW_SECONDS + 4));
}

#[test]
fn a_person_sees_to_an_agents_answer_that_did_not_arrive() {
    let agent = AgentId(Uuid::from_u128(31));
    let answered = MessageId(Uuid::from_u128(7));
    let replied = AgentReplied {
        agent,
        version: 1,
        answered,
        message: Some(FIRST),
        at: NOW_SECONDS,
        outcome: "answer".into(),
        sure: true,
        sources: vec![],
        passages: vec![],
        provider: "built_in".into(),
        model: None,
        failed: None,
        connection: None,
        effort: Effort::default(),
    };
    let replying =
        || begun([asked(FIRST), replied.clone().into(), attempted(FIRST, 1, NOW_SECONDS)]);
    let person = || -> crate::event::Event {
        let reason = "reply_failed".to_owned();
        HandoffTriggered { reason, at: NOW_SECONDS, agent: Some(agent) }.into()
    };
    let refused = MessageRejected { code: Some(131_026), ..rejected(1, ErrorClass::No, None) };
    given::<Conversation>(replying())
        .when(refusing(Some(400), Some(131_026)))
        .then([refused.into(), person()]);
    let waited = NOW_SECONDS - UNANSWERED_SECONDS;
    let unclear = replying().into_iter().chain([unanswered(FIRST, waited)]);
    given::<Conversation>(unclear)
        .when(GiveUp { message: FIRST })
        .then([MessageUndetermined { message: FIRST, bulk: None }.into(), person()]);
}

#[test]
fn a_window_that_closed_meanwhile_fails_the_message_before_it_leaves() {
    let old = [opened(), heard(NOW_SECONDS - WINDOW_SECONDS), asked(FIRST)];
    let failed = MessageRejected {
        http_status: None,
        code: Some(131_047),
        ..rejected(0, ErrorClass::No, None)
    };
    given::<Conversation>(old.clone()).when(BEGIN).then([failed.into()]);
    let template = MessageRequested {
        message: FIRST,
        template: Some("order_ready".into()),
        ..MessageRequested::default()
    };
    let [opened, heard, _] = old;
    let first =
        MessageAttempted { message: FIRST, attempt: 1, at: NOW_SECONDS, writes_first: true };
    given::<Conversation>([opened, heard, template.into()]).when(BEGIN).then([first.into()]);
}

#[test]
fn who_opted_out_meanwhile_is_not_sent_what_they_do_not_want() {
    let unwanted = MessageRejected {
        http_status: None,
        code: Some(131_050),
        ..rejected(0, ErrorClass::No, None)
    };
    let promotion = MessageRequested {
        message: FIRST,
        kind: "template".into(),
        template: Some("spring_sale".into()),
        marketing: true,
        ..MessageRequested::default()
    };
    let stop = Some(Stop { since: NOW_SECONDS - 5, source: PreferenceSource::Words });
    let marketing = Preferences { marketing: stop, ..Preferences::NONE };
    let all = Preferences { all: stop, ..Preferences::NONE };
    let heard_at = |at: i64, asked: Event| [opened(), heard(at), asked];
    for preferences in [marketing, all] {
        given::<Conversation>(heard_at(NOW_SECONDS, promotion.clone().into()))
            .when(BeginAttempt { preferences, ..BEGIN })
            .then([unwanted.clone().into()]);
    }
    let leaves = || attempted(FIRST, 1, NOW_SECONDS).into();
    given::<Conversation>(heard_at(NOW_SECONDS - 60, asked(FIRST)))
        .when(BeginAttempt { preferences: marketing, ..BEGIN })
        .then([leaves()]);
    given::<Conversation>(heard_at(NOW_SECONDS - 60, asked(FIRST)))
        .when(BeginAttempt { preferences: all, ..BEGIN })
        .then([unwanted.into()]);
    given::<Conversation>(heard_at(NOW_SECONDS - 5, asked(FIRST)))
        .when(BeginAttempt { preferences: all, ..BEGIN })
        .then([leaves()]);
}

#[test]
fn no_agent_is_asked_to_talk_about_an_opting_out() {
    let Event::MessageReceived(mut received) = heard(NOW_SECONDS) else { unreachable!() };
    assert!(state_of::<Conversation>([received.clone().into()]).attention.asked.is_some());
    received.facts.word = Some(PreferenceWord::Stop);
    assert!(state_of::<Conversation>([received.into()]).attention.asked.is_none());
}

#[test]
fn who_came_from_an_advertisement_and_was_answered_in_time_can_be_written_to_for_three_days() {
    let entered = |at: i64| {
        let Event::MessageReceived(mut received) = heard(at) else { unreachable!() };
        received.facts.referral = true;
        Event::from(received)
    };
    let outbox = |entered_at: i64, answered_at: i64| {
        state_of::<Conversation>([opened(), entered(entered_at), accepted(FIRST, answered_at)])
            .outbox
    };
    let in_time = outbox(0, WINDOW_SECONDS - 1);
    assert_eq!(in_time.window_until(), Some(WINDOW_SECONDS - 1 + ENTRY_WINDOW_SECONDS));
    assert_eq!(outbox(0, WINDOW_SECONDS).window_until(), Some(WINDOW_SECONDS));
    assert!(in_time.is_open(WINDOW_SECONDS * 3) && !in_time.is_open(WINDOW_SECONDS * 4));
}

#[test]
fn imported_history_opens_no_window() {
    let Event::MessageReceived(mut received) = heard(NOW_SECONDS) else { unreachable!() };
    received.facts.history_status = Some("read".into());
    let state = state_of::<Conversation>([opened(), received.into()]);
    assert!(!state.outbox.is_open(NOW_SECONDS));
}

#[test]
fn an_accepted_message_is_known_by_the_platforms_id() {
    let on_its_way = begun([asked(FIRST), attempted(FIRST, 1, NOW_SECONDS)]);
    let took = Answer::Accepted { platform: PLATFORM, settled: Settled::Answer };
    given::<Conversation>(on_its_way.clone())
        .when(settle(took.clone()))
        .then([accepted(FIRST, NOW_SECONDS).into()])
        .claiming([ClaimKey::Message(PLATFORM)]);
    let done = on_its_way.into_iter().chain([accepted(FIRST, NOW_SECONDS)]);
    given::<Conversation>(done).when(settle(took)).then([]);
}

#[test]
fn a_rejection_ends_it_waits_or_stops_the_number() {
    let on_its_way = begun([asked(FIRST), attempted(FIRST, 1, NOW_SECONDS)]);
    let tell = |code| refusing(Some(400), Some(code));
    let given = || given::<Conversation>(on_its_way.clone());
    let coded =
        |code, rejected| crate::Event::from(MessageRejected { code: Some(code), ..rejected });
    given().when(tell(131_026)).then([coded(131_026, rejected(1, ErrorClass::No, None))]);
    given().when(tell(190)).then([coded(190, rejected(1, ErrorClass::Fix, None))]);
    let again = rejected(1, ErrorClass::Retry, Some(NOW_SECONDS + 1));
    given().when(tell(131_016)).then([coded(131_016, again.clone())]);
    let unreached = MessageRejected { http_status: None, ..again.clone() };
    given().when(refusing(None, None)).then([unreached.into()]);
    let limited = rejected(1, ErrorClass::Wait, Some(NOW_SECONDS + 6));
    given().when(tell(131_056)).then([coded(131_056, limited)]);
    let asked = Answer::Rejected { http_status: Some(429), code: None, retry_after: Some(9) };
    let then = MessageRejected { http_status: Some(429), retry_at: Some(NOW_SECONDS + 9), ..again };
    given().when(settle(asked)).then([then.into()]);
}

#[test]
fn attempts_come_to_an_end() {
    let last = begun([asked(FIRST), attempted(FIRST, ATTEMPTS_MAX, NOW_SECONDS)]);
    let failed = MessageRejected { code: Some(131_016), ..rejected(8, ErrorClass::Retry, None) };
    assert!(failed.is_final());
    given::<Conversation>(last).when(refusing(Some(400), Some(131_016))).then([failed.into()]);
}

#[test]
fn what_was_not_answered_is_never_sent_again_by_itself() {
    let on_its_way = [asked(FIRST), asked(SECOND), attempted(FIRST, 1, NOW_SECONDS)];
    let until = NOW_SECONDS + UNANSWERED_SECONDS;
    given::<Conversation>(begun(on_its_way.clone()))
        .when(settle(Answer::Nothing))
        .then([unanswered(FIRST, until).into()]);
    let open: Vec<_> = on_its_way.into_iter().chain([unanswered(FIRST, until)]).collect();
    given::<Conversation>(begun(open.clone())).when(settle(Answer::Nothing)).then([]);
    given::<Conversation>(begun(open.clone())).when(BEGIN).refused(RefusalCode::NotAllowedNow);
    // The next message does not wait for it longer than for any other.
    let free = NOW_SECONDS + SETTLE_SECONDS;
    assert_eq!(next(open.clone(), NOW_SECONDS), Next::At(free));
    assert_eq!(next(open.clone(), free), Next::Attempt(SECOND));
    assert_eq!(next(open.clone(), until), Next::GiveUp(FIRST));
    given::<Conversation>(begun(open.clone())).when(GiveUp { message: FIRST }).then([]);
    // A status settles it after all.
    let took = Answer::Accepted { platform: PLATFORM, settled: Settled::Status };
    let settled = MessageAccepted {
        message: FIRST,
        platform: PLATFORM,
        at: NOW_SECONDS,
        settled: Settled::Status,
        bulk: None,
    };
    given::<Conversation>(begun(open)).when(settle(took)).then([settled.into()]);
}

#[test]
fn after_a_quarter_of_an_hour_a_person_has_to_look() {
    let tried = NOW_SECONDS - UNANSWERED_SECONDS;
    let open = [asked(FIRST), attempted(FIRST, 1, tried), unanswered(FIRST, NOW_SECONDS)];
    given::<Conversation>(begun(open.clone()))
        .when(GiveUp { message: FIRST })
        .then([MessageUndetermined { message: FIRST, bulk: None }.into()]);
    let over = open.into_iter().chain([MessageUndetermined { message: FIRST, bulk: None }.into()]);
    assert_eq!(next(over, NOW_SECONDS), Next::Nothing);
}

#[test]
fn a_status_outweighs_a_rejection_that_would_have_been_tried_again() {
    let again = rejected(1, ErrorClass::Retry, Some(NOW_SECONDS + 1));
    let open = [asked(FIRST), attempted(FIRST, 1, NOW_SECONDS), again.into()];
    let took = Answer::Accepted { platform: PLATFORM, settled: Settled::Answer };
    given::<Conversation>(begun(open))
        .when(settle(took))
        .then([accepted(FIRST, NOW_SECONDS).into()]);
}

#[test]
fn what_has_not_left_can_be_taken_back() {
    let cancel = CancelMessage { message: FIRST, sandbox: false };
    let cancelled = Event::from(MessageCancelled { message: FIRST, bulk: None });
    given::<Conversation>(begun([asked(FIRST)])).when(cancel).then([cancelled.clone().into()]);
    assert_eq!(next([asked(FIRST), cancelled], NOW_SECONDS), Next::Nothing);
    given::<Conversation>(begun([asked(FIRST), attempted(FIRST, 1, NOW_SECONDS)]))
        .when(cancel)
        .refused(RefusalCode::NotAllowedNow);
    given::<Conversation>([]).when(cancel).refused(RefusalCode::NotFound);
}

#[test]
fn where_a_template_is_refused_the_next_of_its_group_is_sent_and_each_once() {
    let template = |n: u128| TemplateId(Uuid::from_u128(n));
    let choice = TemplateChoice {
        group: TemplateGroupId(Uuid::from_u128(40)),
        passed_over: vec![],
        next: vec![template(42), template(43)],
    };
    let asked: Event = MessageRequested {
        message: FIRST,
        kind: "template".into(),
        requested_at: NOW_SECONDS - 30,
        template: Some("ready".into()),
        template_id: Some(template(41)),
        choice: Some(choice),
        ..MessageRequested::default()
    }
    .into();
    let no = |code, fallback| SettleAttempt { fallback, ..refusing(Some(400), Some(code)) };
    let refused = |attempt| MessageRejected {
        code: Some(132_015),
        ..rejected(attempt, ErrorClass::Retry, Some(NOW_SECONDS))
    };
    let fell_back = |next, template| TemplateFellBack {
        message: FIRST,
        template,
        next,
        code: Some(132_015),
        at: NOW_SECONDS,
    };
    let history = begun([asked, attempted(FIRST, 1, NOW_SECONDS)]);
    let first = [refused(1).into(), fell_back(0, template(42)).into()];
    given::<Conversation>(history.clone()).when(no(132_015, Some(0))).then(first);
    // What says nothing of the template, or where none is left, is as ever.
    for command in [no(132_015, None), no(131_026, Some(0)), no(132_015, Some(9))] {
        let decided = given::<Conversation>(history.clone()).when(command).decided();
        assert_eq!(decided.0.len(), 1);
    }
    let second = history
        .into_iter()
        .chain([refused(1).into(), fell_back(0, template(42)).into()])
        .chain([attempted(FIRST, 2, NOW_SECONDS)]);
    let outbox = state_of::<Conversation>(second.clone()).outbox;
    assert_eq!(outbox.find(FIRST).unwrap().template_id, Some(template(42)));
    let then = [refused(2).into(), fell_back(1, template(43)).into()];
    given::<Conversation>(second.clone()).when(no(132_015, Some(1))).then(then);
    // None is sent a second time.
    let again = given::<Conversation>(second).when(no(132_015, Some(0))).decided();
    assert_eq!(again.0.len(), 1);
}

#[test]
fn what_is_tried_in_the_sandbox_takes_nobodys_turn() {
    let tried = |message| -> Event {
        MessageRequested {
            message,
            kind: "text".into(),
            requested_at: NOW_SECONDS,
            sandbox: true,
            ..MessageRequested::default()
        }
        .into()
    };
    let taken = |settled| -> Event {
        let (platform, at) = (PLATFORM, NOW_SECONDS);
        MessageAccepted { message: FIRST, platform, at, settled, bulk: None }.into()
    };
    let asks = state_of::<Conversation>(begun([])).attention.asked;
    let state = state_of::<Conversation>(begun([tried(FIRST)]));
    assert_eq!(state.attention.asked, asks, "nobody was answered");
    // It does not wait for what was taken, and nobody waits for it.
    let waits = [asked(SECOND), accepted(SECOND, NOW_SECONDS), tried(FIRST)];
    assert_eq!(next(waits, NOW_SECONDS), Next::Attempt(FIRST));
    let done = [tried(FIRST), taken(Settled::Sandbox), asked(SECOND)];
    assert_eq!(next(done, NOW_SECONDS), Next::Attempt(SECOND));
    let real = [asked(FIRST), taken(Settled::Answer), asked(SECOND)];
    assert_eq!(next(real, NOW_SECONDS), Next::At(NOW_SECONDS + SETTLE_SECONDS));
    let full = (0..OUTBOX_MAX).map(|_| tried(FIRST));
    let outbox = state_of::<Conversation>(begun(full)).outbox;
    assert_eq!((outbox.is_full(true), outbox.is_full(false)), (true, false));
}

#[test]
fn what_was_cut_short_in_the_sandbox_is_answered_here_and_delays_nobody() {
    let at = NOW_SECONDS - 1;
    let tried = MessageRequested {
        message: FIRST,
        kind: "text".into(),
        requested_at: NOW_SECONDS - 30,
        sandbox: true,
        ..MessageRequested::default()
    };
    let cut_short = [tried.into(), attempted(FIRST, 1, at), asked(SECOND)];
    assert_eq!(next(cut_short.clone(), NOW_SECONDS), Next::Answer(FIRST));
    // Also what an earlier build left open.
    let left_open = cut_short.into_iter().chain([unanswered(FIRST, at + UNANSWERED_SECONDS)]);
    let history = begun(left_open);
    let outbox = state_of::<Conversation>(history.clone()).outbox;
    assert_eq!(outbox.next(NOW_SECONDS), Next::Answer(FIRST));
    let (platform, settled) = (PLATFORM, Settled::Sandbox);
    let accepted =
        MessageAccepted { message: FIRST, platform, at: NOW_SECONDS, settled, bulk: None };
    given::<Conversation>(history.clone())
        .when(SettleAttempt {
            message: FIRST,
            answer: Answer::Accepted { platform, settled },
            words: StatusContent::default(),
            emoji: None,
            fallback: None,
        })
        .then([accepted.clone().into()]);
    let after = history.into_iter().chain([accepted.into()]);
    let outbox = state_of::<Conversation>(after).outbox;
    assert_eq!(outbox.next(NOW_SECONDS), Next::Attempt(SECOND));
}

#[test]
fn a_key_of_the_sandbox_takes_back_only_what_was_tried_in_it() {
    let cancel = CancelMessage { message: FIRST, sandbox: true };
    given::<Conversation>(begun([asked(FIRST)])).when(cancel).refused(RefusalCode::SandboxKey);
    let tried = MessageRequested { message: FIRST, sandbox: true, ..MessageRequested::default() };
    given::<Conversation>(begun([tried.into()])).when(cancel).then([MessageCancelled {
        message: FIRST,
        bulk: None,
    }
    .into()]);
}

#[test]
fn it_is_known_whether_the_next_message_has_to_wait_for_one_before() {
    let busy = |more: Vec<Event>, now| state_of::<Conversation>(begun(more)).outbox.is_busy(now);
    let taken = || vec![asked(FIRST), accepted(FIRST, NOW_SECONDS)];
    assert!(!busy(vec![], NOW_SECONDS));
    assert!(busy(vec![asked(FIRST)], NOW_SECONDS));
    assert!(busy(vec![asked(FIRST), attempted(FIRST, 1, NOW_SECONDS)], NOW_SECONDS));
    assert!(busy(taken(), NOW_SECONDS) && !busy(taken(), NOW_SECONDS + SETTLE_SECONDS));
    let later = MessageRequested {
        message: FIRST,
        due_at: Some(NOW_SECONDS + 60),
        ..MessageRequested::default()
    };
    assert!(!busy(vec![later.into()], NOW_SECONDS), "nobody waits for what is to be sent later");
}

#[test]
fn a_reaction_that_was_taken_is_shown_at_its_message() {
    let reacting = |sandbox| -> Event {
        MessageRequested {
            message: FIRST,
            kind: "reaction".into(),
            requested_at: NOW_SECONDS - 30,
            reply_to: Some(SECOND),
            sandbox,
            ..MessageRequested::default()
        }
        .into()
    };
    let (platform, at) = (PLATFORM, NOW_SECONDS);
    let taken = |settled, emoji: Option<&str>| SettleAttempt {
        emoji: emoji.map(Into::into),
        ..settle(Answer::Accepted { platform, settled })
    };
    let accepted = |settled| -> Event {
        MessageAccepted { message: FIRST, platform, at, settled, bulk: None }.into()
    };
    let shown = |removed| -> Event {
        ReactionChanged {
            id: FIRST,
            target: SECOND,
            direction: Direction::Outbound,
            at: Some(at),
            removed,
            fragment: Hash32::default(),
        }
        .into()
    };
    let history = |sandbox| begun([reacting(sandbox), attempted(FIRST, 1, NOW_SECONDS - 1)]);
    let yes = Settled::Answer;
    given::<Conversation>(history(false))
        .when(taken(yes, Some("👍")))
        .then([accepted(yes).into(), shown(false).into()]);
    given::<Conversation>(history(false))
        .when(taken(yes, Some("")))
        .then([accepted(yes).into(), shown(true).into()]);
    // What cannot be read any more, and what was only tried, is shown nowhere.
    given::<Conversation>(history(false)).when(taken(yes, None)).then([accepted(yes).into()]);
    let tried = Settled::Sandbox;
    given::<Conversation>(history(true))
        .when(taken(tried, Some("👍")))
        .then([accepted(tried).into()]);
}

//! One conversation's messages, one after the other.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::limits::MESSAGES_A_SECOND;
use convolog_domain::{
    ChannelId, ConversationId, Event, MessageId, Sensitive, StatusContent, StreamKind, WorkspaceId,
    channel::{Channel, ChannelConnected, State as ChannelState},
    contact::Contact,
    conversation::{self, Answer, Conversation, ErrorClass, Next, SettleAttempt, Settled},
    media::Media,
};
use convolog_engine::{Answer as Kept, Caller, Engine, EngineError, Recorded, Requested};
use convolog_log::{Mode, Timestamp};

use super::answer::sealed;
use super::handover::{Handover, Maker, NotReady};
use super::pace::Pace;
use super::reach::Reach;
use super::upload::{Upload, Uploads};
use crate::acting::Acting;
use crate::figures;
use crate::lanes::{After, Lane, Lanes, Step, Worker, in_steps};
use crate::platform::{Platform, Refused, Said};

/// Messages on the wire at the same time.
const AT_ONCE: usize = 64;
/// Messages of broadcasts among them.
const BULK_AT_ONCE: usize = 48;
/// How long a message of a broadcast rests while others of them are on the wire, in microseconds.
const SOON: i64 = 100_000;
/// How long somebody who waits for a place is left alone at most, in microseconds.
const LOOK_AGAIN: i64 = 600_000_000;
/// How long the sender waits before it counts again.
const AGAIN: Duration = Duration::from_secs(1);

/// Sends for all lanes.
pub(super) struct Sender {
    acting: Acting,
    pace: Pace,
    reach: Arc<Reach>,
    turns: tokio::sync::Semaphore,
    bulk_turns: tokio::sync::Semaphore,
    uploads: Uploads,
}

impl Worker for Sender {
    /// What is asked for, what lets the next message go, and what puts a number or a broadcast right.
    const HEARD: &'static [&'static str] = &[
        "broadcast_cancelled",
        "broadcast_resumed",
        "channel_limits_changed",
        "message_requested",
        "message_accepted",
        "message_cancelled",
        "status_received",
        "channel_connected",
        "channel_token_replaced",
        "sending_resumed",
    ];

    fn acting(&self) -> &Acting {
        &self.acting
    }

    async fn work(&self, lane: Lane) -> After {
        in_steps(&self.acting, lane, |lane| self.step(lane)).await
    }

    fn hear(&self, lanes: &mut Lanes, event: &Recorded) {
        if event.stream.kind != StreamKind::Conversation {
            return lanes.wake_stalled();
        }
        let lane = (event.workspace(), ConversationId(event.stream.id));
        let asked =
            matches!(event.event, Event::Conversation(conversation::Event::MessageRequested(_)));
        if asked || lanes.knows(lane) {
            lanes.wake(lane);
        }
    }
}

impl Sender {
    pub(super) fn new(acting: Acting) -> Self {
        let turns = tokio::sync::Semaphore::new(AT_ONCE);
        let bulk_turns = tokio::sync::Semaphore::new(BULK_AT_ONCE);
        let (pace, reach, uploads) = (Pace::default(), Arc::default(), Uploads::new());
        Self { acting, pace, reach, turns, bulk_turns, uploads }
    }

    /// Counts the people who were written to first within the last day; false if the server stops
    /// meanwhile. Before that nothing may leave: it could be too much.
    pub(super) async fn count(&self) -> bool {
        loop {
            let (reach, acting) = (Arc::clone(&self.reach), self.acting.clone());
            let counting =
                tokio::task::spawn_blocking(move || reach.count(acting.engine(), acting.now()));
            match counting.await {
                Ok(Ok(())) => return true,
                Ok(Err(error)) => tracing::error!(%error, "those written to first are not counted"),
                Err(error) => tracing::error!(%error, "those written to first are not counted"),
            }
            tokio::select! {
                () = tokio::time::sleep(AGAIN) => {}
                () = self.acting.stopping().cancelled() => return false,
            }
        }
    }

    async fn step(&self, (workspace, conversation): Lane) -> Result<Step, EngineError> {
        let engine = self.acting.engine();
        let loaded = engine.load::<Conversation>(workspace, conversation.0)?;
        let Some(opened) = &loaded.state.opened else { return Ok(Step::Rest(After::Nothing)) };
        let caller = Caller::system(workspace);
        let now = self.acting.now().0.div_euclid(1_000_000);
        let upcoming = engine.upcoming(workspace, &loaded.state.outbox, now)?;
        if let Some(message) = upcoming.given_up {
            return self.cancel(&caller, conversation, message).await;
        }
        let held = upcoming.held;
        match upcoming.next {
            Next::Nothing if held => Ok(Step::Rest(After::Stalled)),
            Next::Nothing => Ok(Step::Rest(After::Nothing)),
            Next::At(at) => {
                let at = Timestamp(at.saturating_mul(1_000_000));
                Ok(Step::Rest(if held { After::StalledUntil(at) } else { After::At(at) }))
            }
            Next::GiveUp(message) => {
                engine.give_up(&caller, conversation, message).await?;
                tracing::warn!(%conversation, %message, "nobody knows what became of a message");
                Ok(Step::Again)
            }
            // Whoever handed it over did not live to hear the answer, or to give it themselves.
            Next::Answer(message) => {
                let tried = loaded.state.outbox.find(message).is_some_and(|one| one.sandbox);
                let answer = if tried {
                    in_sandbox(engine, (workspace, opened.channel), message)?
                } else {
                    Answer::Nothing
                };
                let words = StatusContent::default();
                let command = SettleAttempt { message, answer, words, emoji: None, fallback: None };
                engine.settle_attempt(&caller, conversation, command).await?;
                Ok(Step::Again)
            }
            Next::Attempt(message) => {
                if engine.load::<Contact>(workspace, opened.contact.0)?.state.erased {
                    return self.cancel(&caller, conversation, message).await;
                }
                let one = loaded.state.outbox.find(message);
                let fallen_to = one.and_then(|one| one.fallen_to);
                self.attempt((workspace, conversation), opened.channel, (message, fallen_to)).await
            }
        }
    }

    /// What is to be sent by now: a template may stand in the place of the first one.
    fn asked_now(
        &self,
        workspace: WorkspaceId,
        message: MessageId,
        fallen_to: Option<u32>,
    ) -> Result<Option<Requested>, EngineError> {
        let mut asked = self.acting.engine().requested(workspace, message)?;
        if let Some(asked) = &mut asked {
            let element = asked.element_now(fallen_to);
            if let Some(content) = &mut asked.content {
                content.fragment = element;
            }
        }
        Ok(asked)
    }

    async fn attempt(
        &self,
        (workspace, conversation): Lane,
        channel: ChannelId,
        (message, fallen_to): (MessageId, Option<u32>),
    ) -> Result<Step, EngineError> {
        let engine = self.acting.engine();
        let caller = Caller::system(workspace);
        let Some(asked) = self.asked_now(workspace, message, fallen_to)? else {
            return self.cancel(&caller, conversation, message).await;
        };
        let caller = Caller { mode: asked.mode, ..caller };
        let state = engine.load::<Channel>(workspace, channel.0)?.state;
        let Some(settings) = state.live().filter(|_| !state.stopped) else {
            return Ok(Step::Rest(After::Stalled));
        };
        // It is uploaded before a turn is taken: what one platform delays delays no other number.
        if self.has_yet_to_be_uploaded((workspace, channel), &asked)?
            && let Err(why) = self.file((workspace, channel), settings, &asked).await?
        {
            return self.without_file((&caller, conversation, message), why).await;
        }
        // A broadcast does not fill the wire: there is always room for whoever is in a conversation. What
        // is tried in the sandbox takes nobody's turn, and must not hold up what waits behind it.
        let bulk = asked.event.bulk.is_some() && asked.mode == Mode::Live;
        let bulk_turn = bulk.then(|| self.bulk_turns.try_acquire());
        let Ok(_bulk_turn) = bulk_turn.transpose() else {
            return Ok(Step::Rest(After::At(Timestamp(self.acting.now().0.saturating_add(SOON)))));
        };
        if asked.mode == Mode::Live {
            let number = (channel, &*state, settings.waba_id.as_str());
            let kind = (asked.event.template.is_some(), bulk);
            if let Err(at) = self.room((workspace, conversation), kind, number)? {
                return Ok(Step::Rest(After::At(at)));
            }
        }
        let file = match self.file((workspace, channel), settings, &asked).await? {
            Ok(file) => file,
            Err(why) => return self.without_file((&caller, conversation, message), why).await,
        };
        let made = self.make((workspace, conversation), settings.clone(), asked.clone(), file);
        let made = made.await?;
        if matches!(made, Err(NotReady::Unable)) {
            return Ok(Step::Rest(After::Stalled));
        }
        let turn = match asked.mode {
            Mode::Live => Some(self.turns.acquire().await),
            Mode::Test => None,
        };
        let Ok(_turn) = turn.transpose() else { return Ok(Step::Rest(After::Nothing)) };
        if !engine.begin_attempt(&caller, conversation, message).await? {
            return Ok(Step::Again);
        }
        let (answer, words) = match made {
            Ok(_) if asked.mode == Mode::Test => {
                let accepted = in_sandbox(engine, (workspace, channel), message)?;
                (accepted, StatusContent::default())
            }
            Ok(handover) => {
                let said = handover.send(self.acting.outgoing()).await;
                (answer(engine, (workspace, channel), &said)?, sealed(&said))
            }
            Err(why) => (Answer::Impossible, words_of(&why)),
        };
        let broken = is_broken(&answer);
        figures::sent(&answer);
        // Which template is sent in its place, the engine finds where it is recorded.
        let command = SettleAttempt { message, answer, words, emoji: None, fallback: None };
        engine.settle_attempt(&caller, conversation, command).await?;
        if broken {
            tracing::error!(
                %channel,
                "nothing can be sent with a number until a token, payment or registration is put right"
            );
        }
        Ok(Step::Again)
    }

    /// Whether there is room for one more message at this moment, or when there will be: the platform
    /// may have slowed the number down, it sends so many a second, its portfolio writes to so many
    /// people first.
    fn room(
        &self,
        (workspace, conversation): Lane,
        (template, bulk): (bool, bool),
        (channel, number, account): (ChannelId, &ChannelState, &str),
    ) -> Result<Result<(), Timestamp>, EngineError> {
        let (engine, now) = (self.acting.engine(), self.acting.now());
        let slowed = number.slowed.as_ref().map(|slowed| slowed.until.saturating_mul(1_000_000));
        if let Some(until) = slowed.filter(|until| now.0 < *until) {
            return Ok(Err(Timestamp(until)));
        }
        let state = engine.load::<Conversation>(workspace, conversation.0)?.state;
        // What is no template does not leave outside the window.
        let writes_first = template && !state.outbox.is_open(now.0.div_euclid(1_000_000));
        if let Some(opened) = state.opened.as_ref().filter(|_| writes_first) {
            let most = engine.people_a_day(account)?;
            let person = (workspace, opened.contact);
            if let Err(at) = self.reach.take(account, person, most, now) {
                // The tier may grow before that.
                let look = Timestamp(now.0.saturating_add(LOOK_AGAIN));
                return Ok(Err(at.min(look)));
            }
        }
        let a_second = number.limits.messages_a_second.unwrap_or(MESSAGES_A_SECOND);
        Ok(self.pace.take(channel, (a_second, bulk), now))
    }

    fn has_yet_to_be_uploaded(
        &self,
        (workspace, channel): (WorkspaceId, ChannelId),
        asked: &Requested,
    ) -> Result<bool, EngineError> {
        let Some(media) = asked.event.media.filter(|_| asked.mode == Mode::Live) else {
            return Ok(false);
        };
        let state = self.acting.engine().load::<Media>(workspace, media.0)?.state;
        Ok(!state.is_uploaded(channel, self.acting.now().0.div_euclid(1_000_000)))
    }

    /// What the platform calls the file that a message needs; none if it needs none. If the platform
    /// did not take it, what is to be said of the message, or nothing if the number cannot send.
    async fn file(
        &self,
        (workspace, channel): (WorkspaceId, ChannelId),
        settings: &ChannelConnected,
        asked: &Requested,
    ) -> Result<Result<Option<Sensitive>, Option<Answer>>, EngineError> {
        let Some(media) = asked.event.media.filter(|_| asked.mode == Mode::Live) else {
            return Ok(Ok(None));
        };
        let engine = self.acting.engine();
        let Some(platform) = Platform::through(engine, workspace, settings)? else {
            return Ok(Err(None));
        };
        let with = (engine, self.acting.outgoing());
        let uploaded = self.uploads.ensure(with, (workspace, channel), &platform, media);
        let uploaded = tokio::select! {
            uploaded = uploaded => uploaded?,
            // An upload that is broken off harms nobody: it is made again.
            () = self.acting.stopping().cancelled() => return Ok(Err(None)),
        };
        Ok(match uploaded {
            Upload::Done(id) => Ok(Some(id)),
            Upload::Failed(answer) => Err(Some(answer)),
        })
    }

    /// Makes a message ready, beside the runtime: it reads from disk.
    async fn make(
        &self,
        (workspace, conversation): Lane,
        channel: ChannelConnected,
        asked: Requested,
        file: Option<Sensitive>,
    ) -> Result<Result<Handover, NotReady>, EngineError> {
        let (engine, models) = (self.acting.engine().clone(), self.acting.models().clone());
        let making = tokio::task::spawn_blocking(move || {
            let content = asked.content.as_ref().ok_or(NotReady::Impossible)?;
            let maker = Maker { engine: &engine, models: &models, workspace };
            maker.make(conversation, &channel, &asked.event, (content, file.as_ref()))
        });
        match making.await.map_err(|_| EngineError::Interrupted("making a message ready"))? {
            Err(NotReady::Engine(error)) => Err(error),
            Err(NotReady::Query(error)) => {
                tracing::warn!(%error, "whom a message goes to could not be read");
                Err(EngineError::Interrupted("reading whom a message goes to"))
            }
            Ok(handover) => {
                let private = handover.leads_here(self.acting.outgoing()).await;
                Ok(if private { Err(NotReady::Private) } else { Ok(handover) })
            }
            Err(why) => Ok(Err(why)),
        }
    }

    /// Nothing left: the message was not taken because its file was not, or the number cannot send.
    async fn without_file(
        &self,
        (caller, conversation, message): (&Caller, ConversationId, MessageId),
        why: Option<Answer>,
    ) -> Result<Step, EngineError> {
        let Some(answer) = why else { return Ok(Step::Rest(After::Stalled)) };
        let engine = self.acting.engine();
        if engine.begin_attempt(caller, conversation, message).await? {
            let words = StatusContent::default();
            let command = SettleAttempt { message, answer, words, emoji: None, fallback: None };
            engine.settle_attempt(caller, conversation, command).await?;
        }
        Ok(Step::Again)
    }

    async fn cancel(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<Step, EngineError> {
        let engine = self.acting.engine();
        engine.cancel_message(caller, conversation, message, None, |_| Kept::none()).await?;
        Ok(Step::Again)
    }
}

/// What the log is told of a message that was tried in the sandbox: it stopped before the wire.
fn in_sandbox(
    engine: &Engine,
    (workspace, channel): (WorkspaceId, ChannelId),
    message: MessageId,
) -> Result<Answer, EngineError> {
    let platform = engine.platform_message(workspace, channel, &message.to_string())?;
    Ok(Answer::Accepted { platform, settled: Settled::Sandbox })
}

/// What is sealed of why a message could not be put to the platform.
fn words_of(why: &NotReady) -> StatusContent {
    StatusContent { error_details: Some(why.to_string().into()), ..StatusContent::default() }
}

/// What the log is told of an answer.
fn answer(
    engine: &Engine,
    (workspace, channel): (WorkspaceId, ChannelId),
    said: &Said<Sensitive>,
) -> Result<Answer, EngineError> {
    Ok(match said {
        Said::Yes(id) => Answer::Accepted {
            platform: engine.platform_message(workspace, channel, id.expose())?,
            settled: Settled::Answer,
        },
        Said::No(Refused { http_status, code, retry_after, .. }) => {
            Answer::Rejected { http_status: *http_status, code: *code, retry_after: *retry_after }
        }
        Said::Nothing => Answer::Nothing,
    })
}

/// Whether nothing more can be sent with the number.
fn is_broken(answer: &Answer) -> bool {
    let Answer::Rejected { http_status, code, .. } = answer else { return false };
    ErrorClass::of_answer(*http_status, *code) == ErrorClass::Fix
}

#[cfg(test)]
mod tests {
    use convolog_domain::broadcast::{BroadcastStarted, Bulk};
    use convolog_domain::conversation::{ConversationOpened, MessageAttempted, MessageRequested};
    use convolog_domain::{BroadcastId, ClaimKey, ContactId, Decision};
    use uuid::Uuid;

    use super::*;
    use crate::testing::{CHANNEL, Fixture, WORKSPACE};

    const TALK: ConversationId = ConversationId(Uuid::from_u128(9));
    const TRIED: MessageId = MessageId(Uuid::from_u128(21));
    const SPRING: BroadcastId = BroadcastId(Uuid::from_u128(11));

    /// A conversation in which a message waits that was asked for in the sandbox.
    async fn tried(bulk: Option<Bulk>) -> (Fixture, Sender) {
        let fixture = Fixture::connected().await;
        let contact = ContactId(Uuid::from_u128(8));
        let opened = ConversationOpened { channel: CHANNEL, contact, agent: None };
        fixture.tell(StreamKind::Conversation, TALK.0, Decision::new(opened)).await;
        let asked = MessageRequested {
            message: TRIED,
            kind: "text".into(),
            requested_at: 1,
            template: Some("spring".into()),
            bulk,
            sandbox: true,
            ..MessageRequested::default()
        };
        let asked = Decision::new(asked).claiming(ClaimKey::Message(TRIED));
        fixture.tell_in(Mode::Test, StreamKind::Conversation, TALK.0, asked).await;
        let sender = Sender::new(fixture.acting());
        (fixture, sender)
    }

    fn open(fixture: &Fixture) -> usize {
        let loaded = fixture.engine().load::<Conversation>(WORKSPACE, TALK.0).unwrap();
        loaded.state.outbox.messages.len()
    }

    #[tokio::test]
    async fn what_is_tried_in_the_sandbox_waits_for_no_turn_and_holds_up_nobody() {
        let (fixture, sender) = tried(Some(Bulk { broadcast: SPRING, recipient: 1 })).await;
        let started = Decision::new(BroadcastStarted { from: 0 });
        fixture.tell(StreamKind::Broadcast, SPRING.0, started).await;
        // Whatever may be on the wire is there.
        sender.turns.forget_permits(AT_ONCE);
        sender.bulk_turns.forget_permits(BULK_AT_ONCE);
        assert!(matches!(sender.step((WORKSPACE, TALK)).await, Ok(Step::Again)));
        assert_eq!(open(&fixture), 0);
    }

    #[tokio::test]
    async fn what_was_cut_short_in_the_sandbox_is_accepted_there() {
        let (fixture, sender) = tried(None).await;
        let (attempt, at, writes_first) = (1, 1, false);
        let attempted = MessageAttempted { message: TRIED, attempt, at, writes_first };
        let attempted = Decision::new(attempted);
        fixture.tell_in(Mode::Test, StreamKind::Conversation, TALK.0, attempted).await;
        assert!(matches!(sender.step((WORKSPACE, TALK)).await, Ok(Step::Again)));
        assert_eq!(open(&fixture), 0);
        let log = fixture.engine().log();
        let last = Recorded::read(&log.get(log.head()).unwrap().unwrap()).unwrap();
        let Event::Conversation(conversation::Event::MessageAccepted(accepted)) = last.event else {
            unreachable!("{:?}", last.event)
        };
        assert_eq!((accepted.message, accepted.settled), (TRIED, Settled::Sandbox));
    }
}

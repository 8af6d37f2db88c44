//! One conversation's messages, one after the other.

use std::sync::Arc;
use std::time::Duration;

use convolog_domain::limits::MESSAGES_A_SECOND;
use convolog_domain::{
    ChannelId, ConversationId, MessageId, StatusContent, WorkspaceId,
    channel::Channel,
    contact::Contact,
    conversation::{Answer, Conversation, ErrorClass, Next, SettleAttempt, Settled},
};
use convolog_engine::{Answer as Kept, Caller, Engine, EngineError, Requested};
use convolog_log::{Mode, Timestamp};

use super::answer::Said;
use super::handover::{Handover, Maker, NotReady};
use super::pace::Pace;
use super::reach::Reach;
use crate::acting::Acting;
use crate::lanes::{After, Lane};

/// Messages on the wire at the same time.
const AT_ONCE: usize = 64;
/// How long a lane rests after something of ours failed, in microseconds.
const REST: i64 = 1_000_000;
/// How long somebody who waits for a place is left alone at most, in microseconds.
const LOOK_AGAIN: i64 = 600_000_000;
/// How long the sender waits before it counts again.
const AGAIN: Duration = Duration::from_secs(1);

/// Sends for all lanes.
pub(super) struct Sender {
    acting: Acting,
    pace: Pace,
    reach: Reach,
    turns: tokio::sync::Semaphore,
}

/// One step of a lane.
enum Step {
    /// Look at the conversation again.
    Again,
    /// Nothing more for now.
    Rest(After),
}

impl Sender {
    pub(super) fn new(acting: Acting) -> Self {
        let turns = tokio::sync::Semaphore::new(AT_ONCE);
        Self { acting, pace: Pace::default(), reach: Reach::default(), turns }
    }

    /// Counts the people who were written to first within the last day; false if the server stops
    /// meanwhile. Before that nothing may leave: it could be too much.
    pub(super) async fn count(self: &Arc<Self>) -> bool {
        loop {
            let sender = Arc::clone(self);
            let counting = tokio::task::spawn_blocking(move || {
                sender.reach.count(sender.acting.engine(), sender.acting.now())
            });
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

    /// Does what can be done in a conversation at this moment.
    pub(super) async fn work(&self, lane: Lane) -> After {
        loop {
            if !self.acting.may_act() {
                return self.rest();
            }
            match self.step(lane).await {
                Ok(Step::Again) => {}
                Ok(Step::Rest(after)) => return after,
                Err(EngineError::Refused(_)) => {
                    // Somebody was faster: what the log says now decides.
                    return self.rest();
                }
                Err(error) => {
                    tracing::error!(conversation = %lane.1, %error, "sending rests for a second");
                    return self.rest();
                }
            }
        }
    }

    fn rest(&self) -> After {
        After::At(Timestamp(self.acting.now().0.saturating_add(REST)))
    }

    async fn step(&self, (workspace, conversation): Lane) -> Result<Step, EngineError> {
        let engine = self.acting.engine();
        let loaded = engine.load::<Conversation>(workspace, conversation.0)?;
        let Some(opened) = &loaded.state.opened else { return Ok(Step::Rest(After::Nothing)) };
        let caller = Caller::system(workspace);
        let now = self.acting.now().0.div_euclid(1_000_000);
        match loaded.state.outbox.next(now) {
            Next::Nothing => Ok(Step::Rest(After::Nothing)),
            Next::At(at) => Ok(Step::Rest(After::At(Timestamp(at.saturating_mul(1_000_000))))),
            Next::GiveUp(message) => {
                engine.give_up(&caller, conversation, message).await?;
                tracing::warn!(%conversation, %message, "nobody knows what became of a message");
                Ok(Step::Again)
            }
            // Whoever handed it over did not live to hear the answer.
            Next::Answer(message) => {
                let command = SettleAttempt {
                    message,
                    answer: Answer::Nothing,
                    words: StatusContent::default(),
                    fallback: None,
                };
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

    async fn attempt(
        &self,
        (workspace, conversation): Lane,
        channel: ChannelId,
        (message, fallen_to): (MessageId, Option<u32>),
    ) -> Result<Step, EngineError> {
        let engine = self.acting.engine();
        let caller = Caller::system(workspace);
        let Some(mut asked) = engine.requested(workspace, message)? else {
            return self.cancel(&caller, conversation, message).await;
        };
        let element = asked.element_now(fallen_to);
        if let Some(content) = &mut asked.content {
            content.fragment = element;
        }
        let caller = Caller { mode: asked.mode, ..caller };
        let state = engine.load::<Channel>(workspace, channel.0)?.state;
        let Some(settings) = state.live().filter(|_| !state.stopped) else {
            return Ok(Step::Rest(After::Stalled));
        };
        let slowed =
            state.slowed.as_ref().map_or(0, |slowed| slowed.until.saturating_mul(1_000_000));
        if self.acting.now().0 < slowed {
            return Ok(Step::Rest(After::At(Timestamp(slowed))));
        }
        if asked.mode == Mode::Live {
            let template = asked.event.template.is_some();
            let a_second = state.limits.messages_a_second.unwrap_or(MESSAGES_A_SECOND);
            let number = (channel, settings.waba_id.as_str(), a_second);
            if let Err(at) = self.room((workspace, conversation), template, number)? {
                return Ok(Step::Rest(After::At(at)));
            }
        }
        let made = self.make(workspace, conversation, settings.clone(), asked.clone()).await?;
        if matches!(made, Err(NotReady::Unable)) {
            return Ok(Step::Rest(After::Stalled));
        }
        let Ok(_turn) = self.turns.acquire().await else {
            return Ok(Step::Rest(After::Nothing));
        };
        if !engine.begin_attempt(&caller, conversation, message).await? {
            return Ok(Step::Again);
        }
        let (answer, words) = match made {
            Ok(_) if asked.mode == Mode::Test => {
                let platform = engine.platform_message(workspace, channel, &message.to_string())?;
                let accepted = Answer::Accepted { platform, settled: Settled::Sandbox };
                (accepted, StatusContent::default())
            }
            Ok(handover) => {
                let said = handover.send(self.acting.outgoing()).await;
                (answer(engine, (workspace, channel), &said)?, said.sealed())
            }
            Err(_) => (Answer::Impossible, StatusContent::default()),
        };
        let broken = is_broken(&answer);
        // Which template is sent in its place, the engine finds where it is recorded.
        let command = SettleAttempt { message, answer, words, fallback: None };
        engine.settle_attempt(&caller, conversation, command).await?;
        if broken {
            tracing::error!(
                %channel,
                "nothing can be sent with a number until a token, payment or registration is put right"
            );
        }
        Ok(Step::Again)
    }

    /// Whether there is room for one more message at this moment, or when there will be: the number
    /// sends so many a second, its portfolio writes to so many people first.
    fn room(
        &self,
        (workspace, conversation): Lane,
        template: bool,
        (channel, account, a_second): (ChannelId, &str, u32),
    ) -> Result<Result<(), Timestamp>, EngineError> {
        let (engine, now) = (self.acting.engine(), self.acting.now());
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
        Ok(self.pace.take(channel, a_second, now))
    }

    /// Makes a message ready, beside the runtime: it reads from disk.
    async fn make(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        channel: convolog_domain::channel::ChannelConnected,
        asked: Requested,
    ) -> Result<Result<Handover, NotReady>, EngineError> {
        let (engine, models) = (self.acting.engine().clone(), self.acting.models().clone());
        let making = tokio::task::spawn_blocking(move || {
            let content = asked.content.as_ref().ok_or(NotReady::Impossible)?;
            let maker = Maker { engine: &engine, models: &models, workspace };
            maker.make(conversation, &channel, &asked.event, content)
        });
        match making.await.map_err(|_| EngineError::Interrupted("making a message ready"))? {
            Err(NotReady::Engine(error)) => Err(error),
            Err(NotReady::Query(error)) => {
                tracing::warn!(%error, "whom a message goes to could not be read");
                Err(EngineError::Interrupted("reading whom a message goes to"))
            }
            made => Ok(made),
        }
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

/// What the log is told of an answer.
fn answer(
    engine: &Engine,
    (workspace, channel): (WorkspaceId, ChannelId),
    said: &Said,
) -> Result<Answer, EngineError> {
    Ok(match said {
        Said::Yes(id) => Answer::Accepted {
            platform: engine.platform_message(workspace, channel, id.expose())?,
            settled: Settled::Answer,
        },
        Said::No { http_status, code, retry_after, .. } => {
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

//! Recording how a message leaves: attempt, outcome, and what was heard of it before the outcome.
//!
//! Everything is decided on the conversation's own stream, so that of two senders only one hands a
//! message over. What the platform told of a message before it was known moves into its
//! conversation in the same commit.

use convolog_domain::{
    BroadcastId, ChannelId, ClaimKey, Command, ContactId, Content, ConversationId, Decision, Event,
    MessageId, Personal, Refusal, RefusalCode, Sensitive, StatusContent, StreamKind, SubjectId,
    WorkspaceId,
    broadcast::{Broadcast, Bulk, Status},
    channel::{Channel, SlowDown, StopSending},
    contact::{Contact, OptOut, PreferenceScope, PreferenceSource, Preferences},
    conversation::{
        self, Answer as Outcome, BeginAttempt, CancelMessage, Conversation, ErrorClass, GiveUp,
        HandOff, MessageRequested, OPTED_OUT, SettleAttempt, Slows, StatusReceived, unmatched,
    },
    installation::Installation,
    limits::REPLY_FAILED,
};
use convolog_log::Mode;
use serde_json::Value;
use uuid::Uuid;

use crate::disclose::{Disclose, Disclosure};
use crate::engine::{Caller, Engine, Loaded};
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Done, Once};
use crate::inbound::shortened;
use crate::plan::{Plan, Require, Step};
use crate::recorded::{Recorded, Stream};

/// How many waiting statuses are read at a time.
const WAITING_PAGE: usize = 500;

/// A status that came before its message.
pub(crate) struct Waiting {
    /// What the platform said.
    pub(crate) status: StatusReceived,
    /// What is sealed of it.
    pub(crate) personal: Vec<Personal>,
}

/// A message that was asked for, as it stands in the log.
#[derive(Clone, PartialEq, Debug)]
pub struct Requested {
    /// The event.
    pub event: MessageRequested,
    /// In which conversation.
    pub conversation: ConversationId,
    /// For real or in the sandbox.
    pub mode: Mode,
    /// What to say; none if it was erased.
    pub content: Option<convolog_domain::MessageContent>,
}

/// What comes next for a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Upcoming {
    /// Without the messages of broadcasts that stand still.
    pub next: conversation::Next,
    /// Messages of such a broadcast wait here until somebody resumes it.
    pub held: bool,
    /// A message of a broadcast that was given up: it is to be taken back.
    pub given_up: Option<MessageId>,
}

impl Engine {
    /// Records that a message is handed over now. True if it may leave; false if it failed here,
    /// because the conversation's window closed meanwhile or the person opted out. Whoever opts out, or
    /// stops a broadcast, at this very moment is seen: the commit relies on what they want.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if it is not its turn.
    pub async fn begin_attempt(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<bool, EngineError> {
        let leaves = |event: &Event| {
            matches!(event, Event::Conversation(conversation::Event::MessageAttempted(_)))
        };
        let begun = self.commit_once(caller, None, || {
            let loaded = self.load::<Conversation>(caller.workspace, conversation.0)?;
            let (preferences, requires) = match &loaded.state.opened {
                Some(opened) => self.known_preferences(caller.workspace, opened.contact)?,
                None => (Preferences::NONE, Vec::new()),
            };
            let (held, stand) = self.held(caller.workspace, &loaded.state.outbox)?;
            let command = BeginAttempt { message, preferences, held };
            let (mut plan, events) = self.decide_on(caller, conversation.0, &loaded, command)?;
            plan.requires.extend(requires.into_iter().chain(stand));
            let body = events.iter().any(leaves).into();
            Ok((plan, Answer { body, ..Answer::none() }))
        });
        Ok(begun.await?.body == Value::Bool(true))
    }

    /// Which of the broadcasts that have messages in a conversation stand still or were given up, with
    /// what must still be true of them when a commit relies on it.
    fn held(
        &self,
        workspace: WorkspaceId,
        outbox: &conversation::Outbox,
    ) -> Result<(Vec<BroadcastId>, Vec<Require>), EngineError> {
        let (mut held, mut requires) = (Vec::new(), Vec::new());
        for broadcast in outbox.broadcasts() {
            let loaded = self.load::<Broadcast>(workspace, broadcast.0)?;
            if matches!(loaded.state.status, Status::Paused | Status::Cancelled) {
                held.push(broadcast);
            }
            let stream = Stream::new(workspace, StreamKind::Broadcast, broadcast.0);
            requires.push(Require::StreamAt(stream, loaded.version));
        }
        Ok((held, requires))
    }

    /// What comes next for a conversation at `now` (seconds since 1970), as the broadcasts stand of
    /// which messages wait in it.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn upcoming(
        &self,
        workspace: WorkspaceId,
        outbox: &conversation::Outbox,
        now: i64,
    ) -> Result<Upcoming, EngineError> {
        let (held, _) = self.held(workspace, outbox)?;
        let next = outbox.next_but(now, &held);
        let mut given_up = None;
        for one in outbox.messages.iter().filter(|one| one.waits()) {
            let Some(bulk) = one.bulk.filter(|bulk| held.contains(&bulk.broadcast)) else {
                continue;
            };
            let state = self.load::<Broadcast>(workspace, bulk.broadcast.0)?.state;
            if state.status == Status::Cancelled {
                given_up = Some(one.message);
                break;
            }
        }
        Ok(Upcoming { next, held: !held.is_empty(), given_up })
    }

    /// Records what became of an attempt; statuses that came before it follow in the same commit.
    pub async fn settle_attempt(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        command: SettleAttempt,
    ) -> Result<Answered, EngineError> {
        let (message, outcome) = (command.message, command.answer.clone());
        let before = self.load::<Conversation>(caller.workspace, conversation.0)?.state;
        if let (Some(one), Outcome::Rejected { code, .. }) = (before.outbox.find(message), outcome)
        {
            self.note_template(caller, one.template_id, code).await?;
        }
        self.commit_once(caller, None, || {
            let loaded = self.load::<Conversation>(caller.workspace, conversation.0)?;
            let contact = loaded.state.opened.as_ref().map(|opened| opened.contact);
            let mut command = command.clone();
            if let Some(contact) = contact
                && self.load::<Contact>(caller.workspace, contact.0)?.state.erased
            {
                command.words = StatusContent::default();
            }
            if let Some(one) = loaded.state.outbox.find(command.message) {
                command.fallback = self.fallback(caller.workspace, one)?;
                command.emoji = self.emoji(caller.workspace, one)?;
            }
            let (message, outcome) = (command.message, command.answer.clone());
            let (mut plan, events) = self.decide_on(caller, conversation.0, &loaded, command)?;
            if events.is_empty() {
                return Ok((plan, Answer::none()));
            }
            if let Outcome::Accepted { platform, .. } = outcome.clone() {
                let bulk = loaded.state.outbox.find(message).and_then(|one| one.bulk);
                let of = (caller.workspace, conversation);
                self.follow_up(&mut plan, of, (message, bulk), platform)?;
                self.see_to_failure(&mut plan, of, message, &loaded);
            }
            if let Some(opened) = &loaded.state.opened {
                self.stop_if_broken(&mut plan, caller.workspace, opened.channel, &events)?;
                let unwanted = (message, &outcome);
                self.stop_if_unwanted(&mut plan, caller.workspace, opened.contact, unwanted)?;
                self.slow_if_too_much(&mut plan, caller.workspace, opened.channel, &events)?;
            }
            Ok((plan, Answer::none()))
        })
        .await
    }

    /// What somebody reacted with, if a message is a reaction and can be read.
    pub(crate) fn emoji(
        &self,
        workspace: WorkspaceId,
        one: &conversation::Outgoing,
    ) -> Result<Option<Sensitive>, EngineError> {
        if one.reacts_to.is_none() {
            return Ok(None);
        }
        let asked = self.requested(workspace, one.message)?;
        Ok(asked.and_then(|asked| asked.content?.text))
    }

    /// Stops waiting for a sign of a message.
    pub async fn give_up(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<Done, EngineError> {
        self.execute(caller, conversation.0, GiveUp { message }).await
    }

    /// Takes back a message that has not left.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is none, or the platform may have it.
    pub async fn cancel_message(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        message: MessageId,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        if !self.is_in(caller.workspace, conversation, message)? {
            return Err(Refusal::new(RefusalCode::NotFound, "there is no such message").into());
        }
        let command = CancelMessage { message, sandbox: caller.mode == Mode::Test };
        self.execute_once(caller, conversation.0, command, once, answer).await
    }

    /// Whether a message is one of this conversation.
    pub(crate) fn is_in(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<bool, EngineError> {
        let first = self.first_of_message(workspace, message)?;
        let here = Stream::new(workspace, StreamKind::Conversation, conversation.0);
        Ok(first.is_some_and(|first| first.stream == here))
    }

    /// The id of a platform's message: keyed, so that it can be named before the message is known.
    pub fn platform_message(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
        platform_id: &str,
    ) -> Result<MessageId, EngineError> {
        let parts: [&[u8]; 2] = [channel.0.as_bytes(), platform_id.as_bytes()];
        Ok(MessageId(shortened(self.keyed_hash(workspace, "message-id", &parts)?)))
    }

    /// The event by which a message first became known, if it is.
    pub fn first_of_message(
        &self,
        workspace: WorkspaceId,
        message: MessageId,
    ) -> Result<Option<Recorded>, EngineError> {
        let claim = self.claim_hash(workspace, &ClaimKey::Message(message))?;
        let Some(holder) = self.log().holder(&claim)? else { return Ok(None) };
        let Some(record) = self.log().get(holder.position)? else { return Ok(None) };
        Ok(Some(Recorded::read(&record)?))
    }

    /// A message that was asked for, and what it says.
    pub fn requested(
        &self,
        workspace: WorkspaceId,
        message: MessageId,
    ) -> Result<Option<Requested>, EngineError> {
        let Some(recorded) = self.first_of_message(workspace, message)? else { return Ok(None) };
        let content = self.open(&recorded).into_iter().find_map(|part| match part.disclosure {
            Disclosure::Content(Content::Message(content)) => Some(*content),
            _ => None,
        });
        let Event::Conversation(conversation::Event::MessageRequested(event)) = recorded.event
        else {
            return Ok(None);
        };
        let conversation = ConversationId(recorded.stream.id);
        Ok(Some(Requested { event, conversation, mode: recorded.mode, content }))
    }

    /// Statuses that came before their message, and how far they were read.
    pub(crate) fn waiting_for(
        &self,
        workspace: WorkspaceId,
        message: MessageId,
    ) -> Result<(Vec<Waiting>, u64), EngineError> {
        let stream = Stream::new(workspace, StreamKind::Unmatched, message.0);
        let (mut waiting, mut version) = (Vec::new(), 0);
        loop {
            let page = self.log().read_stream(&stream.key(), version, WAITING_PAGE)?;
            let Some(last) = page.last() else { return Ok((waiting, version)) };
            version = last.header.version;
            for record in &page {
                let recorded = Recorded::read(record)?;
                let personal = contents(self, &recorded);
                if let Event::Unmatched(unmatched::Event::StatusWaiting(told)) = recorded.event {
                    waiting.push(Waiting { status: told.status, personal });
                }
            }
        }
    }

    /// An agent's answer of which it was told already that it did not arrive asks for a person.
    fn see_to_failure(
        &self,
        plan: &mut Plan,
        (workspace, conversation): (WorkspaceId, ConversationId),
        message: MessageId,
        loaded: &Loaded<Conversation>,
    ) {
        let failed = plan.steps.iter().any(|step| match &step.decision.event {
            Event::Conversation(conversation::Event::StatusReceived(told)) => {
                told.status == "failed"
            }
            _ => false,
        });
        let Some(agent) = loaded.state.attention.lost(message).filter(|_| failed) else { return };
        let stream = Stream::new(workspace, StreamKind::Conversation, conversation.0);
        let command = HandOff { reason: REPLY_FAILED.to_owned(), agent: Some(agent) };
        self.follows(plan, stream, loaded, command);
    }

    /// What an outcome means for something else, in the same commit. A rule that stands in its way keeps
    /// nobody from recording the outcome itself: that happened.
    fn follows<C: Command>(
        &self,
        plan: &mut Plan,
        stream: Stream,
        loaded: &Loaded<C::Aggregate>,
        command: C,
    ) {
        match command.decide(&loaded.state, &mut self.ctx()) {
            Ok(decisions) => {
                plan.steps.extend(decisions.into_iter().map(|decision| Step { stream, decision }));
            }
            Err(refusal) => {
                let code = refusal.code;
                tracing::info!(?code, "what should follow from an outcome is not possible now");
            }
        }
    }

    /// A number with which nothing can be sent until somebody puts something right stops in the same
    /// commit.
    fn stop_if_broken(
        &self,
        plan: &mut Plan,
        workspace: WorkspaceId,
        channel: ChannelId,
        events: &[Event],
    ) -> Result<(), EngineError> {
        let broken = events.iter().find_map(|event| match event {
            Event::Conversation(conversation::Event::MessageRejected(rejected)) => {
                (rejected.class == ErrorClass::Fix).then_some(rejected.code)
            }
            _ => None,
        });
        let loaded = self.load::<Channel>(workspace, channel.0)?;
        let Some(code) = broken.filter(|_| loaded.state.live().is_some()) else { return Ok(()) };
        let stream = Stream::new(workspace, StreamKind::Channel, channel.0);
        self.follows(plan, stream, &loaded, StopSending { code });
        plan.requires.push(Require::StreamAt(stream, loaded.version));
        Ok(())
    }

    /// The platform did not take it because the person does not want such messages: known from now on,
    /// in the same commit.
    fn stop_if_unwanted(
        &self,
        plan: &mut Plan,
        workspace: WorkspaceId,
        contact: ContactId,
        (message, outcome): (MessageId, &Outcome),
    ) -> Result<(), EngineError> {
        if !matches!(outcome, Outcome::Rejected { code: Some(OPTED_OUT), .. }) {
            return Ok(());
        }
        let contact = self.standing(workspace, contact)?;
        let loaded = self.load::<Contact>(workspace, contact.0)?;
        if loaded.state.erased {
            return Ok(());
        }
        let (scope, source) = (PreferenceScope::Marketing, PreferenceSource::PlatformError);
        let heard = OptOut::heard(contact, scope, source);
        let command = OptOut { message: Some(message), code: Some(OPTED_OUT), ..heard };
        let stream = Stream::new(workspace, StreamKind::Contact, contact.0);
        self.follows(plan, stream, &loaded, command);
        plan.requires.push(Require::StreamAt(stream, loaded.version));
        Ok(())
    }

    /// A number with which too much is sent, or every number of its account, slows down in the same
    /// commit.
    fn slow_if_too_much(
        &self,
        plan: &mut Plan,
        workspace: WorkspaceId,
        channel: ChannelId,
        events: &[Event],
    ) -> Result<(), EngineError> {
        let refused = events.iter().find_map(|event| match event {
            Event::Conversation(conversation::Event::MessageRejected(rejected)) => rejected.code,
            _ => None,
        });
        let Some((code, slows)) = refused.and_then(|code| Some((code, Slows::by(code)?))) else {
            return Ok(());
        };
        let mut channels = vec![channel];
        if slows == Slows::Account {
            channels.extend(self.beside(workspace, channel)?);
        }
        for channel in channels {
            let loaded = self.load::<Channel>(workspace, channel.0)?;
            if loaded.state.live().is_none() {
                continue;
            }
            let stream = Stream::new(workspace, StreamKind::Channel, channel.0);
            self.follows(plan, stream, &loaded, SlowDown { code });
            plan.requires.push(Require::StreamAt(stream, loaded.version));
        }
        Ok(())
    }

    /// The other channels of the workspace that belong to the business account of one.
    fn beside(
        &self,
        workspace: WorkspaceId,
        channel: ChannelId,
    ) -> Result<Vec<ChannelId>, EngineError> {
        let settings = self.load::<Channel>(workspace, channel.0)?.state.settings.clone();
        let Some(settings) = settings else { return Ok(Vec::new()) };
        let directory = self.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?.state;
        let links = directory.accounts.get(&settings.waba_id).into_iter().flatten();
        let ours = links.filter(|link| link.workspace == workspace && link.channel != channel);
        Ok(ours.map(|link| link.channel).collect())
    }

    /// To how many people the portfolio of a business account may write first within 24 hours, as far
    /// as any of its channels was told: the newest word counts. None if nobody said, or no limit.
    pub fn people_a_day(&self, account: &str) -> Result<Option<u64>, EngineError> {
        let directory = self.load::<Installation>(WorkspaceId::INSTALLATION, Uuid::nil())?.state;
        let mut newest = None;
        for link in directory.accounts.get(account).into_iter().flatten() {
            let state = self.load::<Channel>(link.workspace, link.channel.0)?.state;
            newest = newest.max(state.limits.tier.clone());
        }
        Ok(newest.and_then(|tier| tier.people))
    }

    /// What was told under the platform's id before the message was known by it.
    fn follow_up(
        &self,
        plan: &mut Plan,
        (workspace, conversation): (WorkspaceId, ConversationId),
        (message, bulk): (MessageId, Option<Bulk>),
        platform: MessageId,
    ) -> Result<(), EngineError> {
        let (waiting, version) = self.waiting_for(workspace, platform)?;
        let unmatched = Stream::new(workspace, StreamKind::Unmatched, platform.0);
        plan.requires.push(Require::StreamAt(unmatched, version));
        let stream = Stream::new(workspace, StreamKind::Conversation, conversation.0);
        for told in waiting {
            let mut decision = Decision::new(StatusReceived { message, bulk, ..told.status });
            decision.personal = told.personal;
            plan.steps.push(Step { stream, decision });
        }
        Ok(())
    }
}

/// What is sealed in an event and can be opened.
fn contents(engine: &Engine, recorded: &Recorded) -> Vec<Personal> {
    let part = |subject: SubjectId, disclosure| match disclosure {
        Disclosure::Content(content) => Some(Personal { subject, content }),
        Disclosure::Erased | Disclosure::Unreadable(_) => None,
    };
    let opened = engine.open(recorded).into_iter();
    opened.filter_map(|opened| part(opened.subject, opened.disclosure)).collect()
}

//! Messages on their way out, as decisions see them: only those whose fate is open, so that the
//! state of a long conversation stays small.

use super::responding_events::AgentReplied;
use super::sending_events::{
    MessageAccepted, MessageAttempted, MessageCancelled, MessageRejected, MessageRequested,
    MessageUnanswered, MessageUndetermined, Settled, TemplateFellBack,
};
use super::{Direction, MessageFacts, StatusReceived};
use crate::broadcast::Bulk;
use crate::ids::{AgentId, BroadcastId, MessageId, TemplateId};
use crate::limits::{OUTBOX_MAX, SETTLE_SECONDS};

/// Seconds after a customer's message in which anything may be sent to them.
pub(super) const WINDOW_SECONDS: i64 = 24 * 3_600;
/// Seconds in which anything may be sent after an advertisement's visitor was answered in time.
pub(super) const ENTRY_WINDOW_SECONDS: i64 = 72 * 3_600;

/// The type of a message that is an emoji at another one.
pub(super) const REACTION: &str = "reaction";

/// How far a message has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// It waits for its turn, and for this time (seconds since 1970).
    Waiting {
        /// Not before.
        not_before: i64,
    },
    /// It was handed to the platform at this time (seconds since 1970); the answer is open.
    Attempted {
        /// When.
        at: i64,
    },
    /// There was no answer; a status is waited for.
    Unanswered {
        /// When the attempt was made (seconds since 1970).
        at: i64,
        /// Until when (seconds since 1970).
        until: i64,
    },
}

/// A message whose fate is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// Which message.
    pub message: MessageId,
    /// It is a template, which may be sent at any time.
    pub template: bool,
    /// It promotes something.
    pub marketing: bool,
    /// The agent whose answer it is.
    pub agent: Option<AgentId>,
    /// The templates that are sent in its place where the platform refuses it, the next one first.
    pub next_templates: Vec<TemplateId>,
    /// The template that is sent: none is the first choice, else which of those that were next.
    pub fallen_to: Option<u32>,
    /// The template that is sent, if it is known here.
    pub template_id: Option<TemplateId>,
    /// The message at which it is shown, if it is a reaction.
    pub reacts_to: Option<MessageId>,
    /// The recipient of a broadcast that it is for.
    pub bulk: Option<Bulk>,
    /// It was asked for with a test key: nobody is sent it, and nobody waits for it.
    pub sandbox: bool,
    /// Attempts so far.
    pub attempts: u32,
    /// How far it has come.
    pub stage: Stage,
}

impl Outgoing {
    /// Whether it has not left, or was not taken: it can be taken back.
    pub const fn waits(&self) -> bool {
        matches!(self.stage, Stage::Waiting { .. })
    }
}

/// All of a conversation's messages whose fate is open, and what decides when they may leave.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outbox {
    /// In the order in which they were asked for.
    pub messages: Vec<Outgoing>,
    /// The newest message that the platform took and has not delivered yet, and when it was taken
    /// (seconds since 1970).
    pub settling: Option<(MessageId, i64)>,
    /// When the customer last wrote (seconds since 1970, the platform's time).
    pub heard_at: Option<i64>,
    /// When they last came from an advertisement and nobody has answered since.
    pub entered_at: Option<i64>,
    /// Until when anything may be sent because they came from an advertisement.
    pub entry_until: Option<i64>,
}

/// What comes next for a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// Nothing waits.
    Nothing,
    /// Look again then (seconds since 1970).
    At(i64),
    /// This message may be attempted now.
    Attempt(MessageId),
    /// This message was handed over and nobody took note of an answer.
    Answer(MessageId),
    /// The wait for a status of this message is over.
    GiveUp(MessageId),
}

impl Outbox {
    /// Until when anything may be sent, by what was heard so far (seconds since 1970).
    pub fn window_until(&self) -> Option<i64> {
        self.heard_at.map(|at| at + WINDOW_SECONDS).max(self.entry_until)
    }

    /// Whether anything may be sent at `now` (seconds since 1970), not only templates.
    pub fn is_open(&self, now: i64) -> bool {
        self.window_until().is_some_and(|until| now < until)
    }

    /// The message, if its fate is open.
    pub fn find(&self, message: MessageId) -> Option<&Outgoing> {
        self.messages.iter().find(|one| one.message == message)
    }

    /// Whether no more may wait: those of the sandbox are counted apart.
    pub fn is_full(&self, sandbox: bool) -> bool {
        self.messages.iter().filter(|one| one.sandbox == sandbox).count() >= OUTBOX_MAX
    }

    /// Whether what is said in the conversation itself has to wait for a message before it at `now`
    /// (seconds since 1970).
    pub fn is_busy(&self, now: i64) -> bool {
        let settles = self.settling.is_some_and(|(_, at)| now < at + SETTLE_SECONDS);
        let before = |one: &Outgoing| match one.stage {
            Stage::Attempted { .. } => true,
            Stage::Unanswered { at, .. } => now < at + SETTLE_SECONDS,
            Stage::Waiting { not_before } => {
                one.bulk.is_none() && (one.attempts > 0 || not_before <= now)
            }
        };
        settles || self.messages.iter().any(|one| !one.sandbox && before(one))
    }

    /// What comes next at `now` (seconds since 1970). Messages leave in the order in which they were
    /// asked for, those of broadcasts after what is said in the conversation itself; the next one waits
    /// until the one before was delivered, failed, or had [`SETTLE_SECONDS`] for it. One whose time has
    /// not come yet holds up nobody, and those of the sandbox neither wait for others nor are waited for.
    pub fn next(&self, now: i64) -> Next {
        self.next_but(now, &[])
    }

    /// The same, without messages of these broadcasts, which stand still.
    pub fn next_but(&self, now: i64, held: &[BroadcastId]) -> Next {
        let mut free_at = self.settling.map_or(now, |(_, at)| at + SETTLE_SECONDS);
        let mut look = None;
        for one in &self.messages {
            match one.stage {
                Stage::Waiting { .. } => {}
                // What was tried in the sandbox never left: nobody waits for a sign of it.
                Stage::Attempted { .. } => return Next::Answer(one.message),
                Stage::Unanswered { .. } if one.sandbox => return Next::Answer(one.message),
                Stage::Unanswered { until, .. } if until <= now => {
                    return Next::GiveUp(one.message);
                }
                Stage::Unanswered { at, until } => {
                    free_at = free_at.max(at + SETTLE_SECONDS);
                    look = Some(look.map_or(until, |look: i64| look.min(until)));
                }
            }
        }
        for (one, not_before) in self.in_turn(held) {
            if one.attempts == 0 && now < not_before {
                look = Some(look.map_or(not_before, |look: i64| look.min(not_before)));
                continue;
            }
            let at = if one.sandbox { not_before } else { not_before.max(free_at) };
            if at <= now {
                return Next::Attempt(one.message);
            }
            look = Some(look.map_or(at, |look| look.min(at)));
            if !one.sandbox {
                break;
            }
        }
        look.map_or(Next::Nothing, Next::At)
    }

    /// Those that wait, in the order in which they have their turn, each with the time before which it
    /// does not leave.
    fn in_turn<'a>(&'a self, held: &'a [BroadcastId]) -> impl Iterator<Item = (&'a Outgoing, i64)> {
        let waiting = |one: &'a Outgoing| match one.stage {
            Stage::Waiting { not_before } => Some((one, not_before)),
            Stage::Attempted { .. } | Stage::Unanswered { .. } => None,
        };
        let runs =
            move |one: &&Outgoing| one.bulk.is_none_or(|bulk| !held.contains(&bulk.broadcast));
        let real = self.messages.iter().filter(|one| !one.sandbox);
        let own = real.clone().filter(|one| one.bulk.is_none());
        let to_many = real.filter(|one| one.bulk.is_some()).filter(runs);
        let sandbox = self.messages.iter().filter(|one| one.sandbox).filter(runs);
        sandbox.chain(own).chain(to_many).filter_map(waiting)
    }

    /// The broadcasts of which messages wait here, each once.
    pub fn broadcasts(&self) -> Vec<BroadcastId> {
        let waiting = self.messages.iter().filter(|one| one.waits());
        let mut all: Vec<_> = waiting.filter_map(|one| Some(one.bulk?.broadcast)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    pub(super) fn heard(&mut self, facts: &MessageFacts) {
        // What was handed over as history opens nothing.
        let (Some(at), None) = (facts.sent_at, &facts.history_status) else { return };
        match facts.direction {
            Direction::Inbound => {
                self.heard_at = self.heard_at.max(Some(at));
                if facts.referral {
                    self.entered_at = self.entered_at.max(Some(at));
                }
            }
            Direction::Outbound => self.answered(at),
        }
    }

    /// The business said something, which the platform took at this time.
    fn answered(&mut self, at: i64) {
        if let Some(entered) = self.entered_at.take_if(|entered| *entered <= at)
            && at < entered + WINDOW_SECONDS
        {
            self.entry_until = self.entry_until.max(Some(at + ENTRY_WINDOW_SECONDS));
        }
    }

    pub(super) fn requested(&mut self, requested: &MessageRequested) {
        self.messages.push(Outgoing {
            message: requested.message,
            template: requested.template.is_some(),
            marketing: requested.marketing,
            agent: None,
            next_templates: requested
                .choice
                .iter()
                .flat_map(|choice| choice.next.clone())
                .collect(),
            fallen_to: None,
            template_id: requested.template_id,
            reacts_to: requested.reply_to.filter(|_| requested.kind == REACTION),
            bulk: requested.bulk,
            sandbox: requested.sandbox,
            attempts: 0,
            stage: Stage::Waiting {
                not_before: requested.due_at.unwrap_or(requested.requested_at),
            },
        });
    }

    pub(super) fn replied(&mut self, replied: &AgentReplied) {
        if let Some(one) = replied.message.and_then(|message| self.find_mut(message)) {
            one.agent = Some(replied.agent);
        }
    }

    pub(super) fn attempted(&mut self, attempted: &MessageAttempted) {
        if let Some(one) = self.find_mut(attempted.message) {
            one.attempts = attempted.attempt;
            one.stage = Stage::Attempted { at: attempted.at };
        }
    }

    pub(super) fn accepted(&mut self, accepted: &MessageAccepted) {
        self.finish(accepted.message);
        if accepted.settled == Settled::Sandbox {
            return;
        }
        self.settling = Some((accepted.message, accepted.at));
        self.answered(accepted.at);
    }

    pub(super) fn rejected(&mut self, rejected: &MessageRejected) {
        if rejected.is_final() {
            return self.finish(rejected.message);
        }
        if let Some(one) = self.find_mut(rejected.message) {
            let not_before = rejected.retry_at.unwrap_or(rejected.at);
            one.stage = Stage::Waiting { not_before };
        }
    }

    pub(super) fn fell_back(&mut self, fell_back: &TemplateFellBack) {
        if let Some(one) = self.find_mut(fell_back.message) {
            one.template_id = Some(fell_back.template);
            one.fallen_to = Some(fell_back.next);
        }
    }

    pub(super) fn unanswered(&mut self, unanswered: &MessageUnanswered) {
        if let Some(one) = self.find_mut(unanswered.message) {
            let at = match one.stage {
                Stage::Attempted { at } | Stage::Unanswered { at, .. } => at,
                Stage::Waiting { not_before } => not_before,
            };
            one.stage = Stage::Unanswered { at, until: unanswered.until };
        }
    }

    pub(super) fn undetermined(&mut self, undetermined: &MessageUndetermined) {
        self.finish(undetermined.message);
    }

    pub(super) fn cancelled(&mut self, cancelled: &MessageCancelled) {
        self.finish(cancelled.message);
    }

    pub(super) fn became(&mut self, status: &StatusReceived) {
        let arrived = ["delivered", "read", "played", "failed"].contains(&status.status.as_str());
        self.settling.take_if(|(message, _)| arrived && *message == status.message);
    }

    fn find_mut(&mut self, message: MessageId) -> Option<&mut Outgoing> {
        self.messages.iter_mut().find(|one| one.message == message)
    }

    fn finish(&mut self, message: MessageId) {
        self.messages.retain(|one| one.message != message);
    }
}

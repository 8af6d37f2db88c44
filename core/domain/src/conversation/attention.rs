//! Who is to answer a conversation, as decisions see it: the agent, or a person.

use super::outgoing::Outgoing;
use super::responding_events::{AgentReplied, HandoffTriggered};
use super::{Direction, MessageFacts};
use crate::ids::{AgentId, MessageId};

/// Kinds of message that ask for nothing.
const ASKS_NOTHING: [&str; 4] = ["reaction", "system", "unsupported", "request_welcome"];
/// Replies whose times are kept: more than any limit of an hour counts.
const REPLIES_KEPT: usize = 1_000;
const HOUR_SECONDS: i64 = 3_600;

/// Who is to answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attention {
    /// The customer's newest message, if nobody has answered since.
    pub asked: Option<MessageId>,
    /// The first of what the customer wrote since somebody answered.
    pub asked_first: Option<MessageId>,
    /// The customer's newest message, answered or not.
    pub heard: Option<MessageId>,
    /// A person is to answer, for this reason; the agent is silent.
    pub handoff: Option<String>,
    /// Answers of agents since a person last looked.
    pub in_a_row: u32,
    /// When agents answered in the last hour (seconds since 1970), oldest first.
    pub replied_at: Vec<i64>,
    /// The newest message that an agent answered with, while nobody else has spoken since.
    pub answer: Option<(MessageId, AgentId)>,
}

impl Attention {
    /// Answers of agents within the hour before `now` (seconds since 1970).
    pub fn replies_in_an_hour(&self, now: i64) -> usize {
        self.replied_at.iter().filter(|at| **at > now - HOUR_SECONDS).count()
    }

    /// The agent whose answer did not arrive, if nobody sees to that yet.
    pub(super) fn left_alone(&self, message: Option<&Outgoing>) -> Option<AgentId> {
        message?.agent.filter(|_| self.handoff.is_none())
    }

    /// The agent whose newest answer is this message, if it is lost and nobody sees to that yet.
    pub fn lost(&self, message: MessageId) -> Option<AgentId> {
        let (answer, agent) = self.answer?;
        (answer == message && self.handoff.is_none()).then_some(agent)
    }

    pub(super) fn heard(&mut self, facts: &MessageFacts) {
        // Who opts out asks for nothing, and no agent talks to them about it.
        if facts.history_status.is_some() || facts.word.is_some() {
            return;
        }
        if facts.direction == Direction::Inbound {
            self.heard = Some(facts.message);
        }
        match facts.direction {
            Direction::Inbound if facts.group || ASKS_NOTHING.contains(&facts.kind.as_str()) => {}
            Direction::Inbound => {
                self.asked = Some(facts.message);
                self.asked_first = self.asked_first.or(self.asked);
            }
            Direction::Outbound => {
                self.spoke();
                self.answer = None;
            }
        }
    }

    pub(super) const fn spoke(&mut self) {
        (self.asked, self.asked_first) = (None, None);
    }

    pub(super) fn replied(&mut self, replied: &AgentReplied) {
        if self.asked == Some(replied.answered) {
            self.spoke();
        }
        self.answer = replied.message.map(|message| (message, replied.agent)).or(self.answer);
        self.in_a_row = self.in_a_row.saturating_add(1);
        self.replied_at.retain(|at| *at > replied.at - HOUR_SECONDS);
        if self.replied_at.len() < REPLIES_KEPT {
            self.replied_at.push(replied.at);
        }
    }

    pub(super) fn handed_off(&mut self, triggered: &HandoffTriggered) {
        self.handoff = Some(triggered.reason.clone());
        self.spoke();
    }

    pub(super) fn handed_back(&mut self) {
        self.handoff = None;
        self.in_a_row = 0;
    }
}

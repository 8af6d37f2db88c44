//! Take note of what became of an attempt.

use super::outgoing::{Outgoing, Stage};
use super::platform_error::{ErrorClass, PAIR_LIMIT, refuses_template};
use super::{
    Conversation, Direction, HandoffTriggered, MessageAccepted, MessageRejected, MessageUnanswered,
    ReactionChanged, Settled, State, TemplateFellBack,
};
use crate::broadcast::Bulk;
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::event::Event;
use crate::hash::{Hash32, Sensitive};
use crate::ids::{ContactId, MessageId, TemplateId};
use crate::limits::{ATTEMPTS_MAX, REPLY_FAILED, RETRY_SECONDS_MAX, UNANSWERED_SECONDS};
use crate::personal::{Content, MessageContent, Personal, StatusContent};
use crate::refusal::Refusal;

/// What became of an attempt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The platform has it, under the id of which this is the keyed hash.
    Accepted {
        /// The keyed hash of the platform's id.
        platform: MessageId,
        /// How that became known.
        settled: Settled,
    },
    /// It did not take it.
    Rejected {
        /// The HTTP status of the answer; none if it could not be reached at all.
        http_status: Option<u16>,
        /// Its error code, if it gave one.
        code: Option<i64>,
        /// For how many seconds it asked to wait.
        retry_after: Option<i64>,
    },
    /// It could not even be put to the platform: nobody knows how to reach them, or what it says
    /// cannot be read any more.
    Impossible,
    /// Nothing that could be understood.
    Nothing,
}

/// The attempt is over. An attempt whose outcome is known already changes nothing.
///
/// Who: the sender, and the intake when a status names our id. What is rejected for the time being
/// is tried again, each time four times as long after, [`ATTEMPTS_MAX`] times at most; what could not
/// be understood is never sent again by itself. A reaction that was taken is shown at its message. If an
/// agent's answer failed for good, a person is asked to see to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettleAttempt {
    /// Which message.
    pub message: MessageId,
    /// What became of it.
    pub answer: Answer,
    /// The platform's id and words, sealed for the contact.
    pub words: StatusContent,
    /// The emoji, if it is a reaction and can be read; empty if one is taken back.
    pub emoji: Option<Sensitive>,
    /// Of the templates that may be sent in its place, the first one that can be: which one of those
    /// that were next, from 0.
    pub fallback: Option<u32>,
}

impl Command for SettleAttempt {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let contact = state.begun()?.contact;
        let (message, at) = (self.message, ctx.now_seconds());
        let Some(one) = state.outbox.find(message) else {
            return Ok(self
                .after_all(at)
                .into_iter()
                .map(|one| self.sealed(one, contact))
                .collect());
        };
        // A rejection may be contradicted by a status; nothing else speaks of a message that waits.
        let tells = matches!(self.answer, Answer::Accepted { .. });
        if matches!(one.stage, Stage::Waiting { .. }) && !(tells && one.attempts > 0) {
            return Ok(Vec::new());
        }
        let decision = match self.answer {
            Answer::Accepted { platform, settled } => {
                accepted((message, one.bulk), platform, at, settled)
            }
            Answer::Rejected { http_status, code, .. } if self.falls_back(one, code).is_some() => {
                return Ok(self.fall_back(one, http_status, code, contact, at));
            }
            Answer::Rejected { http_status, code, retry_after } => {
                let class = ErrorClass::of_answer(http_status, code);
                let retry_at = retry_at(one, class, code, retry_after, ctx);
                Decision::new(MessageRejected {
                    message,
                    attempt: one.attempts,
                    at,
                    http_status,
                    code,
                    class,
                    retry_at,
                    bulk: one.bulk,
                })
            }
            Answer::Impossible => Decision::new(MessageRejected {
                message,
                attempt: one.attempts,
                at,
                http_status: None,
                code: None,
                class: ErrorClass::No,
                retry_at: None,
                bulk: one.bulk,
            }),
            Answer::Nothing => match one.stage {
                Stage::Attempted { at } => Decision::new(MessageUnanswered {
                    message,
                    attempt: one.attempts,
                    until: at + UNANSWERED_SECONDS,
                    bulk: one.bulk,
                }),
                Stage::Waiting { .. } | Stage::Unanswered { .. } => return Ok(Vec::new()),
            },
        };
        let reaction = tells.then(|| self.reaction(one, contact, at)).flatten();
        let failed = failed_for_good(&decision.event);
        let agent = state.attention.left_alone(Some(one)).filter(|_| failed);
        let person = agent.map(|agent| {
            let reason = REPLY_FAILED.to_owned();
            Decision::new(HandoffTriggered { reason, at, agent: Some(agent) })
        });
        Ok([Some(self.sealed(decision, contact)), reaction, person].into_iter().flatten().collect())
    }
}

/// Whether a message will not be sent any more.
fn failed_for_good(event: &Event) -> bool {
    match event {
        Event::Conversation(super::Event::MessageRejected(rejected)) => rejected.is_final(),
        _ => false,
    }
}

impl SettleAttempt {
    /// Whoever tells by a status speaks of a message that nothing was known of under the platform's
    /// id: it has it, whatever was thought before.
    fn after_all(&self, at: i64) -> Option<Decision> {
        match self.answer {
            Answer::Accepted { platform, settled: settled @ Settled::Status } => {
                Some(accepted((self.message, None), platform, at, settled))
            }
            _ => None,
        }
    }

    /// A reaction that the platform took is shown at its message, as the customer's are. What was tried
    /// in the sandbox is shown to nobody.
    fn reaction(&self, one: &Outgoing, contact: ContactId, at: i64) -> Option<Decision> {
        let (target, emoji) = (one.reacts_to.filter(|_| !one.sandbox)?, self.emoji.clone()?);
        let reaction = ReactionChanged {
            id: self.message,
            target,
            direction: Direction::Outbound,
            at: Some(at),
            removed: emoji.expose().is_empty(),
            fragment: Hash32::default(),
        };
        let content = MessageContent { text: Some(emoji), ..MessageContent::default() };
        let content = Content::Message(Box::new(content));
        Some(Decision::new(reaction).sealing(Personal { subject: contact.into(), content }))
    }

    /// The template that is sent in the place of the one that was refused.
    fn falls_back(&self, one: &Outgoing, code: Option<i64>) -> Option<(u32, TemplateId)> {
        let next = self.fallback.filter(|_| code.is_some_and(refuses_template))?;
        // Never one that was tried: each is sent once at most, and an end is reached.
        if one.fallen_to.is_some_and(|fallen| next <= fallen) {
            return None;
        }
        let template = one.next_templates.get(usize::try_from(next).ok()?)?;
        Some((next, *template))
    }

    fn fall_back(
        &self,
        one: &Outgoing,
        http_status: Option<u16>,
        code: Option<i64>,
        contact: ContactId,
        at: i64,
    ) -> Vec<Decision> {
        let Some((next, template)) = self.falls_back(one, code) else { return Vec::new() };
        let message = self.message;
        let rejected = MessageRejected {
            message,
            attempt: one.attempts,
            at,
            http_status,
            code,
            class: ErrorClass::Retry,
            retry_at: Some(at),
            bulk: one.bulk,
        };
        let fell_back = TemplateFellBack { message, template, next, code, at };
        vec![self.sealed(Decision::new(rejected), contact), Decision::new(fell_back)]
    }

    fn sealed(&self, decision: Decision, contact: ContactId) -> Decision {
        if self.words == StatusContent::default() {
            return decision;
        }
        let content = Content::Status(Box::new(self.words.clone()));
        decision.sealing(Personal { subject: contact.into(), content })
    }
}

fn accepted(
    (message, bulk): (MessageId, Option<Bulk>),
    platform: MessageId,
    at: i64,
    settled: Settled,
) -> Decision {
    Decision::new(MessageAccepted { message, platform, at, settled, bulk })
        .claiming(ClaimKey::Message(platform))
}

fn retry_at(
    one: &Outgoing,
    class: ErrorClass,
    code: Option<i64>,
    asked: Option<i64>,
    ctx: &mut Ctx,
) -> Option<i64> {
    let waits = matches!(class, ErrorClass::Retry | ErrorClass::Wait);
    if !waits || one.attempts >= ATTEMPTS_MAX {
        return None;
    }
    // 4^X seconds, X = 0, 1, 2 …: the platform's own rule for the pair limit, and a fair one for
    // the others.
    let step = 4_i64.saturating_pow(one.attempts.saturating_sub(1)).min(RETRY_SECONDS_MAX);
    let least = if code == Some(PAIR_LIMIT) { 6 } else { 1 };
    let wait = step.max(least).max(asked.unwrap_or(0).min(RETRY_SECONDS_MAX));
    // Added, never taken away: what was asked for stays the least.
    let spread = i64::try_from(ctx.next_id().as_u128() % 11).unwrap_or(0) * wait / 100;
    Some(ctx.now_seconds() + wait + spread)
}

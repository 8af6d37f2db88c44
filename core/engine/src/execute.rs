//! One command on one aggregate: load, decide, append; decide again if somebody was faster.

use convolog_domain::Content;
use convolog_domain::{
    Aggregate, ClaimKey, Command, Decision, Event, Hash32, KeyId, Personal, ResponseContent,
    StreamKind, SubjectId, request::RequestCompleted,
};
use convolog_log::{AppendError, Position};
use serde_json::Value;
use uuid::Uuid;

use crate::disclose::{Disclose, Disclosure};
use crate::engine::{Caller, Engine};
use crate::error::EngineError;
use crate::plan::{Plan, Require, Step};
use crate::recorded::{Recorded, Stream};

/// How often a decision is made again before the caller hears of it.
pub(crate) const ATTEMPTS: u32 = 32;

/// What a command led to.
#[derive(Clone, PartialEq, Debug)]
pub struct Done {
    /// The newest position that the answer relies on.
    pub position: Position,
    /// The events.
    pub events: Vec<Event>,
}

/// A request that must be carried out once, however often it comes.
#[derive(Clone, Debug)]
pub struct Once {
    /// The API key it came with.
    pub key: KeyId,
    /// The `Idempotency-Key`.
    pub idempotency_key: String,
    /// A hash of method, path and body.
    pub fingerprint: Hash32,
}

/// What a request is answered, worked out before its events are written.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The answer.
    pub body: Value,
    /// The answer for a repetition: secrets masked.
    pub masked: Value,
    /// Whose key seals the kept answer.
    pub subject: SubjectId,
}

/// How a request was answered.
#[derive(Clone, PartialEq, Debug)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The answer.
    pub body: Value,
    /// The position of the commit's first event.
    pub position: Position,
    /// The request had been carried out before; nothing happened now.
    pub repeated: bool,
}

impl Engine {
    /// Carries out one command.
    pub async fn execute<C: Command + Clone>(
        &self,
        caller: &Caller,
        id: Uuid,
        command: C,
    ) -> Result<Done, EngineError> {
        for _ in 0..ATTEMPTS {
            let (mut plan, events) = self.decide(caller, id, command.clone())?;
            if plan.steps.is_empty() {
                return Ok(Done { position: self.log().head(), events });
            }
            match self.commit(caller, &plan).await {
                Ok(committed) => return Ok(Done { position: committed.position, events }),
                Err(error) if error.is_overtaken() => plan.steps.clear(),
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::TooContended(ATTEMPTS))
    }

    /// Carries out one command at most once for each idempotency key, and keeps the answer.
    pub async fn execute_once<C: Command + Clone>(
        &self,
        caller: &Caller,
        id: Uuid,
        command: C,
        once: Option<&Once>,
        answer: impl Fn(&[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        for _ in 0..ATTEMPTS {
            if let Some(once) = once
                && let Some(earlier) = self.earlier_answer(caller, once)?
            {
                return Ok(earlier);
            }
            let (mut plan, events) = self.decide(caller, id, command.clone())?;
            let answered = answer(&events);
            if let Some(once) = once {
                plan.steps.push(self.request_step(caller, once, &answered));
            }
            if plan.steps.is_empty() {
                // The wish is fulfilled already.
                let Answer { status, body, .. } = answered;
                let position = self.log().head();
                return Ok(Answered { status, body, position, repeated: false });
            }
            match self.commit(caller, &plan).await {
                Ok(committed) => {
                    let first = committed.outcomes.iter().find_map(|o| o.as_ref().ok());
                    return Ok(Answered {
                        status: answered.status,
                        body: answered.body,
                        position: first.map_or(committed.position, |header| header.position),
                        repeated: false,
                    });
                }
                Err(error) if error.is_overtaken() => {}
                Err(error) => return Err(error),
            }
        }
        Err(EngineError::TooContended(ATTEMPTS))
    }

    /// The steps of one command on the stream it is addressed to.
    pub(crate) fn decide<C: Command>(
        &self,
        caller: &Caller,
        id: Uuid,
        command: C,
    ) -> Result<(Plan, Vec<Event>), EngineError> {
        let stream = Stream::new(caller.workspace, C::Aggregate::KIND, id);
        let loaded = self.load::<C::Aggregate>(caller.workspace, id)?;
        let decisions = command.decide(&loaded.state, &mut self.ctx())?;
        let events = decisions.iter().map(|decision| decision.event.clone()).collect();
        let steps = decisions.into_iter().map(|decision| Step { stream, decision }).collect();
        let requires = vec![Require::StreamAt(stream, loaded.version)];
        Ok((Plan { steps, requires, origins: Vec::new() }, events))
    }

    fn request_step(&self, caller: &Caller, once: &Once, answer: &Answer) -> Step {
        let id = self.ctx().next_id();
        let decision = Decision::new(RequestCompleted {
            fingerprint: once.fingerprint,
            status: answer.status,
        })
        .sealing(Personal {
            subject: answer.subject,
            content: Content::Response(ResponseContent { body: answer.masked.to_string().into() }),
        })
        .claiming(request_claim(once));
        Step { stream: Stream::new(caller.workspace, StreamKind::Request, id), decision }
    }

    /// The answer that this idempotency key got before, if it was used.
    pub fn earlier_answer(
        &self,
        caller: &Caller,
        once: &Once,
    ) -> Result<Option<Answered>, EngineError> {
        let claim = self.claim_hash(caller.workspace, &request_claim(once))?;
        let Some(holder) = self.log().holder(&claim)? else { return Ok(None) };
        let Some(record) = self.log().get(holder.position)? else { return Ok(None) };
        let recorded = Recorded::read(&record)?;
        let Event::Request(convolog_domain::request::Event::RequestCompleted(completed)) =
            &recorded.event
        else {
            return Ok(None);
        };
        if completed.fingerprint != once.fingerprint {
            return Err(EngineError::KeyReused);
        }
        let body = self
            .open(&recorded)
            .into_iter()
            .find_map(|opened| match opened.disclosure {
                Disclosure::Content(Content::Response(response)) => {
                    serde_json::from_str(response.body.expose()).ok()
                }
                _ => None,
            })
            .unwrap_or_else(|| serde_json::json!({ "erased": true }));
        let first = holder.position.0.saturating_sub(u64::from(recorded.index));
        Ok(Some(Answered {
            status: completed.status,
            body,
            position: Position(first),
            repeated: true,
        }))
    }
}

fn request_claim(once: &Once) -> ClaimKey {
    use sha2::{Digest, Sha256};
    ClaimKey::Request(once.key, Hash32(Sha256::digest(once.idempotency_key.as_bytes()).into()))
}

/// Whether the log refused because of space or because it is poisoned: the server's to report.
pub const fn is_unavailable(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::Append(
            AppendError::NoSpace { .. } | AppendError::Poisoned(_) | AppendError::Closed
        )
    )
}

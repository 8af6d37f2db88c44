//! One command on one aggregate: load, decide, append; decide again if somebody was faster.

use convolog_domain::Content;
use convolog_domain::{
    Aggregate, ClaimKey, Command, Event, Hash32, KeyId, Refusal, RefusalCode, SubjectId,
    request::CompleteRequest,
};
use convolog_log::{AppendError, Position};
use serde_json::Value;
use uuid::Uuid;

use crate::disclose::{Disclose, Disclosure};
use crate::engine::{Caller, Engine, Loaded};
use crate::error::EngineError;
use crate::plan::{Plan, Require, Step};
use crate::recorded::{Recorded, Stream};
use crate::secrets::retired_by;

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

impl Answer {
    /// An answer without secrets: a repetition shows it as it was.
    pub fn open(status: u16, body: Value, subject: impl Into<SubjectId>) -> Self {
        Self { status, masked: body.clone(), body, subject: subject.into() }
    }
}

/// How a request was answered.
#[derive(Clone, PartialEq, Debug)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The answer.
    pub body: Value,
    /// The position of the last event of what was done: whoever has read it has read all of it.
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
        self.commit_once(caller, once, || {
            let (plan, events) = self.decide(caller, id, command.clone())?;
            let answer = answer(&events);
            Ok((plan, answer))
        })
        .await
    }

    /// The same, with an answer that is worked out from the state before and the events.
    pub async fn execute_knowing<C: Command + Clone>(
        &self,
        caller: &Caller,
        id: Uuid,
        command: C,
        once: Option<&Once>,
        answer: impl Fn(&<C::Aggregate as Aggregate>::State, &[Event]) -> Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, once, || {
            let loaded = self.load::<C::Aggregate>(caller.workspace, id)?;
            let (plan, events) = self.decide_on(caller, id, &loaded, command.clone())?;
            Ok((plan, answer(&loaded.state, &events)))
        })
        .await
    }

    /// Keeps the answer to a request that was carried out already; if another one was kept before,
    /// answers that.
    ///
    /// # Errors
    /// [`EngineError::KeyReused`] if the key stands for another request, and what [`Self::commit`]
    /// fails with.
    pub async fn keep_answer(
        &self,
        caller: &Caller,
        once: &Once,
        answer: Answer,
    ) -> Result<Answered, EngineError> {
        self.commit_once(caller, Some(once), || Ok((Plan::default(), answer.clone()))).await
    }

    /// Commits what is decided at most once for each idempotency key; the answer is kept in the same
    /// commit, so that a crash loses both or neither. Decides again whenever somebody was faster.
    pub(crate) async fn commit_once(
        &self,
        caller: &Caller,
        once: Option<&Once>,
        decide: impl Fn() -> Result<(Plan, Answer), EngineError>,
    ) -> Result<Answered, EngineError> {
        for _ in 0..ATTEMPTS {
            if let Some(earlier) = self.earlier(caller, once)? {
                return Ok(earlier);
            }
            let (mut plan, answer) = decide()?;
            let done = plan.steps.len();
            if let Some(once) = once {
                plan.steps.extend(self.request_steps(caller, once, &answer)?);
            }
            let Answer { status, body, .. } = answer;
            if plan.steps.is_empty() {
                // The wish is fulfilled already.
                let position = self.log().head();
                return Ok(Answered { status, body, position, repeated: false });
            }
            match self.commit(caller, &plan).await {
                Ok(committed) => {
                    let last = committed.outcomes.get(done.saturating_sub(1));
                    let last = last.and_then(|outcome| outcome.as_ref().ok());
                    let position = last.map_or(committed.position, |header| header.position);
                    return Ok(Answered { status, body, position, repeated: false });
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
        let loaded = self.load::<C::Aggregate>(caller.workspace, id)?;
        self.decide_on(caller, id, &loaded, command)
    }

    /// The same, on a state that the caller looks at as well.
    pub(crate) fn decide_on<C: Command>(
        &self,
        caller: &Caller,
        id: Uuid,
        loaded: &Loaded<C::Aggregate>,
        command: C,
    ) -> Result<(Plan, Vec<Event>), EngineError> {
        let stream = Stream::new(caller.workspace, C::Aggregate::KIND, id);
        let decisions = command.decide(&loaded.state, &mut self.ctx())?;
        let events: Vec<Event> = decisions.iter().map(|one| one.event.clone()).collect();
        let retired = retired_by::<C::Aggregate>(caller.workspace, &loaded.state, &events);
        let mut steps: Vec<Step> =
            decisions.into_iter().map(|decision| Step { stream, decision }).collect();
        self.settle_places(&mut steps)?;
        let requires = vec![Require::StreamAt(stream, loaded.version)];
        Ok((Plan { steps, requires, retired, ..Plan::default() }, events))
    }

    /// The steps that keep an answer.
    fn request_steps(
        &self,
        caller: &Caller,
        once: &Once,
        answer: &Answer,
    ) -> Result<Vec<Step>, EngineError> {
        let command = CompleteRequest {
            key: once.key,
            idempotency_key: once.hash(),
            fingerprint: once.fingerprint,
            status: answer.status,
            body: answer.masked.to_string().into(),
            subject: answer.subject,
        };
        let id = self.ctx().next_id();
        let (kept, _) = self.decide(caller, id, command)?;
        Ok(kept.steps)
    }

    /// The earlier answer to a request that comes with an idempotency key.
    pub(crate) fn earlier(
        &self,
        caller: &Caller,
        once: Option<&Once>,
    ) -> Result<Option<Answered>, EngineError> {
        once.map_or(Ok(None), |once| self.earlier_answer(caller, once))
    }

    /// The answer that this idempotency key got before, if it was used.
    pub fn earlier_answer(
        &self,
        caller: &Caller,
        once: &Once,
    ) -> Result<Option<Answered>, EngineError> {
        let claim = self.claim_hash(caller.workspace, &ClaimKey::Request(once.key, once.hash()))?;
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
            .ok_or_else(|| {
                let detail = "this was carried out before; its answer was erased with the data of \
                              the person it was about";
                Refusal::new(RefusalCode::Erased, detail)
            })?;
        // The answer stands right behind what was done, if anything was.
        let done = holder.position.0.saturating_sub(u64::from(recorded.index.min(1)));
        Ok(Some(Answered {
            status: completed.status,
            body,
            position: Position(done),
            repeated: true,
        }))
    }
}

impl Once {
    /// A hash of the idempotency key: it may be long, or say too much.
    fn hash(&self) -> Hash32 {
        use sha2::{Digest, Sha256};
        Hash32(Sha256::digest(self.idempotency_key.as_bytes()).into())
    }
}

impl Answer {
    /// The answer to a step that nobody asked for by itself.
    pub const fn none() -> Self {
        let subject = SubjectId(Uuid::nil());
        Self { status: 200, body: Value::Null, masked: Value::Null, subject }
    }
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

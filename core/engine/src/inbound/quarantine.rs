//! Signed changes that could not be taken: kept for the app's owner, tried again after a fix.

use bytes::Bytes;
use convolog_domain::{
    Actor, ClaimKey, Content, Decision, FragmentContent, Hash32, Personal, QuarantineId, Refusal,
    RefusalCode, StreamKind, SubjectId, WorkspaceId,
    quarantine::{AcceptChange, ChangeQuarantined, Event, Evidence, FailRetry, Reason},
};
use convolog_whatsapp::Part;
use uuid::Uuid;

use super::owners::App;
use super::{Inbound, Received, Signed, shares};
use crate::disclose::{Disclose, Disclosure};
use crate::engine::Caller;
use crate::error::EngineError;
use crate::execute::{Answer, Answered, Once};
use crate::plan::{Plan, Step};
use crate::recorded::{Recorded, Stream};

/// The length of a day in seconds.
const DAY_SECONDS: i64 = 86_400;

/// What trying again led to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RetryOutcome {
    /// It was taken by this workspace.
    Accepted(WorkspaceId, Received),
    /// It still cannot be taken.
    Refused(Reason),
}

/// What is set aside.
struct SetAside<'a> {
    reason: Reason,
    text: String,
    part: Option<&'a Part>,
}

impl Inbound {
    /// A body that is not shaped as the platform's.
    pub(crate) async fn quarantine_body(
        &self,
        signed: &Signed,
        body: &Bytes,
    ) -> Result<Received, EngineError> {
        // Bytes that are not text are kept as hex digits: nothing signed is lost.
        let text = std::str::from_utf8(body)
            .map_or_else(|_| format!("hex:{}", hex::encode(body)), ToOwned::to_owned);
        self.set_aside(signed, SetAside { reason: Reason::NotMetaShape, text, part: None }).await
    }

    /// A part that nobody, or somebody else, may take.
    pub(crate) async fn quarantine_part(
        &self,
        signed: &Signed,
        reason: Reason,
        part: &Part,
    ) -> Result<Received, EngineError> {
        let text = convolog_whatsapp::join([part]);
        self.set_aside(signed, SetAside { reason, text, part: Some(part) }).await
    }

    async fn set_aside(
        &self,
        signed: &Signed,
        aside: SetAside<'_>,
    ) -> Result<Received, EngineError> {
        let owner = signed.app.owner;
        let engine = &self.engine;
        let fragment = engine.keyed_hash(owner, "quarantine-hash", &[aside.text.as_bytes()])?;
        let key = ClaimKey::Fragment(fragment);
        if let Some(holder) = engine.log().holder(&engine.claim_hash(owner, &key)?)? {
            return Ok(Received { position: holder.position, repeated: 1, ..Received::default() });
        }
        let mut ctx = engine.ctx();
        let day = ctx.now_seconds().div_euclid(DAY_SECONDS);
        let subject = engine.vault().ensure_day(owner.0, u32::try_from(day).unwrap_or_default())?;
        let decision = Decision::new(change_event(signed, &aside, day, fragment))
            .sealing(Personal {
                subject: SubjectId(subject),
                content: Content::Fragment(FragmentContent {
                    fragment: aside.text.into(),
                    alongside: Vec::new(),
                }),
            })
            .claiming(key);
        let stream = Stream::new(owner, StreamKind::Quarantine, ctx.next_id());
        let plan = Plan { steps: vec![Step { stream, decision }], ..Plan::default() };
        let caller = Caller { actor: Actor::platform(signed.app.id), ..Caller::system(owner) };
        match engine.commit(&caller, &plan).await {
            Ok(committed) => {
                Ok(Received { position: committed.position, quarantined: 1, ..Received::default() })
            }
            // Somebody set the same change aside at this moment.
            Err(EngineError::Append(convolog_log::AppendError::Clash(clash))) => {
                let position = clash.holder.position;
                Ok(Received { position, repeated: 1, ..Received::default() })
            }
            Err(error) => Err(error),
        }
    }

    /// Tries a quarantined change again, for whoever may take it now. What came of it and the answer
    /// are one commit; the change itself is another one, in the workspace that takes it, and taking
    /// it again changes nothing.
    ///
    /// # Errors
    /// [`EngineError::Refused`] if there is no such change, it was accepted before, or its key was
    /// destroyed.
    pub async fn retry(
        &self,
        caller: &Caller,
        id: QuarantineId,
        once: Option<&Once>,
        answer: impl Fn(&RetryOutcome) -> Answer,
    ) -> Result<Answered, EngineError> {
        if let Some(earlier) = self.engine.earlier(caller, once)? {
            return Ok(earlier);
        }
        // Refused if it does not wait, before anything is done.
        let fail = FailRetry { reason: Reason::NotMetaShape };
        self.engine.decide(caller, id.0, fail)?;
        let outcome = self.try_again(caller.workspace, id).await?;
        let decide = || {
            let (plan, _) = match outcome {
                RetryOutcome::Accepted(workspace, _) => {
                    self.engine.decide(caller, id.0, AcceptChange { workspace })?
                }
                RetryOutcome::Refused(reason) => {
                    self.engine.decide(caller, id.0, FailRetry { reason })?
                }
            };
            Ok((plan, answer(&outcome)))
        };
        self.engine.commit_once(caller, once, decide).await
    }

    async fn try_again(
        &self,
        owner: WorkspaceId,
        id: QuarantineId,
    ) -> Result<RetryOutcome, EngineError> {
        let (change, text) = self.quarantined(owner, id.0)?.ok_or_else(|| {
            let detail = "this change can be read no more: its key was destroyed after 30 days";
            Refusal::new(RefusalCode::NotAllowedNow, detail)
        })?;
        let shapeless = Ok(RetryOutcome::Refused(Reason::NotMetaShape));
        let signed = as_received(owner, id, &change);
        let Ok(parts) = convolog_whatsapp::split(text.as_bytes()) else { return shapeless };
        let sorted = self.sort(&signed.app, parts)?;
        let shares = shares::read(&signed, text.as_bytes(), &sorted);
        let Some(first) = shares.first() else {
            let reason = sorted.foreign.first().map(|(reason, _)| *reason);
            return Ok(RetryOutcome::Refused(reason.unwrap_or(Reason::NotMetaShape)));
        };
        if shares.iter().any(|share| share.post.is_err()) {
            return shapeless;
        }
        let mut received = Received::default();
        for share in &shares {
            if let Ok(post) = &share.post {
                received.add(self.intake(&signed, share, post).await?);
            }
        }
        // What still has no owner waits by itself from now on.
        for (reason, part) in &sorted.foreign {
            received.add(self.quarantine_part(&signed, *reason, part).await?);
        }
        Ok(RetryOutcome::Accepted(first.workspace, received))
    }

    fn quarantined(
        &self,
        owner: WorkspaceId,
        id: Uuid,
    ) -> Result<Option<(ChangeQuarantined, String)>, EngineError> {
        let stream = Stream::new(owner, StreamKind::Quarantine, id);
        let Some(record) = self.engine.log().read_stream(&stream.key(), 0, 1)?.into_iter().next()
        else {
            return Ok(None);
        };
        let recorded = Recorded::read(&record)?;
        let text = self.engine.open(&recorded).into_iter().find_map(|o| match o.disclosure {
            Disclosure::Content(Content::Fragment(content)) => Some(content.fragment.0),
            _ => None,
        });
        let convolog_domain::Event::Quarantine(Event::ChangeQuarantined(change)) = recorded.event
        else {
            return Ok(None);
        };
        Ok(text.map(|text| (change, text)))
    }
}

/// What is known of the post that a change came in. Nothing is said that was not kept.
fn as_received(owner: WorkspaceId, id: QuarantineId, change: &ChangeQuarantined) -> Signed {
    let kept = change.evidence.as_deref();
    let secret = kept.map(|kept| kept.secret).unwrap_or_default();
    Signed {
        app: App { owner, id: change.app, secret },
        signature: kept.map(|kept| kept.signature.clone()).unwrap_or_default(),
        body_sha256: change.body_sha256,
        body_bytes: kept.map(|kept| kept.body_bytes).unwrap_or_default(),
        quarantined: Some(id),
    }
}

fn change_event(
    signed: &Signed,
    aside: &SetAside<'_>,
    day: i64,
    fragment: Hash32,
) -> ChangeQuarantined {
    ChangeQuarantined {
        reason: aside.reason,
        app: signed.app.id,
        phone_number_id: aside.part.and_then(|part| part.phone_number_id.clone()),
        waba_id: aside.part.and_then(|part| part.account_id.clone()),
        field: aside.part.and_then(|part| part.field.clone()),
        day,
        fragment,
        body_sha256: signed.body_sha256,
        evidence: evidence(signed).map(Box::new),
    }
}

/// What proves the post, unless it was set aside before by a version that did not keep it.
fn evidence(signed: &Signed) -> Option<Evidence> {
    (!signed.signature.is_empty()).then(|| Evidence {
        signature: signed.signature.clone(),
        secret: signed.app.secret,
        body_bytes: signed.body_bytes,
    })
}

//! One attempt from the event to its outcome: waits for its turn, writes, signs, sends.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use convolog_domain::delivery::{AttemptOutcome, EndpointProbed, Made, Taken};
use convolog_domain::subscription::{self, SubscriptionSettings};
use convolog_domain::{Content, Sensitive, StreamKind, WorkspaceId};
use convolog_engine::{Disclose, Disclosure, Engine, EngineError, Recorded, Stream, name_for};
use convolog_log::{Position, Timestamp};
use futures::FutureExt;
use reqwest::Url;
use secrecy::SecretString;

use super::endpoint::{Endpoint, probed, unsent};
use super::message;
use super::post::{Posted, Target, post};
use super::road::name_of_host;
use super::source::blocking;
use crate::signature::Message;
use crate::signature::ed25519::{NAME as ED25519, Seed};

/// How an attempt came back.
#[derive(Debug)]
pub(super) enum Landed {
    /// With an outcome.
    Attempt(Made),
    /// Without one: this instance may not act any more, or the server stops.
    Abandoned(u64),
    /// Without one: something of ours failed for now. It is made again after a rest.
    Hindered(u64),
    /// It was a probe.
    Probe(EndpointProbed, Option<Sensitive>),
}

/// What an attempt needs.
pub(super) struct Flight {
    endpoint: Endpoint,
    subscription: Arc<subscription::State>,
}

impl Flight {
    pub(super) fn new(endpoint: &Endpoint, subscription: Arc<subscription::State>) -> Self {
        Self { endpoint: endpoint.clone(), subscription }
    }

    /// Delivers an event.
    async fn deliver(self, taken: Taken) -> Landed {
        let acting = &self.endpoint.acting;
        let turn = tokio::select! {
            turn = self.endpoint.road.turn(name_of_host(&self.subscription.host)) => turn,
            () = acting.stopping().cancelled() => None,
        };
        let at = acting.now();
        if turn.is_none() || !acting.may_act() {
            return Landed::Abandoned(taken.position);
        }
        let unsent = |outcome| Landed::Attempt(unsent(taken, at.0, outcome));
        let target = match self.target(at).await {
            Ok(Some(target)) => target,
            Ok(None) => return unsent(AttemptOutcome::Refused),
            Err(error) => {
                tracing::error!(webhook = %self.endpoint.id, %error, "its address cannot be read");
                return self.hindered(taken, &error, AttemptOutcome::Refused);
            }
        };
        let (kind, body) = match self.body(taken.position).await {
            Ok(Some(written)) => written,
            Ok(None) => return unsent(AttemptOutcome::Unsendable),
            Err(error) => {
                tracing::error!(webhook = %self.endpoint.id, %error, "an event cannot be told");
                return self.hindered(taken, &error, AttemptOutcome::Unsendable);
            }
        };
        let id = taken.event.to_string();
        let posted = self.post(&target, (&id, taken.job), at, kind, &body).await;
        let Posted { outcome, status, milliseconds, retry_after, answer } = posted;
        let (what, at) = (taken, at.0);
        Landed::Attempt(Made { what, at, outcome, status, milliseconds, retry_after, answer })
    }

    /// What an attempt comes to that something of ours stood in the way of: nothing if that may pass.
    fn hindered(&self, taken: Taken, error: &EngineError, outcome: AttemptOutcome) -> Landed {
        let acting = &self.endpoint.acting;
        if error.may_pass() || acting.stopping().is_cancelled() {
            return Landed::Hindered(taken.position);
        }
        Landed::Attempt(unsent(taken, acting.now().0, outcome))
    }

    /// Delivers an event, whatever happens on the way: a panic is a bug, and ends this attempt only.
    pub(super) async fn deliver_safely(self, taken: Taken) -> Landed {
        let acting = self.endpoint.acting.clone();
        let failed = || Landed::Attempt(unsent(taken, acting.now().0, AttemptOutcome::Unsendable));
        outlived(self.deliver(taken), failed).await
    }

    /// The same for a probe.
    pub(super) async fn probe_safely(self, id: uuid::Uuid) -> Landed {
        let acting = self.endpoint.acting.clone();
        let nothing = Posted::nothing(AttemptOutcome::Unsendable);
        let failed = || Landed::Probe(probed(id, acting.now().0, &nothing), None);
        outlived(self.probe(id), failed).await
    }

    /// Sends a probe, out of turn: somebody waits for it.
    async fn probe(self, id: uuid::Uuid) -> Landed {
        let at = self.endpoint.acting.now();
        let written = message::of_probe(self.endpoint.id.0, at.into());
        let posted = match (self.target(at).await, written) {
            (Ok(Some(target)), Ok(body)) => {
                self.post(&target, (&id.to_string(), None), at, message::PROBE, &body).await
            }
            _ => Posted::nothing(AttemptOutcome::Refused),
        };
        Landed::Probe(probed(id, at.0, &posted), posted.answer)
    }

    async fn post(
        &self,
        target: &Target,
        (id, job): (&str, Option<uuid::Uuid>),
        at: Timestamp,
        kind: &str,
        body: &[u8],
    ) -> Posted {
        let message = Message { id, timestamp: at.0.div_euclid(1_000_000), kind, body };
        let acting = &self.endpoint.acting;
        let patience = acting.delivery_patience();
        post(&self.endpoint.road, acting.outgoing(), target, (&message, job), patience).await
    }

    /// Where to, and the secrets that sign at this moment.
    async fn target(&self, at: Timestamp) -> Result<Option<Target>, EngineError> {
        let engine = self.endpoint.acting.engine();
        let (workspace, id) = (self.endpoint.workspace, self.endpoint.id.0);
        let vault = engine.vault();
        let secrets = self.subscription.signing_at(at.0.div_euclid(1_000_000));
        let secrets: Vec<SecretString> = secrets
            .filter_map(|secret| vault.secret(workspace.0, secret.id.0))
            .map(|secret| SecretString::clone(&secret))
            .collect();
        let stream = Stream::new(workspace, StreamKind::Subscription, id);
        let (reading, stands_at) = (engine.clone(), self.subscription.address_at);
        let url = blocking(move || address(&reading, stream, stands_at)).await?;
        let settings = self.subscription.settings.as_ref();
        let scheme = settings.and_then(|settings| settings.signature.clone());
        let seeds = match scheme.as_deref() {
            Some(ED25519) => seeds(engine, workspace, &self.subscription, at)?,
            _ => Vec::new(),
        };
        Ok(url.filter(|url| Url::parse(url.expose()).is_ok()).map(|url| Target {
            url,
            scheme,
            secrets,
            seeds,
        }))
    }

    /// The event as it is told, and its name; none if there is none at this position.
    async fn body(&self, position: u64) -> Result<Option<(&'static str, Vec<u8>)>, EngineError> {
        let engine = self.endpoint.acting.engine().clone();
        let (settings, own) = (self.subscription.settings.clone(), self.endpoint.id);
        blocking(move || {
            let Some(record) = engine.log().get(Position(position))? else { return Ok(None) };
            let event = Recorded::read(&record)?;
            let asked = |settings: &SubscriptionSettings| name_for(settings, own, &event);
            // It may not be asked for any more: what was begun with is ended under its plain name.
            let kind = settings.as_ref().and_then(asked);
            let kind = kind.unwrap_or(event.event.event_type().name);
            Ok(Some((kind, message::of_event(&event, kind, (&engine, settings.as_ref()))?)))
        })
        .await
    }
}

/// The seeds of the Ed25519 keys that sign at this moment: one for each secret.
fn seeds(
    engine: &Engine,
    workspace: WorkspaceId,
    subscription: &subscription::State,
    at: Timestamp,
) -> Result<Vec<Seed>, EngineError> {
    let signing = subscription.signing_at(at.0.div_euclid(1_000_000));
    signing.map(|secret| Seed::of_secret(engine, workspace, secret.id)).collect()
}

/// What an attempt came to. One that panicked could not be sent, and is recorded so: nobody waits for
/// it, and it can be delivered again by hand.
async fn outlived(
    attempt: impl Future<Output = Landed>,
    failed: impl FnOnce() -> Landed,
) -> Landed {
    let caught = AssertUnwindSafe(attempt).catch_unwind().await;
    caught.unwrap_or_else(|_| {
        tracing::error!("delivering something failed: a bug of ours");
        failed()
    })
}

/// The address that the event of this number holds.
fn address(engine: &Engine, stream: Stream, at: u64) -> Result<Option<Sensitive>, EngineError> {
    let records = engine.log().read_stream(&stream.key(), at.saturating_sub(1), 1)?;
    let Some(record) = records.first() else { return Ok(None) };
    let opened = engine.open(&Recorded::read(record)?);
    Ok(opened.into_iter().find_map(|part| match part.disclosure {
        Disclosure::Content(Content::Address(address)) => Some(address.text),
        _ => None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_attempt_that_panics_is_recorded_and_nobody_waits_for_it() {
        let taken =
            Taken { position: 7, event: uuid::Uuid::from_u128(7), code: 1, job: None, holds: true };
        let panics = async { std::future::ready(None::<Landed>).await.unwrap() };
        let failed = || Landed::Attempt(unsent(taken, 5, AttemptOutcome::Unsendable));
        let Landed::Attempt(made) = outlived(panics, failed).await else {
            unreachable!("it is an attempt")
        };
        assert_eq!((made.what, made.at, made.outcome), (taken, 5, AttemptOutcome::Unsendable));
        assert!(made.outcome.ends(1));
    }
}

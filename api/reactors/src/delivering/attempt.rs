//! One attempt from the event to its outcome: waits for its turn, writes, signs, sends.

use std::sync::Arc;

use convolog_domain::delivery::{AttemptOutcome, EndpointProbed, Made, Taken};
use convolog_domain::subscription::{self, SubscriptionSettings};
use convolog_domain::{Content, Sensitive, StreamKind};
use convolog_engine::{Disclose, Disclosure, Engine, EngineError, Recorded, Stream};
use convolog_log::{Position, Timestamp};
use reqwest::Url;
use secrecy::SecretString;

use super::endpoint::{Endpoint, probed, unsent};
use super::message;
use super::post::{Posted, Target, post};
use super::source::{blocking, name_of};
use crate::signature::Message;

/// How an attempt came back.
#[derive(Debug)]
pub(super) enum Landed {
    /// With an outcome.
    Attempt(Made),
    /// Without one: this instance may not act any more, or the server stops.
    Abandoned(u64),
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
    pub(super) async fn deliver(self, taken: Taken) -> Landed {
        let acting = &self.endpoint.acting;
        let turn = tokio::select! {
            turn = self.endpoint.road.turn(self.host()) => turn,
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
                return unsent(AttemptOutcome::Refused);
            }
        };
        let (kind, body) = match self.body(taken.position).await {
            Ok(Some(written)) => written,
            Ok(None) => return unsent(AttemptOutcome::Unsendable),
            Err(error) => {
                tracing::error!(webhook = %self.endpoint.id, %error, "an event cannot be told");
                return unsent(AttemptOutcome::Unsendable);
            }
        };
        let posted = self.post(&target, &taken.event.to_string(), at, kind, &body).await;
        let Posted { outcome, status, milliseconds, retry_after, answer } = posted;
        let (what, at) = (taken, at.0);
        Landed::Attempt(Made { what, at, outcome, status, milliseconds, retry_after, answer })
    }

    /// Sends a probe, out of turn: somebody waits for it.
    pub(super) async fn probe(self, id: uuid::Uuid) -> Landed {
        let at = self.endpoint.acting.now();
        let written = message::of_probe(self.endpoint.id.0, at.into());
        let posted = match (self.target(at).await, written) {
            (Ok(Some(target)), Ok(body)) => {
                self.post(&target, &id.to_string(), at, message::PROBE, &body).await
            }
            _ => Posted::nothing(AttemptOutcome::Refused),
        };
        Landed::Probe(probed(id, at.0, &posted), posted.answer)
    }

    async fn post(
        &self,
        target: &Target,
        id: &str,
        at: Timestamp,
        kind: &str,
        body: &[u8],
    ) -> Posted {
        let message = Message { id, timestamp: at.0.div_euclid(1_000_000), kind, body };
        let acting = &self.endpoint.acting;
        let patience = acting.delivery_patience();
        post(&self.endpoint.road, acting.outgoing(), target, &message, patience).await
    }

    /// The host, without its port: what turns are counted by.
    fn host(&self) -> &str {
        let host = self.subscription.host.as_str();
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        }
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
        let (reading, at) = (engine.clone(), self.subscription.address_at);
        let url = blocking(move || address(&reading, stream, at)).await?;
        let settings = self.subscription.settings.as_ref();
        let scheme = settings.and_then(|settings| settings.signature.clone());
        Ok(url.filter(|url| Url::parse(url.expose()).is_ok()).map(|url| Target {
            url,
            scheme,
            secrets,
        }))
    }

    /// The event as it is told, and its name; none if there is none at this position.
    async fn body(&self, position: u64) -> Result<Option<(&'static str, Vec<u8>)>, EngineError> {
        let engine = self.endpoint.acting.engine().clone();
        let settings = self.subscription.settings.clone();
        blocking(move || {
            let Some(record) = engine.log().get(Position(position))? else { return Ok(None) };
            let event = Recorded::read(&record)?;
            let asked = |settings: &SubscriptionSettings| name_of(settings, &event);
            // It may not be asked for any more: what was begun with is ended under its plain name.
            let kind = settings.as_ref().and_then(asked);
            let kind = kind.unwrap_or(event.event.event_type().name);
            let body = message::of_event(&event, kind, &engine);
            Ok(Some((kind, body.map_err(|error| EngineError::Encoding(error.to_string()))?)))
        })
        .await
    }
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

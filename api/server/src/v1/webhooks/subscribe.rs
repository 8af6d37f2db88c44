//! Subscribing, whichever surface is asked.

use convolog_domain::subscription::{self as rules, State, SubscriptionSettings};
use convolog_domain::{Command as _, Event, Sensitive};
use convolog_engine::{Answer, Answered};
use secrecy::SecretString;
use uuid::Uuid;

use super::checked;
use crate::endpoint::{Call, Endpoint};
use crate::problem::Outcome;

/// A subscription to be.
pub(crate) struct Subscribing<'a> {
    /// Which one.
    pub(crate) id: Uuid,
    /// What is asked for.
    pub(crate) settings: SubscriptionSettings,
    /// Where to.
    pub(crate) url: &'a Sensitive,
    /// The secret that signs.
    pub(crate) secret: SecretString,
}

/// Subscribes; the secret is kept together with what names it.
pub(crate) async fn subscribe<E: Endpoint>(
    call: &Call<E>,
    asked: Subscribing<'_>,
    answer: impl Fn(&State, &[Event]) -> Answer + Send + Sync,
) -> Outcome<Answered> {
    let (engine, caller) = (call.app.engine(), call.caller());
    let Subscribing { id, settings, url, secret } = asked;
    let address = checked(&call.app, url)?;
    let draft = engine.draft_secret(&secret)?;
    let (workspace, secret) = (caller.workspace, draft.reference());
    let command = rules::CreateSubscription { workspace, settings, address, secret };
    // What can be refused is refused before the vault keeps anything.
    command.clone().decide(&State::default(), &mut engine.ctx())?;
    let once = call.facts.once.as_ref();
    let doing = engine.execute_knowing(&caller, id, command, once, answer);
    Ok(engine.keeping_secrets(workspace, &[&draft], doing).await?)
}

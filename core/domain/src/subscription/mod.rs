//! A webhook subscription: who hears of which events, signed with which secrets.
//!
//! The address is sealed under the workspace's own key, because tokens stand in addresses; the host
//! is in the clear, because limits are kept for each host. Secrets live in the vault.

mod create_subscription;
mod delete_subscription;
#[cfg(test)]
mod fixtures;
mod pause_subscription;
mod resume_subscription;
mod rotate_secret;
mod settings;
mod told;
mod update_subscription;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::SecretRef;
use crate::ids::SecretId;
use crate::refusal::{Refusal, RefusalCode};

pub use create_subscription::{Address, CreateSubscription};
pub use delete_subscription::DeleteSubscription;
pub use pause_subscription::PauseSubscription;
pub use resume_subscription::ResumeSubscription;
pub use rotate_secret::RotateSecret;
pub use settings::{FieldFilter, SubscriptionChanges, SubscriptionSettings};
pub use told::{EVERYDAY, Everyday, TOLD_KINDS, told_events};
pub use update_subscription::UpdateSubscription;

/// Somebody hears of events from now on. Sealed: the address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionCreated {
    /// What they asked for.
    pub settings: SubscriptionSettings,
    /// The host and port of the address.
    pub host: String,
    /// The secret that signs.
    pub secret: SecretRef,
}

/// A subscription was changed. Sealed: the address, if it changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionUpdated {
    /// What was asked for before.
    pub old_settings: SubscriptionSettings,
    /// What is asked for now.
    pub settings: SubscriptionSettings,
    /// The host and port of the address.
    pub host: String,
    /// The number within the stream of the event that holds the address.
    pub address_at: u64,
}

/// Another secret signs; the one before signs as well for a while.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionSecretRotated {
    /// The secret that signed before.
    pub old_secret: SecretRef,
    /// The secret that signs now.
    pub secret: SecretRef,
    /// When the old one stops signing (seconds since 1970).
    pub overlap_ends_at: i64,
}

/// A secret signs nothing any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionSecretRetired {
    /// Which one.
    pub secret: SecretRef,
}

/// Nothing is delivered for a while. Nothing is lost: what happens meanwhile is delivered later.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionPaused {}

/// Delivery goes on where it stopped.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionResumed {}

/// Nothing is delivered any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionDeleted {}

events! {
    /// What happened to a subscription.
    Subscription {
        1 "subscription_created" @1 SubscriptionCreated(SubscriptionCreated) seals [Address]
            by [create_subscription::CreateSubscription],
        2 "subscription_updated" @1 SubscriptionUpdated(SubscriptionUpdated) seals [Address]
            by [update_subscription::UpdateSubscription],
        3 "subscription_secret_rotated" @1 SubscriptionSecretRotated(SubscriptionSecretRotated)
            by [rotate_secret::RotateSecret],
        4 "subscription_secret_retired" @1 SubscriptionSecretRetired(SubscriptionSecretRetired)
            by [rotate_secret::RotateSecret],
        5 "subscription_paused" @1 SubscriptionPaused(SubscriptionPaused)
            by [pause_subscription::PauseSubscription],
        6 "subscription_resumed" @1 SubscriptionResumed(SubscriptionResumed)
            by [resume_subscription::ResumeSubscription],
        7 "subscription_deleted" @1 SubscriptionDeleted(SubscriptionDeleted)
            by [delete_subscription::DeleteSubscription],
    }
}

/// A secret that signs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SigningSecret {
    /// Which one.
    pub secret: SecretRef,
    /// When it stops signing (seconds since 1970); none for the current one.
    pub until: Option<i64>,
}

/// What the history of a subscription amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// What is asked for; none before it was created.
    pub settings: Option<SubscriptionSettings>,
    /// The host and port of the address.
    pub host: String,
    /// The number within the stream of the event that holds the address.
    pub address_at: u64,
    /// The secrets that sign, the current one last.
    pub secrets: Vec<SigningSecret>,
    /// Secrets that sign nothing any more.
    pub retired: Vec<SecretId>,
    /// Nothing is delivered for a while.
    pub paused: bool,
    /// Nothing is delivered any more.
    pub deleted: bool,
    /// Events in the stream.
    pub events: u64,
}

impl State {
    /// The secrets that sign at this moment (seconds since 1970), the current one last.
    pub fn signing_at(&self, now: i64) -> impl Iterator<Item = &SecretRef> {
        let signs = move |known: &&SigningSecret| known.until.is_none_or(|until| until > now);
        self.secrets.iter().filter(signs).map(|known| &known.secret)
    }

    /// What is asked for by a subscription that must be there.
    fn existing(&self) -> Result<&SubscriptionSettings, Refusal> {
        self.settings
            .as_ref()
            .filter(|_| !self.deleted)
            .ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is no such webhook"))
    }

    fn retire(&mut self, secret: SecretId) {
        self.secrets.retain(|known| known.secret.id != secret);
        self.retired.push(secret);
    }
}

/// A webhook subscription.
#[derive(Clone, Copy, Debug)]
pub struct Subscription;

impl Aggregate for Subscription {
    const KIND: StreamKind = StreamKind::Subscription;
    type State = State;
    type Event = Event;
    const NAMES_SECRETS: bool = true;

    fn evolve(state: &mut State, event: &Event) {
        state.events += 1;
        match event {
            Event::SubscriptionCreated(created) => {
                state.settings = Some(created.settings.clone());
                state.host.clone_from(&created.host);
                state.address_at = state.events;
                state.secrets = vec![SigningSecret { secret: created.secret.clone(), until: None }];
            }
            Event::SubscriptionUpdated(updated) => {
                state.settings = Some(updated.settings.clone());
                state.host.clone_from(&updated.host);
                state.address_at = updated.address_at;
            }
            Event::SubscriptionSecretRotated(rotated) => {
                for known in &mut state.secrets {
                    known.until.get_or_insert(rotated.overlap_ends_at);
                }
                state.secrets.push(SigningSecret { secret: rotated.secret.clone(), until: None });
            }
            Event::SubscriptionSecretRetired(retired) => state.retire(retired.secret.id),
            Event::SubscriptionPaused(_) => state.paused = true,
            Event::SubscriptionResumed(_) => state.paused = false,
            Event::SubscriptionDeleted(_) => {
                state.deleted = true;
                state.retired.extend(state.secrets.drain(..).map(|known| known.secret.id));
            }
        }
    }

    fn retired_secrets(state: &State) -> &[SecretId] {
        &state.retired
    }
}

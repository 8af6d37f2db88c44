//! What every reactor is given: where to read, where to record, whom it may call, and whether it
//! may act at all.

use std::path::PathBuf;
use std::time::Duration;

use convolog_engine::{Engine, Instance};
use convolog_log::Timestamp;
use convolog_projections::ReadModels;
use convolog_search::Search;
use tokio_util::sync::CancellationToken;

use crate::importing::cage::Cage;
use crate::importing::site::{Manners, Turns};
use crate::outgoing::OutgoingGuard;
use crate::pulse::Pulse;

/// The hands of a reactor. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Acting {
    engine: Engine,
    models: ReadModels,
    search: Search,
    outgoing: OutgoingGuard,
    instance: Instance,
    stopping: CancellationToken,
    delivery_patience: Duration,
    cage: Cage,
    manners: Manners,
    turns: Turns,
}

/// How long a receiver of webhooks may take to answer, unless it is configured.
const DELIVERY_PATIENCE: Duration = Duration::from_secs(15);

/// How sites are read, unless it is configured.
const MANNERS: Manners =
    Manners { delay: Duration::from_secs(1), patience: Duration::from_secs(30) };

impl Acting {
    /// For this instance.
    pub fn new(
        engine: Engine,
        models: ReadModels,
        search: Search,
        outgoing: OutgoingGuard,
        instance: Instance,
    ) -> Self {
        let (stopping, delivery_patience) = (CancellationToken::new(), DELIVERY_PATIENCE);
        let (cage, turns) = (Cage::new(None), Turns::default());
        let manners = MANNERS;
        Self {
            engine,
            models,
            search,
            outgoing,
            instance,
            stopping,
            delivery_patience,
            cage,
            manners,
            turns,
        }
    }

    /// With another time that a receiver of webhooks may take to answer.
    #[must_use]
    pub const fn with_delivery_patience(mut self, patience: Duration) -> Self {
        self.delivery_patience = patience;
        self
    }

    /// How long a receiver of webhooks may take to answer.
    pub const fn delivery_patience(&self) -> Duration {
        self.delivery_patience
    }

    /// With another program that reads files in a process of its own, instead of this one.
    #[must_use]
    pub fn with_extractor(mut self, program: Option<PathBuf>) -> Self {
        self.cage = Cage::new(program);
        self
    }

    /// With other manners towards sites that are read.
    #[must_use]
    pub const fn with_manners(mut self, manners: Manners) -> Self {
        self.manners = manners;
        self
    }

    /// How sites are read.
    pub(crate) const fn manners(&self) -> Manners {
        self.manners
    }

    /// Whose turn it is at each host.
    pub(crate) const fn turns(&self) -> &Turns {
        &self.turns
    }

    /// Where files are read.
    pub(crate) const fn cage(&self) -> &Cage {
        &self.cage
    }

    /// Commands, the log, the keys, the clock.
    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// What is due, and everything else that was folded.
    pub const fn models(&self) -> &ReadModels {
        &self.models
    }

    /// Full-text search.
    pub const fn search(&self) -> &Search {
        &self.search
    }

    /// Which addresses may be called.
    pub const fn outgoing(&self) -> &OutgoingGuard {
        &self.outgoing
    }

    /// The engine's clock: the only one a reactor may ask for what is due.
    pub fn now(&self) -> Timestamp {
        self.engine.clock().now()
    }

    /// Whether this instance may act at this moment: asked before every act. What the log does not
    /// say clearly is no.
    pub fn may_act(&self) -> bool {
        if self.stopping.is_cancelled() {
            return false;
        }
        self.engine.is_armed(&self.instance).unwrap_or_else(|error| {
            tracing::error!(%error, "nothing is done: whether this instance is armed cannot be read");
            false
        })
    }

    /// Cancelled when reactors are to stop.
    pub const fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    /// Wakes whenever something may have become due.
    pub fn pulse(&self) -> Pulse {
        Pulse::new(self.engine.log().watch(), self.stopping.clone())
    }
}

#[cfg(test)]
mod tests {
    use convolog_domain::WorkspaceId;
    use convolog_engine::Caller;

    use super::*;
    use crate::testing::Fixture;

    #[tokio::test]
    async fn only_the_armed_instance_acts_and_only_while_it_is_armed() {
        let fixture = Fixture::new();
        let (acting, engine) = (fixture.acting(), fixture.engine());
        assert!(!acting.may_act());
        let administrator = Caller::administrator(WorkspaceId::INSTALLATION);
        engine.arm(&administrator, &Instance::named("a copy")).await.unwrap();
        assert!(!acting.may_act());
        engine.arm(&administrator, &Fixture::instance()).await.unwrap();
        assert!(acting.may_act());
        engine.disarm(&administrator, "by hand").await.unwrap();
        assert!(!acting.may_act());
        engine.arm(&administrator, &Fixture::instance()).await.unwrap();
        acting.stopping().cancel();
        assert!(!acting.may_act());
    }
}

//! Places within a plan: taken with the event that brings something about, given back with the one
//! that ends it.
//!
//! Places are claims, so that they are counted by the events that hold them: exact under
//! concurrency, the same after a restart, and no count is kept beside the log.

use std::collections::HashMap;

use convolog_domain::limits::PLACES_MAX;
use convolog_domain::workspace::{Account, Counted, Limit, Plans, Workspace};
use convolog_domain::{ClaimKey, WorkspaceId};
use convolog_log::Holder;
use parking_lot::Mutex;

use crate::engine::Engine;
use crate::error::EngineError;
use crate::plan::Step;
use crate::recorded::Stream;

/// How many there are of something that a plan limits, and how many there may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Of what.
    pub limit: Limit,
    /// How many there are; none where the plan does not limit them, so that nobody counts.
    pub used: Option<u64>,
    /// How many there may be; none = any number.
    pub allowed: Option<u64>,
}

impl Engine {
    /// What plans allow here. Set once, before anything is done.
    pub(crate) fn plans(&self) -> &Plans {
        self.0.plans.get_or_init(Plans::built_in)
    }

    /// The plan of a workspace; none if it was not set up.
    pub fn plan_of(&self, workspace: WorkspaceId) -> Result<Option<String>, EngineError> {
        let loaded = self.load::<Workspace>(workspace, workspace.0)?;
        Ok(loaded.state.settings.as_ref().map(|settings| settings.plan.clone()))
    }

    /// What is limited in a workspace, with how many there are.
    pub async fn standings(&self, workspace: WorkspaceId) -> Result<Vec<Standing>, EngineError> {
        let plan = self.plan_of(workspace)?.unwrap_or_default();
        let mut standings = Vec::new();
        for limit in Limit::ALL {
            let allowed = self.plans().most(&plan, limit);
            let used = match (limit, allowed) {
                (_, None) => None,
                (Limit::Places(counted), _) => Some(self.places(workspace, counted)?.held),
                (limit, _) => Some(self.used_this_month(workspace, Account::Plan(limit)).await?),
            };
            standings.push(Standing { limit, used, allowed });
        }
        Ok(standings)
    }

    /// Lets steps take and give back the places that their events stand for.
    ///
    /// # Errors
    /// A refusal that says which limit of the plan was reached.
    pub(crate) fn settle_places(&self, steps: &mut [Step]) -> Result<(), EngineError> {
        for Step { stream, decision } in steps {
            if let Some(counted) = Counted::taken_by(&decision.event) {
                let place = self.free_place(*stream, counted)?;
                decision.claims.extend(place.map(|place| ClaimKey::Place(counted, place)));
            }
            if let Some(counted) = Counted::given_back_by(&decision.event) {
                let place = self.place_of(*stream, counted)?;
                decision.releases.extend(place.map(|place| ClaimKey::Place(counted, place)));
            }
        }
        Ok(())
    }

    /// A place that nobody has. It is one of the lowest, as many as may still be taken: however many
    /// ask at once, and whatever the plan allowed before, they get no more than that. Which one
    /// depends on who asks, so that they do not all want the same. A plan without a limit fills the
    /// places as well, so that whoever is there counts when the workspace gets another plan; none
    /// when all are taken.
    fn free_place(&self, stream: Stream, counted: Counted) -> Result<Option<u32>, EngineError> {
        let limit = Limit::Places(counted);
        let plan = self.plan_of(stream.workspace)?.unwrap_or_default();
        let most = self.plans().most(&plan, limit);
        let places = self.places(stream.workspace, counted)?;
        let left = most.map_or(u64::MAX, |most| most.saturating_sub(places.held));
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        let open = places.free.get(..left.min(places.free.len())).unwrap_or_default();
        let wanted = usize::try_from(stream.id.as_fields().0).unwrap_or(0);
        let place = wanted.checked_rem(open.len()).and_then(|at| open.get(at).copied());
        match most {
            Some(most) if place.is_none() => {
                Err(limit.refusal(&plan, places.held, most, None).into())
            }
            _ => Ok(place),
        }
    }

    /// The place that a stream has; none if there was none for it.
    fn place_of(&self, stream: Stream, counted: Counted) -> Result<Option<u32>, EngineError> {
        for place in 0..self.bound(stream.workspace, counted)? {
            let holder = self.holder_of(stream.workspace, counted, place)?;
            if holder.is_some_and(|holder| holder.stream == stream.key()) {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    fn places(&self, workspace: WorkspaceId, counted: Counted) -> Result<Places, EngineError> {
        let mut places = Places { held: 0, free: Vec::new() };
        for place in 0..self.bound(workspace, counted)? {
            match self.holder_of(workspace, counted, place)? {
                Some(_) => places.held += 1,
                None => places.free.push(place),
            }
        }
        Ok(places)
    }

    /// Nobody holds this place or a higher one. What the configuration allowed before is not known,
    /// so every place that there may ever be is looked at once after a start. That holds from then
    /// on: a place that is taken now is one that a plan of today has.
    fn bound(&self, workspace: WorkspaceId, counted: Counted) -> Result<u32, EngineError> {
        let known = self.0.bounds.0.lock().get(&(workspace, counted)).copied();
        if let Some(bound) = known {
            return Ok(bound);
        }
        let today = self.plans().places(counted);
        let mut bound = today;
        for place in (today..PLACES_MAX).rev() {
            if self.holder_of(workspace, counted, place)?.is_some() {
                bound = place.saturating_add(1);
                break;
            }
        }
        self.0.bounds.0.lock().insert((workspace, counted), bound);
        Ok(bound)
    }

    fn holder_of(
        &self,
        workspace: WorkspaceId,
        counted: Counted,
        place: u32,
    ) -> Result<Option<Holder>, EngineError> {
        let claim = self.claim_hash(workspace, &ClaimKey::Place(counted, place))?;
        Ok(self.log().holder(&claim)?)
    }
}

/// Below which place all lie that are held, for each workspace that was asked about since the start.
#[derive(Default)]
pub(crate) struct Bounds(Mutex<HashMap<(WorkspaceId, Counted), u32>>);

/// The places of a workspace.
struct Places {
    held: u64,
    /// The others, the lowest first.
    free: Vec<u32>,
}

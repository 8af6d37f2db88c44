//! How tellings of one message are joined.
//!
//! Every part is a maximum or minimum by a total order, or a union: joining is commutative,
//! associative, and joining the same again changes nothing. Where two tellings say exactly the
//! same, the earlier position stands, so that a repetition moves nothing.

use std::collections::btree_map::Entry;

use super::row::{Attachment, Edit, Fact, MessageRow, Priced, Reaction, Revoked, Spoken, Told};

impl MessageRow {
    /// Takes in what another row of the same message knows.
    pub(crate) fn join(&mut self, other: Self) {
        let Self {
            workspace,
            id,
            spoken,
            edit,
            revoked,
            reaction_inbound,
            reaction_outbound,
            statuses,
            errors,
            pricing,
            attachment,
            media,
            canned,
        } = other;
        (self.workspace, self.id) = (workspace, id);
        if let Some(spoken) = spoken {
            match &mut self.spoken {
                Some(known) => known.join(spoken),
                none => *none = Some(spoken),
            }
        }
        keep_larger(&mut self.edit, edit, Edit::newer_than);
        keep_larger(&mut self.revoked, revoked, Revoked::before);
        keep_larger(&mut self.reaction_inbound, reaction_inbound, Reaction::newer_than);
        keep_larger(&mut self.reaction_outbound, reaction_outbound, Reaction::newer_than);
        for (status, fact) in statuses {
            match self.statuses.entry(status) {
                Entry::Occupied(mut known) => known.get_mut().join(fact),
                Entry::Vacant(place) => drop(place.insert(fact)),
            }
        }
        self.errors.extend(errors);
        keep_larger(&mut self.pricing, pricing, Priced::tells_more_than);
        keep_larger(&mut self.media, media, |new, known| new > known);
        keep_larger(&mut self.canned, canned, |new, known| new > known);
        if let Some(attachment) = attachment {
            self.attachment.get_or_insert_default().join(attachment);
        }
    }
}

/// Replaces what is known if what is new goes before it.
fn keep_larger<T>(known: &mut Option<T>, new: Option<T>, wins: impl Fn(&T, &T) -> bool) {
    if let Some(new) = new
        && known.as_ref().is_none_or(|known| wins(&new, known))
    {
        *known = Some(new);
    }
}

impl Spoken {
    fn join(&mut self, other: Self) {
        let Self { conversation, shown, first, recorded_at, requested, live, real, told } = other;
        self.shown = self.shown.min(shown);
        if first < self.first {
            self.conversation = conversation;
            (self.first, self.recorded_at) = (first, recorded_at);
        }
        self.requested |= requested;
        self.live |= live;
        self.real |= real;
        let (new, known) = (&told, &self.told);
        let rank = |told: &Told| (told.rank.is_none(), told.rank, told.fragment);
        let order = rank(new).cmp(&rank(known));
        if order.then(known.position.cmp(&new.position)).is_gt() {
            self.told = told;
        }
    }
}

impl Attachment {
    fn join(&mut self, other: Self) {
        let Self { kept, lost, tried } = other;
        keep_larger(&mut self.kept, kept, |new, known| new < known);
        keep_larger(&mut self.lost, lost, |new, known| new < known);
        keep_larger(&mut self.tried, tried, |new, known| new > known);
    }
}

impl Edit {
    fn newer_than(&self, known: &Self) -> bool {
        let order = (self.at, self.id, self.fragment).cmp(&(known.at, known.id, known.fragment));
        order.then(known.position.cmp(&self.position)).is_gt()
    }
}

impl Revoked {
    fn before(&self, known: &Self) -> bool {
        (self.at, self.id, self.fragment, self.position)
            < (known.at, known.id, known.fragment, known.position)
    }
}

impl Reaction {
    fn newer_than(&self, known: &Self) -> bool {
        let order = (self.at, self.id, self.fragment).cmp(&(known.at, known.id, known.fragment));
        let order = order.then(self.removed.cmp(&known.removed));
        order.then(known.position.cmp(&self.position)).is_gt()
    }
}

impl Fact {
    fn join(&mut self, other: Self) {
        let Self { at, best, position } = other;
        self.at = match (self.at, at) {
            (Some(known), Some(new)) => Some(known.min(new)),
            (known, new) => known.or(new),
        };
        if best.cmp(&self.best).then(self.position.cmp(&position)).is_gt() {
            (self.best, self.position) = (best, position);
        }
    }
}

impl Priced {
    fn tells_more_than(&self, known: &Self) -> bool {
        let fields = |priced: &Self| {
            let pricing = &priced.pricing;
            [&pricing.model, &pricing.category, &pricing.kind]
                .iter()
                .filter(|f| f.is_some())
                .count()
                + usize::from(pricing.billable.is_some())
        };
        (fields(self), &self.pricing) > (fields(known), &known.pricing)
    }
}

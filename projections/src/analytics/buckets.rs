//! What is counted in an hour, and how buckets are added up.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use convolog_domain::conversation::{Direction, Event as Said};
use convolog_domain::lead::{Event as Happened, Stage};
use convolog_domain::{Event, contact};
use serde::{Deserialize, Serialize};

use crate::pipeline::Tally;

/// What was counted in one hour, or in many.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Bucket {
    /// How much happened.
    pub volumes: Volumes,
    /// How long answers took.
    pub waits: Durations,
    /// How leads moved on.
    pub leads: Moves,
}

impl Bucket {
    /// What an event says by itself; how long an answer took it does not. None of another kind.
    pub(crate) fn of(event: &Event) -> Option<Self> {
        let mut done = Self::default();
        match event {
            Event::Contact(_) => done.volumes.contacts_created = 1,
            Event::Lead(happened) => done.leads.count(happened),
            Event::Conversation(said) => done.volumes.count(said),
            _ => return None,
        }
        Some(done)
    }

    /// Whether an event is counted at all. What is told about a message again, or changes it, is not.
    pub(crate) fn counts(event: &Event) -> bool {
        match event {
            Event::Contact(contact::Event::ContactCreated(_))
            | Event::Lead(
                Happened::LeadOpened(_)
                | Happened::LeadStageChanged(_)
                | Happened::LeadValued(_)
                | Happened::LeadMerged(_),
            )
            | Event::Conversation(
                Said::ConversationOpened(_)
                | Said::ConversationClosed(_)
                | Said::ConversationReopened(_)
                | Said::MessageReceived(_)
                | Said::MessageRequested(_),
            ) => true,
            // What became of a call is no status of a message.
            Event::Conversation(Said::StatusReceived(status)) => {
                !status.call && Volumes::knows(&status.status)
            }
            _ => false,
        }
    }
}

/// How leads moved on: counted as the pipeline counts, and how long it took.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Moves {
    /// What the pipeline counts.
    pub tally: Tally,
    /// How long leads had been in one stage when they moved on to another, by both.
    pub stays: BTreeMap<(Stage, Stage), Durations>,
}

impl Moves {
    /// Counts what happened.
    pub(super) fn count(&mut self, happened: &Happened) {
        self.tally.count(happened);
        if let Happened::LeadStageChanged(changed) = happened {
            let stayed = u64::try_from(changed.at.saturating_sub(changed.since)).unwrap_or(0);
            self.stays.entry((changed.from, changed.to)).or_default().add(stayed);
        }
    }
}

impl AddAssign<&Self> for Moves {
    fn add_assign(&mut self, other: &Self) {
        let Self { tally, stays } = other;
        self.tally.add(tally);
        for (way, durations) in stays {
            *self.stays.entry(*way).or_default() += durations;
        }
    }
}

/// How much happened.
#[derive(
    Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Volumes {
    /// Messages from contacts.
    pub inbound: u64,
    /// Messages from the business: asked for here, or written elsewhere.
    pub outbound: u64,
    /// Of those, messages asked for here.
    pub requested: u64,
    /// Conversations that began.
    pub conversations_opened: u64,
    /// Times a conversation was closed.
    pub conversations_closed: u64,
    /// Times a closed one went on.
    pub conversations_reopened: u64,
    /// Contacts that were heard of for the first time.
    pub contacts_created: u64,
    /// Times the platform said that a message was sent.
    pub sent: u64,
    /// Times it said that one was delivered.
    pub delivered: u64,
    /// Times it said that one was read.
    pub read: u64,
    /// Times it said that one failed.
    pub failed: u64,
}

impl Volumes {
    fn status(&mut self, name: &str) -> Option<&mut u64> {
        Some(match name {
            "sent" => &mut self.sent,
            "delivered" => &mut self.delivered,
            "read" => &mut self.read,
            "failed" => &mut self.failed,
            _ => return None,
        })
    }

    /// Whether statuses of that name are counted.
    pub(super) fn knows(status: &str) -> bool {
        Self::default().status(status).is_some()
    }

    /// Counts what happened in a conversation.
    pub(super) fn count(&mut self, said: &Said) {
        let count = match said {
            Said::ConversationOpened(_) => &mut self.conversations_opened,
            Said::ConversationClosed(_) => &mut self.conversations_closed,
            Said::ConversationReopened(_) => &mut self.conversations_reopened,
            Said::MessageReceived(message) => match message.facts.direction {
                Direction::Inbound => &mut self.inbound,
                Direction::Outbound => &mut self.outbound,
            },
            Said::MessageRequested(_) => {
                self.requested += 1;
                &mut self.outbound
            }
            Said::StatusReceived(status) => match self.status(&status.status) {
                Some(count) => count,
                None => return,
            },
            _ => return,
        };
        *count += 1;
    }
}

impl AddAssign for Volumes {
    fn add_assign(&mut self, other: Self) {
        let Self {
            inbound,
            outbound,
            requested,
            conversations_opened,
            conversations_closed,
            conversations_reopened,
            contacts_created,
            sent,
            delivered,
            read,
            failed,
        } = other;
        self.inbound += inbound;
        self.outbound += outbound;
        self.requested += requested;
        self.conversations_opened += conversations_opened;
        self.conversations_closed += conversations_closed;
        self.conversations_reopened += conversations_reopened;
        self.contacts_created += contacts_created;
        self.sent += sent;
        self.delivered += delivered;
        self.read += read;
        self.failed += failed;
    }
}

/// How long answers took, in whole seconds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Durations {
    /// How many.
    pub count: u64,
    /// Seconds, all together.
    pub seconds: u64,
    /// How many of each length: exact up to 7 seconds, then four steps for each doubling.
    pub lengths: BTreeMap<u8, u64>,
}

impl Durations {
    /// One more, of so many seconds.
    pub(super) fn add(&mut self, seconds: u64) {
        self.count += 1;
        self.seconds = self.seconds.saturating_add(seconds);
        *self.lengths.entry(step_of(seconds)).or_default() += 1;
    }

    /// The mean in seconds; none of nothing.
    pub const fn mean(&self) -> Option<u64> {
        self.seconds.checked_div(self.count)
    }

    /// The seconds that so many of a hundred did not exceed: the upper end of the step they lie in,
    /// so at most a quarter too long. None of nothing.
    pub fn percentile(&self, percent: u64) -> Option<u64> {
        let wanted = self.count.saturating_mul(percent).div_ceil(100).max(1);
        let mut passed = 0;
        self.lengths.iter().find_map(|(step, count)| {
            passed += count;
            (passed >= wanted).then(|| end_of(*step))
        })
    }
}

impl AddAssign<&Self> for Durations {
    fn add_assign(&mut self, other: &Self) {
        let Self { count, seconds, lengths } = other;
        self.count += count;
        self.seconds = self.seconds.saturating_add(*seconds);
        for (step, count) in lengths {
            *self.lengths.entry(*step).or_default() += count;
        }
    }
}

impl AddAssign<&Self> for Bucket {
    fn add_assign(&mut self, other: &Self) {
        let Self { volumes, waits, leads } = other;
        self.volumes += *volumes;
        self.waits += waits;
        self.leads += leads;
    }
}

/// The step that a wait falls into: 0 to 3 are those seconds, then four for each power of two.
fn step_of(seconds: u64) -> u8 {
    let Some(power) = seconds.checked_ilog2().filter(|power| *power >= 2) else {
        return u8::try_from(seconds).unwrap_or_default();
    };
    let quarter = (seconds >> (power - 2)) & 3;
    u8::try_from(u64::from(power - 1) * 4 + quarter).unwrap_or(u8::MAX)
}

/// The longest wait, in seconds, that falls into a step.
fn end_of(step: u8) -> u64 {
    if step < 4 {
        return step.into();
    }
    let (shift, quarter) = (u32::from(step / 4 - 1), u64::from(step % 4));
    let width = 1_u64.checked_shl(shift).unwrap_or(u64::MAX);
    (4 + quarter).saturating_mul(width).saturating_add(width - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_ends_at_most_a_quarter_after_what_falls_into_it() {
        for seconds in (0..5_000).chain([86_400, 604_800, u64::from(u32::MAX), u64::MAX / 2]) {
            let end = end_of(step_of(seconds));
            assert!(end >= seconds && end - seconds <= seconds / 4, "{seconds} -> {end}");
        }
        assert!(end_of(step_of(u64::MAX)) == u64::MAX && end_of(u8::MAX) == u64::MAX);
    }

    #[test]
    fn percentiles_come_from_the_ranks_of_the_answers() {
        let mut waits = Durations::default();
        assert_eq!((waits.mean(), waits.percentile(50)), (None, None));
        for seconds in [1, 2, 3, 4, 5, 6, 7, 7, 7, 3_600] {
            waits.add(seconds);
        }
        assert_eq!((waits.percentile(50), waits.percentile(90)), (Some(5), Some(7)));
        assert_eq!((waits.mean(), waits.percentile(100)), (Some(364), Some(4_095)));
    }
}

//! Somebody who may become a customer, and how far they have come.
//!
//! One lead for each subject: the contact, if it is known who they are, else the lead itself. Every
//! move carries the stage, the value and the moment before it, so that whoever counts needs no
//! second look. Names, numbers and texts are sealed; the names of fields are not.

mod change_lead;
mod change_stage;
mod erase_lead;
#[cfg(test)]
mod fixtures;
mod learn_from_message;
mod link_contact;
mod merge_leads;
mod move_lead;
mod open_lead;
mod period;
mod rank;
mod rules;
mod stage;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::decision::Aggregate;
use crate::event::{StreamKind, events};
use crate::hash::Hash32;
use crate::ids::{
    AgentId, ChannelId, ContactId, ConversationId, LeadId, MessageId, PersonId, SubjectId, Token,
};
use crate::refusal::{Refusal, RefusalCode};

pub use change_lead::{ChangeLead, FieldChanges, Score, Tokens};
pub use change_stage::ChangeStage;
pub use erase_lead::EraseLead;
pub use learn_from_message::{Found, LearnFromMessage};
pub use link_contact::LinkContact;
pub use merge_leads::{AbsorbLead, MergeLead};
pub use move_lead::MoveLead;
pub use open_lead::OpenLead;
pub(crate) use period::days_before;
pub use period::{NoPeriod, Period};
pub use rank::Rank;
pub use rules::{LEARNED_FIELDS, LeadRules, Qualification};
pub use stage::Stage;
pub use value::Money;

/// The field that says what somebody wants to spend.
const FIELD_BUDGET: &str = "budget";

/// What led to a lead.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Opening {
    /// Somebody wrote who was not known.
    FirstContact,
    /// Somebody asked for it.
    Command,
    /// A list was taken in.
    Import,
}

/// Somebody may become a customer. Sealed: the external id, if there is one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadOpened {
    /// Whose key seals what is known of them.
    pub subject: SubjectId,
    /// The contact, if it is known who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    /// What led to it.
    pub opened_by: Opening,
    /// Where they came from, in a word.
    pub source: String,
    /// The number they wrote to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    /// When (seconds since 1970).
    pub at: i64,
    /// Their place on the board.
    pub rank: Rank,
    /// Keyed hash of the id that another system gave them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<Hash32>,
}

/// More or something else is known of them. Sealed: the values that were set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadFieldsChanged {
    /// The fields that have a new value.
    pub set: Vec<String>,
    /// The fields that have none any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// If the phone number was set: its token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Token>,
    /// If the e-mail address was set: its token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Token>,
    /// The message that said so, if nobody entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned: Option<Learned>,
}

/// Where something stands that was learned from a conversation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Learned {
    /// The conversation.
    pub conversation: ConversationId,
    /// The message.
    pub message: MessageId,
    /// The agent whose rules held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// When it was heard (microseconds since 1970), and the number of its event within the
    /// conversation: what was said later counts.
    pub heard: (i64, u64),
    /// Keyed hashes of the values, so that nothing is learned twice.
    pub values: BTreeMap<String, Hash32>,
    /// What they want to spend, if they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
}

/// They came further, or not. Sealed: the reason, if one was given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadStageChanged {
    /// The stage before.
    pub from: Stage,
    /// The stage now.
    pub to: Stage,
    /// When (seconds since 1970).
    pub at: i64,
    /// When they had come to the stage before (seconds since 1970).
    pub since: i64,
    /// What they were worth at this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// Their place on the board, in the new stage.
    pub rank: Rank,
    /// They had been in this stage before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
    /// The rule that said so, if nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// How promising they are. Sealed: the explanation, if one was given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadScored {
    /// The score before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<u8>,
    /// The score now, 0 to 100.
    pub score: u8,
    /// Why, in words of a kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// There is no score any more; `score` is 0 then, and says nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_away: bool,
    /// The workspace's rules said so, nobody else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_rule: bool,
}

impl LeadScored {
    /// The score that there is from now on.
    pub fn now(&self) -> Option<u8> {
        (!self.taken_away).then_some(self.score)
    }
}

/// What they are worth changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadValued {
    /// The stage they are in.
    pub stage: Stage,
    /// The value before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Money>,
    /// The value now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
}

/// Somebody else looks after them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadAssigned {
    /// Who did before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<PersonId>,
    /// Who does now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
}

/// It turned out which contact they are. From now on the contact's key seals what is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadLinked {
    /// The contact.
    pub contact: ContactId,
}

/// They were put somewhere else on the board, within their stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadMoved {
    /// The place before.
    pub old: Rank,
    /// The place now.
    pub rank: Rank,
}

/// It turned out that another lead is the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadAbsorbed {
    /// The other one.
    pub other: LeadId,
}

/// It turned out that this lead is the same as another, which goes on for both.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadMerged {
    /// The one that goes on.
    pub into: LeadId,
    /// The stage this one leaves.
    pub stage: Stage,
    /// The value it takes out of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// When (seconds since 1970).
    pub at: i64,
    /// When it had come to its stage (seconds since 1970).
    pub since: i64,
}

/// What was known of them was erased.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeadErased {
    /// Whose keys were destroyed besides the contact's: those that sealed something of it, and those to
    /// whom its numbers and addresses had been promised.
    pub subjects: Vec<SubjectId>,
    /// Why, one of a closed list, if it was asked for by itself; else the contact's erasure says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

events! {
    /// What happened to a lead.
    Lead {
        1 "lead_opened" @1 LeadOpened(LeadOpened) seals [Lead] by [open_lead::OpenLead, intake],
        2 "lead_fields_changed" @1 LeadFieldsChanged(LeadFieldsChanged) seals [Lead]
            by [change_lead::ChangeLead, learn_from_message::LearnFromMessage],
        3 "lead_stage_changed" @1 LeadStageChanged(LeadStageChanged) seals [Lead]
            by [change_stage::ChangeStage, learn_from_message::LearnFromMessage],
        4 "lead_scored" @1 LeadScored(LeadScored) seals [Lead]
            by [change_lead::ChangeLead, learn_from_message::LearnFromMessage],
        5 "lead_valued" @1 LeadValued(LeadValued) by [change_lead::ChangeLead],
        6 "lead_assigned" @1 LeadAssigned(LeadAssigned) by [change_lead::ChangeLead],
        7 "lead_linked" @1 LeadLinked(LeadLinked) by [link_contact::LinkContact, intake],
        8 "lead_moved" @1 LeadMoved(LeadMoved) by [move_lead::MoveLead],
        9 "lead_absorbed" @1 LeadAbsorbed(LeadAbsorbed) by [merge_leads::AbsorbLead],
        10 "lead_merged" @1 LeadMerged(LeadMerged) by [merge_leads::MergeLead],
        11 "lead_erased" @1 LeadErased(LeadErased) by [erase_lead::EraseLead],
    }
}

/// What the history of a lead amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// How it began; none before it did.
    pub opened: Option<LeadOpened>,
    /// The contact, if it is known.
    pub contact: Option<ContactId>,
    /// Everybody whose key sealed something of it, the newest last.
    pub subjects: Vec<SubjectId>,
    /// How far it has come.
    pub stage: Stage,
    /// Every stage it was ever in.
    pub visited: BTreeSet<Stage>,
    /// When it came to its stage (seconds since 1970).
    pub since: i64,
    /// Its place on the board.
    pub rank: Rank,
    /// The names of the fields that have a value.
    pub fields: BTreeSet<String>,
    /// The tokens of every phone number and e-mail address it ever had.
    pub tokens: BTreeSet<Token>,
    /// How promising it is.
    pub score: Option<u8>,
    /// What it is worth.
    pub value: Option<Money>,
    /// Who looks after it.
    pub owner: Option<PersonId>,
    /// The lead that goes on for this one.
    pub merged_into: Option<LeadId>,
    /// The leads for which this one goes on.
    pub absorbed: Vec<LeadId>,
    /// What was known of it was erased.
    pub erased: bool,
    /// The fields that people set or took away: nothing that is said changes them.
    pub by_hand: BTreeSet<String>,
    /// Of the others: when it was said what they hold, and its keyed hash.
    pub learned: BTreeMap<String, ((i64, u64), Hash32)>,
    /// What they said that they want to spend.
    pub budget: Option<Money>,
    /// Whether people said how promising it is, or that nothing is to be said about it.
    pub scored_by_hand: bool,
}

impl State {
    /// Whose key seals what is known from now on.
    pub fn subject(&self) -> Option<SubjectId> {
        self.subjects.last().copied()
    }

    /// Whether something can be done with it.
    fn stands(&self) -> Result<SubjectId, Refusal> {
        let subject = self
            .subject()
            .ok_or_else(|| Refusal::new(RefusalCode::NotFound, "there is no such lead"))?;
        if let Some(into) = self.merged_into {
            let detail = format!("this lead was merged into {into}; do it there");
            let refusal = Refusal::new(RefusalCode::NotAllowedNow, detail);
            return Err(refusal.because_of(StreamKind::Lead, into.0));
        }
        if self.erased {
            return Err(Refusal::new(
                RefusalCode::Erased,
                "what was known of this lead was erased",
            ));
        }
        Ok(subject)
    }

    /// Who said what the fields hold.
    fn take_fields(&mut self, changed: &LeadFieldsChanged) {
        let names = || changed.set.iter().chain(&changed.removed);
        if names().any(|name| name == FIELD_BUDGET) {
            self.budget = changed.learned.as_ref().and_then(|learned| learned.budget.clone());
        }
        if let Some(learned) = &changed.learned {
            let values = learned.values.iter();
            self.learned
                .extend(values.map(|(name, value)| (name.clone(), (learned.heard, *value))));
        } else {
            self.by_hand.extend(names().cloned());
            self.learned.retain(|name, _| !self.by_hand.contains(name));
        }
    }

    fn sealed_for(&mut self, subject: SubjectId) {
        if self.subjects.last() != Some(&subject) {
            self.subjects.push(subject);
        }
    }
}

/// Somebody who may become a customer.
#[derive(Clone, Copy, Debug)]
pub struct Lead;

impl Aggregate for Lead {
    const KIND: StreamKind = StreamKind::Lead;
    type State = State;
    type Event = Event;

    fn evolve(state: &mut State, event: &Event) {
        match event {
            Event::LeadOpened(opened) => {
                state.contact = opened.contact;
                state.sealed_for(opened.subject);
                state.since = opened.at;
                state.rank = opened.rank.clone();
                state.visited.insert(Stage::New);
                state.opened = Some(opened.clone());
            }
            Event::LeadFieldsChanged(changed) => {
                state.fields.retain(|name| !changed.removed.contains(name));
                state.fields.extend(changed.set.iter().cloned());
                state.tokens.extend(changed.phone.into_iter().chain(changed.email));
                state.take_fields(changed);
            }
            Event::LeadStageChanged(changed) => {
                state.stage = changed.to;
                state.visited.insert(changed.to);
                state.since = changed.at;
                state.rank = changed.rank.clone();
            }
            Event::LeadScored(scored) => {
                state.score = scored.now();
                state.scored_by_hand = !scored.by_rule;
            }
            Event::LeadValued(valued) => state.value.clone_from(&valued.value),
            Event::LeadAssigned(assigned) => state.owner = assigned.owner,
            Event::LeadLinked(linked) => {
                state.contact = Some(linked.contact);
                state.sealed_for(linked.contact.into());
            }
            Event::LeadMoved(moved) => state.rank = moved.rank.clone(),
            Event::LeadAbsorbed(absorbed) => {
                if !state.absorbed.contains(&absorbed.other) {
                    state.absorbed.push(absorbed.other);
                }
            }
            Event::LeadMerged(merged) => state.merged_into = Some(merged.into),
            Event::LeadErased(_) => state.erased = true,
        }
    }
}

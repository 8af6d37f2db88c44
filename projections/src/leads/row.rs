//! One lead, as far as it is in the clear.

use std::collections::{BTreeMap, BTreeSet};

use convolog_domain::lead::{Event as Happened, Money, Opening, Rank, Stage};
use convolog_domain::{
    ChannelId, ContactId, ConversationId, LeadId, MessageId, PersonId, Token, WorkspaceId,
};
use convolog_engine::Recorded;
use convolog_log::{Mode, Position, Timestamp};
use serde::{Deserialize, Serialize};

use crate::fold::RowKey;
use crate::store::keys::Key;

/// How a lead began.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Opened {
    /// Where the event stands; it holds the sealed external id, if there is one.
    pub position: Position,
    /// When it was recorded.
    pub at: Timestamp,
    /// What led to it.
    pub by: Opening,
    /// Where they came from.
    pub source: String,
    /// The number they wrote to.
    pub channel: Option<ChannelId>,
    /// Another system knows them.
    pub has_external_id: bool,
    /// Test traffic or the real thing.
    pub test: bool,
}

/// How promising a lead is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Scored {
    /// 0 to 100.
    pub score: u8,
    /// Why, in words of a kind.
    pub reasons: Vec<String>,
    /// The event; it holds the sealed explanation, if there is one.
    pub position: Position,
    /// The workspace's rules said so, nobody else.
    pub by_rule: bool,
}

/// Where something stands that was learned from a conversation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LearnedFrom {
    /// The conversation.
    pub conversation: ConversationId,
    /// The message.
    pub message: MessageId,
    /// When it was learned.
    pub at: Timestamp,
}

/// One lead.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct LeadRow {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which one.
    pub id: LeadId,
    /// How it began; a row without it is not shown.
    pub opened: Option<Opened>,
    /// The contact. May have been merged into another since.
    pub contact: Option<ContactId>,
    /// How far it has come.
    pub stage: Stage,
    /// When it came to its stage (seconds since 1970).
    pub stage_since: i64,
    /// The event that brought it there and holds the sealed reason; none while it never moved.
    pub stage_position: Option<Position>,
    /// Its place on the board.
    pub rank: Rank,
    /// What it is worth.
    pub value: Option<Money>,
    /// How promising it is.
    pub score: Option<Scored>,
    /// Who looks after it.
    pub owner: Option<PersonId>,
    /// The fields that have a value, each with the event that holds it.
    pub fields: BTreeMap<String, Position>,
    /// Of these, the ones that were learned from what was said.
    pub learned: BTreeMap<String, LearnedFrom>,
    /// The rule that brought it to its stage, if nobody did.
    pub stage_rule: Option<String>,
    /// The token of its phone number.
    pub phone: Option<Token>,
    /// The token of its e-mail address.
    pub email: Option<Token>,
    /// The lead that goes on for this one.
    pub merged_into: Option<LeadId>,
    /// The leads for which this one goes on.
    pub absorbed: BTreeSet<LeadId>,
    /// What was known of it was erased: where the log says so, and when.
    pub erased: Option<(Position, Timestamp)>,
}

impl LeadRow {
    /// The key of a lead's row.
    pub fn key(workspace: WorkspaceId, id: LeadId) -> RowKey {
        Key::part().uuid(workspace.0).uuid(id.0).done()
    }

    /// Where it stands among scores; without one, below all.
    pub(crate) fn score_place(&self) -> u64 {
        self.score.as_ref().map_or(0, |scored| u64::from(scored.score) + 1)
    }

    /// Where it stands among values, whatever their currency; without one, below all.
    pub(crate) fn value_place(&self) -> u64 {
        self.value.as_ref().map_or(0, |value| value.amount.saturating_add(1))
    }

    pub(super) fn take(&mut self, happened: &Happened, event: &Recorded) {
        match happened {
            Happened::LeadOpened(opened) => {
                self.opened = Some(Opened {
                    position: event.position,
                    at: event.at,
                    by: opened.opened_by,
                    source: opened.source.clone(),
                    channel: opened.channel,
                    has_external_id: opened.external_id.is_some(),
                    test: event.mode == Mode::Test,
                });
                self.contact = opened.contact;
                self.stage_since = opened.at;
                self.rank = opened.rank.clone();
            }
            Happened::LeadFieldsChanged(changed) => {
                self.fields.retain(|name, _| !changed.removed.contains(name));
                self.fields.extend(changed.set.iter().map(|name| (name.clone(), event.position)));
                let names = || changed.set.iter().chain(&changed.removed);
                self.learned.retain(|name, _| !names().any(|changed| changed == name));
                if let Some(learned) = &changed.learned {
                    let (conversation, message) = (learned.conversation, learned.message);
                    let from = LearnedFrom { conversation, message, at: event.at };
                    let learned = changed.set.iter().map(|name| (name.clone(), from.clone()));
                    self.learned.extend(learned);
                }
                if names().any(|name| name == "phone") {
                    self.phone = changed.phone;
                }
                if names().any(|name| name == "email") {
                    self.email = changed.email;
                }
            }
            Happened::LeadStageChanged(changed) => {
                self.stage = changed.to;
                self.stage_since = changed.at;
                self.stage_position = Some(event.position);
                self.stage_rule.clone_from(&changed.rule);
                self.rank = changed.rank.clone();
            }
            Happened::LeadScored(scored) => {
                self.score = scored.now().map(|score| {
                    let (reasons, position) = (scored.reasons.clone(), event.position);
                    Scored { score, reasons, position, by_rule: scored.by_rule }
                });
            }
            Happened::LeadValued(valued) => self.value.clone_from(&valued.value),
            Happened::LeadAssigned(assigned) => self.owner = assigned.owner,
            Happened::LeadLinked(linked) => self.contact = Some(linked.contact),
            Happened::LeadMoved(moved) => self.rank = moved.rank.clone(),
            Happened::LeadAbsorbed(absorbed) => drop(self.absorbed.insert(absorbed.other)),
            Happened::LeadMerged(merged) => self.merged_into = Some(merged.into),
            Happened::LeadErased(_) => self.erased = Some((event.position, event.at)),
        }
    }

    pub(super) fn dump(&self) -> String {
        let Self {
            workspace,
            id,
            opened,
            contact,
            stage,
            stage_since,
            stage_position,
            rank,
            value,
            score,
            owner,
            fields,
            learned,
            stage_rule,
            phone,
            email,
            merged_into,
            absorbed,
            erased,
        } = self;
        let opened = opened.as_ref().map(|opened| {
            let Opened { position, at, by, source, channel, has_external_id, test } = opened;
            format!(
                "{by:?} from {source} on {channel:?} at {position} ({}) external {has_external_id} \
                 test {test}",
                at.0
            )
        });
        let score = score.as_ref().map(|scored| {
            let Scored { score, reasons, position, by_rule } = scored;
            let by_rule = if *by_rule { " by rule" } else { "" };
            format!("{score} {reasons:?} at {position}{by_rule}")
        });
        let value = value.as_ref().map(|Money { amount, currency }| format!("{amount} {currency}"));
        // Said only where there is something: most leads have neither.
        let learned = learned.iter().map(|(name, from)| {
            let LearnedFrom { conversation, message, at } = from;
            format!(" learned {name} from {conversation}/{message} ({})", at.0)
        });
        let rule = stage_rule.as_ref().map(|rule| format!(" moved by {rule}"));
        let told: String = learned.chain(rule).collect();
        format!(
            "lead {workspace}/{id} opened [{}] contact {contact:?} {stage} since {stage_since} at \
             {stage_position:?} rank {} value [{}] score [{}] owner {owner:?} fields {fields:?} \
             phone {phone:?} email {email:?} merged_into {merged_into:?} absorbed {absorbed:?} \
             erased {erased:?}{told}",
            opened.unwrap_or_default(),
            rank.as_str(),
            value.unwrap_or_default(),
            score.unwrap_or_default(),
        )
    }
}

//! Operators' acts in a printed transcript, read leniently like messages, and where they stand among
//! them.

use serde::Deserialize;

use super::message::{Message, Parts};

/// What somebody did with the conversation.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(super) struct Act {
    /// The type of the event.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// When.
    pub(super) at: String,
    /// Where it stands in the log.
    pub(super) position: u64,
    /// Who acted.
    pub(super) actor: Actor,
    /// The name of the person who acted, or for whom a key did.
    pub(super) actor_name: Option<String>,
    /// Who has the conversation after it.
    pub(super) assignee: Option<Staff>,
    /// Who had it before.
    pub(super) old_assignee: Option<Staff>,
    /// All its tags after it.
    pub(super) tags: Option<Vec<String>>,
    /// All its tags before.
    pub(super) old_tags: Option<Vec<String>>,
    /// The text of a note, the new title.
    pub(super) text: Option<String>,
    /// The customer's message that led to it.
    pub(super) message_id: Option<String>,
    /// The text was erased.
    pub(super) erased: bool,
    /// The text cannot be opened.
    pub(super) unreadable: bool,
}

/// Who acted.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(super) struct Actor {
    /// `person`, `key`, `platform` …
    pub(super) kind: String,
}

/// A member of the staff.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub(super) struct Staff {
    /// Their id.
    pub(super) id: String,
    /// Their name.
    pub(super) name: Option<String>,
}

impl Staff {
    fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

impl Act {
    /// Who did it.
    pub(super) fn who(&self) -> String {
        let somebody = match self.actor.kind.as_str() {
            "administrator" => "The administrator",
            "key" => "A key",
            "person" => "A person",
            "platform" => "The customer",
            _ => "Convolog",
        };
        self.actor_name.clone().unwrap_or_else(|| somebody.to_owned())
    }

    /// What it was, in words that follow the name of whoever did it.
    pub(super) fn what(&self) -> String {
        let to = self.assignee.as_ref().map_or("somebody", Staff::shown);
        let from = self.old_assignee.as_ref().map(|staff| format!(" instead of {}", staff.shown()));
        match self.kind.as_str() {
            "conversation_claimed" => "took the conversation".to_owned(),
            "conversation_assigned" => format!("gave it to {to}{}", from.unwrap_or_default()),
            "conversation_released" => "let go of it".to_owned(),
            "conversation_closed" => "closed it".to_owned(),
            "conversation_reopened" if self.message_id.is_some() => "reopened it by writing".into(),
            "conversation_reopened" => "reopened it".to_owned(),
            "conversation_tagged" => {
                format!("tagged it {}", added(self.old_tags.as_ref(), self.tags.as_ref()))
            }
            "conversation_untagged" => {
                format!("took away the tag {}", added(self.tags.as_ref(), self.old_tags.as_ref()))
            }
            "note_added" => "left a note".to_owned(),
            "conversation_titled" if self.text.is_none() && !self.erased => {
                "took away its title".to_owned()
            }
            "conversation_titled" => "called it".to_owned(),
            "conversation_deleted" => "deleted it".to_owned(),
            "conversation_restored" if self.message_id.is_some() => "restored it by writing".into(),
            "conversation_restored" => "restored it".to_owned(),
            other => other.to_owned(),
        }
    }

    /// What they wrote, if they wrote something.
    pub(super) fn written(&self) -> Option<String> {
        if self.erased {
            return Some("(erased)".to_owned());
        }
        if self.unreadable {
            return Some("(cannot be opened; the operator's log says why)".to_owned());
        }
        self.text.clone()
    }
}

/// The tags that came to `before`.
fn added(before: Option<&Vec<String>>, after: Option<&Vec<String>>) -> String {
    let had = |tag: &&String| before.is_some_and(|before| before.contains(*tag));
    let after = after.into_iter().flatten();
    let new: Vec<&str> = after.filter(|tag| !had(tag)).map(String::as_str).collect();
    new.join(", ")
}

/// One thing in a printed transcript.
pub(super) enum Entry<'p> {
    /// A message with its number, counted from 1.
    Message(usize, &'p Message),
    /// An act.
    Act(&'p Act),
}

impl Entry<'_> {
    /// The moment at which it stands in the transcript.
    pub(super) fn moment(&self) -> &str {
        match self {
            Self::Message(_, message) => &message.ordered_at,
            Self::Act(act) => &act.at,
        }
    }
}

impl Parts<'_> {
    /// Messages and acts in the order shown: by second, then by position.
    pub(super) fn entries(&self) -> Vec<Entry<'_>> {
        let messages = (1_usize..).zip(&self.messages).map(|(n, one)| Entry::Message(n, one));
        let mut entries: Vec<_> = messages.chain(self.acts.iter().map(Entry::Act)).collect();
        // Stable: messages keep the order that they came in.
        entries.sort_by_key(|entry| {
            let second = entry.moment().parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second);
            let position = match entry {
                Entry::Message(_, message) => message.position,
                Entry::Act(act) => act.position,
            };
            (second.unwrap_or(i64::MAX), position)
        });
        entries
    }
}

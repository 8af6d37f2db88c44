//! The parts of the API's answers that a printed transcript needs, read leniently: what a newer
//! server adds is ignored, what an older one lacks is left out.

use std::collections::HashMap;

use serde::Deserialize;

use super::act::Act;
use super::{Telling, Transcript};

/// A conversation.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Conversation {
    /// Its id.
    pub id: String,
    /// Whether it goes on.
    pub status: String,
    /// With whom.
    pub contact: Contact,
    /// The number it is had with.
    pub channel_id: String,
    /// What the staff calls it.
    pub title: Option<String>,
    /// Messages from the contact.
    pub inbound_messages: u64,
    /// Messages from the business.
    pub outbound_messages: u64,
}

/// Whom a conversation is with.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Its id.
    pub id: String,
    /// The name they go by.
    pub name: Option<String>,
    /// Their user name on the platform.
    pub username: Option<String>,
    /// Their phone number as the platform writes it.
    pub phone: Option<String>,
    /// Their data was erased.
    pub erased: bool,
}

/// A message.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "the API's answer has them")]
pub struct Message {
    /// Its id.
    pub id: String,
    /// `inbound` or `outbound`.
    pub direction: String,
    /// `text`, `image` …
    #[serde(rename = "type")]
    pub kind: String,
    /// What it says, in its newest edit.
    pub text: Option<String>,
    /// What became of it.
    pub status: String,
    /// When it was sent, as the platform gave it.
    pub sent_at: String,
    /// The time by which it is ordered.
    pub ordered_at: String,
    /// When the log first heard of it.
    pub recorded_at: String,
    /// Where the log first heard of it.
    pub position: u64,
    /// The message it answers.
    pub reply_to: Option<String>,
    /// Its attachment.
    pub media: Option<Media>,
    /// What each side made of it.
    pub reactions: Vec<Reaction>,
    /// It was edited since.
    pub edited: bool,
    /// When.
    pub edited_at: Option<String>,
    /// It was taken back.
    pub revoked: bool,
    /// When.
    pub revoked_at: Option<String>,
    /// Every status that was told of it.
    pub statuses: Vec<Status>,
    /// What went wrong.
    pub errors: Vec<Trouble>,
    /// `live` or `test`.
    pub mode: String,
    /// `live` or `import`.
    pub origin: String,
    /// It came from an advertisement or a post.
    pub referral: bool,
    /// It was said in a group.
    pub group: bool,
    /// Its content was erased.
    pub erased: bool,
    /// Its content cannot be opened.
    pub unreadable: bool,
}

/// An attachment.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Media {
    /// Its MIME type.
    pub mime_type: Option<String>,
    /// The name of the file.
    pub filename: Option<String>,
}

/// What one side made of a message.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Reaction {
    /// The emoji; none if it was erased.
    pub emoji: Option<String>,
    /// Which side.
    pub direction: String,
}

/// A status that the platform told.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Status {
    /// As the platform wrote it.
    pub status: String,
    /// When, if the platform said so.
    pub at: Option<String>,
}

/// Something that went wrong.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Trouble {
    /// The platform's code.
    pub code: i64,
    /// The platform's words.
    pub detail: Option<String>,
}

/// What is printed.
pub(super) struct Parts<'t> {
    pub(super) conversation: Conversation,
    pub(super) messages: Vec<Message>,
    pub(super) acts: Vec<Act>,
    /// `on … by …`
    pub(super) erased: Option<String>,
    numbers: HashMap<String, usize>,
    told: HashMap<String, Vec<&'t Telling>>,
}

impl<'t> Parts<'t> {
    pub(super) fn of(transcript: &'t Transcript) -> Result<Self, serde_json::Error> {
        let messages = transcript.messages.iter().map(Message::deserialize);
        let messages = messages.collect::<Result<Vec<_>, _>>()?;
        let mut told: HashMap<_, Vec<_>> = HashMap::new();
        for telling in transcript.history.iter().flatten() {
            told.entry(telling.message.to_string()).or_default().push(telling);
        }
        Ok(Self {
            conversation: Deserialize::deserialize(&transcript.conversation)?,
            numbers: messages.iter().map(|message| message.id.clone()).zip(1..).collect(),
            messages,
            acts: transcript.acts.iter().map(Deserialize::deserialize).collect::<Result<_, _>>()?,
            erased: transcript.erasure(str::to_owned),
            told,
        })
    }

    /// Where a message stands in the transcript, counted from 1.
    pub(super) fn number_of(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// What was told of a message, in the order of the log, if that was asked for.
    pub(super) fn told_of(&self, message: &Message) -> &[&'t Telling] {
        self.told.get(&message.id).map_or(&[], Vec::as_slice)
    }

    /// The name of whoever wrote.
    pub(super) fn who(&self, direction: &str) -> String {
        if direction == "outbound" {
            "Business".to_owned()
        } else {
            self.conversation.contact.shown()
        }
    }
}

impl Contact {
    /// The best name there is for them.
    pub fn shown(&self) -> String {
        let username = self.username.as_ref().map(|name| format!("@{name}"));
        let phone = self.phone.as_ref().map(|phone| format!("+{phone}"));
        let unknown = if self.erased { "(erased)" } else { "(no name)" };
        self.name.clone().or(username).or(phone).unwrap_or_else(|| unknown.to_owned())
    }
}

impl Message {
    /// What a person reads in place of a text that is not there.
    pub(super) fn substance(&self, parts: &Parts<'_>) -> String {
        if self.erased {
            let told = parts.erased.as_ref().map(|told| format!(" {told}"));
            return format!("(erased{})", told.unwrap_or_default());
        }
        if self.unreadable {
            return "(cannot be opened; the operator's log says why)".to_owned();
        }
        let attachment = self.media.as_ref().map(|media| {
            let name = media.filename.as_deref().or(media.mime_type.as_deref());
            name.map_or_else(
                || format!("[{}]", self.kind),
                |name| format!("[{}: {name}]", self.kind),
            )
        });
        match (attachment, &self.text) {
            (Some(attachment), Some(text)) => format!("{attachment} {text}"),
            (Some(attachment), None) => attachment,
            (None, Some(text)) if self.kind == "text" => text.clone(),
            (None, Some(text)) => format!("[{}] {text}", self.kind),
            (None, None) => format!("[{}]", self.kind),
        }
    }

    /// Ticks and words for what became of it.
    pub(super) fn ticks(&self) -> &'static str {
        match self.status.as_str() {
            "queued" => "… queued",
            "sent" => "✓ sent",
            "delivered" => "✓✓ delivered",
            "read" => "✓✓ read",
            "played" => "✓✓ played",
            "failed" => "✗ failed",
            _ => "",
        }
    }

    /// Reactions, edits, revocations, errors, oddities: one line each.
    pub(super) fn remarks(&self, parts: &Parts<'_>) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Some(answered) = &self.reply_to {
            remarks.push(match parts.number_of(answered) {
                Some(number) => format!("answers message {number}"),
                None => "answers a message that is not here".to_owned(),
            });
        }
        if self.referral {
            remarks.push("came from an advertisement or a post".to_owned());
        }
        if self.group {
            remarks.push("said in a group".to_owned());
        }
        if self.origin == "import" {
            remarks.push("imported from the platform's history".to_owned());
        }
        if self.mode == "test" {
            remarks.push("test".to_owned());
        }
        if self.ordered_at != self.sent_at {
            remarks.push(format!("the platform says it was sent at {}", self.sent_at));
        }
        if self.edited {
            remarks.push(format!("edited{}", on(self.edited_at.as_deref())));
        }
        if self.revoked {
            remarks.push(format!("taken back{}", on(self.revoked_at.as_deref())));
        }
        for reaction in &self.reactions {
            let emoji = reaction.emoji.as_deref().unwrap_or("(erased)");
            remarks.push(format!("{emoji} from {}", parts.who(&reaction.direction)));
        }
        for error in &self.errors {
            let detail = error.detail.as_ref().map(|detail| format!(": {detail}"));
            remarks.push(format!("error {}{}", error.code, detail.unwrap_or_default()));
        }
        remarks
    }
}

fn on(at: Option<&str>) -> String {
    at.map(|at| format!(" at {at}")).unwrap_or_default()
}

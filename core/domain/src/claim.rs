//! What must be unique. The engine turns each key into a keyed hash; the log holds only that.

use crate::hash::Hash32;
use crate::ids::{
    BroadcastId, ChannelId, ContactId, ConversationId, KeyId, MessageId, SubjectId, Token,
};
use crate::workspace::Counted;
use uuid::Uuid;

/// A unique key.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum ClaimKey {
    /// One contact for each identity.
    Identity(Token),
    /// One open conversation for each channel and contact.
    Conversation(ChannelId, ContactId),
    /// One message (or edit, revoke, reaction) for each id of the platform.
    Message(MessageId),
    /// One end for the file of each message: it is kept, or lost.
    File(MessageId),
    /// One fact for each message, status and recipient.
    Status(Hash32),
    /// The same fragment is taken once.
    Fragment(Hash32),
    /// The same signed post is recorded once.
    Post(Hash32),
    /// The same part of a signed post is recorded once: SHA-256 of the body and of the part.
    PostPart(Hash32, Hash32),
    /// One request for each idempotency key of an API key.
    Request(KeyId, Hash32),
    /// One owner for each number of a platform (installation-wide).
    Number(String),
    /// One key for each hash (installation-wide).
    ApiKey(Hash32),
    /// A conversation that is closed or deleted: the customer's next message brings it back. One
    /// look at the log's index tells, however long the conversation is.
    Shelved(ConversationId),
    /// One lead for each subject.
    Lead(SubjectId),
    /// One lead for each id of another system, by its keyed hash.
    LeadExternalId(Hash32),
    /// One document for each file name or page, by its keyed hash.
    Source(Hash32),
    /// One published agent for each channel.
    ServedChannel(ChannelId),
    /// One new template for each place of an hour of a business account.
    TemplateCreation(String, i64, u32),
    /// One recipient of a broadcast for each contact.
    Recipient(BroadcastId, ContactId),
    /// A broadcast says its piece to each person once, whichever of their contacts are its recipients.
    Heard(BroadcastId, ContactId),
    /// One turn for each recipient of a broadcast: they are written to or passed over once.
    Turn(BroadcastId, u32),
    /// One canned reply for each word.
    Shortcut(String),
    /// One file for each content, by SHA-256.
    MediaContent(Hash32),
    /// One holder for each place that a workspace's plan allows.
    Place(Counted, u32),
    /// One appointment for each stretch of five minutes of a service, and of whoever does it: the
    /// number of the stretch since 1970.
    Calendar(Uuid, i64),
}

impl ClaimKey {
    /// A label for the kind of key, and its parts: what the keyed hash is taken over.
    pub fn parts(&self) -> (&'static str, Vec<Vec<u8>>) {
        let bytes = |b: &[u8]| b.to_vec();
        match self {
            Self::Identity(token) => ("identity", vec![bytes(token.0.as_bytes())]),
            Self::Conversation(channel, contact) => {
                ("conversation", vec![bytes(channel.0.as_bytes()), bytes(contact.0.as_bytes())])
            }
            Self::Message(id) => ("message", vec![bytes(id.0.as_bytes())]),
            Self::File(id) => ("file", vec![bytes(id.0.as_bytes())]),
            Self::Status(hash) => ("status", vec![bytes(&hash.0)]),
            Self::Fragment(hash) => ("fragment", vec![bytes(&hash.0)]),
            Self::Post(hash) => ("post", vec![bytes(&hash.0)]),
            Self::PostPart(body, part) => ("post_part", vec![bytes(&body.0), bytes(&part.0)]),
            Self::Request(key, hash) => ("request", vec![bytes(key.0.as_bytes()), bytes(&hash.0)]),
            Self::Number(id) => ("number", vec![bytes(id.as_bytes())]),
            Self::ApiKey(hash) => ("api_key", vec![bytes(&hash.0)]),
            Self::Shelved(id) => ("shelved", vec![bytes(id.0.as_bytes())]),
            Self::Lead(subject) => ("lead", vec![bytes(subject.0.as_bytes())]),
            Self::LeadExternalId(hash) => ("lead_external_id", vec![bytes(&hash.0)]),
            Self::Source(hash) => ("source", vec![bytes(&hash.0)]),
            Self::ServedChannel(id) => ("served_channel", vec![bytes(id.0.as_bytes())]),
            Self::TemplateCreation(account, hour, place) => (
                "template_creation",
                vec![
                    bytes(account.as_bytes()),
                    bytes(&hour.to_be_bytes()),
                    bytes(&place.to_be_bytes()),
                ],
            ),
            Self::Recipient(broadcast, contact) => {
                ("recipient", vec![bytes(broadcast.0.as_bytes()), bytes(contact.0.as_bytes())])
            }
            Self::Heard(broadcast, contact) => {
                ("heard", vec![bytes(broadcast.0.as_bytes()), bytes(contact.0.as_bytes())])
            }
            Self::Turn(broadcast, number) => {
                ("turn", vec![bytes(broadcast.0.as_bytes()), bytes(&number.to_be_bytes())])
            }
            Self::Shortcut(word) => ("shortcut", vec![bytes(word.as_bytes())]),
            Self::MediaContent(hash) => ("media_content", vec![bytes(&hash.0)]),
            Self::Place(counted, place) => {
                ("place", vec![bytes(counted.label().as_bytes()), bytes(&place.to_be_bytes())])
            }
            Self::Calendar(whose, stretch) => {
                ("calendar", vec![bytes(whose.as_bytes()), bytes(&stretch.to_be_bytes())])
            }
        }
    }
}

//! Typed ids: mixing two of them does not compile.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A tenant. The nil id stands for the whole installation.
    WorkspaceId,
    /// A member of a workspace's staff.
    PersonId,
    /// An API key.
    KeyId,
    /// A Meta app: its secrets sign what the platform sends.
    AppId,
    /// Ownership of a platform's number, one stream for each number of the installation.
    NumberId,
    /// A connected number of a workspace.
    ChannelId,
    /// A person who writes to a workspace.
    ContactId,
    /// What one contact and one channel said to each other.
    ConversationId,
    /// A message. For what a platform delivers it is derived (keyed) from the platform's own id.
    MessageId,
    /// One stream of receipts of inbound posts.
    ReceiptId,
    /// A change that was signed but could not be accepted.
    QuarantineId,
    /// A request that carried an idempotency key.
    RequestId,
    /// Somebody who may become a customer.
    LeadId,
    /// A document that answers are drawn from.
    DocumentId,
    /// Whose key seals a part of an event: a contact, a person, or a workspace itself.
    SubjectId,
    /// A secret in the vault.
    SecretId,
    /// An agent: who answers.
    AgentId,
    /// A job that reads a file or a site.
    ImportId,
    /// A webhook subscription.
    SubscriptionId,
    /// Templates that say the same, the preferred one first.
    TemplateGroupId,
    /// A message template. Derived (keyed) from its business account, name and language.
    TemplateId,
    /// Something that can be booked.
    ServiceId,
    /// A time that somebody booked.
    AppointmentId,
    /// How a workspace calls a model.
    ModelConnectionId,
    /// One message to many people.
    BroadcastId,
    /// A file that the business sends.
    MediaId,
    /// Something that the staff says again and again.
    CannedReplyId,
    /// A random stand-in for a phone number or another identity; only the vault maps it back.
    Token,
}

impl WorkspaceId {
    /// The whole installation.
    pub const INSTALLATION: Self = Self(Uuid::nil());
}

impl From<ContactId> for SubjectId {
    fn from(id: ContactId) -> Self {
        Self(id.0)
    }
}

impl From<PersonId> for SubjectId {
    fn from(id: PersonId) -> Self {
        Self(id.0)
    }
}

impl From<LeadId> for SubjectId {
    fn from(id: LeadId) -> Self {
        Self(id.0)
    }
}

impl From<ImportId> for SubjectId {
    fn from(id: ImportId) -> Self {
        Self(id.0)
    }
}

impl From<WorkspaceId> for SubjectId {
    fn from(id: WorkspaceId) -> Self {
        Self(id.0)
    }
}

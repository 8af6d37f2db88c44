//! What may happen, and what it means: aggregates, commands, events.
//!
//! Owns every rule of the business. `decide` turns a state and a command into events, `evolve`
//! turns a state and an event into the next state; both are pure functions. There is no clock, no
//! randomness, no storage and no network here: what a decision needs is handed to it in [`Ctx`].
//! Folds see what is in the clear only; sealed content passes through and is never read.
//!
//! One folder an aggregate, one file a command: `ls` is the list of what the system can do.

pub mod agent;
pub mod api_key;
pub mod appointment;
pub mod broadcast;
pub mod canned_reply;
pub mod channel;
pub mod contact;
pub mod conversation;
pub mod delivery;
pub mod document;
pub mod import;
pub mod installation;
pub mod lead;
pub mod limits;
pub mod media;
pub mod meta_app;
pub mod model_connection;
pub mod number;
pub mod person;
pub mod quarantine;
pub mod receipt;
pub mod request;
pub mod service;
pub mod subscription;
pub mod template;
pub mod template_group;
#[doc(hidden)]
pub mod testing;
pub mod usage;
pub mod workspace;

mod actor;
mod catalogue;
mod claim;
mod ctx;
mod decision;
mod event;
mod exact;
mod hash;
mod ids;
mod message_pack;
mod personal;
mod refusal;
mod upcast;
mod validate;

pub use actor::{Actor, ActorKind};
pub use catalogue::{EventType, Maker};
pub use claim::ClaimKey;
pub use ctx::Ctx;
pub use decision::{Aggregate, Command, Decision};
pub use event::{Event, StreamKind, UnreadableEvent};
pub use exact::exactly;
pub use hash::{Blob, Hash32, SecretRef, Sensitive, SensitiveBytes};
pub use ids::{
    AgentId, AppId, AppointmentId, BroadcastId, CannedReplyId, ChannelId, ContactId,
    ConversationId, DocumentId, ImportId, KeyId, LeadId, MediaId, MessageId, ModelConnectionId,
    NumberId, PersonId, QuarantineId, ReceiptId, RequestId, SecretId, ServiceId, SubjectId,
    SubscriptionId, TemplateGroupId, TemplateId, Token, WorkspaceId,
};
pub use personal::{
    AnswerContent, AnswersContent, AppointmentContent, Content, ContentKind, DocumentContent,
    DocumentOrigin, FileContent, FragmentContent, IdentityContent, ImportContent, LeadContent,
    MediaContent, MessageContent, NoteContent, PageAddress, PagesContent, ParametersContent,
    PassageMark, Personal, ProfileContent, ResponseContent, StatusContent,
};
pub use refusal::{LimitReached, Other, Refusal, RefusalCode};

//! Runs a command: load, decide, seal, append. Takes in what platforms post.
//!
//! Owns the way from a decision to durable bytes and back: loading aggregates, sealing content,
//! hashing unique keys, retrying a decision that somebody overtook. Guarantees that an answer is
//! given only when everything it relied on is on the disk. Must not know HTTP, and must not act on
//! the outside world.

mod agents;
mod allowance;
mod appointments;
mod broadcasts;
mod canned_replies;
mod data_folder;
mod disclose;
mod documents;
mod engine;
mod entropy;
mod erase;
mod error;
mod execute;
mod files;
mod imports;
mod inbound;
mod instance;
mod keys;
mod leads;
mod media;
mod merge;
mod models;
mod monthly;
mod open;
mod operators;
mod plan;
mod preferences;
mod recorded;
mod secrets;
mod send;
mod sending;
mod setup;
mod states;
mod telling;
mod template_making;
mod template_sending;
mod templates;
mod uploads;
mod workspaces;

pub use allowance::Standing;
pub use appointments::{FreeTimes, NewAppointment, Whom};
pub use broadcasts::{BroadcastMessage, Named, NewRecipient, Prospect, RecipientsAdded, Turn};
pub use canned_replies::{CannedReplyChange, CannedStanding};
pub use data_folder::{DataFolder, FolderError, FolderOptions};
pub use disclose::{Disclose, Disclosure, Opened};
pub use documents::DocumentChange;
pub use engine::{Caller, Engine, Loaded};
pub use entropy::{CountedEntropy, Entropy, SystemEntropy};
pub use erase::Erased;
pub use error::EngineError;
pub use execute::{Answer, Answered, Done, Once, is_unavailable};
pub use files::{FileError, FileReader, FileSeal, FileWriter, PIECE_BYTES, SealedFile};
pub use imports::{ImportOrder, Reading, SourceKey};
pub use inbound::{
    Inbound, InboundError, MAX_BODY_BYTES, PrintError, Received, RetryOutcome, print_post,
};
pub use instance::{Instance, InstanceError};
pub use keys::KeyFound;
pub use leads::{LeadChanges, LeadsTried, NewLead, compared_by};
pub use media::KeptMedia;
pub use models::ModelAccess;
pub use plan::{Plan, Require, Step};
pub use recorded::{ReadError, Recorded, Stream};
pub use secrets::NewSecret;
pub use sending::{Requested, Upcoming};
pub use setup::{AppChoice, AppSecrets, ChannelSpec};
pub use telling::name_for;
pub use template_sending::TemplateAsk;
pub use templates::ListedTemplate;
pub use uploads::MediaStanding;
pub use workspaces::WorkspaceChanges;

//! WhatsApp's wire format: signed posts in, updates out, nothing lost.
//!
//! Owns what Meta's webhook looks like: its signature, its JSON, its people, its types. Pure: bytes in,
//! values out, no clock, no network, no storage. [`parse`] never fails because of *one* odd element;
//! whatever it does not know is kept whole. [`reassemble`] prints a post again, byte for byte.
//! Nothing here shows personal data through `Debug`.

mod canonical;
mod capability;
pub mod compare;
mod contacts;
mod json;
pub mod limits;
mod media;
mod message;
mod notice;
mod parse;
mod party;
mod people;
pub mod phone;
mod post;
mod rank;
mod scan;
mod signature;
mod skeleton;
mod split;
mod status;
mod template;
mod text;
mod walk;

pub use canonical::canonical_json;
pub use capability::tier;
pub use media::Media;
pub use message::{
    Context, Direction, Edit, Interactive, Message, MessageType, Origin, Product, Referral,
    SystemEvent,
};
pub use notice::{HistoryChunk, IdentityChange, Notice, PreferenceNews};
pub use parse::{parse, parse_part};
pub use party::{Party, is_bsuid, is_parent_bsuid};
pub use post::{Kind, NotJson, NotMeta, Place, Post, Skeleton, Update};
pub use rank::Rank;
pub use scan::{Named, scan};
pub use signature::{HEADER, is_signature, sign, verify};
pub use skeleton::{Fragment, ReassembleError, reassemble};
pub use split::{Part, join, split};
pub use status::{Conversation, ErrorInfo, Pricing, Status, StatusKind};
pub use template::{TemplateButton, TemplateNews};

//! What people read: rows with their text, names and numbers unsealed from the log.
//!
//! What was erased is marked erased, what cannot be opened is marked unreadable; neither is ever an
//! error. Nothing unsealed is kept. The shapes here are the native API's.

mod act;
mod actor;
mod appointment;
mod contact;
mod content;
mod conversation;
mod document;
mod event;
mod import;
mod lead;
mod message;
mod preference;
mod reader;
mod template;
mod texts;
mod time;
mod timeline;
mod told;

pub(crate) use content::Contents;

pub use act::{ActView, StaffView};
pub use actor::ActorView;
pub use appointment::AppointmentView;
pub use contact::{ContactErased, ContactView, IdentityView, LegalHoldView};
pub use conversation::{ContactSummary, ConversationView};
pub use document::{DocumentSummary, DocumentView, PassageView};
pub use event::EventView;
pub use import::{ImportPageView, ImportProgress, ImportView};
pub use lead::{LeadErasedView, LeadView, LearnedView, MoneyView, OpeningView};
pub use message::{
    CannedUseView, DirectionView, ErrorView, MediaState, MediaView, MessageView, ModeView,
    OriginView, PricingView, ReactionView, StatusView,
};
pub use preference::{OptedOutView, PreferenceView, StopView};
pub use reader::{Reader, Viewer};
pub use template::{TemplateButtonView, TemplateParametersView, TemplateView};
pub use texts::Texts;
pub use time::Time;
pub use timeline::TimelineEntry;
pub use told::ToldEventView;

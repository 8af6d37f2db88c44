//! Answering customers from a business's own documents.
//!
//! Owns how a question becomes an answer: what is looked up, whose means compose it, what is checked
//! before it may be said, and when a person is needed instead. Guarantees that every answer names the
//! passages it stands in, that nothing of one workspace shows in another, and that what a customer
//! writes is never taken for an instruction. Sends nothing, records nothing, and keeps nothing:
//! somebody else does, with the [`Reply`].
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use convolog_answer::{Agent, Answering, Ask, Outcome, Outgoing, ProviderChoice};
//! use convolog_domain::WorkspaceId;
//! # async fn example(
//! #     search: convolog_search::Search,
//! #     outgoing: Arc<dyn Outgoing>,
//! #     workspace: WorkspaceId,
//! #     agent: Agent,
//! # ) -> Result<(), convolog_answer::AnswerError> {
//! let answering = Answering::new(search, outgoing);
//! let reply = answering
//!     .answer(&Ask {
//!         workspace,
//!         sandbox: false,
//!         agent,
//!         turns: vec![],
//!         asked: "Do you deliver on Sundays?".into(),
//!         provider: ProviderChoice::BuiltIn,
//!     })
//!     .await?;
//! match &reply.outcome {
//!     Outcome::Answer { text, sources, sure, .. } => { /* record it with its sources, and send it */ }
//!     Outcome::SmallTalk { text, .. } => { /* send it */ }
//!     Outcome::Unknown { text } => { /* send it */ }
//!     Outcome::HandOff { reason, text } => { /* record the reason, tell a person */ }
//! }
//! # Ok(())
//! # }
//! ```

mod answering;
mod ask;
mod built_in;
mod external;
mod finding;
mod language;
mod learning;
mod packs;
mod provider;
mod reply;
mod sentiment;
mod small_talk;
#[cfg(test)]
mod tests;

pub use answering::{AnswerError, Answering};
pub use ask::{Agent, Ask, Speaker, Turn};
pub use external::{Checked, Connection, Outgoing, Patience, Protocol, ProviderChoice, Refused};
pub use learning::{Day, Learned, learn};
pub use provider::{
    Composed, Failure, Knowledge, Nearest, Passage, Provider, ProviderError, Question, Verdict,
};
pub use reply::{HandOffReason, Made, Outcome, PassageId, Reply, SmallTalk, Source, Tokens};
pub use sentiment::{Sentiment, sentiment};

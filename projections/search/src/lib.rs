//! Full-text search over what a business knows, what was said and who said it.
//!
//! Owns the only stores that hold text besides the log: one index a workspace, folded from the log
//! like every read model, thrown away and rebuilt at will. Guarantees that a question of one
//! workspace reads nothing of another, that no score depends on another, and that whoever is erased
//! is out of the files. Decides nothing, and acts on nothing outside.

mod analysis;
mod asking;
mod counting;
mod erased;
mod error;
mod feeder;
mod files;
mod index;
mod options;
mod query;
mod rebuild;
mod search;
mod slot;
mod verify;
mod wanted;

pub use analysis::{Stems, Word, fold, words};
pub use asking::DEPTH;
pub use error::SearchError;
pub use files::{Held, is_index, look_through};
pub use index::takes;
pub use options::Options;
pub use query::{Highlight, Snippet};
pub use search::Search;
pub use verify::verify;
pub use wanted::{
    Answers, ContactHit, LeadHit, MessageHit, MessageSearch, NameSearch, PassageCounts, PassageHit,
    PassageScope, PassageSearch,
};

/// The name that the API and the folder show.
pub const NAME: &str = "search";

/// Where the indexes lie in the folder of the read models.
pub fn path(models: &std::path::Path) -> std::path::PathBuf {
    models.join(NAME)
}

#[cfg(test)]
mod tests;

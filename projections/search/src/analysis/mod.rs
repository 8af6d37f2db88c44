//! From text to what an index holds of it: words, and the stems by which words of one root are
//! found. The same for what is indexed, what is asked and what is highlighted.

mod fold;
mod hebrew;
mod stems;
mod words;

pub use fold::fold;
pub use stems::Stems;
pub use words::{Word, words};

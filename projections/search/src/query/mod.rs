//! Questions: from what a person typed to what an index is asked, and what of an answer is
//! highlighted.

mod build;
mod highlight;
mod operators;
mod parse;
mod statistics;

pub(crate) use build::{Asked, build};
pub(crate) use highlight::Marker;
pub use highlight::{Highlight, Snippet};
pub(crate) use parse::{Question, parse};
pub(crate) use statistics::OfKind;

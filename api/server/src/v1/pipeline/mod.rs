//! The pipeline: how many leads have which status, what they are worth, how they move on, and what
//! is wanted.

mod show;
mod target;
mod view;

pub(crate) use show::ShowPipeline;
pub(crate) use target::SetTarget;

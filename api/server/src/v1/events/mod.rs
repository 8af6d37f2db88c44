//! The log itself, as far as one workspace may see it: lists and a stream that never ends.

mod follow;
mod list;
mod wanted;

pub(crate) use convolog_projections::view::EventView;
pub(crate) use follow::StreamEvents;
pub(crate) use list::{ListEvents, events_of, read_stream};

//! The log itself, as far as one workspace may see it: lists and a stream that never ends.

mod follow;
mod list;
mod view;
mod wanted;

pub(crate) use follow::StreamEvents;
pub(crate) use list::{ListEvents, read_stream};
pub(crate) use view::EventView;

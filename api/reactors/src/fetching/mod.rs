//! Fetching: keeps the files that customers send, while the platform hands them out.
//!
//! One lane a conversation, as sending has it: what is slow or hostile for one holds up no other. The
//! log decides which file comes next and when it is tried again
//! ([`convolog_domain::conversation::Attachments::next`]); a lane only carries that out. A file is
//! sealed and on the disk before the event that names it, so that a crash anywhere fetches it again or
//! has it. When somebody is erased, their files leave the disk: without their key they are noise. Which
//! conversations wait is read from the transcripts when the fetcher starts, and from the log from then
//! on.

mod download;
mod lane;

use convolog_projections::Table;

use crate::acting::Acting;
use crate::lanes;
use lane::Fetcher;

/// Fetches until told to stop.
pub(crate) async fn run(acting: Acting) {
    let pending = lanes::begun(&acting, Table::pending_media);
    let Some((found, after)) = pending.await else { return };
    lanes::run(Fetcher::new(acting), found, after).await;
}

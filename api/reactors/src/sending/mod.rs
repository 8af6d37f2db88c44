//! Sending: hands messages that were asked for to the platform.
//!
//! One lane a conversation: its messages leave in the order in which they were asked for, and what
//! is slow or broken for one conversation holds up no other. The log decides whose turn it is
//! ([`convolog_domain::conversation::Outbox::next`]); a lane only carries out what it says, and an
//! attempt is in the log before anything leaves, so that a crash or a second sender cannot send
//! twice. Which conversations have something to send is read from the transcripts when the sender
//! starts, and from the log from then on.

mod answer;
mod handover;
mod lane;
mod pace;
mod reach;
mod upload;

use convolog_projections::Table;

use crate::acting::Acting;
use crate::lanes;
use lane::Sender;

/// Sends until told to stop.
pub(crate) async fn run(acting: Acting) {
    let queued = lanes::begun(&acting, Table::queued).await;
    let Some((found, after)) = queued else { return };
    let sender = Sender::new(acting);
    if sender.count().await {
        lanes::run(sender, found, after).await;
    }
}

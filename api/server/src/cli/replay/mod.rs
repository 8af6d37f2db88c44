//! `convolog replay …`: history shown, and history as tests.

mod conversation;
mod record;
mod stories;

use clap::Subcommand;

use super::outcome::Ended;

/// What can be replayed.
#[derive(Debug, Subcommand)]
pub(crate) enum Replay {
    /// Show a conversation as it stands, or as it stood
    Conversation(conversation::Conversation),
    /// Run stories: given events, when a command or a post comes, then events and read models
    Test(stories::Test),
    /// Turn a conversation into a story that tells it again, personal fields masked
    Record(record::Record),
}

impl Replay {
    /// Does it.
    pub(crate) async fn run(self) -> Ended {
        match self {
            Self::Conversation(conversation) => conversation.run().await,
            Self::Test(test) => test.run().await,
            Self::Record(record) => record.run().await,
        }
    }
}

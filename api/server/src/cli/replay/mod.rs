//! `convolog replay …`: history shown, and history as tests.

mod conversation;
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
}

impl Replay {
    /// Does it.
    pub(crate) async fn run(self) -> Ended {
        match self {
            Self::Conversation(conversation) => conversation.run().await,
            Self::Test(test) => test.run().await,
        }
    }
}

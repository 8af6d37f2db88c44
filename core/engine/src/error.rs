//! Why a command could not be carried out.

use std::sync::Arc;

use convolog_domain::Refusal;
use convolog_log::{AppendError, LogError};
use convolog_vault::VaultError;

use crate::recorded::ReadError;

/// A command that was not carried out. Nothing of it is in the log.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A rule stands in the way.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The log did not take it.
    #[error("the log did not take the commit")]
    Append(#[from] AppendError),
    /// The log could not be read.
    #[error("the log could not be read")]
    Log(#[from] LogError),
    /// An event could not be read.
    #[error("an event that the decision needs could not be read")]
    Read(#[from] ReadError),
    /// The vault refused.
    #[error("the vault did not seal or keep what the command needs")]
    Vault(#[from] VaultError),
    /// The same idempotency key came with another request.
    #[error("this idempotency key was used for another request; draw a new key for a new request")]
    KeyReused,
    /// Others kept overtaking the decision.
    #[error("the decision was overtaken {0} times in a row; send it again")]
    TooContended(u32),
    /// The messages of a month could not be counted, for whoever waited for it.
    #[error("the messages of this month could not be counted")]
    Counting(#[source] Arc<Self>),
    /// Work beside the runtime ended early: a bug.
    #[error("{0} ended early")]
    Interrupted(&'static str),
    /// An event could not be encoded: a bug.
    #[error("an event could not be encoded: {0}")]
    Encoding(String),
}

impl EngineError {
    /// Whether somebody's data was erased while it was dealt with.
    pub const fn is_erased(&self) -> bool {
        matches!(self, Self::Vault(VaultError::Erased { .. }))
    }

    /// Whether the same may succeed later, because it failed for what surrounds it (the disk, what others
    /// do at the same time) and not for what it is.
    pub const fn may_pass(&self) -> bool {
        match self {
            Self::Append(error) => !matches!(error, AppendError::Invalid(_)),
            Self::Log(error) | Self::Read(ReadError::Log(error)) => {
                matches!(error, LogError::Io { .. } | LogError::Sled { .. })
            }
            Self::Vault(error) => matches!(error, VaultError::Io { .. }),
            Self::TooContended(_) | Self::Counting(_) => true,
            _ => false,
        }
    }

    /// Whether the log may have the commit all the same: what it names must stay.
    pub const fn leaves_open(&self) -> bool {
        matches!(
            self,
            Self::Append(AppendError::Poisoned(_) | AppendError::Closed) | Self::Interrupted(_)
        )
    }

    /// Whether deciding again from fresh state can help: somebody was faster, or a person was
    /// erased after the decision read about them.
    pub(crate) const fn is_overtaken(&self) -> bool {
        matches!(
            self,
            Self::Append(AppendError::WrongVersion { .. } | AppendError::Clash(_))
                | Self::Vault(VaultError::Erased { .. })
        )
    }
}

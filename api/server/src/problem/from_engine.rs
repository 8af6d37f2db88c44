//! What the inner parts' errors mean to a caller.

use convolog_domain::Refusal;
use convolog_engine::{EngineError, ReadError};
use convolog_log::{AppendError, LogError};
use convolog_projections::QueryError;
use convolog_reactors::AddressError;
use convolog_search::SearchError;
use convolog_vault::VaultError;

use super::{Code, LimitBody, OtherBody, Problem};
use crate::v1::wire::seconds;

/// Seconds after which a full disk, a restart or contention may be over.
const RETRY_SECONDS: u64 = 5;

impl From<AddressError> for Problem {
    fn from(error: AddressError) -> Self {
        match error {
            AddressError::NotAnAddress(field) => Self::field(field, format!("{error}.")),
            AddressError::UnknownHost(field) => {
                let detail = format!("The host of {field} is not known to the name server.");
                Self::new(Code::PlatformUnavailable, detail).at(field)
            }
            AddressError::Refused(field) => {
                Self::new(Code::AddressRefused, format!("{error}.")).at(field)
            }
            _ => Self::internal("checking an address", &error),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let mut problem =
            Self::new(refusal.code.into(), sentence(&refusal)).allowing(refusal.allowed);
        if let Some(field) = refusal.field {
            problem = problem.at(field);
        }
        if let Some(other) = refusal.other {
            let kind = other.kind.name().to_owned();
            problem = problem.because_of(OtherBody { kind, id: other.id });
        }
        if let Some(limit) = refusal.limit {
            problem = problem.of_limit(LimitBody {
                name: limit.limit.to_owned(),
                used: limit.used,
                allowed: limit.allowed,
                resets_at: limit.resets_at.map(seconds),
            });
            if let Some(seconds) = limit.resets_in {
                problem = problem.retry_after(seconds);
            }
        }
        problem
    }
}

/// The rule's words as a sentence. Refusals of a field begin with what is wrong with it.
fn sentence(refusal: &Refusal) -> String {
    match refusal.field {
        Some(field) => format!("{field}: {}.", refusal.detail.trim_end_matches('.')),
        None => refusal.detail.clone(),
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Refused(refusal) => refusal.into(),
            EngineError::KeyReused => Self::new(
                Code::IdempotencyKeyReused,
                "This Idempotency-Key came with another method, path or body before; use a new one.",
            )
            .at("Idempotency-Key"),
            EngineError::TooContended(_) => Self::plain(Code::Contended).retry_after(1),
            EngineError::Append(error) => error.into(),
            EngineError::Log(error) => error.into(),
            EngineError::Vault(error @ (VaultError::Poisoned(_) | VaultError::Io { .. })) => {
                tracing::error!(%error, "the vault could not be written");
                Self::plain(Code::LogUnavailable).retry_after(RETRY_SECONDS)
            }
            other => Self::internal("carrying out a command", &other),
        }
    }
}

impl From<AppendError> for Problem {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::NoSpace { .. } => Self::plain(Code::NoSpace).retry_after(RETRY_SECONDS),
            AppendError::Poisoned(_) | AppendError::Closed => {
                Self::plain(Code::LogUnavailable).retry_after(RETRY_SECONDS)
            }
            other => Self::internal("appending to the log", &other),
        }
    }
}

impl From<LogError> for Problem {
    fn from(error: LogError) -> Self {
        Self::internal("reading the log", &error)
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        Self::internal("reading an event", &error)
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::WrongPage(_) => Self::plain(Code::InvalidPage).at("page"),
            QueryError::Rebuilding { .. } | QueryError::NotYet { .. } | QueryError::Stopped(_) => {
                Self::new(Code::NotCaughtUp, format!("{error}.")).retry_after(1)
            }
            QueryError::NotAsOf { parameter, allowed, .. } => {
                Self::new(Code::NotAllowedWithAsOf, format!("{error}."))
                    .at(parameter)
                    .allowing(allowed)
            }
            QueryError::BeyondHead { .. } => Self::field("as_of", format!("{error}.")),
            QueryError::NotNow { .. } => Self::new(Code::NotAllowedNow, format!("{error}.")),
            QueryError::TooMuch { part, .. } => Self::field(part, format!("{error}.")),
            QueryError::NoSuchModel { .. } => Self::new(Code::NotFound, format!("{error}.")),
            other => Self::internal("reading a read model", &other),
        }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Rebuilding { .. }
            | SearchError::NotYet { .. }
            | SearchError::BeyondHead { .. }
            | SearchError::Stopped(_) => {
                Self::new(Code::NotCaughtUp, format!("{error}.")).retry_after(1)
            }
            other => Self::internal("searching", &other),
        }
    }
}

//! Why a command was refused.

use std::fmt;

use uuid::Uuid;

use crate::event::StreamKind;

/// The stable code of a refusal: part of the API, documented, never renamed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RefusalCode {
    /// It does not exist, or belongs to another workspace: the answer is the same.
    NotFound,
    /// It exists already.
    AlreadyExists,
    /// A value is missing or not allowed.
    InvalidField,
    /// The thing is not in a state that allows it.
    NotAllowedNow,
    /// Somebody else owns it.
    OwnedByAnother,
    /// The person's data was erased.
    Erased,
    /// The person's data is under legal hold.
    LegalHold,
    /// The workspace has as many as its plan allows.
    PlanLimitReached,
    /// The customer has not written for too long: only templates may be sent.
    WindowClosed,
    /// The person does not want to be sent this.
    OptedOut,
    /// The platform does not take messages made of this template at present.
    TemplateUnavailable,
    /// The platform takes no more of it for now.
    PlatformLimitReached,
    /// Somebody else has that time.
    SlotTaken,
    /// A key of the sandbox must not do this: it would reach the outside.
    SandboxKey,
}

impl RefusalCode {
    /// Every code, for the error index.
    pub const ALL: [Self; 14] = [
        Self::NotFound,
        Self::AlreadyExists,
        Self::InvalidField,
        Self::NotAllowedNow,
        Self::OwnedByAnother,
        Self::Erased,
        Self::LegalHold,
        Self::PlanLimitReached,
        Self::WindowClosed,
        Self::OptedOut,
        Self::TemplateUnavailable,
        Self::PlatformLimitReached,
        Self::SlotTaken,
        Self::SandboxKey,
    ];

    /// The code as the API shows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::AlreadyExists => "already_exists",
            Self::InvalidField => "invalid_field",
            Self::NotAllowedNow => "not_allowed_now",
            Self::OwnedByAnother => "owned_by_another",
            Self::Erased => "erased",
            Self::LegalHold => "legal_hold",
            Self::PlanLimitReached => "plan_limit_reached",
            Self::WindowClosed => "window_closed",
            Self::OptedOut => "opted_out",
            Self::TemplateUnavailable => "template_unavailable",
            Self::PlatformLimitReached => "platform_limit_reached",
            Self::SlotTaken => "slot_taken",
            Self::SandboxKey => "sandbox_key",
        }
    }
}

/// A limit of the plan that was reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LimitReached {
    /// Which one: its name in the API.
    pub limit: &'static str,
    /// How many there are.
    pub used: u64,
    /// How many there may be.
    pub allowed: u64,
    /// When it counts from nothing again (seconds since 1970); none if waiting does not help.
    pub resets_at: Option<i64>,
    /// In how many seconds that is.
    pub resets_in: Option<u64>,
}

/// Something of the same workspace that stands in the way: it can be read, or dealt with first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Other {
    /// What it is.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
}

/// A command that was refused: nothing happened.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct Refusal {
    /// Which rule.
    pub code: RefusalCode,
    /// What was attempted and what would be allowed, for a person. Never holds personal data.
    pub detail: String,
    /// The field of the request at fault, if one is.
    pub field: Option<&'static str>,
    /// The values that would be allowed, if they can be listed.
    pub allowed: Vec<String>,
    /// The limit of the plan that was reached, if one was.
    pub limit: Option<Box<LimitReached>>,
    /// What stands in the way, if it is something that can be named.
    pub other: Option<Other>,
}

impl Refusal {
    /// A key of the sandbox must not do this: it would reach people.
    pub fn sandbox(because: &str) -> Self {
        Self::new(
            RefusalCode::SandboxKey,
            format!("{because}; a key of the sandbox must not do that"),
        )
    }

    /// A refusal without a field.
    pub fn new(code: RefusalCode, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { code, detail, field: None, allowed: Vec::new(), limit: None, other: None }
    }

    /// A value that is not allowed.
    pub fn field(field: &'static str, detail: impl Into<String>) -> Self {
        Self { field: Some(field), ..Self::new(RefusalCode::InvalidField, detail) }
    }

    /// Naming what stands in the way. Never what belongs to another workspace.
    #[must_use]
    pub const fn because_of(mut self, kind: StreamKind, id: Uuid) -> Self {
        self.other = Some(Other { kind, id });
        self
    }

    /// With the values that would be allowed.
    #[must_use]
    pub fn allowing<T: ToString>(mut self, allowed: impl IntoIterator<Item = T>) -> Self {
        self.allowed = allowed.into_iter().map(|v| v.to_string()).collect();
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            Some(field) => write!(f, "{field}: {}", self.detail),
            None => f.write_str(&self.detail),
        }
    }
}

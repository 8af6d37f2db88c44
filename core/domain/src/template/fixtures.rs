//! What the tests of this aggregate begin with.

use uuid::Uuid;

use super::{
    Event, Seen, Shape, TemplateAccepted, TemplateDraft, TemplateKey, TemplateRecorded,
    TemplateRefused, TemplateRequested, TemplateStatusChanged, TemplateSubmitted,
};
use crate::conversation::{ErrorClass, Settled};
use crate::hash::Hash32;
use crate::ids::WorkspaceId;
use crate::testing::NOW_SECONDS;

/// Whose template it is.
pub(super) const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));

/// What it is known by.
#[expect(non_snake_case, reason = "it stands for a constant")]
pub(super) fn KEY() -> TemplateKey {
    TemplateKey {
        waba_id: "102290129340398".into(),
        name: "order_ready".into(),
        language: "en".into(),
    }
}

/// What the platform's list shows.
pub(super) fn seen() -> Seen {
    Seen {
        key: KEY(),
        platform_id: "594425479261596".into(),
        category: "UTILITY".into(),
        status: "APPROVED".into(),
        reason: None,
        quality: None,
        components: serde_json::json!([{ "type": "BODY", "text": "Your order {{1}} is ready." }]),
        fragment: Hash32([1; 32]),
    }
}

/// That was recorded.
pub(super) fn recorded() -> Event {
    TemplateRecorded {
        template: KEY(),
        platform_id: "594425479261596".into(),
        category: "utility".into(),
        status: "approved".into(),
        reason: None,
        quality: None,
        shape: Shape { body_parameters: vec!["1".into()], ..Shape::default() },
        fragment: Hash32([1; 32]),
        at: NOW_SECONDS,
    }
    .into()
}

/// Its status changed.
pub(super) fn changed(status: &str, at: i64) -> Event {
    let (template, platform_id, status) = (KEY(), None, status.to_owned());
    TemplateStatusChanged { template, platform_id, status, reason: None, at }.into()
}

/// One that can be made.
pub(super) fn draft() -> TemplateDraft {
    TemplateDraft {
        key: KEY(),
        category: "utility".into(),
        components: serde_json::json!([{ "type": "BODY", "text": "Your order is ready." }]),
    }
}

/// It was asked for.
pub(super) fn requested() -> Event {
    TemplateRequested {
        template: KEY(),
        category: "utility".into(),
        shape: Shape::default(),
        requested_at: NOW_SECONDS,
        sandbox: false,
    }
    .into()
}

/// It was handed over.
pub(super) fn submitted(attempt: u32) -> Event {
    TemplateSubmitted { attempt, at: NOW_SECONDS }.into()
}

/// The platform took it.
pub(super) fn accepted() -> Event {
    TemplateAccepted {
        platform_id: "594425479261596".into(),
        status: "pending".into(),
        category: Some("utility".into()),
        settled: Settled::Answer,
        at: NOW_SECONDS,
    }
    .into()
}

/// It did not.
pub(super) fn refused(
    attempt: u32,
    code: Option<i64>,
    class: ErrorClass,
    retry_at: Option<i64>,
) -> Event {
    let http_status = code.map(|_| 400);
    TemplateRefused { attempt, at: NOW_SECONDS, http_status, code, class, retry_at }.into()
}

//! At least one value of every event about message templates.

use convolog_domain::channel::{
    ChannelLimitsChanged, ChannelSlowed, TemplateSyncFinished, TemplateSyncRequested,
};
use convolog_domain::conversation::{
    ErrorClass, MessageAttempted, MessageRequested, PassedOver, Settled, TemplateChoice,
    TemplateFellBack,
};
use convolog_domain::template::{
    Absence, Button, Shape, TemplateAccepted, TemplateCategoryChanged, TemplateComponentsChanged,
    TemplateDeleted, TemplateDeletionRefused, TemplateDeletionRequested, TemplateKey,
    TemplateQualityChanged, TemplateRecorded, TemplateRefused, TemplateRequested,
    TemplateStatusChanged, TemplateSubmitted, TemplateUnanswered,
};
use convolog_domain::template_group::{
    GroupSettings, TemplateGroupChanged, TemplateGroupCreated, TemplateGroupDeleted,
};
use convolog_domain::{Event, Hash32, TemplateGroupId, TemplateId};

use crate::samples::{AT, MESSAGE, id};

fn key() -> TemplateKey {
    TemplateKey {
        waba_id: "102290129340398".into(),
        name: "order_ready".into(),
        language: "pt_BR".into(),
    }
}

fn full() -> Shape {
    Shape {
        header: Some("text".into()),
        header_parameters: vec!["shop".into()],
        body_parameters: vec!["name".into(), "number".into()],
        buttons: vec![
            Button { kind: "quick_reply".into(), parameter: false },
            Button { kind: "url".into(), parameter: true },
        ],
        others: vec!["limited_time_offer".into()],
    }
}

/// Every event, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    let recorded = TemplateRecorded {
        template: key(),
        platform_id: "594425479261596".into(),
        category: "utility".into(),
        status: "rejected".into(),
        reason: Some("invalid_format".into()),
        quality: Some("green".into()),
        shape: full(),
        fragment: Hash32([21; 32]),
        at: AT,
    };
    let bare = TemplateRecorded {
        status: "approved".into(),
        reason: None,
        quality: None,
        shape: Shape::default(),
        ..recorded.clone()
    };
    let changed = TemplateStatusChanged {
        template: key(),
        platform_id: Some("594425479261596".into()),
        status: "paused".into(),
        reason: Some("first_pause".into()),
        at: AT,
    };
    let deleted = |absence| TemplateDeleted { at: AT, absence };
    let finished = TemplateSyncFinished { at: AT, seen: 3, complete: true, ..Default::default() };
    vec![
        TemplateSyncRequested { at: AT, sandbox: false }.into(),
        TemplateSyncRequested { at: AT, sandbox: true }.into(),
        finished.clone().into(),
        TemplateSyncFinished {
            recorded: 2,
            gone: 1,
            complete: false,
            http_status: Some(400),
            code: Some(190),
            ..finished
        }
        .into(),
        recorded.into(),
        bare.into(),
        changed.clone().into(),
        TemplateStatusChanged { platform_id: None, reason: None, ..changed }.into(),
        TemplateQualityChanged { template: key(), quality: "red".into(), at: AT }.into(),
        TemplateCategoryChanged { template: key(), category: "marketing".into(), at: AT }.into(),
        TemplateComponentsChanged { template: key(), shape: full(), at: AT }.into(),
        deleted(Absence::NotListed).into(),
        deleted(Absence::Answer).into(),
        deleted(Absence::NeverThere).into(),
    ]
}

/// The making and the deletion of a template.
pub(crate) fn makings() -> Vec<Event> {
    let requested = TemplateRequested {
        template: key(),
        category: "utility".into(),
        shape: full(),
        requested_at: AT,
        sandbox: false,
    };
    let accepted = TemplateAccepted {
        platform_id: "594425479261596".into(),
        status: "pending".into(),
        category: Some("utility".into()),
        settled: Settled::Answer,
        at: AT,
    };
    let refused = TemplateRefused {
        attempt: 1,
        at: AT,
        http_status: Some(400),
        code: Some(80_008),
        class: ErrorClass::Retry,
        retry_at: Some(AT + 4),
    };
    let kept = TemplateDeletionRefused {
        attempt: 1,
        at: AT,
        http_status: Some(400),
        code: Some(10),
        class: ErrorClass::Fix,
        retry_at: None,
    };
    vec![
        requested.clone().into(),
        TemplateRequested { sandbox: true, ..requested }.into(),
        TemplateSubmitted { attempt: 1, at: AT }.into(),
        accepted.clone().into(),
        TemplateAccepted { category: None, settled: Settled::Sandbox, ..accepted }.into(),
        refused.clone().into(),
        TemplateRefused { http_status: None, code: None, retry_at: None, ..refused }.into(),
        TemplateUnanswered { attempt: 1, until: AT + 30 }.into(),
        TemplateDeletionRequested { at: AT }.into(),
        kept.clone().into(),
        TemplateDeletionRefused { http_status: None, code: None, retry_at: Some(AT), ..kept }
            .into(),
    ]
}

/// Messages made of templates, groups of templates, and how much may be sent.
pub(crate) fn sendings() -> Vec<Event> {
    let template = |n: u128| TemplateId(id(70 + n));
    let choice = TemplateChoice {
        group: TemplateGroupId(id(80)),
        passed_over: vec![PassedOver { template: template(0), because: "paused".into() }],
        next: vec![template(2)],
    };
    let asked = MessageRequested {
        message: MESSAGE,
        kind: "template".into(),
        requested_at: AT,
        template: Some("order_ready".into()),
        template_id: Some(template(1)),
        ..MessageRequested::default()
    };
    let settings = GroupSettings { name: "Ready".into(), members: vec![template(0), template(1)] };
    let fell_back = TemplateFellBack {
        message: MESSAGE,
        template: template(2),
        next: 0,
        code: Some(132_015),
        at: AT,
    };
    let limits = ChannelLimitsChanged {
        at: AT,
        messages_a_second: Some(20),
        tier: Some("tier_2k".into()),
        people_a_day: Some(2_000),
    };
    vec![
        asked.clone().into(),
        MessageRequested { choice: Some(choice), ..asked }.into(),
        MessageAttempted { message: MESSAGE, attempt: 2, at: AT, writes_first: true }.into(),
        fell_back.clone().into(),
        TemplateFellBack { code: None, ..fell_back }.into(),
        TemplateGroupCreated { settings: settings.clone() }.into(),
        TemplateGroupChanged {
            old_settings: settings.clone(),
            settings: GroupSettings { name: "Done".into(), ..settings },
        }
        .into(),
        TemplateGroupDeleted {}.into(),
        limits.into(),
        ChannelLimitsChanged { at: AT, ..ChannelLimitsChanged::default() }.into(),
        ChannelSlowed { code: 130_429, at: AT, until: AT + 4, step: 2 }.into(),
    ]
}

//! At least one value of every event of a message on its way out.

use convolog_domain::channel::{SendingResumed, SendingStopped};
use convolog_domain::conversation::{
    AgentReplied, Effort, ErrorClass, HandoffResolved, HandoffTriggered, MessageAccepted,
    MessageAttempted, MessageCancelled, MessageRejected, MessageUnanswered, MessageUndetermined,
    PassageUsed, Settled,
};
use convolog_domain::{AgentId, DocumentId, Event, MessageId};

use crate::samples::{AT, MESSAGE, id};

/// Every step, in the order of the catalogue.
#[expect(clippy::too_many_lines, reason = "a list of samples")]
pub(crate) fn events() -> Vec<Event> {
    let rejected = MessageRejected {
        message: MESSAGE,
        attempt: 1,
        at: AT,
        http_status: Some(400),
        code: Some(131_026),
        class: ErrorClass::No,
        retry_at: None,
        bulk: None,
    };
    let passage = PassageUsed { document: DocumentId(id(24)), version: 2, number: 7 };
    let replied = AgentReplied {
        agent: AgentId(id(23)),
        version: 3,
        answered: MESSAGE,
        message: Some(MessageId(id(25))),
        at: AT,
        outcome: "answer".into(),
        sure: true,
        sources: vec![passage],
        passages: vec![passage, PassageUsed { number: 8, ..passage }],
        provider: "anthropic".into(),
        model: Some("a-model".into()),
        failed: Some("openai_compatible: timeout".into()),
        effort: Effort {
            input_tokens: 1_200,
            output_tokens: 80,
            milliseconds: 950,
            cost_millionths: 0,
        },
        connection: None,
    };
    let accepted = |settled| MessageAccepted {
        message: MESSAGE,
        platform: MessageId(id(22)),
        at: AT,
        settled,
        bulk: None,
    };
    vec![
        MessageAttempted { message: MESSAGE, attempt: 1, at: AT, writes_first: false }.into(),
        accepted(Settled::Answer).into(),
        accepted(Settled::Status).into(),
        accepted(Settled::Sandbox).into(),
        rejected.clone().into(),
        MessageRejected {
            http_status: None,
            code: None,
            class: ErrorClass::Retry,
            retry_at: Some(AT + 4),
            ..rejected
        }
        .into(),
        MessageUnanswered { message: MESSAGE, attempt: 1, until: AT + 900, bulk: None }.into(),
        MessageUndetermined { message: MESSAGE, bulk: None }.into(),
        MessageCancelled { message: MESSAGE, bulk: None }.into(),
        replied.clone().into(),
        AgentReplied {
            message: None,
            model: None,
            failed: None,
            sources: vec![],
            outcome: "handoff".into(),
            ..replied
        }
        .into(),
        HandoffTriggered { reason: "not_sure".into(), at: AT, agent: Some(AgentId(id(23))) }.into(),
        HandoffTriggered { reason: "requested".into(), at: AT, agent: None }.into(),
        HandoffResolved { reason: "requested".into(), at: AT }.into(),
        SendingStopped { code: Some(190), at: AT }.into(),
        SendingStopped { code: None, at: AT }.into(),
        SendingResumed {}.into(),
    ]
}

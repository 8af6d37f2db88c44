//! At least one value of every event of a message on its way out.

use convolog_domain::channel::{SendingResumed, SendingStopped};
use convolog_domain::conversation::{
    ErrorClass, MessageAccepted, MessageAttempted, MessageCancelled, MessageRejected,
    MessageUnanswered, MessageUndetermined, Settled,
};
use convolog_domain::{Event, MessageId};

use crate::samples::{AT, MESSAGE, id};

/// Every step, in the order of the catalogue.
pub(crate) fn events() -> Vec<Event> {
    let rejected = MessageRejected {
        message: MESSAGE,
        attempt: 1,
        at: AT,
        http_status: Some(400),
        code: Some(131_026),
        class: ErrorClass::No,
        retry_at: None,
    };
    let accepted = |settled| MessageAccepted {
        message: MESSAGE,
        platform: MessageId(id(22)),
        at: AT,
        settled,
    };
    vec![
        MessageAttempted { message: MESSAGE, attempt: 1, at: AT }.into(),
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
        MessageUnanswered { message: MESSAGE, attempt: 1, until: AT + 900 }.into(),
        MessageUndetermined { message: MESSAGE }.into(),
        MessageCancelled { message: MESSAGE }.into(),
        SendingStopped { code: Some(190), at: AT }.into(),
        SendingStopped { code: None, at: AT }.into(),
        SendingResumed {}.into(),
    ]
}

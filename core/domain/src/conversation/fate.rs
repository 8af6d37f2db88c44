//! What became of one message, as far as it matters to whoever wants to answer it.

use super::Event;
use crate::ids::MessageId;
use crate::refusal::Refusal;

/// Statuses of a message that reached somebody.
const ARRIVED: [&str; 3] = ["delivered", "read", "played"];

/// How far a message has come, by the events that speak of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Fate {
    /// Nothing stands in the way of an answer: the platform told of it, it waits, or it is there.
    #[default]
    Open,
    /// It is on the other side: whatever is told later, it can be answered.
    Arrived,
    /// It was not sent, or did not arrive.
    Failed,
    /// It was taken back before it left.
    Cancelled,
    /// Nobody knows whether the platform has it.
    Undetermined,
}

impl Fate {
    /// Whether what is told later can make a difference.
    pub const fn may_change(self) -> bool {
        !matches!(self, Self::Arrived)
    }

    /// One more event of its conversation, in order.
    pub fn heard(&mut self, message: MessageId, event: &Event) {
        let (about, told) = match event {
            Event::MessageAccepted(accepted) => (accepted.message, Self::Open),
            Event::MessageRejected(rejected) if rejected.is_final() => {
                (rejected.message, Self::Failed)
            }
            Event::MessageCancelled(cancelled) => (cancelled.message, Self::Cancelled),
            Event::MessageUndetermined(open) => (open.message, Self::Undetermined),
            Event::StatusReceived(status) if !status.call => match status.status.as_str() {
                "failed" => (status.message, Self::Failed),
                name if ARRIVED.contains(&name) => (status.message, Self::Arrived),
                _ => return,
            },
            _ => return,
        };
        if about == message && self.may_change() {
            *self = told;
        }
    }

    /// Whether the platform would know what is answered.
    ///
    /// # Errors
    /// A [`Refusal`] of the field `reply_to` that says what became of it.
    pub fn can_be_answered(self) -> Result<(), Refusal> {
        let became = match self {
            Self::Open | Self::Arrived => return Ok(()),
            Self::Failed => "names a message that did not arrive",
            Self::Cancelled => "names a message that was taken back before it left",
            Self::Undetermined => "names a message of which nobody knows whether it was sent",
        };
        let detail =
            format!("{became}, so the platform cannot show what is answered; leave it out");
        Err(Refusal::field("reply_to", detail))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::{
        ErrorClass, MessageAccepted, MessageCancelled, MessageRejected, MessageUndetermined,
        Settled, StatusReceived,
    };
    use crate::hash::Hash32;
    use crate::ids::ChannelId;

    const MESSAGE: MessageId = MessageId(Uuid::from_u128(21));

    fn status(name: &str) -> Event {
        StatusReceived {
            message: MESSAGE,
            channel: ChannelId(Uuid::from_u128(1)),
            status: name.into(),
            at: None,
            fact: Hash32::default(),
            fragment: Hash32::default(),
            errors: vec![],
            pricing: None,
            market: None,
            call: false,
            bulk: None,
        }
        .into()
    }

    fn accepted() -> Event {
        let (platform, settled) = (MessageId(Uuid::from_u128(23)), Settled::Answer);
        MessageAccepted { message: MESSAGE, platform, at: 1, settled, bulk: None }.into()
    }

    fn rejected(class: ErrorClass, retry_at: Option<i64>) -> Event {
        let (message, attempt, at, http_status) = (MESSAGE, 1, 1, Some(400));
        let (code, bulk) = (None, None);
        MessageRejected { message, attempt, at, http_status, code, class, retry_at, bulk }.into()
    }

    fn after(events: impl IntoIterator<Item = Event>) -> Fate {
        let mut fate = Fate::default();
        for event in events {
            fate.heard(MESSAGE, &event);
        }
        fate
    }

    #[test]
    fn what_waits_or_is_there_can_be_answered() {
        for fine in [
            vec![],
            vec![rejected(ErrorClass::Retry, Some(5)), accepted()],
            vec![accepted(), status("sent")],
            vec![MessageUndetermined { message: MESSAGE, bulk: None }.into(), accepted()],
            vec![accepted(), status("delivered"), status("failed")],
        ] {
            assert_eq!(after(fine.clone()).can_be_answered(), Ok(()), "{fine:?}");
        }
    }

    #[test]
    fn what_the_platform_does_not_know_cannot_be_answered() {
        for not in [
            vec![rejected(ErrorClass::No, None)],
            vec![accepted(), status("failed")],
            vec![MessageCancelled { message: MESSAGE, bulk: None }.into()],
            vec![MessageUndetermined { message: MESSAGE, bulk: None }.into()],
        ] {
            let refusal = after(not.clone()).can_be_answered().unwrap_err();
            assert_eq!(refusal.field, Some("reply_to"), "{not:?}");
        }
        // What is told of another message says nothing of this one.
        let mut fate = Fate::default();
        fate.heard(MessageId(Uuid::from_u128(22)), &rejected(ErrorClass::No, None));
        assert_eq!(fate, Fate::Open);
    }
}

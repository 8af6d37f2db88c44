//! Take note that a customer's file could not be fetched.

use super::{Conversation, MediaDelayed, MediaLost, State};
use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::MessageId;
use crate::limits::{MEDIA_LOSSES, MEDIA_RETRY_SECONDS_MAX, MEDIA_TROUBLES};
use crate::refusal::Refusal;
use crate::validate;

/// The file of a message could not be fetched. It is tried again, each time four times as long after,
/// until the platform does not hand it out any more; what can never come is lost at once. A file that
/// nobody waits for any more changes nothing.
///
/// Who: the fetcher. Refuses: a conversation that does not exist (`not_found`), a reason that is
/// neither one of [`MEDIA_TROUBLES`] nor of [`MEDIA_LOSSES`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DelayMedia {
    /// Of which message.
    pub message: MessageId,
    /// Why.
    pub reason: String,
}

impl Command for DelayMedia {
    type Aggregate = Conversation;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.begun()?;
        let Self { message, reason } = self;
        let Some(wanted) = state.attachments.wanted.get(&message) else { return Ok(Vec::new()) };
        let at = ctx.now_seconds();
        if MEDIA_LOSSES.contains(&reason.as_str()) {
            return Ok(vec![lost(message, reason, at)]);
        }
        let reason = validate::one_of("reason", &reason, &MEDIA_TROUBLES)?;
        if wanted.until <= at {
            return Ok(vec![lost(message, "expired".to_owned(), at)]);
        }
        let wait = 4_i64.saturating_pow(wanted.attempts).min(MEDIA_RETRY_SECONDS_MAX);
        let attempt = wanted.attempts.saturating_add(1);
        // The last look is when the time is over.
        let retry_at = (at + wait).min(wanted.until);
        Ok(vec![Decision::new(MediaDelayed { message, attempt, reason, at, retry_at })])
    }
}

/// It will never be here, whatever is told of it later.
fn lost(message: MessageId, reason: String, at: i64) -> Decision {
    Decision::new(MediaLost { message, reason, at }).claiming(ClaimKey::File(message))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::Event;
    use crate::conversation::fixtures::{opened, pictured};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    const MESSAGE: MessageId = MessageId(Uuid::from_u128(7));

    fn delay(reason: &str) -> DelayMedia {
        DelayMedia { message: MESSAGE, reason: reason.into() }
    }

    fn delayed(attempt: u32, retry_at: i64) -> Event {
        let (at, reason) = (NOW_SECONDS, "unreachable".to_owned());
        MediaDelayed { message: MESSAGE, attempt, reason, at, retry_at }.into()
    }

    fn lost(reason: &str) -> Event {
        MediaLost { message: MESSAGE, reason: reason.into(), at: NOW_SECONDS }.into()
    }

    #[test]
    fn each_try_waits_four_times_as_long_as_the_one_before_but_not_for_ever() {
        let far = NOW_SECONDS + 900_000;
        let mut history = vec![opened(), pictured(far)];
        for (attempt, wait) in [(1, 1), (2, 4), (3, 16), (4, 64)] {
            let next = delayed(attempt, NOW_SECONDS + wait);
            given::<Conversation>(history.clone())
                .when(delay("unreachable"))
                .then([next.clone().into()]);
            history.push(next);
        }
        history.push(delayed(30, NOW_SECONDS));
        let next = delayed(31, NOW_SECONDS + MEDIA_RETRY_SECONDS_MAX);
        given::<Conversation>(history).when(delay("unreachable")).then([next.into()]);
    }

    #[test]
    fn it_ends_when_the_platform_does_not_hand_it_out_any_more() {
        let soon = [opened(), pictured(NOW_SECONDS + 2), delayed(9, NOW_SECONDS)];
        given::<Conversation>(soon)
            .when(delay("unreachable"))
            .then([delayed(10, NOW_SECONDS + 2).into()]);
        given::<Conversation>([opened(), pictured(NOW_SECONDS)])
            .when(delay("unreachable"))
            .then([lost("expired").into()]);
    }

    #[test]
    fn what_can_never_come_is_lost_at_once_and_only_once() {
        let history = [opened(), pictured(NOW_SECONDS + 60)];
        given::<Conversation>(history.clone())
            .when(delay("too_large"))
            .then([lost("too_large").into()])
            .claiming([ClaimKey::File(MESSAGE)]);
        given::<Conversation>(history.clone().into_iter().chain([lost("too_large")]))
            .when(delay("too_large"))
            .then([]);
        given::<Conversation>(history)
            .when(delay("because"))
            .refused(RefusalCode::InvalidField)
            .at("reason");
        given::<Conversation>([]).when(delay("refused")).refused(RefusalCode::NotFound);
    }
}
